"""What the rooms on competence tell the report: coverage as anybody may read it, the plan, networks, studies, money.
Never who."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import Q

from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.counts import Shown, at_least, shown
from tettpaa.work.competence.enums import PUBLISHED_PLANS
from tettpaa.work.competence.queries import Coverage, coverage, frame_of, plan_areas, plan_of
from tettpaa.work.funds.queries import MoneyCount, StudyCount, money_counts, study_counts
from tettpaa.work.offers.models import Attendance, Gathering, Member
from tettpaa.work.yearwheel.rules import first_day, last_day

NOBODY: Final = Shown("none", whole=0)
NO_MONEY: Final = MoneyCount(Decimal(0), Decimal(0), Decimal(0), 0)


@dataclass(frozen=True, slots=True)
class SubjectFacts:
    """One subject at a stage: who meets the requirement or is not held to it, of those who teach it."""

    subject: str
    stage: str
    met: Shown
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class StudyFacts:
    """Further education in one subject: how many applied, and of them who came through each gate. Each is told of the
    last group that was told exactly, so that no difference between two of them is one or two persons."""

    subject: str
    applied: int | None
    approved: Shown
    granted: Shown
    passed: Shown


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """Networks that met in the school year, their gatherings, the schools with somebody in them, and how many came of
    those who should: each person once for each gathering where it was noted who came."""

    networks: int = 0
    gatherings: int = 0
    schools: int = 0
    came: Shown = NOBODY


@dataclass(frozen=True, slots=True)
class CompetenceFacts:
    """Chapter 8. Counts as they may be shown; None is a count too small to be told."""

    plan: str = ""
    areas: tuple[str, ...] = ()
    subjects: tuple[SubjectFacts, ...] = ()
    deviations: int | None = 0
    mentored: Shown = NOBODY
    principals: Shown = NOBODY
    studying: int | None = 0
    trade: tuple[tuple[str, int | None, int | None], ...] = ()  # route, on the way, passed
    roles: tuple[tuple[str, int], ...] = ()  # area, schools that have somebody
    schools: int = 0
    spread_schools: int = 0
    networks: NetworkFacts = field(default_factory=NetworkFacts)
    studies: tuple[StudyFacts, ...] = ()
    money: MoneyCount = NO_MONEY
    year: int = 0  # the calendar year of the applications and the money: the one the school year begins in

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to make a chapter of."""
        people = self.mentored.whole or self.principals.whole or self.mentored.face == "hidden"
        helpers = self.spread_schools or self.networks.gatherings or any(n for _a, n in self.roles)
        return not (self.plan or self.subjects or people or helpers or self.studies or self.money != NO_MONEY)


def competence_of(owner: Unit, year: int, today: date) -> CompetenceFacts:
    """The school year's competence work, at its last day or today. A fixed number of queries."""
    found = coverage(None, owner, min(today, last_day(year)))
    plan = plan_of(owner, year)
    is_open = plan is not None and plan.state in PUBLISHED_PLANS
    return CompetenceFacts(
        plan=plan.title if plan is not None and is_open else "",
        areas=tuple(area.title for area in plan_areas(owner, year)) if is_open else (),
        subjects=tuple(
            SubjectFacts(one.subject, one.stage, one.in_order, one.is_confirmed) for one in found.subjects
        ),
        deviations=found.deviations,
        mentored=found.mentored,
        principals=found.principals,
        studying=found.studying,
        trade=tuple((route, *numbers) for route, numbers in found.trade.items()),
        roles=_roles(found),
        schools=len(found.schools),
        spread_schools=sum(1 for one in found.schools if one.spreads),
        networks=_networks(owner, year, today),
        studies=_studies(owner, year),
        money=money_counts(owner, year),
        year=year,
    )


def _networks(owner: Unit, year: int, today: date) -> NetworkFacts:
    """Held gatherings of the school year; three queries."""
    until = min(today, last_day(year))
    held = Gathering.objects.filter(owner=owner, network__isnull=False, is_cancelled=False)
    held = held.filter(on__gte=first_day(year), on__lte=until)
    days = list(held.order_by().values_list("pk", "network", "on"))
    members = Member.objects.filter(network__in={network for _day, network, _on in days})
    members = members.filter(Q(ends_on=None) | Q(ends_on__gte=first_day(year)), starts_on__lte=until)
    people = list(
        members.order_by().values_list("network", "employee", "employee__school", "starts_on", "ends_on")
    )
    schools = {school for _network, _person, school, _from, _to in people if school}
    noted = set(
        Attendance.objects.filter(gathering__in=held, came__isnull=False).values_list(
            "gathering", "employee", "came"
        )
    )
    members_of = defaultdict(list)
    for network, person, _school, starts, ends in people:
        members_of[network].append((person, starts, ends))
    should = {
        (day, person)
        for day, network, on in days
        for person, starts, ends in members_of[network]
        if starts <= on and (ends is None or on <= ends)
    }
    came = _came(should, noted, frame_of(owner).share_floor)
    return NetworkFacts(len({network for _day, network, _on in days}), len(days), len(schools), came)


def _came(
    should: Collection[tuple[UUID, UUID]], noted: Collection[tuple[UUID, UUID, bool | None]], floor: int
) -> Shown:
    """How many came of those who should, at the gatherings where somebody noted it; hidden for fewer people than `floor`."""
    days = {day for day, _person, _came in noted}
    wanted = {(day, person) for day, person in should if day in days}
    there = {(day, person) for day, person, was_there in noted if was_there}
    if wanted and len({person for _day, person in wanted}) < floor:
        return Shown("hidden")
    return shown(len(wanted & there), len(wanted), floor)


def _studies(owner: Unit, year: int) -> tuple[StudyFacts, ...]:
    floor = frame_of(owner).share_floor
    return tuple(_study(row, floor) for row in study_counts(owner, year))


def _study(row: StudyCount, floor: int) -> StudyFacts:
    """Each gate of the last exactly told group."""
    whole, gates = row.applied, []
    for part in (row.approved, row.granted, row.passed):
        one = shown(min(part, whole), whole, floor)
        gates.append(one)
        whole = whole if one.part is None else one.part
    return StudyFacts(row.subject, at_least(row.applied, floor), *gates)


def _roles(found: Coverage) -> tuple[tuple[str, int], ...]:
    """How many schools have somebody in each area."""
    return tuple(
        (area.title, sum(1 for one in found.schools if area.key in one.areas)) for area in found.areas
    )
