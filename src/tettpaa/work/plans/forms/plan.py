"""What people write in the owner's plan: its own words, areas, themes, goals, indicators, and the next step."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tettpaa.core.ui.days import DayField
from tettpaa.data.indicators.definitions import definitions
from tettpaa.data.suppression.kinds import Gender
from tettpaa.work.plans.actions.goals import Around
from tettpaa.work.plans.enums import AreaState, PlanState, SignView
from tettpaa.work.plans.forms.base import MOST, DayInput, LinesField, RowForm, text_area
from tettpaa.work.plans.models import FocusArea, Goal, GoalIndicator, QualityPlan, Theme


class StartForm(forms.Form):
    """A new plan."""

    title = forms.CharField(label=_("Hva skal planen hete?"), max_length=200)
    starts_on = DayField(label=_("Gjelder fra"), required=False, widget=DayInput)
    ends_on = DayField(label=_("Gjelder til og med"), required=False, widget=DayInput)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        return _ordered(self, data)


def _ordered(form: forms.BaseForm, data: dict[str, Any]) -> dict[str, Any]:
    if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
        form.add_error("ends_on", _("Planen kan ikke slutte før den begynner."))
    return data


class PlanForm(RowForm):
    class Meta:
        model = QualityPlan
        fields = ("title", "starts_on", "ends_on", "background", "source")
        labels = {
            "title": _("Hva heter planen?"),
            "starts_on": _("Gjelder fra"),
            "ends_on": _("Gjelder til og med"),
            "background": _("Bakgrunn"),
            "source": _("Hvilket dokument bygger den på?"),
        }
        widgets = {"starts_on": DayInput, "ends_on": DayInput, "background": text_area(8)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        return _ordered(self, data)


class StepForm(forms.Form):
    """The next step on the plan's road."""

    to = forms.ChoiceField(label=_("Hva er bestemt?"))
    on = DayField(label=_("Dato"), widget=DayInput)
    case_reference = forms.CharField(label=_("Saksnummer"), max_length=120, required=False)
    hearing_until = DayField(
        label=_("Frist for høringen"),
        required=False,
        widget=DayInput,
        help_text=_("Bare når planen sendes på høring."),
    )
    note = forms.CharField(label=_("Merknad"), max_length=500, required=False)

    def __init__(self, *args: Any, choices: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        if all(key != PlanState.HEARING for key, _label in choices):
            del self.fields["hearing_until"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        until = data.get("hearing_until")
        if data.get("to") == PlanState.HEARING and until and data.get("on") and until < data["on"]:
            self.add_error("hearing_until", _("Fristen kan ikke være før høringen begynner."))
        return data


class AreaForm(RowForm):
    class Meta:
        model = FocusArea
        fields = ("title", "why", "scope")
        labels = {
            "title": _("Hva heter området?"),
            "why": _("Hvorfor er det viktig?"),
            "scope": _("Gjelder for"),
        }
        help_texts = {"scope": _("La stå tomt når det gjelder alle skolene.")}
        widgets = {"why": text_area()}


class ThemeForm(RowForm):
    class Meta:
        model = Theme
        fields = ("area", "title", "text")
        labels = {"area": _("Område"), "title": _("Hva heter temaet?"), "text": _("Beskrivelse")}
        widgets = {"text": text_area()}

    def __init__(self, *args: Any, plan: QualityPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.fields["area"].queryset = plan.areas.exclude(state=AreaState.ENDED)  # type: ignore[attr-defined]

    def again(self) -> dict[str, Any]:
        return {"plan": self.plan}


class GoalForm(RowForm):
    """A goal with its signs and tools: one text a line."""

    signs_pupil = LinesField(label=_("Tegn på god praksis, slik eleven ser det"))
    signs_teacher = LinesField(label=_("Slik læreren ser det"))
    signs_parent = LinesField(label=_("Slik foreldrene ser det"))
    signs_organisation = LinesField(label=_("Slik det er på skolen som organisasjon"))
    tools = LinesField(label=_("Hva kan vi se på for å vite om målet er nådd?"), longest=300)

    class Meta:
        model = Goal
        fields = ("text", "kind", "area", "theme", "question")
        labels = {
            "text": _("Hva vil vi?"),
            "kind": _("Hva slags mål er det?"),
            "area": _("Område"),
            "theme": _("Tema"),
            "question": _("Spørsmål til egenvurderingen"),
        }
        help_texts = {"text": _("En setning som kan leses etter «Vi vil at».")}
        widgets = {"text": text_area(2), "question": text_area(2)}

    def __init__(self, *args: Any, plan: QualityPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.fields["area"].queryset = plan.areas.exclude(state=AreaState.ENDED)  # type: ignore[attr-defined]
        self.fields["area"].required = False
        self.fields["theme"].queryset = Theme.objects.filter(area__plan=plan)  # type: ignore[attr-defined]
        if not self.is_new:
            self.initial["text"] = self.instance.newest_text
            signs = list(self.instance.signs.all())
            for view in SignView:
                self.initial[f"signs_{view}"] = [sign.text for sign in signs if sign.view == view]
            self.initial["tools"] = [tool.text for tool in self.instance.tools.all()]

    def again(self) -> dict[str, Any]:
        return {"plan": self.plan}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        theme, area = data.get("theme"), data.get("area")
        if theme is not None and theme.area != area:
            self.add_error("theme", _("Temaet hører til et annet område."))
        return data

    @property
    def around(self) -> Around:
        data = self.cleaned_data
        return Around(signs={view: data[f"signs_{view}"] for view in SignView}, tools=data["tools"])


class OutcomeForm(forms.Form):
    """How a goal went, or that it is taken out."""

    to = forms.ChoiceField(label=_("Hvordan gikk det?"))
    outcome = forms.CharField(
        label=_("Hva bygger vi det på?"), required=False, max_length=MOST, widget=text_area(3)
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = choices  # type: ignore[attr-defined]


class IndicatorForm(RowForm):
    """Which indicator a goal is followed by. The baseline comes from the published figures when it is ticked."""

    indicator = forms.ChoiceField(label=_("Hvilket tall følger vi?"))
    grade = forms.TypedChoiceField(label=_("Trinn"), coerce=int)
    gender = forms.TypedChoiceField(
        label=_("Hvem"),
        coerce=int,
        choices=[
            (int(Gender.ALL), _("Alle")),
            (int(Gender.GIRLS), _("Jenter")),
            (int(Gender.BOYS), _("Gutter")),
        ],
    )
    take_newest = forms.BooleanField(
        label=_("Bruk det nyeste publiserte tallet som utgangspunkt"), required=False, initial=True
    )

    class Meta:
        model = GoalIndicator
        fields = ("indicator", "grade", "gender", "target", "target_on", "note")
        labels = {"target": _("Hvor vil vi?"), "target_on": _("Innen"), "note": _("Merknad")}
        widgets = {"target_on": DayInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [d for d in definitions().values() if d.valid_to is None and not d.confidential]
        names = sorted((d.names.nb, d.key) for d in known)
        self.fields["indicator"].choices = [(key, name) for name, key in names]  # type: ignore[attr-defined]
        grades = [(0, _("Alle trinn samlet")), *((grade, f"{grade}.") for grade in range(1, 14))]
        self.fields["grade"].choices = grades  # type: ignore[attr-defined]
        if not self.is_new:
            self.fields["take_newest"].initial = self.instance.baseline is None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        definition = definitions().get(data.get("indicator", ""))
        if definition is None:
            return data
        if data.get("grade") and data["grade"] not in definition.grades:
            self.add_error("grade", _("Dette tallet finnes ikke for det trinnet."))
        if not data.get("grade") and len(definition.grades) == 1:
            data["grade"] = definition.grades[0]
        target = data.get("target")
        low, high = definition.scale_min, definition.scale_max
        if target is not None and (
            (low is not None and target < low) or (high is not None and target > high)
        ):
            self.add_error("target", _("Målet ligger utenfor skalaen."))
        others = self.instance.goal.indicators.exclude(pk=self.instance.pk)
        if others.filter(
            indicator=definition.key, grade=data.get("grade"), gender=data.get("gender")
        ).exists():
            self.add_error("indicator", _("Målet følges allerede av dette tallet."))
        return data
