"""What people write about the yearly plan and the requirements."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from tettpaa.work.competence import pages
from tettpaa.work.competence.enums import Stage
from tettpaa.work.competence.forms.base import MOST, RowForm, day, long_text, text_area
from tettpaa.work.competence.models import CompetencePlan, PlanArea, PlanNeed
from tettpaa.work.plans.models import Goal

type Choices = Iterable[tuple[str, str]]


class PlanForm(RowForm):
    class Meta:
        model = CompetencePlan
        fields = ("title", "background", "organisation", "basis", "budget")
        labels = {
            "title": _("Hva heter planen?"),
            "background": _("Bakgrunn og formål"),
            "organisation": _("Ledelse og organisasjon"),
            "basis": _("Hva bygger planen på?"),
            "budget": _("Hva setter vi av til det?"),
        }
        widgets = {name: text_area(5) for name in ("background", "organisation", "basis", "budget")}


class AreaForm(RowForm):
    class Meta:
        model = PlanArea
        fields = ("title", "why", "what", "service", "goal")
        labels = {
            "title": _("Hva heter området?"),
            "why": _("Hvorfor dette?"),
            "what": _("Hva skal vi gjøre?"),
            "service": _("Hvilken tjeneste?"),
            "goal": _("Hvilket mål tjener det?"),
        }
        widgets = {"why": text_area(3), "what": text_area(3), "service": forms.Select}

    def __init__(self, *args: Any, services: Choices, goals: Sequence[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"] = forms.ChoiceField(
            label=_("Hvilken tjeneste?"), required=False, choices=[("", _("Alle tjenester")), *services]
        )
        field: Any = self.fields["goal"]
        field.queryset = Goal.objects.filter(pk__in=[goal.pk for goal in goals] + [self.instance.goal_id])
        field.empty_label = _("Ikke knyttet til et mål")


class YearForm(forms.Form):
    """For which school year a plan is begun."""

    year = forms.TypedChoiceField(label=_("Skoleår"), coerce=int)

    def __init__(self, *args: Any, years: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = list(years)  # type: ignore[attr-defined]


class DiscussForm(forms.Form):
    """The unions were asked."""

    on = day(_("Når?"))
    with_whom = forms.CharField(
        label=_("Med hvem?"), max_length=200, help_text=_("Roller eller organer, ikke navn.")
    )
    said = long_text(_("Hva sa de?"), rows=3)
    changed = long_text(_("Hva førte det til?"), rows=2)


class StatementForm(forms.Form):
    """A union speaks for itself."""

    said = long_text(_("Hva mener dere om planen?"), rows=5, required=True)


class MovePlanForm(forms.Form):
    """The next step of the plan."""

    to = forms.ChoiceField(label=_("Hva skjer nå?"))
    on = day(_("Når?"))
    case_reference = forms.CharField(
        label=_("Saksnummer"), required=False, max_length=120, help_text=_("Hvis planen er vedtatt i en sak.")
    )

    def __init__(self, *args: Any, steps: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = list(steps)  # type: ignore[attr-defined]


class EvaluateForm(forms.Form):
    """How the year went, in all and area by area."""

    on = day(_("Når?"))
    text = long_text(_("Hva ble det av året?"), rows=5, required=True)

    def __init__(self, *args: Any, areas: Sequence[PlanArea], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = areas
        for area in areas:
            self.fields[f"area_{area.pk.hex}"] = long_text(area.title, rows=2)

    @property
    def of_areas(self) -> dict[UUID, str]:
        return {area.pk: self.cleaned_data[f"area_{area.pk.hex}"] for area in self.areas}


class PlaceForm(forms.Form):
    """Which area answers each need; a gap is placed for all schools at once, by subject and stage."""

    def __init__(
        self, *args: Any, needs: Sequence[PlanNeed], areas: Sequence[PlanArea], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.of = {str(area.pk): area for area in areas}
        self.rows: dict[str, list[PlanNeed]] = {}
        for need in needs:
            self.rows.setdefault(f"need_{slugify(need.group)}", []).append(need)
        choices = [("", _("Ingen ennå")), *((key, area.title) for key, area in self.of.items())]
        for name, rows in self.rows.items():
            self.fields[name] = forms.ChoiceField(
                label=pages.need_words(rows[0]),
                required=False,
                choices=choices,
                initial=rows[0].area_id or "",
            )

    @property
    def areas_of(self) -> dict[int, PlanArea | None]:
        """Key of a need → the area that answers it."""
        return {
            need.pk: self.of.get(self.cleaned_data[name]) for name, rows in self.rows.items() for need in rows
        }


class NeedForm(forms.Form):
    """What a school needs, in its own words."""

    text = forms.CharField(
        label=_("Hva trenger skolen å lære mer om?"),
        max_length=500,
        widget=text_area(3),
        help_text=_("Skriv om skolen, ikke om enkeltpersoner."),
    )


class RequirementForm(forms.Form):
    """A number the owner confirms or sets."""

    subject = forms.ChoiceField(label=_("Fag"))
    stage = forms.ChoiceField(label=_("Trinn"), choices=Stage.choices)
    credits = forms.DecimalField(
        label=_("Studiepoeng"), min_value=0, max_value=300, max_digits=4, decimal_places=1
    )
    valid_from = day(_("Gjelder fra"))
    source = forms.CharField(label=_("Hvor står det?"), max_length=300)

    def __init__(self, *args: Any, subjects: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = list(subjects)  # type: ignore[attr-defined]


class DecideForm(forms.Form):
    """The owner's answer to a proposed deviation."""

    to = forms.ChoiceField(
        label=_("Hva er svaret?"),
        choices=[("decided", _("Kravet fravikes dette skoleåret")), ("refused", _("Kravet fravikes ikke"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Begrunnelse"), max_length=MOST, widget=text_area(3))
