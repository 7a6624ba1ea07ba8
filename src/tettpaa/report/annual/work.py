"""What the work rooms and the rooms above tell the report: counts and themes, never an agreement's text or who is
followed up. Read once for a report; rooms above register what they have, so that no import goes upward.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from django.utils import timezone

from tettpaa.core.orgs.models import Unit
from tettpaa.data.suppression.kinds import Gender
from tettpaa.report.annual.development import CompetenceFacts, competence_of
from tettpaa.work.agreements.queries import Counts, counts
from tettpaa.work.dialogue.models import AgreementRow, Proposal
from tettpaa.work.dialogue.queries import meeting_counts
from tettpaa.work.initiatives.enums import State as InitiativeState
from tettpaa.work.initiatives.models import Initiative
from tettpaa.work.plans.enums import GoalState
from tettpaa.work.plans.models import Goal, GoalIndicator
from tettpaa.work.plans.queries import goals_with_indicators, plan_in_force
from tettpaa.work.surveys.enums import State as RoundState
from tettpaa.work.surveys.models import AssessmentRound
from tettpaa.work.yearwheel.rules import first_day, last_day

FEWEST: Final = 5  # a smaller count of schools, meetings or promises is told in words, not as a number
PRIORITIES: Final = 8  # initiatives of the owner that chapter 11 lists
_ASSESSED: Final = (RoundState.CLOSED, RoundState.COMPLETED, RoundState.SHARED, RoundState.ARCHIVED)
_GOING: Final = (InitiativeState.DECIDED, InitiativeState.STARTED)


@dataclass(frozen=True, slots=True)
class Followed:
    """An indicator of a goal: where it began, where it should be, by when. Public figures only, as in the plan."""

    key: str
    grade: int
    gender: int
    baseline: float | None
    half_width: float | None
    baseline_n: int | None
    baseline_period: int | None
    target: float | None
    target_on: date | None


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """A goal of the plan in force, its indicators, and how many initiatives stand where."""

    key: str
    text: str
    followed: tuple[Followed, ...]
    initiatives: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """A focus area with its goals; the goals without one come last, under an empty title."""

    title: str
    why: str
    goals: tuple[GoalFacts, ...]


@dataclass(frozen=True, slots=True)
class Priority:
    """An initiative of the owner's own that goes on."""

    goal: str
    title: str
    role: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class DecidedFacts:
    """A point that was decided last time: its words, state (`done`, `started`, `not_done`, `assigned`), who, what."""

    text: str
    state: str
    role: str
    told: str


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """What a body was asked and what its statement changed; the statement itself stands in the case document."""

    body: str
    question: str
    changed: str


@dataclass(frozen=True, slots=True)
class Work:
    """Everything the chapters on the work are made from."""

    plan: str = ""
    areas: tuple[AreaFacts, ...] = ()
    assessed_schools: int = 0
    meetings: tuple[int, int, int] = (0, 0, 0)  # planned, held, approved minutes
    themes: tuple[tuple[str, int], ...] = ()
    agreements: Counts | None = None
    proposals: tuple[tuple[str, int, int, int], ...] = ()  # body, received, on the agenda, elsewhere
    priorities: tuple[Priority, ...] = ()
    decided: tuple[DecidedFacts, ...] = ()
    statements: tuple[StatementFacts, ...] = ()
    competence: CompetenceFacts = field(default_factory=CompetenceFacts)

    @property
    def digest(self) -> str:
        """SHA-256, so that a freeze freezes what was seen."""
        text = json.dumps(asdict(self), sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Above:
    """What a room above gives: the points decided before a school year's report, and statements about it."""

    decided: Callable[[Unit, int], Iterable[DecidedFacts]]
    statements: Callable[[Unit, int], Iterable[StatementFacts]]


@dataclass(slots=True)
class _Registry:
    above: list[Above] = field(default_factory=list)


_registry = _Registry()


def register(above: Above) -> None:
    """Called from the `apps.ready` of a room above."""
    if above not in _registry.above:
        _registry.above.append(above)


def work_of(owner: Unit, year: int) -> Work:
    """What happened in the school year, and the plan as it is now. A fixed number of queries."""
    since, until = first_day(year), last_day(year)
    plan = plan_in_force(owner)
    met = meeting_counts(owner, year)
    return Work(
        plan=plan.title if plan else "",
        areas=_areas(owner, plan.pk) if plan else (),
        assessed_schools=_assessed(owner, year),
        meetings=(met["planned"], met["held"], met["approved"]),
        themes=_themes(owner, year),
        agreements=counts(owner, since, until),
        proposals=_proposals(owner, year),
        priorities=_priorities(owner),
        decided=tuple(row for above in _registry.above for row in above.decided(owner, year)),
        statements=tuple(row for above in _registry.above for row in above.statements(owner, year)),
        competence=competence_of(owner, year, timezone.localdate()),
    )


def _areas(owner: Unit, plan: UUID) -> tuple[AreaFacts, ...]:
    left_out = [GoalState.DROPPED, GoalState.DRAFT]
    goals = list(goals_with_indicators(owner).filter(plan=plan).exclude(state__in=left_out))
    states: dict[object, Counter[str]] = {}
    rows = Initiative.objects.filter(owner=owner, goal__in=goals).values_list("goal", "state")
    for goal, state in rows:
        states.setdefault(goal, Counter())[state] += 1
    by_area: dict[object, list[Goal]] = {}
    for one in goals:
        by_area.setdefault(one.area_id, []).append(one)
    areas = sorted(
        {one.area for one in goals if one.area is not None}, key=lambda area: (area.order, area.title)
    )
    made = [
        AreaFacts(area.title, area.why, tuple(_goal(goal, states) for goal in by_area[area.pk]))
        for area in areas
    ]
    if None in by_area:
        made.append(AreaFacts("", "", tuple(_goal(goal, states) for goal in by_area[None])))
    return tuple(made)


def _goal(goal: Goal, states: dict[object, Counter[str]]) -> GoalFacts:
    found = states.get(goal.pk, Counter())
    order = [state for state in InitiativeState.values if found[state]]
    return GoalFacts(
        goal.key,
        goal.text,
        tuple(_followed(row) for row in goal.indicators.all()),
        tuple((state, found[state]) for state in order),
    )


def _followed(row: GoalIndicator) -> Followed:
    half = None
    if row.baseline is not None and row.baseline_high is not None:
        half = row.baseline_high - row.baseline
    return Followed(
        row.indicator,
        row.grade,
        Gender(row.gender),
        row.baseline,
        half,
        row.baseline_n,
        row.baseline_period,
        row.target,
        row.target_on,
    )


def _assessed(owner: Unit, year: int) -> int:
    """How many schools have done the self-assessment; who they are and what they answered is theirs."""
    rows = AssessmentRound.objects.filter(owner=owner, school_year=year, state__in=_ASSESSED)
    return rows.values("school").distinct().count()


def _themes(owner: Unit, year: int) -> tuple[tuple[str, int], ...]:
    """Goals that promises in the meetings were about, by how many meetings; the most first, then by name."""
    rows = AgreementRow.objects.filter(owner=owner, meeting__year=year, is_struck=False, goal__isnull=False)
    pairs = set(rows.values_list("goal__text", "meeting"))
    found = Counter(text for text, _meeting in pairs)
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _proposals(owner: Unit, year: int) -> tuple[tuple[str, int, int, int], ...]:
    """What the bodies proposed for the meetings, and what became of it."""
    rows = Proposal.objects.filter(owner=owner, meeting__year=year).values_list("body__name", "state")
    found: dict[str, Counter[str]] = {}
    for body, state in rows:
        found.setdefault(body, Counter())[state] += 1
    return tuple(
        (body, sum(states.values()), states["taken"], states["elsewhere"])
        for body, states in sorted(found.items())
    )


def _priorities(owner: Unit) -> tuple[Priority, ...]:
    """The owner's own; a school's initiatives are told as counts."""
    rows = Initiative.objects.filter(owner=owner, school=None, goal__isnull=False, state__in=_GOING)
    chosen = rows.select_related("goal").order_by("due_on", "title")[:PRIORITIES]
    return tuple(
        Priority(row.goal.text if row.goal else "", row.title, row.responsible_role, row.due_on)
        for row in chosen
    )
