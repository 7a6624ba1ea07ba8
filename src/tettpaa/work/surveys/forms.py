"""Input on self-assessments: a round, one person's answers, the head's step, the scale."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tettpaa.core.ui.days import DayField
from tettpaa.core.ui.formats import school_year
from tettpaa.work.plans.models import Goal
from tettpaa.work.surveys.actions import NewStep
from tettpaa.work.surveys.models import SMALLEST, UNKNOWN, AssessmentRound

MOST = 4_000


class DayInput(forms.DateInput):
    """A day as the browser's own calendar gives it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RoundForm(forms.Form):
    """Which goals, from when to when."""

    school_year = forms.TypedChoiceField(label=gettext_lazy("Skoleår"), coerce=int)
    goals = forms.MultipleChoiceField(
        label=gettext_lazy("Hvilke mål vurderer dere?"),
        help_text=gettext_lazy("Spørsmålet står i planen. Få mål gir bedre samtaler enn mange."),
        widget=forms.CheckboxSelectMultiple,
    )
    opens_on = DayField(label=gettext_lazy("Åpner"), widget=DayInput())
    closes_on = DayField(label=gettext_lazy("Lukkes"), widget=DayInput())

    def __init__(self, *args: Any, goals: Sequence[Goal], years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(goal.pk): goal for goal in goals}
        fields: dict[str, Any] = self.fields
        fields["goals"].choices = [(key, f"{one.text} – {one.question}") for key, one in self.known.items()]
        fields["school_year"].choices = [(year, school_year(year)) for year in years]

    def clean(self) -> dict[str, Any]:
        """The days in their order; the goals as goals, in the plan's order."""
        values = super().clean() or {}
        chosen = set(values.get("goals", ()))
        values["goals"] = [goal for key, goal in self.known.items() if key in chosen]
        if values.get("opens_on") and values.get("closes_on") and values["closes_on"] < values["opens_on"]:
            self.add_error("closes_on", _("Dagen den lukkes, må komme etter dagen den åpner."))
        return values


class AnswerForm(forms.Form):
    """One question for each goal: a step of the scale, or "vet ikke"."""

    def __init__(self, *args: Any, round: AssessmentRound, **kwargs: Any) -> None:  # noqa: A002
        super().__init__(*args, **kwargs)
        choices = [
            *((str(place), word) for place, word in enumerate(round.steps)),
            (str(UNKNOWN), round.unknown),
        ]
        for question in round.questions.all():
            self.fields[str(question.goal_id)] = forms.ChoiceField(
                label=question.text,
                choices=choices,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Velg ett svar. «%(unknown)s» er også et svar.")
                    % {"unknown": round.unknown}
                },
            )

    def answers(self) -> dict[UUID, int]:
        """What the action takes."""
        return {UUID(key): int(value) for key, value in self.cleaned_data.items()}


class MoveForm(forms.Form):
    """The head's step."""

    do = forms.ChoiceField(
        choices=[(key, key) for key in ("open", "close", "complete", "share", "withdraw", "archive")]
    )
    comment = forms.CharField(required=False, max_length=MOST)


class ScaleForm(forms.Form):
    """The words of the scale, one a line, from the least to the most."""

    steps = forms.CharField(
        label=gettext_lazy("Trinnene"),
        help_text=gettext_lazy("Ett trinn på hver linje, fra det minste til det meste."),
        max_length=700,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    unknown = forms.CharField(label=gettext_lazy("Svaret ved siden av skalaen"), max_length=60)
    smallest = forms.IntegerField(
        label=gettext_lazy("Hvor mange må ha svart før svarene vises?"),
        help_text=gettext_lazy("Minst fem. Da kan ingen gjette hva en enkelt svarte."),
        min_value=SMALLEST,
        max_value=100,
    )

    def clean_steps(self) -> list[str]:
        """The words; from two to ten, none twice, none too long."""
        words = [line.strip() for line in self.cleaned_data["steps"].splitlines() if line.strip()]
        if not 2 <= len(words) <= 10:
            raise forms.ValidationError(_("En skala har fra to til ti trinn."))
        if len({word.casefold() for word in words}) < len(words):
            raise forms.ValidationError(_("To trinn har samme ord."))
        if any(len(word) > 60 for word in words):
            raise forms.ValidationError(_("Et trinn kan ha høyst 60 tegn."))
        return words

    def new_steps(self, known: dict[str, str]) -> list[NewStep]:
        """The steps with their keys: a word that is known (word → key) keeps its own."""
        used, steps = set(known.values()), []
        for place, word in enumerate(self.cleaned_data["steps"], start=1):
            key = known.get(word) or slugify(word)[:36] or f"trinn-{place}"
            while word not in known and key in used:
                key = f"{key}-{place}"
            used.add(key)
            steps.append(NewStep(key, word))
        return steps
