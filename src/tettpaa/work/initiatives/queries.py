"""Reading initiatives: each row is asked for at its own school, or at the owner for the owner's own."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission, roles
from tettpaa.core.orgs.queries import alphabetical, schools_of
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.initiatives.enums import ENDED, RUNNING, ReviewState, State
from tettpaa.work.initiatives.models import EffectReview, Initiative, StateChange, is_late, is_unseen
from tettpaa.work.plans.models import Goal

_LOOKS_ONLY: Final = frozenset({"auditor", "union_rep"})  # read initiatives, and answer for none


ALL_STATES: Final = "alle"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which initiatives; empty means all. `place` is a school's code, or the owner's for the owner's own.

    `state` empty means those that are not over; ALL_STATES those too.
    """

    place: str = ""
    goal: UUID | None = None
    role: str = ""
    state: str = ""
    is_late: bool = False


class Slim(NamedTuple):
    """What a long list is sorted and counted by."""

    pk: UUID
    school: int | None
    title: str
    state: str
    due_on: date | None
    evaluate_on: date | None

    def slips(self, today: date) -> bool:
        """Late, or done without anybody having looked at what came of it."""
        return is_late(self.state, self.due_on, today) or is_unseen(
            self.state, self.due_on, self.evaluate_on, today
        )


def places_with(permission: Permission, viewer: Viewer, owner: Unit) -> list[Unit]:
    """The owner and its schools where the viewer has the permission: the owner first, schools alphabetically."""
    return [unit for unit in (owner, *schools_of(owner)) if viewer.may(permission, unit)]


def initiatives_for(
    viewer: Viewer, owner: Unit, school: Unit | None = None, goal: Goal | None = None
) -> list[Initiative]:
    """What the viewer may read: all of the owner's, or one school's; by school, then by date.

    The owner's own come first, and are left out when a school is asked for. Two queries.
    """
    rows = Initiative.objects.filter(owner=owner)
    if school is not None:
        rows = rows.filter(school=school)
    if goal is not None:
        rows = rows.filter(goal=goal)
    found = rows.select_related("owner", "school", "goal")
    return _ordered(one for one in found if viewer.may(Permission.INITIATIVES_READ, one.place))


def _ordered(rows: Iterable[Initiative]) -> list[Initiative]:
    def order(one: Initiative) -> tuple[bool, str, date, str]:
        name = alphabetical(one.school.label) if one.school else ""
        return one.school is not None, name, one.due_on or date.max, one.title

    return sorted(rows, key=order)


def chosen(viewer: Viewer, owner: Unit, wanted: Wanted, today: date) -> list[Slim]:
    """The initiatives a list or a board is about: the owner's own, then by school, then by date. Two queries."""
    places = places_with(Permission.INITIATIVES_READ, viewer, owner)
    order = {unit.pk: place for place, unit in enumerate(places)}
    rows = Initiative.objects.filter(_of_places(owner, places, wanted.place))
    if wanted.goal is not None:
        rows = rows.filter(goal=wanted.goal)
    if wanted.role:
        rows = rows.filter(responsible_role=wanted.role)
    if not wanted.state:
        rows = rows.exclude(state__in=ENDED)
    elif wanted.state != ALL_STATES:
        rows = rows.filter(state=wanted.state)
    fields = rows.order_by().values_list("pk", "school", "title", "state", "due_on", "evaluate_on")
    found = (Slim(*row) for row in fields)
    kept = [one for one in found if not wanted.is_late or one.slips(today)]
    return sorted(
        kept, key=lambda one: (order.get(one.school or owner.pk, 0), one.due_on or date.max, one.title)
    )


def _of_places(owner: Unit, places: Sequence[Unit], code: str) -> Q:
    """At these places, or at the one with the code."""
    asked = [unit for unit in places if code in ("", unit.code)]
    at_schools = Q(owner=owner, school__in=[unit.pk for unit in asked if unit != owner])
    return at_schools | Q(owner=owner, school=None) if owner in asked else at_schools


def whole(keys: Sequence[UUID]) -> list[Initiative]:
    """The rows of the keys, which `chosen` gave, in their order. One query."""
    rows = Initiative.objects.select_related("owner", "school", "goal").in_bulk(list(keys))
    return [rows[key] for key in keys if key in rows]


def initiative_of_source(owner: Unit, source: str) -> Initiative | None:
    """The one that came from a source, such as a row of an agreement; for rooms that have asked for the viewer."""
    return Initiative.objects.filter(owner=owner, source=source).first() if source else None


def changes_of(initiative: Initiative) -> list[StateChange]:
    """Its history, oldest first."""
    return list(initiative.changes.all())


def reviews_of(initiative: Initiative) -> list[EffectReview]:
    """Its effect reviews, oldest first."""
    return list(initiative.reviews.all())


def reviews_for(viewer: Viewer, owner: Unit, goal: Goal | None = None) -> list[EffectReview]:
    """The effect reviews the viewer may read: of all the owner's initiatives, or those of a goal."""
    rows = EffectReview.objects.filter(owner=owner)
    if goal is not None:
        rows = rows.filter(initiative__goal=goal)
    found = rows.select_related("owner", "school", "initiative__goal", "initiative__school")
    return [one for one in found if viewer.may(Permission.INITIATIVES_READ, one.school or one.owner)]


def states_of(viewer: Viewer, owner: Unit) -> Mapping[str, int]:
    """How many the viewer may read in each state: what the report says of them."""
    counts = Counter(one.state for one in initiatives_for(viewer, owner))
    return {state.value: counts[state.value] for state in State}


def responsible_roles(language: str) -> dict[str, str]:
    """Roles that can answer for an initiative: key → name in the language, in the order of the roles' file."""
    return {
        key: role_name(key, language)
        for key, role in roles().items()
        if Permission.INITIATIVES_READ in role.permissions and key not in _LOOKS_ONLY
    }


def role_name(key: str, language: str) -> str:
    """`Rektor`; empty for none or one that is no longer known."""
    role = roles().get(key)
    return role.names.get(language, role.names["nb"]) if role else ""


def slipping(viewer: Viewer, owner: Unit, today: date, school: Unit | None = None) -> list[Initiative]:
    """Late, or done with nobody having looked at what came of it. Four queries."""
    waiting = Q(state__in=RUNNING, due_on__lt=today) | Q(state=State.DONE)
    # Prefetched, not joined: a hundred initiatives share a few schools.
    rows = Initiative.objects.filter(waiting, owner=owner).prefetch_related("owner", "school")
    rows = rows.only("owner", "school", "title", "state", "due_on", "evaluate_on", "responsible_role")
    if school is not None:
        rows = rows.filter(school=school)
    seen = set(_reviewed(rows.values_list("pk", flat=True)))
    return _ordered(
        one
        for one in rows
        if viewer.may(Permission.INITIATIVES_READ, one.place)
        and (one.is_late(today) or (one.is_unseen(today) and one.pk not in seen))
    )


def _reviewed(keys: Iterable[UUID]) -> list[UUID]:
    """Of these, the ones with a review that is written."""
    written = (ReviewState.WRITTEN, ReviewState.CHECKED, ReviewState.USED)
    rows = EffectReview.objects.filter(initiative__in=keys, state__in=written)
    return list(rows.values_list("initiative_id", flat=True))


def is_over(initiative: Initiative) -> bool:
    """Nothing more happens with it."""
    return initiative.state in ENDED
