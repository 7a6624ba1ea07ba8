"""Input on notices of need: clean values, nothing saved."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tettpaa.core.orgs.models import Unit
from tettpaa.work.funds.enums import NeedPartnerKind, NeedState
from tettpaa.work.funds.forms import fields
from tettpaa.work.funds.models import Scheme
from tettpaa.work.plans.models import Goal


class NeedForm(forms.Form):
    """A notice of need. `scheme` and the years are asked only of a new one."""

    scheme = forms.ChoiceField(label=gettext_lazy("Hvilken ordning?"))
    first_year = fields.year(gettext_lazy("Fra år"), required=True)
    last_year = fields.year(gettext_lazy("Til år"), required=True)
    title = fields.line(gettext_lazy("Hva skal dere arbeide med?"), 200, required=True)
    goal = forms.ChoiceField(label=gettext_lazy("Hvilket mål i planen gjelder det?"), required=False)
    analysis = fields.words(
        gettext_lazy("Hva viser at dere trenger det?"),
        gettext_lazy("Behovet vurderes i skolen eller barnehagen."),
        rows=6,
    )
    staff_part = fields.words(gettext_lazy("Hvordan har de ansatte vært med?"))
    schools = forms.MultipleChoiceField(
        label=gettext_lazy("Hvilke skoler er med?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    common_goals = fields.words(gettext_lazy("Hvilke mål er dere og partneren enige om?"))
    partner = fields.line(gettext_lazy("Hvem er partneren?"), 200)
    partner_kind = forms.ChoiceField(
        label=gettext_lazy("Hva slags partner?"),
        choices=[("", gettext_lazy("Ikke bestemt")), *NeedPartnerKind.choices],
        required=False,
    )
    others = fields.line(
        gettext_lazy("Hvem andre er med i partnerskapet?"),
        300,
        gettext_lazy("Andre kommuner eller private skoler."),
    )
    own_share = fields.percent(
        gettext_lazy("Egenandel, i prosent av tilskuddet"),
        gettext_lazy("Tomt: som ordningen sier, hvis den sier noe."),
    )
    version = fields.version()

    def __init__(
        self, *args: Any, schemes: Sequence[Scheme], goals: Sequence[Goal], places: Sequence[Unit], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.schemes = {str(one.pk): one for one in schemes}
        self.goals = {str(one.pk): one for one in goals}
        self.places = {one.code: one for one in places}
        fields.choices(self, "scheme", [(key, one.name) for key, one in self.schemes.items()])
        fields.choices(
            self, "goal", [("", _("Ikke noe mål")), *((key, one.text) for key, one in self.goals.items())]
        )
        fields.choices(self, "schools", [(key, one.label) for key, one in self.places.items()])
        if not schemes:
            del self.fields["scheme"], self.fields["first_year"], self.fields["last_year"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values["goal"] = self.goals.get(values.get("goal") or "")
        values["schools"] = [self.places[key] for key in values.get("schools") or ()]
        first, last = values.get("first_year"), values.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", _("Det siste året kan ikke komme før det første."))
        return values


class YearForm(forms.Form):
    """One year of the plan and its money."""

    plan = fields.words(gettext_lazy("Hva gjør dere dette året?"), rows=5)
    sought = fields.kroner(gettext_lazy("Søkt, i kroner"))
    granted = fields.kroner(gettext_lazy("Innvilget, i kroner"))
    own = fields.kroner(gettext_lazy("Lagt inn selv, i kroner"))
    spent = fields.kroner(gettext_lazy("Brukt, i kroner"))


class NeedMoveForm(forms.Form):
    """A step with what is written with it."""

    to = forms.ChoiceField(choices=NeedState.choices)
    recommendation = forms.CharField(required=False, max_length=fields.MOST)
    decision = forms.CharField(required=False, max_length=fields.MOST)
    decision_reference = forms.CharField(required=False, max_length=120)
    report = forms.CharField(required=False, max_length=fields.MOST)
    reason = forms.CharField(required=False, max_length=fields.MOST)
