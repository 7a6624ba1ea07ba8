"""Reading places: owners, schools, predecessors."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from tettpaa.core.accounts.models import User
from tettpaa.core.orgs.enums import Kind, SuccessionKind
from tettpaa.core.orgs.models import Body, Membership, Succession, Unit
from tettpaa.core.orgs.viewer import Viewer

LONGEST_CHAIN = (
    20  # of schools that took over from each other; a circle cannot be made, and ends here all the same
)


def owners_for(viewer: Viewer) -> list[Unit]:
    """The owners where the viewer has a role today, alphabetically."""
    return list(
        Unit.objects.select_related("settings")
        .filter(code__in=viewer.owner_codes, kind=Kind.OWNER, settings__isnull=False)
        .order_by("name")
    )


def schools_of(owner: Unit) -> list[Unit]:
    """The owner's own schools of today, alphabetically; never in any other order."""
    return [school for school in schools_in(owner) if school.run_by_owner]


def schools_in(owner: Unit) -> list[Unit]:
    """All schools of today inside the municipality, private ones too, alphabetically."""
    today = timezone.localdate()
    schools = Unit.objects.filter(kind=Kind.SCHOOL, path__startswith=owner.path).exclude(valid_to__lte=today)
    return sorted(schools, key=lambda school: alphabetical(school.label))


_LAST_LETTERS = str.maketrans(dict(zip("æøåäö", ("z~a", "z~b", "z~c", "z~a", "z~b"), strict=True)))


def alphabetical(name: str) -> str:
    """Sort key with æ, ø, å last, as Norwegian lists are."""
    return name.casefold().translate(_LAST_LETTERS)


def units_by_code(codes: Iterable[str]) -> dict[str, Unit]:
    return {unit.code: unit for unit in Unit.objects.filter(code__in=set(codes))}


def unit_by_code(code: str) -> Unit | None:
    return Unit.objects.filter(code=code).first()


def above(unit: Unit) -> list[Unit]:
    """The units above, nearest first: for a school its municipality, county and nation. One query."""
    codes = [code for code in unit.path.split("/") if code and code != unit.code]
    found = units_by_code(codes)
    return [found[code] for code in reversed(codes) if code in found]


def same_entity(units: Iterable[Unit]) -> dict[int, int]:
    """For each unit and its predecessors by pure renumbering: key of the old row → key of the row of today.

    A renumbering is one entity (data.md §3), so its series goes on; merges and splits are not followed.
    """
    current = {unit.pk: unit.pk for unit in units}
    frontier = set(current)
    while frontier:
        rows = Succession.objects.filter(new__in=frontier, kind=SuccessionKind.RENUMBER).values_list(
            "old", "new"
        )
        fresh = {old: current[new] for old, new in rows if old not in current}
        current.update(fresh)
        frontier = set(fresh)
    return current


def predecessors_of(school: Unit) -> list[Succession]:
    """The schools that people have said this one took over from, nearest first. One query for most schools."""
    found: list[Succession] = []
    step = _predecessor(school.pk)
    while step is not None and len(found) < LONGEST_CHAIN:
        found.append(step)
        step = _predecessor(step.old_id)
    return found


def _predecessor(school: int) -> Succession | None:
    # Most schools have none, and every look at a school asks: the old school is read only where there is one.
    return Succession.objects.filter(kind=SuccessionKind.CONTINUED, new=school).first()


def confirmed_successions(owner: Unit) -> list[Succession]:
    """Schools of the owner that took over from others, newest first."""
    steps = Succession.objects.filter(kind=SuccessionKind.CONTINUED, new__path__startswith=owner.path)
    return list(steps.select_related("old", "new").order_by("-on", "-pk"))


def confirmed_succession(owner: Unit, key: int) -> Succession | None:
    """One of them, else None."""
    return next((step for step in confirmed_successions(owner) if step.pk == key), None)


def all_schools_in(owner: Unit) -> list[Unit]:
    """All schools inside the municipality, also those that have ended, alphabetically."""
    schools = Unit.objects.filter(kind=Kind.SCHOOL, path__startswith=owner.path)
    return sorted(schools, key=lambda school: alphabetical(school.label))


def successor_codes() -> dict[str, str]:
    """Old code → code of today along renumberings and mergers, so that a school finds its present parent."""
    steps = dict(
        Succession.objects.filter(kind__in=[SuccessionKind.RENUMBER, SuccessionKind.MERGE]).values_list(
            "old__code", "new__code"
        )
    )
    found: dict[str, str] = {}
    for code in steps:
        target, seen = code, {code}
        while target in steps and steps[target] not in seen:
            target = steps[target]
            seen.add(target)
        found[code] = target
    return found


def members_of(owner: Unit) -> dict[str, list[Membership]]:
    """Roles that hold today at the owner or below, by role key; for the printed access page."""
    today = timezone.localdate()
    rows = (
        Membership.objects.filter(unit__path__startswith=owner.path, starts_on__lte=today)
        .filter(Q(ends_on=None) | Q(ends_on__gte=today))
        .select_related("user", "unit")
        .order_by("unit__name", "user__name")
    )
    grouped: dict[str, list[Membership]] = defaultdict(list)
    for row in rows:
        grouped[row.role].append(row)
    return dict(grouped)


def owner_codes() -> set[str]:
    """Codes of all owners of this installation."""
    return set(Unit.objects.filter(settings__isnull=False).values_list("code", flat=True))


def bodies_of(owner: Unit) -> list[Body]:
    """The owner's bodies of today, in the owner's order."""
    return list(Body.objects.filter(owner=owner, is_active=True))


def people_with(roles: Iterable[str], unit: Unit) -> list[User]:
    """Who holds one of the roles on exactly this unit today, by name; to whom a task or a letter goes."""
    today = timezone.localdate()
    rows = (
        Membership.objects.filter(unit=unit, role__in=set(roles), starts_on__lte=today, user__is_active=True)
        .filter(Q(ends_on=None) | Q(ends_on__gte=today))
        .select_related("user")
    )
    return sorted({row.user for row in rows}, key=lambda user: (alphabetical(user.name), user.pk))
