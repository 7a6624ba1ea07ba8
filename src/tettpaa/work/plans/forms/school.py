"""What people write in a school's own plan."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tettpaa.core.ui.days import DayField
from tettpaa.work.plans.enums import GoalState
from tettpaa.work.plans.forms.base import MOST, DayInput, RowForm, text_area
from tettpaa.work.plans.models import Goal, SchoolGoal, SchoolPlan


class SchoolYearForm(forms.Form):
    """For which school year the school begins a plan."""

    year = forms.TypedChoiceField(label=_("Skoleår"), coerce=int)

    def __init__(self, *args: Any, years: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = list(years)  # type: ignore[attr-defined]


class SchoolPlanForm(RowForm):
    class Meta:
        model = SchoolPlan
        fields = ("text", "competence", "resources")
        labels = {
            "text": _("Hva er det viktigste for skolen dette året?"),
            "competence": _("Hva trenger de ansatte å lære?"),
            "resources": _("Hva setter vi av til det?"),
        }
        widgets = {"text": text_area(6), "competence": text_area(), "resources": text_area()}


class SchoolGoalForm(RowForm):
    class Meta:
        model = SchoolGoal
        fields = ("goal", "text", "why", "expected_sign")
        labels = {
            "goal": _("Hvilket mål i kommunens plan hører det til?"),
            "text": _("Hva vil skolen?"),
            "why": _("Hvorfor?"),
            "expected_sign": _("Hva ser vi når vi lykkes?"),
        }
        widgets = {"text": text_area(2), "why": text_area(3), "expected_sign": text_area(2)}

    def __init__(self, *args: Any, goals: Sequence[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = goals
        own = [goal.pk for goal in goals]
        if self.instance.goal_id:
            own.append(self.instance.goal_id)
        field: Any = self.fields["goal"]
        field.queryset = Goal.objects.filter(pk__in=own)
        field.empty_label = _("Et eget mål, uten kobling")

    def again(self) -> dict[str, Any]:
        return {"goals": self.goals}


class HeardForm(forms.Form):
    """A body was heard."""

    body = forms.ChoiceField(label=_("Hvem ble hørt?"))
    on = DayField(label=_("Når?"), widget=DayInput)
    said = forms.CharField(label=_("Hva sa de?"), required=False, max_length=MOST, widget=text_area(3))
    changed = forms.CharField(
        label=_("Hva førte det til?"), required=False, max_length=MOST, widget=text_area(2)
    )

    def __init__(self, *args: Any, bodies: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [(name, name) for name in bodies]  # type: ignore[attr-defined]


class SchoolStepForm(forms.Form):
    """The next step of a school's plan."""

    to = forms.CharField(max_length=10)
    on = DayField(label=_("Dato"), widget=DayInput)


class StatusForm(forms.Form):
    """Midway, or at the end: how the plan goes in all, and each goal."""

    text = forms.CharField(label=_("Hvordan går det?"), max_length=MOST, widget=text_area(5))
    on = DayField(label=_("Dato"), widget=DayInput)

    def __init__(self, *args: Any, goals: Sequence[SchoolGoal], is_last: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = goals
        outcomes = [(GoalState(key).value, GoalState(key).label) for key in ("achieved", "partly", "not")]
        for goal in goals:
            self.fields[f"status-{goal.pk}"] = forms.CharField(
                label=goal.text, required=False, max_length=MOST, widget=text_area(2), initial=goal.status
            )
            if is_last:
                self.fields[f"outcome-{goal.pk}"] = forms.ChoiceField(
                    label=_("Nådde vi det?"), choices=[("", _("Vi vet ikke")), *outcomes], required=False
                )

    @property
    def of_goals(self) -> dict[Any, tuple[str, str]]:
        data = self.cleaned_data
        return {
            goal.pk: (data[f"status-{goal.pk}"], data.get(f"outcome-{goal.pk}", "") or goal.outcome)
            for goal in self.goals
        }
