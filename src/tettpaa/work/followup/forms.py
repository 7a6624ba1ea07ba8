"""Input on follow-up. Nothing goes on without a person's words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tettpaa.core.ui.days import DayField
from tettpaa.work.followup.enums import ContactKind, Giver, PointKind, SupportKind

LONG = 8_000
SHORT = 1_000


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    """A day, with the browser's own calendar."""
    return DayField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def words_field(label: Any, *, rows: int = 5, most: int = LONG, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=most, widget=forms.Textarea(attrs={"rows": rows})
    )


class AssessForm(forms.Form):
    """Which signals, and what a person thinks of them."""

    signals = forms.MultipleChoiceField(
        label=gettext_lazy("Hvilke signaler gjelder det?"), widget=forms.CheckboxSelectMultiple
    )
    text = words_field(gettext_lazy("Hva tror du, og hvorfor?"), rows=7)
    answer_by = day_field(gettext_lazy("Rektor svarer innen"))

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signals"].choices = list(choices)  # type: ignore[attr-defined]


class CommentForm(forms.Form):
    """The principal's answer."""

    text = words_field(gettext_lazy("Hvordan ser du det?"), rows=7)
    agrees = forms.TypedChoiceField(
        label=gettext_lazy("Er du enig i vurderingen?"),
        choices=[("ja", gettext_lazy("Ja")), ("nei", gettext_lazy("Nei, jeg ser det annerledes"))],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
    )


class RemarkForm(forms.Form):
    """A remark."""

    text = words_field(gettext_lazy("Merknad"))


class ReviewForm(forms.Form):
    """What the evidence says now."""

    text = words_field(gettext_lazy("Hva viser tallene, skolen og elevene nå?"), rows=7)


class DecideForm(forms.Form):
    """No case, or a case on a step."""

    step = forms.ChoiceField(label=gettext_lazy("Beslutning"), widget=forms.RadioSelect)
    text = words_field(gettext_lazy("Begrunnelse"), rows=6)
    review_on = day_field(gettext_lazy("Vi ser på saken igjen"), required=False)

    def __init__(self, *args: Any, steps: Sequence[tuple[str, str]], none: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = [("", _("Ingen oppfølgingssak"))] if none else []
        self.fields["step"].choices = [*first, *steps]  # type: ignore[attr-defined]
        self.fields["step"].required = not none

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("step") and not data.get("review_on"):
            self.add_error("review_on", _("En sak trenger en dag da dere ser på den igjen."))
        return data


class CloseForm(forms.Form):
    """The closing meeting and what was concluded."""

    meeting = forms.ChoiceField(label=gettext_lazy("Møtet der saken avsluttes"))
    text = words_field(gettext_lazy("Hva er annerledes nå, og hvordan vet dere det?"), rows=6)

    def __init__(self, *args: Any, meetings: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = list(meetings)  # type: ignore[attr-defined]


class CriterionForm(forms.Form):
    """What must hold before the case goes down a step."""

    text = forms.CharField(label=gettext_lazy("Hva skal være sant?"), max_length=300)
    seen_when = forms.CharField(
        label=gettext_lazy("Når og hvordan ser vi det?"), max_length=160, required=False
    )


class MeetForm(forms.Form):
    """It holds."""

    evidence = words_field(gettext_lazy("Hva viser at det stemmer?"), rows=4, most=SHORT)


class SupportForm(forms.Form):
    """Advice, guidance or an instruction."""

    kind = forms.ChoiceField(label=gettext_lazy("Hva slags støtte?"), choices=SupportKind.choices)
    giver = forms.ChoiceField(label=gettext_lazy("Fra hvem?"), choices=Giver.choices)
    giver_name = forms.CharField(
        label=gettext_lazy("Hvem, hvis det er andre"), max_length=120, required=False
    )
    receiver = forms.CharField(label=gettext_lazy("Til hvem?"), max_length=120)
    text = words_field(gettext_lazy("Hva går det ut på?"), rows=4)
    basis = words_field(gettext_lazy("Grunnlag. En instruksjon må ha det."), rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == SupportKind.INSTRUCTION and not data.get("basis", "").strip():
            self.add_error("basis", _("Skriv hva instruksjonen bygger på."))
        if data.get("giver") == Giver.OTHER and not data.get("giver_name", "").strip():
            self.add_error("giver_name", _("Skriv hvem det er."))
        return data


class SupportMoveForm(forms.Form):
    """What was done with the support, or what came of it."""

    text = words_field(gettext_lazy("Hva ble gjort, eller hva kom det ut av det?"), rows=4)


class LinkForm(forms.Form):
    """An agreement or a meeting, as `agreement:<uuid>` or `meeting:<uuid>`."""

    target = forms.ChoiceField(label=gettext_lazy("Avtale eller møte"))

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = list(choices)  # type: ignore[attr-defined]


class EngagementForm(forms.Form):
    """Who comes, and what for."""

    advisers = forms.CharField(label=gettext_lazy("Hvem kommer? Skriv roller, ikke navn"), max_length=160)
    goal = words_field(gettext_lazy("Hva ønsker skolen og skoleeieren?"), rows=4)


class ContactForm(forms.Form):
    """A visit, a contact between visits, or a note."""

    kind = forms.ChoiceField(label=gettext_lazy("Hva?"), choices=ContactKind.choices)
    on = day_field(gettext_lazy("Når?"))
    text = words_field(gettext_lazy("Hva kom fram?"), rows=3)


class PointForm(forms.Form):
    """A line of the SWOT or the expectation analysis."""

    kind = forms.ChoiceField(label=gettext_lazy("Hvor hører det til?"), choices=PointKind.choices)
    text = forms.CharField(label=gettext_lazy("Punkt"), max_length=400)


class VerbForm(forms.Form):
    """The step to go to."""

    to = forms.ChoiceField(label=gettext_lazy("Gå til"))

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = list(choices)  # type: ignore[attr-defined]


def in_two_weeks(today: date) -> date:
    """The usual time to answer."""
    return date.fromordinal(today.toordinal() + 14)
