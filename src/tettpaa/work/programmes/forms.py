"""Input on programmes and their parts: clean values, nothing saved."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tettpaa.core.orgs.models import Unit
from tettpaa.core.ui.days import YEARS, DayField
from tettpaa.work.plans.models import FocusArea, Goal
from tettpaa.work.programmes.enums import GroupKind, Kind, PartnerKind, Scope, State
from tettpaa.work.programmes.models import Grant, Programme, ProjectGroup

MOST: Final = 4_000
MOST_MONEY: Final = 9_999_999_999


class DayInput(forms.DateInput):
    """A day as the browser's own calendar gives it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateField:
    return DayField(label=label, help_text=help_text, required=required, widget=DayInput())


def words(label: Any, help_text: Any = "", *, rows: int = 3) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=MOST, widget=area)


def line(label: Any, most: int, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, max_length=most, required=required)


def year(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=YEARS.start,
        max_value=YEARS.stop - 1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def kroner(label: Any, help_text: Any = "", *, required: bool = False, least: int = 0) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=required,
        min_value=least,
        max_value=MOST_MONEY,
        max_digits=12,
        decimal_places=2,
    )


def choices(form: forms.Form, name: str, found: Sequence[tuple[str, Any]]) -> None:
    form.fields[name].choices = list(found)  # type: ignore[attr-defined]


class YearsForm(forms.Form):
    """Anything with a first and a last year: they come in their order."""

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("first_year"), values.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", _("Det siste året kan ikke komme før det første."))
        return values


class ProgrammeForm(YearsForm):
    """The words of a programme. `state` is asked only of a new one."""

    title = line(gettext_lazy("Hva heter det?"), 200, required=True)
    kind = forms.ChoiceField(label=gettext_lazy("Hva er det?"), choices=Kind.choices)
    state = forms.ChoiceField(
        label=gettext_lazy("Hvor langt er det kommet?"),
        choices=[(str(one), one.label) for one in (State.PROPOSED, State.MANDATED, State.RUNNING)],
    )
    parent = forms.ChoiceField(label=gettext_lazy("Hører det til noe større?"), required=False)
    purpose = words(gettext_lazy("Hva er formålet?"))
    about = words(gettext_lazy("Hva går det ut på?"), rows=5)
    area = forms.ChoiceField(label=gettext_lazy("Hvilket satsingsområde hører det til?"), required=False)
    goal = forms.ChoiceField(label=gettext_lazy("Hvilket mål i planen?"), required=False)
    mandate = words(
        gettext_lazy("Mandat"), gettext_lazy("Hva prosjektet skal gjøre, og innenfor hvilke rammer.")
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("Hvilke skoler er med?"),
        help_text=gettext_lazy("Velg «Noen skoler» for å skrive dem inn én for én, med år."),
        choices=Scope.choices,
        initial=Scope.CHOSEN,
    )
    first_year = year(gettext_lazy("Fra år"))
    last_year = year(gettext_lazy("Til år"))
    contact_role = forms.ChoiceField(label=gettext_lazy("Hvem følger det opp?"), required=False)
    result = words(gettext_lazy("Hva kom ut av det?"), rows=5)
    source = line(gettext_lazy("Hvor står det skrevet?"), 200)
    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        goals: Sequence[Goal],
        areas: Sequence[FocusArea],
        parents: Sequence[Programme],
        roles: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows: dict[str, dict[str, Any]] = {
            "goal": {str(one.pk): one for one in goals},
            "area": {str(one.pk): one for one in areas},
            "parent": {str(one.pk): one for one in parents},
        }
        none = ("", _("Nei, ikke noe av dette"))
        for name, found in self.rows.items():
            choices(self, name, [none, *((key, str(one)) for key, one in found.items())])
        choices(self, "contact_role", [("", _("Ikke bestemt")), *roles.items()])

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for name, found in self.rows.items():
            values[name] = found.get(values.get(name) or "")
        return values


class MoveForm(forms.Form):
    """A step on the road, with a reason where one is needed."""

    to = forms.ChoiceField(choices=State.choices)
    reason = forms.CharField(required=False, max_length=MOST)


class MilestoneMoveForm(forms.Form):
    """A milestone is reached, dropped or coming again."""

    to = forms.ChoiceField(choices=[("reached", ""), ("dropped", ""), ("coming", "")])


class AnswerForm(forms.Form):
    """Did you find what you looked for?"""

    found = forms.ChoiceField(choices=[("ja", gettext_lazy("Ja")), ("nei", gettext_lazy("Nei"))])
    missing = forms.CharField(required=False, max_length=500)


class PartForm(YearsForm):
    """A part of a programme; `programme_parts` are the rows that it may point at."""

    def __init__(
        self,
        *args: Any,
        schools: Sequence[Unit],
        groups: Sequence[ProjectGroup],
        grants: Sequence[Grant],
        roles: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows: dict[str, dict[str, Any]] = {
            "school": {str(one.pk): one for one in schools},
            "group": {str(one.pk): one for one in groups},
            "grant": {str(one.pk): one for one in grants},
        }
        for name, found in self.rows.items():
            if name in self.fields:
                choices(self, name, [("", _("Ingen")), *((key, str(one)) for key, one in found.items())])
        if "role" in self.fields:
            choices(self, "role", [("", _("Den som følger opp programmet")), *roles.items()])

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for name, found in self.rows.items():
            if name in self.fields:
                values[name] = found.get(values.get(name) or "")
        return values


class ParticipantForm(PartForm):
    """A school that takes part."""

    school = forms.ChoiceField(label=gettext_lazy("Skole"), required=False)
    name = line(gettext_lazy("Eller navn, hvis den ikke står i listen"), 200)
    first_year = year(gettext_lazy("Fra år"))
    last_year = year(gettext_lazy("Til år"))

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not values.get("school") and not values.get("name"):
            self.add_error("school", _("Velg en skole, eller skriv navnet."))
        return values


class PartnerForm(PartForm):
    """Who works with the owner."""

    name = line(gettext_lazy("Hvem?"), 200, required=True)
    kind = forms.ChoiceField(label=gettext_lazy("Hva slags partner?"), choices=PartnerKind.choices)
    task = line(gettext_lazy("Som hva?"), 300, gettext_lazy("For eksempel «hovedpartner»."))


class GroupForm(PartForm):
    """A place where the project is led or done."""

    name = line(gettext_lazy("Hva heter gruppen?"), 160, required=True)
    kind = forms.ChoiceField(label=gettext_lazy("Hva slags gruppe?"), choices=GroupKind.choices)
    who = line(gettext_lazy("Hvem er med? Skriv roller, ikke navn"), 500)
    task = line(gettext_lazy("Hva skal den gjøre?"), 500)


class MilestoneForm(PartForm):
    """What is done by when."""

    title = line(gettext_lazy("Hva skal være nådd?"), 200, required=True)
    due_on = day(gettext_lazy("Når?"), gettext_lazy("Datoen kommer i årshjulet."), required=True)
    group = forms.ChoiceField(label=gettext_lazy("Hvilken gruppe gjelder det?"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("Hvem har ansvaret?"), required=False)
    note = line(gettext_lazy("Merknad"), 500)


class GrantForm(PartForm):
    """Money from outside."""

    giver = line(gettext_lazy("Hvem gir pengene?"), 200, required=True)
    amount = kroner(
        gettext_lazy("Hvor mye, i kroner?"), gettext_lazy("La det stå tomt hvis dere ikke vet det ennå.")
    )
    given_on = day(gettext_lazy("Innvilget"))
    report_on = day(gettext_lazy("Rapport innen"), gettext_lazy("Datoen kommer i årshjulet."))
    terms = words(gettext_lazy("Vilkår"))


class SpendingForm(PartForm):
    """Money used."""

    what = line(gettext_lazy("Hva ble pengene brukt til?"), 200, required=True)
    amount = kroner(
        gettext_lazy("Hvor mye, i kroner?"),
        gettext_lazy("Skriv minus foran for å rette noe som er ført feil."),
        required=True,
        least=-MOST_MONEY,
    )
    on = day(gettext_lazy("Når?"), required=True)
    grant = forms.ChoiceField(label=gettext_lazy("Av hvilket tilskudd?"), required=False)


class PlanForm(PartForm):
    """A plan for several years."""

    title = line(gettext_lazy("Hva heter planen?"), 200, required=True)
    first_year = year(gettext_lazy("Fra år"))
    last_year = year(gettext_lazy("Til år"))
    text = words(gettext_lazy("Hva står det i den?"), rows=5)


PART_FORMS: Final[Mapping[str, type[PartForm]]] = {
    "deltaker": ParticipantForm,
    "partner": PartnerForm,
    "gruppe": GroupForm,
    "milepel": MilestoneForm,
    "tilskudd": GrantForm,
    "bruk": SpendingForm,
    "plan": PlanForm,
}


def at_version(form: forms.Form, version: int) -> None:
    """After a conflict: what was written stays in the form, and the next sending meets the row as it is now."""
    data = cast("QueryDict", form.data).copy()
    data["version"] = str(version)
    form.data = data
