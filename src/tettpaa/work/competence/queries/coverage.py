"""The owner's picture of coverage: counts only, each through `counts.py`. A constant number of queries."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import schools_of
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.competence.access import may_see_small
from tettpaa.work.competence.counts import Shown, at_least, shown
from tettpaa.work.competence.enums import (
    MENTORED,
    DeviationState,
    LeaderStudyKind,
    RoleState,
    Standing,
    StudyState,
    TradeRoute,
    TradeState,
)
from tettpaa.work.competence.models import (
    AssistantQualification,
    Deviation,
    Employee,
    LeaderStudy,
    ResourceArea,
    ResourceRole,
    Spread,
    Teaching,
    employed_on,
)
from tettpaa.work.competence.queries.counting import GapCount, gaps
from tettpaa.work.competence.queries.frame import frame_of, resource_areas, settings_of
from tettpaa.work.competence.requirements import required, school_year


@dataclass(frozen=True)
class SubjectCover:
    """How many of those who teach a subject at a stage lack the competence, and the same told from the other side:
    those who meet the requirement or are not held to it. Beside how many meet it, how many lack it would tell how many
    are exempt, and they are few. `is_confirmed`: the number asked for was read in the regulation, or the owner says so.
    """

    subject: str
    stage: str
    in_order: Shown
    lacking: Shown
    credits: float | None
    is_confirmed: bool


@dataclass(frozen=True)
class SchoolCover:
    """One school: the areas of resource roles it has somebody in, what was spread this year; gaps only for readers of
    small counts."""

    school: Unit
    areas: frozenset[str]
    spreads: int
    gaps: int | None


@dataclass(frozen=True)
class Coverage:
    """The page. `small`: the reader sees small counts, and the page says that it is internal."""

    year: int
    small: bool
    subjects: list[SubjectCover]
    mentored: Shown
    principals: Shown
    studying: int | None
    trade: Mapping[str, tuple[int | None, int | None]]
    deviations: int | None
    areas: list[ResourceArea]
    schools: list[SchoolCover]

    @property
    def is_confirmed(self) -> bool:
        return all(one.is_confirmed for one in self.subjects)

    @property
    def is_empty(self) -> bool:
        return not self.subjects and self.mentored.face == "none" and self.principals.face == "none"


def coverage(viewer: Viewer | None, owner: Unit, on: date) -> Coverage:
    """As the viewer may see it; `viewer` None is the public: what a report may hold."""
    small = viewer is not None and may_see_small(viewer, owner)
    floor = frame_of(owner).share_floor
    year = school_year(on)
    leaders, educated, studying = _principals(owner, on)
    decided = Deviation.objects.filter(owner=owner, year=year, state=DeviationState.DECIDED).count()
    areas = resource_areas(owner)
    return Coverage(
        year=year,
        small=small,
        subjects=_subjects(owner, on, floor, small=small),
        mentored=_mentored(owner, on, floor, small=small),
        principals=shown(educated, leaders, floor, small=small),
        studying=at_least(studying, floor, small=small),
        trade=_trade(owner, floor, small=small),
        deviations=at_least(decided, floor, small=small),
        areas=areas,
        schools=_schools(owner, on, small=small),
    )


def _subjects(owner: Unit, on: date, floor: int, *, small: bool) -> list[SubjectCover]:
    own = settings_of(owner)
    found = []
    for row in gaps(owner, None, on):
        asked = required(row.subject, row.stage, on, own)
        known = row.total - row.unknown
        found.append(
            SubjectCover(
                subject=row.subject,
                stage=row.stage,
                in_order=shown(known - row.lacking, known, floor, small=small),
                lacking=shown(row.lacking, known, floor, small=small),
                credits=float(asked.credits) if asked else None,
                is_confirmed=asked is not None and asked.is_confirmed,
            )
        )
    return found


def newly_educated(owner: Unit, on: date) -> Q:
    """Who counts as newly educated on a day."""
    years = frame_of(owner).mentoring_years
    return Q(
        owner=owner,
        role="teacher",
        newly_educated_on__gt=date(on.year - years, on.month, min(on.day, 28)),
        newly_educated_on__lte=on,
    ) & employed_on(on)


def not_over(day: date) -> Q:
    """Resource roles that are neither ended nor past their period."""
    return ~Q(state=RoleState.ENDED) & (Q(ends_on=None) | Q(ends_on__gte=day))


def roles_on(day: date) -> Q:
    """Resource roles that hold on a day."""
    return Q(starts_on__lte=day) & not_over(day)


def _mentored(owner: Unit, on: date, floor: int, *, small: bool) -> Shown:
    """Of the newly educated, those whose mentoring goes or is done."""
    people = Employee.objects.filter(newly_educated(owner, on))
    found = people.aggregate(
        whole=Count("pk", distinct=True),
        part=Count("pk", filter=Q(mentorships__state__in=MENTORED), distinct=True),
    )
    return shown(found["part"], found["whole"], floor, small=small)


def _principals(owner: Unit, on: date) -> tuple[int, int, int]:
    """Principals of today, how many have completed the principals' education, and how many are taking it."""
    rows = Employee.objects.filter(employed_on(on), owner=owner, role="principal")
    done = Q(leader_studies__state=StudyState.COMPLETED) & ~Q(leader_studies__kind=LeaderStudyKind.MODULE)
    found = rows.aggregate(whole=Count("pk", distinct=True), part=Count("pk", filter=done, distinct=True))
    going = LeaderStudy.objects.filter(owner=owner, state=StudyState.STARTED).count()
    return found["whole"], found["part"], going


def _trade(owner: Unit, floor: int, *, small: bool) -> dict[str, tuple[int | None, int | None]]:
    """By route: on the way, and passed."""
    rows = AssistantQualification.objects.filter(owner=owner).order_by()
    by: dict[tuple[str, bool], int] = Counter()
    for row in rows.exclude(state=TradeState.STOPPED).values("route", "state").annotate(n=Count("pk")):
        by[row["route"], row["state"] == TradeState.PASSED] += row["n"]
    return {
        str(route): (
            at_least(by[route, False], floor, small=small),
            at_least(by[route, True], floor, small=small),
        )
        for route in TradeRoute
        if by[route, False] or by[route, True]
    }


def _schools(owner: Unit, on: date, *, small: bool) -> list[SchoolCover]:
    year = school_year(on)
    roles: dict[int, set[str]] = defaultdict(set)
    going = ResourceRole.objects.filter(roles_on(on), owner=owner)
    for school, area in going.order_by().values_list("school", "area__key"):
        roles[school].add(area)
    told = Spread.objects.filter(
        owner=owner, on__gte=date(year, 8, 1), on__lte=date(year + 1, 7, 31)
    ).order_by()
    spreads = {row["school"]: row["n"] for row in told.values("school").annotate(n=Count("pk"))}
    lacking: dict[int, int] = {}
    if small:
        rows = Teaching.objects.filter(
            owner=owner, year=year, standing__in=[Standing.GAP, Standing.DEVIATION]
        )
        people = rows.order_by().values("school").annotate(n=Count("employee", distinct=True))
        lacking = {row["school"]: row["n"] for row in people}
    return [
        SchoolCover(
            school=school,
            areas=frozenset(roles[school.pk]),
            spreads=spreads.get(school.pk, 0),
            gaps=lacking.get(school.pk, 0) if small else None,
        )
        for school in schools_of(owner)
    ]


def gaps_of_school(owner: Unit, school: Unit, on: date) -> list[GapCount]:
    """A school's own counts where somebody lacks; for the school's leader."""
    return [row for row in gaps(owner, school, on) if row.lacking]


def owners_with_staff() -> list[Unit]:
    """Owners that have records of people; for the daily round."""
    return list(Unit.objects.filter(pk__in=Employee.objects.order_by().values("owner").distinct()))
