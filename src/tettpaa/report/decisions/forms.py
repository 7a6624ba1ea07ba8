"""Input on cases: their document, dates, hearings, protocols, what became of a point, and publishing."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tettpaa.core.orgs.models import Body, Unit
from tettpaa.core.orgs.permissions import roles
from tettpaa.core.ui.days import DayField, MomentField
from tettpaa.report.decisions import paper
from tettpaa.report.decisions.enums import BODIES, Becomes, ItemKind, ItemState, Outcome
from tettpaa.report.decisions.models import CaseStep, CaseText
from tettpaa.work.plans.models import Goal

LONG = 20_000
SHORT = 2_000
MOST_ITEMS = 12


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    """A day, with the browser's own calendar."""
    return DayField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def text_field(
    label: Any, *, rows: int = 5, most: int = LONG, required: bool = True, help_text: str = ""
) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


def role_choices(language: str) -> list[tuple[str, str]]:
    """Roles in words; a duty lies on a role, never on a name."""
    return [(key, role.names.get(language) or role.names["nb"]) for key, role in roles().items()]


class StartForm(forms.Form):
    """What the new case is about: `report:<pk>` or `plan:<pk>`."""

    subject = forms.ChoiceField(label=gettext_lazy("Hva gjelder saken?"))

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = list(choices)  # type: ignore[attr-defined]


class PaperForm(forms.Form):
    """One field for each part of the case document, each with the version that was seen."""

    def __init__(self, *args: Any, texts: Mapping[str, CaseText], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "nb"
        for spec in paper.PARTS:
            row = texts.get(spec.key)
            self.fields[spec.key] = text_field(
                spec.title.in_language(language),
                rows=6,
                required=False,
                help_text=spec.help.in_language(language),
            )
            self.fields[spec.key].initial = row.text if row else ""
            self.fields[f"{spec.key}-version"] = forms.IntegerField(
                min_value=0, initial=row.version if row else 0, widget=forms.HiddenInput
            )

    def clean_innstilling(self) -> str:
        """A recommendation that only takes note gives nobody anything to do, so it is refused."""
        text: str = self.cleaned_data["innstilling"]
        points = paper.points_of(text)
        if points and not paper.can_be_voted_on(points):
            raise forms.ValidationError(
                _(
                    "«Tas til orientering» alene kan ikke sendes: da har ingen noe å gjøre, og neste år er det ingenting å svare på. "
                    "Skriv minst ett punkt om hva som skal gjøres, av hvem og når."
                )
            )
        return text

    def changed(self) -> list[tuple[str, str, int]]:
        """Part, text and seen version of what the person has changed."""
        data = self.cleaned_data
        return [
            (spec.key, data[spec.key], data[f"{spec.key}-version"])
            for spec in paper.PARTS
            if data[spec.key].strip() != str(self.fields[spec.key].initial).strip()
        ]


class RoadForm(forms.Form):
    """The case's number and the day of each step that is not held yet."""

    number = forms.CharField(label=gettext_lazy("Saksnummer i arkivet"), max_length=40, required=False)

    def __init__(self, *args: Any, steps: Sequence[CaseStep], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = [step for step in steps if step.held_on is None]
        for step in self.steps:
            self.fields[str(step.pk)] = day_field(step.name, required=False)
            self.fields[str(step.pk)].initial = step.planned_on


class HeldForm(forms.Form):
    """A step without a protocol was held."""

    on = day_field(gettext_lazy("Når?"))
    note = text_field(gettext_lazy("Hva kom det ut av det?"), rows=3, most=SHORT, required=False)


class InviteForm(forms.Form):
    """Which body is asked what, and by when."""

    body = forms.ChoiceField(label=gettext_lazy("Hvem spør dere?"))
    question = text_field(gettext_lazy("Hva spør dere om?"), rows=4, most=SHORT)
    due_on = day_field(gettext_lazy("Svar innen"))

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [(str(body.pk), body.name) for body in bodies]  # type: ignore[attr-defined]


class StatementForm(forms.Form):
    """A body's own words."""

    text = text_field(gettext_lazy("Hva mener dere?"), rows=8, most=LONG)
    place = forms.ChoiceField(label=gettext_lazy("På vegne av"))

    def __init__(self, *args: Any, places: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(place.code, place.label) for place in places]  # type: ignore[attr-defined]


class ChangedForm(forms.Form):
    """What a statement changed."""

    changed = text_field(gettext_lazy("Hva endret uttalelsen?"), rows=4, most=SHORT)


class ProtocolForm(forms.Form):
    """What the minute book says of the case."""

    number = forms.CharField(label=gettext_lazy("Saksnummer i møtet"), max_length=40, required=False)
    met_on = day_field(gettext_lazy("Møtedato"))
    present = forms.IntegerField(
        label=gettext_lazy("Til stede, antall medlemmer"), min_value=1, max_value=200
    )
    outcome = forms.ChoiceField(label=gettext_lazy("Hva gjorde organet?"), choices=Outcome.choices)
    votes_for = forms.IntegerField(
        label=gettext_lazy("Stemmer for"), min_value=0, max_value=200, required=False
    )
    votes_against = forms.IntegerField(
        label=gettext_lazy("Stemmer mot"), min_value=0, max_value=200, required=False
    )
    amendments = text_field(
        gettext_lazy("Endringsforslag, og hva som ble av dem"), rows=3, most=LONG, required=False
    )
    text = text_field(gettext_lazy("Vedtaket eller innstillingen, ord for ord"), rows=6, most=LONG)

    def __init__(self, *args: Any, step: CaseStep, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = [Outcome.RECOMMENDED, Outcome.POSTPONED, Outcome.SENT_BACK]
        if step.decides:
            left = [Outcome.ADOPTED, Outcome.CHANGED, Outcome.POSTPONED, Outcome.SENT_BACK]
        if step.kind in BODIES:
            self.fields["outcome"].choices = [(one.value, one.label) for one in left]  # type: ignore[attr-defined]

    @property
    def adopts(self) -> bool:
        return self.cleaned_data.get("outcome") in (Outcome.ADOPTED, Outcome.CHANGED)


class ItemForm(forms.Form):
    """One point of the decision. An empty text means no point."""

    text = text_field(gettext_lazy("Punktet, ord for ord"), rows=2, most=SHORT, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Hva slags punkt?"), choices=ItemKind.choices)
    responsible_role = forms.ChoiceField(label=gettext_lazy("Hvem har ansvaret?"), required=False)
    due_on = day_field(gettext_lazy("Frist"), required=False)
    becomes = forms.ChoiceField(label=gettext_lazy("Blir til"), choices=Becomes.choices, required=False)
    goal = forms.ChoiceField(label=gettext_lazy("Mål i planen"), required=False)

    def __init__(self, *args: Any, goals: Sequence[Goal] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].initial = ItemKind.DECISION
        names = role_choices(get_language() or "nb")
        self.fields["responsible_role"].choices = [("", "–"), *names]  # type: ignore[attr-defined]
        self.fields["goal"].choices = [("", "–"), *((str(goal.pk), goal.text) for goal in goals)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("text") and data.get("kind") == ItemKind.DECISION:
            if not data.get("responsible_role"):
                self.add_error("responsible_role", _("Et vedtak trenger noen som har ansvaret."))
            if not data.get("due_on"):
                self.add_error("due_on", _("Et vedtak trenger en frist."))
        return data


class ReportBackForm(forms.Form):
    """What has become of a point."""

    state = forms.ChoiceField(label=gettext_lazy("Hvordan går det?"))
    on = day_field(gettext_lazy("Per dato"))
    text = text_field(gettext_lazy("Hva er gjort, eller hvorfor ikke?"), rows=3, most=SHORT)

    def __init__(self, *args: Any, states: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, ItemState(key).label) for key in ItemState.values if key in states]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]


class PlanPublicationForm(forms.Form):
    """When the report is to be public."""

    planned_for = MomentField(
        label=gettext_lazy("Når skal rapporten være offentlig?"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class EarlyReaderForm(forms.Form):
    """Somebody who sees the report early."""

    name = forms.CharField(label=gettext_lazy("Navn"), max_length=120)
    role = forms.CharField(label=gettext_lazy("Rolle"), max_length=120)
    reason = forms.CharField(label=gettext_lazy("Hvorfor"), max_length=200)


class ConfirmForm(forms.Form):
    """A point of the checklist that somebody answers for."""

    key = forms.CharField(max_length=20)
    note = forms.CharField(max_length=300, required=False)
