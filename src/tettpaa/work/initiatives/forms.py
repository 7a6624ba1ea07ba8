"""Input on initiatives and effect reviews: clean values, nothing saved."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tettpaa.core.orgs.models import Unit
from tettpaa.core.ui.days import DayField
from tettpaa.core.ui.formats import school_year
from tettpaa.work.initiatives.actions import Written
from tettpaa.work.initiatives.enums import (
    FIRST,
    Certainty,
    Conclusion,
    Evidence,
    Explanation,
    State,
)
from tettpaa.work.initiatives.queries import ALL_STATES
from tettpaa.work.plans.models import Goal

MOST = 4_000  # characters of an answer: more is a report, not an initiative
_ANY = ("", gettext_lazy("Alle"))


class DayInput(forms.DateInput):
    """A day as the browser's own calendar gives it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return DayField(label=label, help_text=help_text, required=False, widget=DayInput())


def _words(label: Any, help_text: Any = "", *, rows: int = 3, required: bool = False) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=MOST, widget=area)


class InitiativeForm(forms.Form):
    """The five questions and what goes with them. `places` and `state` are asked only of a new one."""

    place = forms.ChoiceField(label=gettext_lazy("Hvem sitt tiltak er det?"))
    goal = forms.ChoiceField(label=gettext_lazy("Hvilket mål hører det til?"), required=False)
    title = forms.CharField(label=gettext_lazy("Hva skal vi kalle tiltaket?"), max_length=160)
    problem = _words(
        gettext_lazy("Hvilket problem skal det løse?"), gettext_lazy("Én til tre setninger."), required=True
    )
    what = _words(gettext_lazy("Hva gjør vi?"), rows=4, required=True)
    starts_on = _day(gettext_lazy("Når begynner vi?"))
    due_on = _day(gettext_lazy("Når skal det være gjort?"))
    responsible_role = forms.ChoiceField(label=gettext_lazy("Hvem har ansvaret?"))
    evaluate_on = _day(
        gettext_lazy("Når ser vi på effekten?"), gettext_lazy("Datoen kommer i årshjulet til den ansvarlige.")
    )
    expected_sign = _words(
        gettext_lazy("Hva vil vi se hvis det virker?"), gettext_lazy("Et tegn som andre også kan se.")
    )
    resources = _words(gettext_lazy("Hva trenger vi av tid, folk og penger?"))
    evidence = forms.ChoiceField(
        label=gettext_lazy("Hva bygger vi på?"),
        choices=[("", gettext_lazy("Ikke sagt")), *Evidence.choices],
        required=False,
    )
    evidence_note = _words(gettext_lazy("Hvorfor tror vi at det virker?"))
    state = forms.ChoiceField(
        label=gettext_lazy("Hvor langt er vi kommet?"),
        choices=[(str(one), one.label) for one in FIRST],
        initial=State.DECIDED,
    )
    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        goals: Sequence[Goal],
        roles: Mapping[str, str],
        places: Sequence[Unit] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.goals = {str(goal.pk): goal for goal in goals}
        self.places = {unit.code: unit for unit in places}
        _choices(
            self, "goal", [("", _("Ikke noe mål")), *((key, one.text) for key, one in self.goals.items())]
        )
        _choices(self, "responsible_role", list(roles.items()))
        _choices(self, "place", [(unit.code, unit.label) for unit in places])
        if not places:
            del self.fields["place"], self.fields["state"]

    def clean(self) -> dict[str, Any]:
        """The days come in their order, and the goal is one of the goals."""
        values = super().clean() or {}
        values["goal"] = self.goals.get(values.get("goal") or "")
        begins, due, looked = (values.get(name) for name in ("starts_on", "due_on", "evaluate_on"))
        if begins and due and due < begins:
            self.add_error("due_on", _("Fristen må komme etter at dere begynner."))
        if begins and looked and looked < begins:
            self.add_error("evaluate_on", _("Dere kan ikke se på effekten før dere har begynt."))
        return values


def _choices(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]


class FilterForm(forms.Form):
    """Which initiatives to show. An unknown value counts as none."""

    sted = forms.ChoiceField(label=gettext_lazy("Skole"), required=False)
    mal = forms.ChoiceField(label=gettext_lazy("Mål"), required=False)
    ansvar = forms.ChoiceField(label=gettext_lazy("Ansvarlig"), required=False)
    tilstand = forms.ChoiceField(
        label=gettext_lazy("Tilstand"),
        choices=[("", gettext_lazy("Ikke avsluttet")), (ALL_STATES, gettext_lazy("Alle")), *State.choices],
        required=False,
    )
    sent = forms.BooleanField(label=gettext_lazy("Bare de som glipper"), required=False)

    def __init__(
        self, *args: Any, places: Sequence[Unit], goals: Sequence[Goal], roles: Mapping[str, str]
    ) -> None:
        super().__init__(*args)
        self.goals = {str(goal.pk): goal for goal in goals}
        _choices(self, "sted", [_ANY, *((unit.code, unit.label) for unit in places)])
        _choices(self, "mal", [_ANY, *((key, one.text) for key, one in self.goals.items())])
        _choices(self, "ansvar", [_ANY, *roles.items()])


class MoveForm(forms.Form):
    """One step, with the reason where one is needed."""

    to = forms.ChoiceField(choices=State.choices)
    reason = forms.CharField(required=False, max_length=MOST)


class EvaluationForm(forms.Form):
    """When to look at what came of it."""

    on = DayField(label=gettext_lazy("Når ser dere på effekten?"), widget=DayInput())


class ReviewForm(forms.Form):
    """Which figures to look at, and when."""

    indicator = forms.ChoiceField(label=gettext_lazy("Hvilke tall ser vi på?"))
    before = forms.TypedChoiceField(label=gettext_lazy("Skoleåret før tiltaket"), coerce=int)
    after = forms.TypedChoiceField(label=gettext_lazy("Skoleåret etter"), coerce=int)
    planned_on = _day(gettext_lazy("Når skriver vi vurderingen?"))

    def __init__(
        self, *args: Any, indicators: Mapping[str, str], years: Sequence[int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "indicator", list(indicators.items()))
        for name in ("before", "after"):
            _choices(self, name, [(str(year), school_year(year)) for year in years])

    def clean(self) -> dict[str, Any]:
        """`indicator` becomes key and grade, as they stand in the choice."""
        values = super().clean() or {}
        if values.get("indicator"):
            key, grade = values["indicator"].rsplit(":", 1)
            values["indicator"], values["grade"] = key, int(grade)
        if values.get("before") and values.get("after") and values["after"] <= values["before"]:
            self.add_error("after", _("Året etter må være senere enn året før."))
        return values


class WriteForm(forms.Form):
    """The review in words."""

    seen = _words(
        gettext_lazy("Hva ser vi?"),
        gettext_lazy("Tallene, og det dere har sett i praksis. Skriv ikke tall som er skjult, og ikke navn."),
        rows=5,
        required=True,
    )
    explanations = forms.MultipleChoiceField(
        label=gettext_lazy("Hva annet kan forklare det?"),
        choices=Explanation.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    other_explanations = _words(gettext_lazy("Andre forklaringer"))
    conclusion = forms.ChoiceField(
        label=gettext_lazy("Hva sier vi?"),
        help_text=gettext_lazy("«Vi vet ikke» er et fullt svar."),
        choices=Conclusion.choices,
        widget=forms.RadioSelect,
    )
    certainty = forms.ChoiceField(
        label=gettext_lazy("Hvor sikre er vi på det?"), choices=Certainty.choices, widget=forms.RadioSelect
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def written(self) -> Written:
        """What was written, for the action."""
        values = self.cleaned_data
        return Written(
            seen=values["seen"],
            conclusion=Conclusion(values["conclusion"]),
            certainty=Certainty(values["certainty"]),
            explanations=[Explanation(key) for key in values["explanations"]],
            other_explanations=values["other_explanations"],
        )


class ReviewMoveForm(forms.Form):
    """What to do with a review. `version` is the one that was seen."""

    do = forms.ChoiceField(choices=[(key, key) for key in ("ready", "check", "back", "use")])
    version = forms.IntegerField(min_value=1)


def at_version(form: forms.Form, version: int) -> None:
    """After a conflict: what was written stays in the form, and the next sending meets the row as it is now."""
    data = cast("QueryDict", form.data).copy()
    data["version"] = str(version)
    form.data = data
