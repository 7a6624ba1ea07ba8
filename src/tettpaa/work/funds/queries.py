"""Reading funds: viewer first. Lists of persons' applications only for themselves, their leader and those who rank."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.queries import alphabetical
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.competence.access import led_by
from tettpaa.work.competence.queries import employee_of
from tettpaa.work.funds.access import may_rank
from tettpaa.work.funds.enums import (
    ENDED,
    GOT,
    PERSONAL,
    TOLD,
    CallState,
    DateKind,
    NeedState,
    SchemeKind,
    State,
)
from tettpaa.work.funds.models import (
    Application,
    ApplicationStep,
    Call,
    NeedYear,
    RankMove,
    Rate,
    Scheme,
    StateNeed,
)
from tettpaa.work.funds.order import line_of
from tettpaa.work.funds.telling import FRESH

_WITH = ("call__scheme", "school", "goal", "employee")
_LINE = (
    "call",
    "number",
    "state",
    "place",
    "sought",
    "cost",
    "needs_reason",
)  # of those on no page of the order


def schemes_of(owner: Unit) -> list[Scheme]:
    """The owner's schemes, also those that no longer hold, in their order."""
    return list(Scheme.objects.filter(owner=owner, is_active=True))


def holds_on(scheme: Scheme, day: date) -> bool:
    """Whether the scheme holds that day."""
    return (scheme.valid_from is None or scheme.valid_from <= day) and (
        scheme.valid_to is None or day <= scheme.valid_to
    )


def rates_of(scheme: Scheme) -> list[Rate]:
    """Newest year first."""
    return list(scheme.rates.all())


def calls_of(owner: Unit, *, state: str = "") -> list[Call]:
    """The owner's calls with their dates, newest first. Two queries."""
    rows = Call.objects.filter(owner=owner).select_related("scheme").prefetch_related("dates")
    return list(rows.filter(state=state) if state else rows)


def own_applications(viewer: Viewer, owner: Unit) -> list[Application]:
    """What the viewer has applied for as a person, newest first. Two queries."""
    person = employee_of(viewer, owner)
    if person is None:
        return []
    rows = Application.objects.filter(owner=owner, employee=person).select_related(*_WITH)
    return list(rows.order_by("-call__year", "-submitted_on"))


def staff_applications(viewer: Viewer, owner: Unit, school: Unit | None) -> QuerySet[Application]:
    """What the viewer's own staff at a place have sent, those that wait for a word first.

    The view that shows them writes the look down (access.looked).
    """
    staff = led_by(viewer, owner, school).order_by().values("pk")
    rows = Application.objects.filter(owner=owner, employee__in=staff, number__isnull=False)
    first = Case(When(state=State.SUBMITTED, then=0), default=1)
    found = rows.exclude(state=State.DRAFT).select_related(*_WITH)
    return found.order_by(first, "-call__year", "number", "pk")


def school_applications(viewer: Viewer, owner: Unit, school: Unit) -> list[Application]:
    """What the school itself has applied for, newest first; also drafts, for its leaders. One query."""
    if not viewer.may(Permission.FUNDS_ENDORSE, school):
        return []
    rows = Application.objects.filter(owner=owner, school=school, is_personal=False).select_related(*_WITH)
    return list(rows.order_by("-call__year", "number"))


@dataclass(frozen=True, slots=True)
class Board:
    """A call's applications as they are ranked. `waiting`: sent, but the leader has not spoken. `left`: withdrawn after
    their place was told of. `reach`: how many the money or the places reach to, None when nobody has said. `used`:
    kroner those cost."""

    line: tuple[Application, ...]
    approved: tuple[Application, ...]
    rejected: tuple[Application, ...]
    left: tuple[Application, ...]
    waiting: int
    reach: int | None
    used: Decimal
    moves: dict[UUID, RankMove]


def board(viewer: Viewer, call: Call) -> Board:
    """For those who rank, else empty: rows without the people and schools of them, which `seen` reads. Three queries."""
    if not may_rank(viewer, call.owner):
        return Board((), (), (), (), 0, None, Decimal(0), {})
    rows = list(call.applications.exclude(number=None).exclude(state=State.DRAFT).only(*_LINE))
    line = line_of(rows, call)
    behind = (State.SUBMITTED, State.SPOKEN, State.REJECTED, State.WITHDRAWN)
    approved = sorted((one for one in rows if one.state not in behind), key=lambda one: one.place or 0)
    reach, used = reaches(line or approved, call.budget, call.places)
    moves = {row.application_id: row for row in RankMove.objects.filter(application__call=call)}
    return Board(
        line=tuple(line),
        approved=tuple(approved),
        rejected=tuple(seen([one for one in rows if one.state == State.REJECTED])),
        left=tuple(one for one in rows if one.state == State.WITHDRAWN and one.place),
        waiting=sum(one.state == State.SUBMITTED for one in rows) if call.scheme.kind in PERSONAL else 0,
        reach=reach,
        used=used,
        moves=moves,
    )


def seen(rows: Iterable[Application]) -> list[Application]:
    """Those of the rows that are shown, with person, school, goal and call. One query."""
    keys = [one.pk for one in rows]
    found = Application.objects.select_related(*_WITH).in_bulk(keys)
    return [found[key] for key in keys]


def reaches(
    line: Sequence[Application], budget: Decimal | None, places: int | None
) -> tuple[int | None, Decimal]:
    """How far down the line the money or the places reach, and what those cost in kroner.

    None when neither is said, or an application above the end has no known cost: then nobody can say where it ends.
    """
    if budget is None:
        reach = None if places is None else min(places, len(line))
        return reach, sum((one.cost or one.sought or Decimal(0) for one in line[:reach]), Decimal(0))
    used = Decimal(0)
    for at, one in enumerate(line if places is None else line[:places]):
        cost = one.cost if one.cost is not None else one.sought
        if cost is None:
            return None, used
        if used + cost > budget:
            return at, used
        used += cost
    return (len(line) if places is None else min(places, len(line))), used


def grants_of(owner: Unit, school: Unit | None = None) -> list[Application]:
    """Development funds that schools (or one school) have got, newest year first, schools alphabetically. No persons.
    One query."""
    rows = Application.objects.filter(owner=owner, is_personal=False, state__in=GOT)
    if school is not None:
        rows = rows.filter(school=school)
    found = rows.select_related("call__scheme", "school", "goal")
    return sorted(
        found, key=lambda one: (-one.call.year, alphabetical(one.school.label if one.school else ""))
    )


def needs_of(owner: Unit) -> list[StateNeed]:
    """Notices of need, newest first."""
    return list(StateNeed.objects.filter(owner=owner).select_related("scheme"))


def needs_at(owner: Unit, school: Unit) -> list[StateNeed]:
    """Notices that a school takes part in, newest first, without those that came to nothing. One query."""
    came_to_nothing = (NeedState.WITHDRAWN, NeedState.REFUSED)
    return list(
        StateNeed.objects.filter(owner=owner, places__school=school).exclude(state__in=came_to_nothing)
    )


def send_by(need: StateNeed) -> date | None:
    """The day the notice is to be sent by, in its first year; None when the scheme does not say. One query."""
    row = need.scheme.dates.filter(kind=DateKind.NEED, day__isnull=False).first()
    return row.date_in(need.first_year) if row else None


@dataclass(frozen=True, slots=True)
class YearMoney:
    """One year of a notice. `own_due` is what the owner is to put in: the scheme's percent of the grant."""

    row: NeedYear
    own_due: Decimal | None


def money_of(need: StateNeed) -> list[YearMoney]:
    """The years with their money. One query."""
    return [YearMoney(row, own_due(row.granted, need.own_share)) for row in need.years.all()]


def own_due(granted: Decimal | None, share: Decimal | None) -> Decimal | None:
    """The owner's own share in kroner: percent of the grant (Dekom: 30 % of the grant); None when one is unknown."""
    if granted is None or share is None:
        return None
    return (granted * share / 100).quantize(Decimal("0.01"))


def reasons_given(application: Application) -> list[RankMove]:
    """The moves in the order that somebody gave a reason for; the applicant reads them. One query."""
    return list(application.moves.exclude(reason=""))


@dataclass(frozen=True, slots=True)
class StudyCount:
    """Further education in one subject: applied, approved by the owner, granted by the state, passed."""

    subject: str
    applied: int
    approved: int
    granted: int
    passed: int


def study_counts(owner: Unit, year: int) -> list[StudyCount]:
    """By subject, for the calls of a calendar year (the report's table T8.1). Raw counts: one query.

    A count of few persons is for the report to hide (competence/counts.py).
    """
    rows = Application.objects.filter(owner=owner, call__year=year, call__scheme__kind=SchemeKind.STUDY)
    sent = rows.exclude(number=None).exclude(state=State.DRAFT)
    approved = Q(state__in=(*GOT, State.APPROVED, State.REFUSED, State.NOT_ADMITTED))
    found = (
        sent.order_by()
        .values_list("subject")
        .annotate(
            n=Count("pk"),
            ok=Count("pk", filter=approved),
            got=Count("pk", filter=Q(state__in=(*GOT, State.NOT_ADMITTED))),
            done=Count("pk", filter=Q(state=State.PASSED)),
        )
    )
    return [StudyCount(*row) for row in sorted(found)]


@dataclass(frozen=True, slots=True)
class MoneyCount:
    """Kroner of one year: granted by the state with the owner's own part, and the owner's own grants to schools."""

    state: Decimal
    own: Decimal
    municipal: Decimal
    schools: int


def money_counts(owner: Unit, year: int) -> MoneyCount:
    """State and municipal development money of a calendar year (the report's table T8.3). Two queries."""
    state = NeedYear.objects.filter(owner=owner, year=year).exclude(
        need__state__in=(NeedState.WITHDRAWN, NeedState.REFUSED)
    )
    sums = state.aggregate(granted=Sum("granted"), own=Sum("own"))
    rows = Application.objects.filter(owner=owner, is_personal=False, call__year=year, state__in=GOT)
    own = rows.aggregate(granted=Sum("granted"), schools=Count("school", distinct=True))
    none = Decimal(0)
    return MoneyCount(sums["granted"] or none, sums["own"] or none, own["granted"] or none, own["schools"])


def fairness(viewer: Viewer, call: Call, years: int = 3) -> list[tuple[Unit, list[int]]]:
    """How many each school was granted, by year: the call's and those before it; alphabetically. Two queries."""
    if not may_rank(viewer, call.owner):
        return []
    wanted = list(range(call.year - years, call.year + 1))
    rows = Application.objects.filter(
        owner=call.owner, call__scheme__kind=call.scheme.kind, call__year__in=wanted, state__in=GOT
    )
    found = rows.exclude(school=None).order_by().values_list("school", "call__year").annotate(n=Count("pk"))
    counts = Counter({(school, year): number for school, year, number in found})
    schools = Unit.objects.filter(pk__in={school for school, _year in counts})
    ordered = sorted(schools, key=lambda one: alphabetical(one.label))
    return [(one, [counts[one.pk, year] for year in wanted]) for one in ordered]


def open_for(viewer: Viewer, owner: Unit) -> list[Call]:
    """Open calls that the viewer may apply in as a person. Two queries, none for who has no record."""
    if employee_of(viewer, owner) is None:
        return []
    return [one for one in calls_of(owner, state=CallState.OPEN) if one.scheme.kind in PERSONAL]


def without_record(viewer: Viewer, owner: Unit) -> list[Unit]:
    """Where the viewer may apply by role, but is not known as one of the staff: the leader there adds the record.
    Empty for who has a record. One query."""
    places = [
        grant.unit
        for grant in viewer.grants
        if Permission.FUNDS_APPLY in grant.role.permissions
        and (grant.unit == owner or grant.unit.is_below(owner))
    ]
    return [] if not places or employee_of(viewer, owner) is not None else places


def is_over(application: Application) -> bool:
    """Nothing more is done with it."""
    return application.state in ENDED


def led_schools(viewer: Viewer, owner: Unit) -> list[Unit]:
    """The schools where the viewer speaks for own staff and applies for the school, by the viewer's own roles."""
    return [
        grant.unit
        for grant in viewer.grants
        if Permission.FUNDS_ENDORSE in grant.role.permissions and grant.unit.is_below(owner)
    ]


def untold(today: date) -> list[int]:
    """Steps of the last month that no letter has told of, oldest first: the mail server refused, or was never asked."""
    rows = ApplicationStep.objects.filter(
        told_at=None, after__in=TOLD, after=F("application__state"), on__gte=today - FRESH
    )
    return list(rows.values_list("pk", flat=True))


def owners_with_applications() -> list[Unit]:
    """For the daily round."""
    return list(Unit.objects.filter(pk__in=Application.objects.values("owner")).order_by("code"))
