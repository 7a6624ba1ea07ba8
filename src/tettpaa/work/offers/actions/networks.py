"""Setting up a network: its words, its leader and members, guests from outside, its road."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.states import move
from tettpaa.core.audit.versions import save_changes
from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.models import Employee
from tettpaa.work.offers.actions.errors import NotReadyError
from tettpaa.work.offers.enums import NETWORK_PATHS, NetworkKind, NetworkState, Part
from tettpaa.work.offers.models import GuestPlace, Member, Network
from tettpaa.work.plans.models import Goal

FIELDS: Final = (
    "name", "kind", "goal", "purpose", "partner", "fixed_words", "fixed_roles", "attend_all", "starts_on", "ends_on",
)  # fmt: skip


class NetworkWords(TypedDict, total=False):
    """What is said of a network; see models.Network."""

    goal: Goal | None
    purpose: str
    partner: str
    fixed_words: str
    fixed_roles: list[str]
    attend_all: bool
    starts_on: date | None
    ends_on: date | None


@transaction.atomic
def make_network(*, owner: Unit, name: str, kind: str, by: str, **words: Unpack[NetworkWords]) -> Network:
    """A planned network. A learning network is attended every time unless something else is said."""
    goal = words.get("goal")
    if goal is not None and goal.owner_id != owner.pk:
        raise ValueError("the goal of a network is its owner's")
    words.setdefault("attend_all", kind == NetworkKind.LEARNING)
    today = timezone.localdate()
    made = Network.objects.create(
        owner=owner, name=name, kind=kind, published_on=today, changed_on=today, **words
    )
    _record(kind="offers.network_made", network=made, by=by)
    return made


@transaction.atomic
def change_network(
    *, network: Network, version: int, by: str, guests: Sequence[str] | None = None
) -> Network:
    """Save the words (FIELDS) as they stand on it, and the places from outside by name. Raises ConflictError."""
    network.changed_on = timezone.localdate()
    save_changes(network, version=version, fields=(*FIELDS, "changed_on"))
    if guests is not None:
        set_guests(network=network, names=guests)
    _record(kind="offers.network_changed", network=network, by=by)
    return network


def set_guests(*, network: Network, names: Sequence[str]) -> None:
    """Exactly these places from outside, in this order; the caller records it."""
    GuestPlace.objects.filter(network=network).exclude(name__in=names).delete()
    for order, name in enumerate(names):
        GuestPlace.objects.update_or_create(network=network, name=name[:160], defaults={"order": order})


@transaction.atomic
def move_network(*, network: Network, to: str, by: str, learnt: str = "") -> Network:
    """Start, evaluate or end it. It starts when it has a leader; an evaluation says what was learnt."""
    found = Network.objects.select_for_update(of=("self",)).select_related("owner").get(pk=network.pk)
    if to == NetworkState.RUNNING and not _leaders(found).exists():
        raise NotReadyError("leader")
    if to == NetworkState.EVALUATED and not learnt.strip():
        raise NotReadyError("learnt")
    move(found, to, paths=NETWORK_PATHS)
    if learnt.strip():
        found.learnt = learnt.strip()
    found.version += 1
    found.save(update_fields=["state", "learnt", "version"])
    _record(kind="offers.network_moved", network=found, by=by, detail={"to": str(to)})
    return found


def _leaders(network: Network):  # type: ignore[no-untyped-def]
    return network.members.filter(part=Part.LEADER, ends_on=None)


@transaction.atomic
def add_member(
    *, network: Network, employee: Employee, by: str, part: str = Part.FIXED, on: date | None = None
) -> Member:
    """Let somebody in, or change what part they have. Raises ValueError for another owner's employee."""
    if employee.owner_id != network.owner_id:
        raise ValueError("a member is the owner's; those from outside are guests by name")
    Network.objects.select_for_update().get(pk=network.pk)
    row, is_new = Member.objects.get_or_create(
        network=network,
        employee=employee,
        ends_on=None,
        defaults={"part": part, "starts_on": on or timezone.localdate()},
    )
    if is_new or row.part != part:
        row.part = part
        row.save(update_fields=["part"])
        _record(kind="offers.member_added", network=network, by=by, detail={"part": str(part)})
    return row


@transaction.atomic
def end_member(*, network: Network, member: UUID, by: str, on: date | None = None) -> None:
    """Somebody leaves. What they attended and wrote stays. Raises NotReadyError for the last leader of a running one."""
    row = Member.objects.select_for_update().get(pk=member, network=network)
    if row.ends_on is not None:
        return
    only = row.part == Part.LEADER and not _leaders(network).exclude(pk=row.pk).exists()
    if only and network.state == NetworkState.RUNNING:
        raise NotReadyError("leader")
    row.ends_on = max(on or timezone.localdate(), row.starts_on)
    row.save(update_fields=["ends_on"])
    _record(kind="offers.member_ended", network=network, by=by)


@transaction.atomic
def fill_by_roles(*, network: Network, by: str, on: date | None = None) -> int:
    """Everybody who holds one of the network's fixed roles today becomes a fixed member. Returns how many were new."""
    day = on or timezone.localdate()
    known = set(network.members.filter(ends_on=None).values_list("employee", flat=True))
    fresh = [one for one in holders(network.owner, network.fixed_roles, day) if one.pk not in known]
    Member.objects.bulk_create(
        Member(network=network, employee=one, part=Part.FIXED, starts_on=day) for one in fresh
    )
    if fresh:
        _record(kind="offers.members_filled", network=network, by=by, detail={"members": len(fresh)})
    return len(fresh)


def holders(owner: Unit, roles: Collection[str], day: date) -> list[Employee]:
    """The owner's staff of a day with one of the roles."""
    rows = Employee.objects.filter(owner=owner, role__in=list(roles), active_from__lte=day)
    return list(rows.filter(Q(active_to=None) | Q(active_to__gte=day)))


def _record(*, kind: str, network: Network, by: str, detail: dict[str, str | int] | None = None) -> None:
    record(
        kind=kind,
        by=by,
        subject="network",
        subject_key=str(network.pk),
        owner=network.owner.code,
        detail=detail,
    )
