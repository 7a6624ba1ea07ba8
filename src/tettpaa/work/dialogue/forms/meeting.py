"""Input on meetings: dates, words, agenda, minutes, promises."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tettpaa.core.orgs.models import Body, Unit
from tettpaa.core.orgs.permissions import roles
from tettpaa.core.ui.days import DayField
from tettpaa.work.agreements.bases import bases_on
from tettpaa.work.dialogue.actions import BOXES, NewMeeting, Promise, most_of
from tettpaa.work.dialogue.enums import ItemVoice, ParagraphKind, Side
from tettpaa.work.dialogue.models import AgreementRow, Meeting, MeetingKind
from tettpaa.work.dialogue.wording import BOX_WORDS, role_name
from tettpaa.work.plans.models import Goal

TOO_LONG = {"max_length": gettext_lazy("Teksten er for lang. Det er plass til %(limit_value)d tegn.")}
LONG = 4000
NEW_ITEMS = 2  # empty lines at the end of the agenda's form


class DateInput(forms.DateInput):
    """The browser's own calendar; the value is written as it wants it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def _at(data: Mapping[str, Any], day: str = "day", clock: str = "clock") -> datetime:
    return timezone.make_aware(datetime.combine(data[day], data[clock]))


class YearForm(forms.Form):
    """The whole year's meetings of one kind: a day and a clock for each school. Empty lines make no meeting."""

    kind = forms.ChoiceField(label=gettext_lazy("Type møte"))
    clock = forms.TimeField(
        label=gettext_lazy("Klokkeslett når ikke annet står"), widget=TimeInput, initial="09:00"
    )

    def __init__(
        self, *args: Any, kinds: Sequence[MeetingKind], places: Sequence[Unit | None], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {kind.key: kind for kind in kinds}
        self.places = list(places)
        self.fields["kind"].choices = [(kind.key, kind.name) for kind in kinds]  # type: ignore[attr-defined]
        for place in places:
            code = place.code if place else "owner"
            self.fields[f"day_{code}"] = DayField(label=_("Dato"), required=False, widget=DateInput)
            self.fields[f"clock_{code}"] = forms.TimeField(label=_("Kl."), required=False, widget=TimeInput)
            self.fields[f"place_{code}"] = forms.CharField(label=_("Sted"), required=False, max_length=120)

    @property
    def lines(self) -> list[tuple[Any, ...]]:
        """(school, date, clock, place) as bound fields, in the order of the schools."""
        return [
            (
                place.label if place else _("Hele kommunen"),
                *(self[f"{name}_{place.code if place else 'owner'}"] for name in ("day", "clock", "place")),
            )
            for place in self.places
        ]

    def wishes(self) -> list[NewMeeting]:
        data = self.cleaned_data
        found = []
        for place in self.places:
            code = place.code if place else "owner"
            if data.get(f"day_{code}"):
                clock = data.get(f"clock_{code}") or data["clock"]
                at = timezone.make_aware(datetime.combine(data[f"day_{code}"], clock))
                found.append(NewMeeting(place, at, data.get(f"place_{code}") or ""))
        return found

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.wishes():
            raise forms.ValidationError(_("Sett en dato for minst én skole."))
        return data


class DayForm(forms.Form):
    """Another day for one meeting."""

    day = DayField(label=gettext_lazy("Dato"), widget=DateInput)
    clock = forms.TimeField(label=gettext_lazy("Klokkeslett"), widget=TimeInput)
    place = forms.CharField(label=gettext_lazy("Sted"), required=False, max_length=120)

    @property
    def starts_at(self) -> datetime:
        return _at(self.cleaned_data)


class ReasonForm(forms.Form):
    """Why, for those who get the letter."""

    reason = forms.CharField(
        label=gettext_lazy("Hvorfor"),
        max_length=500,
        error_messages=TOO_LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ThreadForm(forms.Form):
    """The goal a meeting is about."""

    goal = forms.ChoiceField(label=gettext_lazy("Mål møtet handler mest om"), required=False)

    def __init__(self, *args: Any, goals: Sequence[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = {str(goal.pk): goal for goal in goals}
        named = [("", _("Ikke ett bestemt mål")), *((key, goal.text) for key, goal in self.goals.items())]
        self.fields["goal"].choices = named  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Goal | None:
        return self.goals.get(self.cleaned_data["goal"])


class PartForm(forms.Form):
    """The boxes of a part, with the version the person saw."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, key: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key = key
        for box in BOXES[key]:
            label, help_text = BOX_WORDS[box]
            self.fields[box] = forms.CharField(
                label=str(label),
                help_text=str(help_text),
                required=False,
                max_length=most_of(key),
                error_messages=TOO_LONG,
                widget=forms.Textarea(attrs={"rows": 6}),
            )

    @property
    def boxes(self) -> list[Any]:
        return [self[box] for box in BOXES[self.key]]

    def content(self) -> dict[str, str]:
        return {box: self.cleaned_data[box] for box in BOXES[self.key]}


class AdditionForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Tillegg"),
        max_length=1500,
        error_messages=TOO_LONG,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ProposalForm(forms.Form):
    """What a body proposes. `body` only when the person speaks for several."""

    body = forms.ChoiceField(label=gettext_lazy("På vegne av"))
    title = forms.CharField(
        label=gettext_lazy("Hva handler saken om?"), max_length=160, error_messages=TOO_LONG
    )
    text = forms.CharField(
        label=gettext_lazy("Hvorfor er den viktig?"),
        required=False,
        max_length=1500,
        error_messages=TOO_LONG,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {body.key: body for body in bodies}
        self.fields["body"].choices = [(body.key, body.name) for body in bodies]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The answer to a proposal. `item` empty: an item of its own."""

    answer = forms.CharField(
        label=gettext_lazy("Svar til dem"), required=False, max_length=1000, error_messages=TOO_LONG
    )
    item = forms.UUIDField(required=False)
    minutes = forms.IntegerField(required=False, min_value=1, max_value=240)


class AgendaForm(forms.Form):
    """The agenda as lines: place, title, minutes, voice, what it is about. A line without a title is taken away.

    Each line carries its item's key, so that a line never lands on another item when somebody else has moved them.
    """

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, items: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = [*items, *[None] * NEW_ITEMS]
        if self.is_bound:
            lines = [None] * sum(name.startswith("place_") for name in self.data)
        self.length = len(lines)
        for number, item in enumerate(lines):
            self._add(number, item)

    def _add(self, number: int, item: Any) -> None:
        made = {
            "id": forms.UUIDField(required=False, widget=forms.HiddenInput, initial=item and item.pk),
            "place": forms.IntegerField(label=_("Nr."), min_value=1, max_value=99, initial=number + 1),
            "title": forms.CharField(
                label=_("Sak"), max_length=160, required=False, initial=item and item.title
            ),
            "minutes": forms.IntegerField(
                label=_("Minutter"), min_value=1, max_value=240, initial=item.minutes if item else 10
            ),
            "voice": forms.ChoiceField(
                label=_("Hvem åpner"),
                choices=ItemVoice.choices,
                required=False,
                initial=item.voice if item else "",
            ),
            "about": forms.CharField(
                label=_("Hva vi vil"), max_length=1000, required=False, initial=item and item.about
            ),
        }
        for name, field in made.items():
            self.fields[f"{name}_{number}"] = field

    @property
    def lines(self) -> list[dict[str, Any]]:
        names = ("id", "place", "title", "minutes", "voice", "about")
        return [{name: self[f"{name}_{number}"] for name in names} for number in range(self.length)]

    def wanted(self) -> list[dict[str, Any]]:
        """The lines in their new order."""
        names = ("id", "place", "title", "minutes", "voice", "about")
        rows = [
            {name: self.cleaned_data[f"{name}_{number}"] for name in names} for number in range(self.length)
        ]
        return sorted((row for row in rows if row["title"]), key=lambda row: row["place"])


class ParagraphForm(forms.Form):
    """One paragraph of the minutes, open or with the basis it is exempted by."""

    text = forms.CharField(
        label=gettext_lazy("Kort sagt"),
        max_length=LONG,
        error_messages=TOO_LONG,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    kind = forms.ChoiceField(choices=ParagraphKind.choices, required=False)
    basis = forms.ChoiceField(label=gettext_lazy("Hvem kan lese det?"), required=False)
    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tongue = get_language() or "nb"
        self.fields["basis"].choices = [  # type: ignore[attr-defined]
            ("", _("Alle. Det blir med i det offentlige referatet.")),
            *(
                (one.key, _("Unntatt: %(law)s") % {"law": one.cited(tongue)})
                for one in bases_on(timezone.localdate())
            ),
        ]


class RowForm(forms.Form):
    """A promise: whose, and its five fields in their fixed order."""

    side = forms.ChoiceField(
        label=gettext_lazy("Hvem lover"),
        choices=[(Side.SCHOOL, gettext_lazy("Skolen skal")), (Side.OWNER, gettext_lazy("Skoleeier skal"))],
        widget=forms.RadioSelect,
        initial=Side.SCHOOL,
    )
    what = forms.CharField(label=gettext_lazy("Hva"), max_length=300, error_messages=TOO_LONG)
    goal = forms.ChoiceField(label=gettext_lazy("Hvorfor: mål i planen"), required=False)
    indicator = forms.ChoiceField(label=gettext_lazy("Hvorfor: tall i pakken"), required=False)
    why = forms.CharField(
        label=gettext_lazy("Hvorfor, med egne ord"), required=False, max_length=300, error_messages=TOO_LONG
    )
    who = forms.ChoiceField(label=gettext_lazy("Hvem"))
    due_on = DayField(label=gettext_lazy("Når"), widget=DateInput)
    sign = forms.CharField(
        label=gettext_lazy("Vi ser det når"),
        max_length=300,
        error_messages=TOO_LONG,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("Et tegn elever eller lærere vil merke")}),
    )
    answers = forms.ChoiceField(label=gettext_lazy("Svarer på løftet"), required=False)
    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        meeting: Meeting,
        goals: Sequence[Goal],
        figures: Sequence[tuple[str, str]],
        rows: Sequence[AgreementRow],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.goals = {str(goal.pk): goal for goal in goals}
        self.rows = {str(row.pk): row for row in rows}
        none = [("", _("Ingen"))]
        choices: dict[str, Any] = {
            "goal": none + [(key, goal.text) for key, goal in self.goals.items()],
            "indicator": none + list(figures),
            "who": [(row.role, role_name(row.role)) for row in meeting.participants.all()]
            or [(key, role_name(key)) for key in roles()],
            "answers": none + [(key, row.what) for key, row in self.rows.items()],
        }
        for name, found in choices.items():
            self.fields[name].choices = list(dict(found).items())  # type: ignore[attr-defined]

    def promise(self) -> Promise:
        data = self.cleaned_data
        return Promise(
            side=Side(data["side"]),
            what=data["what"],
            goal=self.goals.get(data["goal"]),
            indicator=data["indicator"],
            why=data["why"],
            who=data["who"],
            due_on=data["due_on"],
            sign=data["sign"],
            answers=self.rows.get(data["answers"]),
        )


class VersionForm(forms.Form):
    """Which version of a row the person saw."""

    version = forms.IntegerField(min_value=1)


class CommentForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Kommentar til referatet"),
        max_length=LONG,
        error_messages=TOO_LONG,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class HeldForm(forms.Form):
    """Who was there, by role, and the next check."""

    present = forms.MultipleChoiceField(
        label=gettext_lazy("Til stede"), required=False, widget=forms.CheckboxSelectMultiple
    )
    next_check_on = DayField(label=gettext_lazy("Neste sjekk"), required=False, widget=DateInput)

    def __init__(self, *args: Any, roles_invited: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = [(role, role_name(role)) for role in roles_invited]  # type: ignore[attr-defined]


class ApproveForm(forms.Form):
    """The fingerprint of what was on the page with the button."""

    seen = forms.RegexField(r"^[0-9a-f]{64}$")
