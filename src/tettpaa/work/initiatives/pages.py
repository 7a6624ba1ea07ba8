"""What the pages show: lines, columns, the five questions, the road of an initiative."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.formats import day, days_until
from tettpaa.core.ui.language import reader_language
from tettpaa.core.ui.panels import Asked
from tettpaa.data.indicators.tables import Value
from tettpaa.work.initiatives import queries
from tettpaa.work.initiatives.effect import indicator_name
from tettpaa.work.initiatives.enums import ENDED, NEEDS_REASON, PATHS, ReviewState, State
from tettpaa.work.initiatives.models import EffectReview, Initiative
from tettpaa.work.plans.models import Goal

TALLEST: Final = 12  # lines of a column; the rest is on the list
ROAD: Final = (State.IDEA, State.DECIDED, State.STARTED, State.DONE, State.EVALUATED)
_COLUMNS: Final[Sequence[tuple[str | Promise, tuple[State, ...]]]] = (
    (State.IDEA.label, (State.IDEA,)),
    (State.DECIDED.label, (State.DECIDED,)),
    (State.STARTED.label, (State.STARTED, State.PAUSED)),
    (State.DONE.label, (State.DONE,)),
    (State.EVALUATED.label, (State.EVALUATED,)),
    (gettext_lazy("Veien videre"), ENDED),
)
_DEEDS: Final = {
    State.DECIDED: gettext_lazy("Bestem oss for det"),
    State.STARTED: gettext_lazy("Sett i gang"),
    State.PAUSED: gettext_lazy("Sett på pause"),
    State.DONE: gettext_lazy("Meld gjennomført"),
    State.EVALUATED: gettext_lazy("Meld vurdert"),
    State.CONTINUED: gettext_lazy("Viderefør"),
    State.SCALED: gettext_lazy("Utvid til flere"),
    State.STOPPED: gettext_lazy("Avslutt"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A step one may take: the state's key and the words on the button."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """One initiative on a list or a board. `warning` is set when it slips."""

    initiative: Initiative
    place: str
    role: str
    state: str
    due: str
    warning: str
    steps: tuple[Step, ...]
    may_edit: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the board: the first lines, and how many there are in all."""

    name: str
    lines: tuple[Line, ...]
    count: int

    @property
    def more(self) -> int:
        """How many are only on the list."""
        return self.count - len(self.lines)


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the questions, with the answer or nothing."""

    question: str
    answer: str
    is_one_of_five: bool = True


def lines(viewer: Viewer, found: Sequence[Initiative], today: date) -> tuple[Line, ...]:
    """The initiatives as a list shows them."""
    tongue = reader_language()
    return tuple(_line(viewer, one, today, tongue) for one in found)


def _line(viewer: Viewer, one: Initiative, today: date, tongue: str) -> Line:
    may_edit = viewer.may(Permission.INITIATIVES_EDIT, one.place)
    return Line(
        initiative=one,
        place=one.place.label,
        role=queries.role_name(one.responsible_role, tongue),
        state=str(State(one.state).label),
        due=day(one.due_on, tongue) if one.due_on else "",
        warning=warning(one, today),
        steps=tuple(step for step in steps(one) if step.key not in _WITH_WORDS) if may_edit else (),
        may_edit=may_edit,
    )


_WITH_WORDS: Final = frozenset({*NEEDS_REASON, State.EVALUATED})


def warning(one: Initiative, today: date) -> str:
    """Why it slips, in words; empty when it does not."""
    if one.is_late(today) and one.due_on:
        return days_until(one.due_on, today, reader_language())
    return _("Ingen har sett på effekten") if one.is_unseen(today) else ""


def steps(one: Initiative) -> tuple[Step, ...]:
    """The steps that are drawn from where it is."""
    return tuple(Step(str(state), str(_DEEDS[State(state)])) for state in PATHS.get(State(one.state), ()))


def columns(viewer: Viewer, found: Sequence[queries.Slim], today: date) -> tuple[Column, ...]:
    """The board: all columns, also the empty ones, with the first TALLEST lines of each."""
    by_column = [(name, [one.pk for one in found if one.state in states]) for name, states in _COLUMNS]
    shown = queries.whole([key for _name, keys in by_column for key in keys[:TALLEST]])
    made = {line.initiative.pk: line for line in lines(viewer, shown, today)}
    return tuple(
        Column(str(name), tuple(made[key] for key in keys[:TALLEST] if key in made), len(keys))
        for name, keys in by_column
    )


def road(one: Initiative) -> list[str]:
    """The parts of the road for the component `bars`: done, now or later."""
    place = {State.PAUSED: State.STARTED}.get(State(one.state), State(one.state))
    if place in ENDED:
        return ["done"] * len(ROAD)
    now = ROAD.index(place)
    return ["done"] * now + ["now"] + ["later"] * (len(ROAD) - now - 1)


def answers(one: Initiative) -> tuple[Answer, ...]:
    """The five questions of OL § 12-4, and what else was said."""
    tongue = reader_language()
    when = _between(one.starts_on, one.due_on, tongue)
    looked = day(one.evaluate_on, tongue) if one.evaluate_on else ""
    evidence = ". ".join(part for part in (one.get_evidence_display(), one.evidence_note) if part)
    return (
        Answer(_("Hvilket problem skal det løse?"), one.problem),
        Answer(_("Hva gjør vi?"), one.what),
        Answer(_("Når?"), when),
        Answer(_("Hvem har ansvaret?"), queries.role_name(one.responsible_role, tongue)),
        Answer(_("Når ser vi på effekten?"), looked),
        Answer(_("Hva vil vi se hvis det virker?"), one.expected_sign, is_one_of_five=False),
        Answer(_("Hva trenger vi?"), one.resources, is_one_of_five=False),
        Answer(_("Hva bygger vi på?"), evidence, is_one_of_five=False),
    )


def _between(start: date | None, end: date | None, tongue: str) -> str:
    if start and end:
        return _("Fra %(start)s til %(end)s") % {"start": day(start, tongue), "end": day(end, tongue)}
    if end:
        return _("Innen %(end)s") % {"end": day(end, tongue)}
    return _("Fra %(start)s") % {"start": day(start, tongue)} if start else ""


def asked_of(viewer: Viewer, one: Initiative, today: date) -> Asked | None:
    """What the thread bar asks with; None when it belongs to no goal."""
    if one.goal_id is None:
        return None
    return Asked(viewer=viewer, owner=one.owner, today=today, school=one.school, goal=one.goal_id)


def thread_address(one: Initiative) -> str:
    """The page of the whole thread: of a school and a goal."""
    if one.school is None or one.goal_id is None:
        return ""
    place = {"owner": one.owner.code, "school": one.school.code, "goal": one.goal_id}
    return reverse("workspace:thread", kwargs=place)


def indicators_of(goal: Goal | None) -> dict[str, str]:
    """The goal's indicators as choices: `key:grade` → name."""
    if goal is None:
        return {}
    return {
        f"{one.indicator}:{one.grade}": indicator_name(one.indicator, one.grade)
        for one in goal.indicators.all()
    }


def table(found: Sequence[Line]) -> tuple[list[str], list[list[Value]]]:
    """The list as a file: heading and rows."""
    header = [
        _("Tiltak"), _("Sted"), _("Mål"), _("Tilstand"), _("Ansvarlig"), _("Begynner"), _("Frist"),
        _("Ser på effekten"), _("Problem"), _("Hva gjør vi"), _("Tegn"), _("Merknad"),
    ]  # fmt: skip
    return header, [_row(line) for line in found]


def _row(line: Line) -> list[Value]:
    one = line.initiative
    return [
        one.title, line.place, one.goal.text if one.goal else "", line.state, line.role, one.starts_on,
        one.due_on, one.evaluate_on, one.problem, one.what, one.expected_sign, line.warning,
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review in a list: what it looks at, where it is, and what was said."""

    pk: UUID
    name: str
    state: str
    is_written: bool
    conclusion: str
    certainty: str
    planned_on: date


def review_lines(reviews: Sequence[EffectReview]) -> tuple[ReviewLine, ...]:
    """An initiative's reviews."""
    return tuple(
        ReviewLine(
            pk=one.pk,
            name=indicator_name(one.indicator, one.grade),
            state=str(ReviewState(one.state).label),
            is_written=one.state not in (ReviewState.PLANNED, ReviewState.READY),
            conclusion=one.get_conclusion_display(),
            certainty=one.certainty,
            planned_on=one.planned_on,
        )
        for one in reviews
    )


def first_line(found: Sequence[queries.Slim], today: date) -> tuple[str, str]:
    """The answer at the top of the list, and the grey line after it."""
    if not found:
        return _("Her er det ingen tiltak."), ""
    running = sum(one.state == State.STARTED for one in found)
    slips = sum(one.slips(today) for one in found)
    first = _("%(count)s tiltak, %(running)s i gang.") % {"count": len(found), "running": running}
    return first, _("Ingen glipper.") if not slips else _("%(count)s glipper.") % {"count": slips}


def choices_of(viewer: Viewer, owner: Unit) -> list[Unit]:
    """Where the viewer may make new ones."""
    return queries.places_with(Permission.INITIATIVES_EDIT, viewer, owner)
