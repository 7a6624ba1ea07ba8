"""Reading programmes: viewer first, the unpublished only for those who write them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max, Min, Prefetch, Q, Sum

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.queries import schools_of
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.plans.enums import AreaState
from tettpaa.work.plans.queries import goals_of, plan_in_force
from tettpaa.work.programmes.access import may_edit
from tettpaa.work.programmes.enums import ENDED, ONGOING, MilestoneState, Scope, State
from tettpaa.work.programmes.models import Grant, Milestone, PageAnswer, Participant, Programme

_LOWER_SECONDARY_FROM = 8


@dataclass(frozen=True, slots=True)
class Overview:
    """The owner's programmes by where they are; each list by title. `proposed` is empty for readers."""

    ongoing: tuple[Programme, ...]
    ended: tuple[Programme, ...]
    proposed: tuple[Programme, ...]


@dataclass(frozen=True, slots=True)
class Money:
    """Kroner: granted, used, and what is left; None when no grant has an amount."""

    granted: Decimal | None
    used: Decimal
    left: Decimal | None

    @property
    def share(self) -> int:
        """Percent of the grant that is used, from 0 to 100."""
        if not self.granted:
            return 0
        return max(0, min(100, round(100 * self.used / self.granted)))


def overview(viewer: Viewer, owner: Unit) -> Overview:
    """What the viewer may read, with its parts. Six queries."""
    rows = Programme.objects.filter(owner=owner).select_related("area", "parent").order_by("title")
    if not may_edit(viewer, owner):
        rows = rows.filter(published_on__isnull=False)
    found = list(rows.prefetch_related(*_parts()))
    return Overview(
        ongoing=tuple(one for one in found if one.state in ONGOING),
        ended=tuple(one for one in found if one.state in ENDED),
        proposed=tuple(one for one in found if one.state == State.PROPOSED),
    )


def _parts() -> tuple[str | Prefetch[str], ...]:
    """What a line of the overview tells of."""
    participants: Prefetch[str] = Prefetch(
        "participants", queryset=Participant.objects.select_related("school")
    )
    return ("partners", "groups", "plans", "grants", participants)


def open_owner(code: str) -> Unit | None:
    """The owner with this code, if it has published anything to everybody. One query."""
    published = Programme.objects.filter(published_on__isnull=False)
    return Unit.objects.filter(code=code, pk__in=published.values("owner")).first()


def page_dates(owner: Unit) -> dict[str, object]:
    """When the open overview was published first and changed last; None while nothing is on it."""
    rows = Programme.objects.filter(owner=owner, published_on__isnull=False)
    return rows.aggregate(published=Min("published_on"), changed=Max("changed_on"))


@dataclass(frozen=True, slots=True)
class TakesPart:
    """A school that takes part, and in which years where they are known."""

    name: str
    first_year: int | None
    last_year: int | None
    row: Participant | None = None


def participants_of(programme: Programme) -> list[TakesPart]:
    """The schools in a programme: as listed, else reckoned from the register by its scope. Alphabetically."""
    if programme.scope == Scope.CHOSEN:
        return [
            TakesPart(row.label, row.first_year, row.last_year, row) for row in programme.participants.all()
        ]
    schools = [one for one in schools_of(programme.owner) if _is_in(one, programme.scope)]
    return [TakesPart(one.label, programme.first_year, programme.last_year) for one in schools]


def _is_in(school: Unit, scope: str) -> bool:
    """A school whose grades are not known is counted in neither of the two stages."""
    if scope == Scope.ALL:
        return True
    if scope == Scope.LOWER_SECONDARY:
        return (school.grade_to or 0) >= _LOWER_SECONDARY_FROM
    return scope == Scope.PRIMARY and 0 < (school.grade_from or 0) < _LOWER_SECONDARY_FROM


def of_school(viewer: Viewer, owner: Unit, school: Unit) -> list[Programme]:
    """Ongoing programmes that a school takes part in, as far as the viewer may read them. Two queries."""
    if not viewer.may(Permission.COMPETENCE_READ, owner):
        return []
    rows = Programme.objects.filter(owner=owner, state__in=ONGOING)
    if not may_edit(viewer, owner):
        rows = rows.filter(published_on__isnull=False)
    listed = Q(scope=Scope.CHOSEN, participants__school=school)
    reckoned = ~Q(scope__in=(Scope.CHOSEN, Scope.NONE))
    found = rows.filter(listed | reckoned).distinct().order_by("title")
    return [one for one in found if one.scope == Scope.CHOSEN or _is_in(school, one.scope)]


def money(programme: Programme) -> Money:
    """What was granted, used and is left. Two queries."""
    granted = programme.grants.aggregate(sum=Sum("amount"))["sum"]
    used = programme.spending.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    return Money(granted, used, None if granted is None else granted - used)


def grants_of(programme: Programme) -> list[Grant]:
    return list(programme.grants.all())


def milestones_of(programme: Programme) -> list[Milestone]:
    return list(programme.milestones.select_related("group"))


def late_milestones(found: Iterable[Milestone], today: object) -> list[Milestone]:
    """Those that should have been reached."""
    return [one for one in found if one.state == MilestoneState.COMING and one.due_on < today]  # type: ignore[operator]


def parents_for(owner: Unit, programme: Programme | None) -> list[Programme]:
    """What a measure may belong to: programmes that belong to nothing themselves, by title."""
    rows = Programme.objects.filter(owner=owner, parent=None).order_by("title")
    if programme is not None:
        rows = rows.exclude(pk=programme.pk)
    return list(rows)


def measures_of(viewer: Viewer, programme: Programme) -> list[Programme]:
    """What belongs to a programme: the ongoing first, then the ended."""
    rows = programme.measures.order_by("title").prefetch_related(*_parts())
    if not may_edit(viewer, programme.owner):
        rows = rows.filter(published_on__isnull=False)
    return sorted(rows, key=lambda one: one.state in ENDED)


@dataclass(frozen=True, slots=True)
class Voices:
    """What readers have said of the overview."""

    found: int
    missed: int
    words: Sequence[str]


def page_answers(viewer: Viewer, owner: Unit) -> Voices | None:
    """Counts and the newest words, for those who write the page; None for others. Two queries."""
    if not may_edit(viewer, owner):
        return None
    rows = PageAnswer.objects.filter(owner=owner)
    said = rows.exclude(missing="").values_list("missing", flat=True)[:10]
    counts = list(rows.values_list("found", flat=True))
    return Voices(found=counts.count(True), missed=counts.count(False), words=tuple(said))


def plan_choices(owner: Unit) -> dict[str, object]:
    """Goals and areas of the plan in force that a programme may be tied to."""
    plan = plan_in_force(owner)
    areas = list(plan.areas.exclude(state=AreaState.ENDED)) if plan else []
    return {"goals": goals_of(owner), "areas": areas}
