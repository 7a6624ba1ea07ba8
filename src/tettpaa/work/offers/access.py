"""Who may open what.

The catalogue is open to everybody who may read offers. Who has signed up is known by themselves, by their own leader,
and by those who write the catalogue. What goes on in a network is for its leader and members, whoever set it up.
"""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.competence.access import leads, rank_at
from tettpaa.work.competence.models import Employee
from tettpaa.work.offers.enums import SHOWN, Part
from tettpaa.work.offers.models import (
    AgendaItem,
    FollowUp,
    Gathering,
    Member,
    Network,
    Offer,
    Registration,
)
from tettpaa.work.offers.parts import takes_part


def own_record(viewer: Viewer, owner: Unit) -> Employee | None:
    """The reader as one of the owner's staff today, or None."""
    if not viewer.email:
        return None
    rows = Employee.objects.select_related("owner", "school").filter(owner=owner, email=viewer.email.lower())
    found = rows.first()
    return found if found is not None and found.works_on(timezone.localdate()) else None


def may_edit(viewer: Viewer, owner: Unit) -> bool:
    """Whether the reader writes the owner's catalogue and sets up networks."""
    return viewer.may(Permission.OFFERS_EDIT, owner)


def offer_for_reading(viewer: Viewer, owner: Unit, pk: UUID) -> Offer:
    """A line of the catalogue; drafts only for those who write it."""
    rows = Offer.objects.select_related("owner", "school", "goal", "network")
    found = rows.filter(owner=owner, pk=pk).first()
    if found is None or not viewer.may(Permission.OFFERS_READ, owner):
        raise Http404
    if found.state not in SHOWN and not may_edit(viewer, owner):
        raise Http404
    return found


def offer_for_editing(viewer: Viewer, owner: Unit, pk: UUID) -> Offer:
    if not may_edit(viewer, owner):
        raise Http404
    return offer_for_reading(viewer, owner, pk)


def own_registration(viewer: Viewer, owner: Unit, pk: UUID) -> Registration:
    """The reader's own registration."""
    me = own_record(viewer, owner)
    found = _registrations(owner).filter(pk=pk, employee=me).first() if me else None
    if found is None:
        raise Http404
    return found


def registration_for_answering(viewer: Viewer, owner: Unit, school: Unit | None, pk: UUID) -> Registration:
    """One that the reader answers as the person's own leader, at the place of the address."""
    found = _registrations(owner).filter(pk=pk).first()
    if found is None or not viewer.may(Permission.OFFERS_APPROVE, school or owner):
        raise Http404
    if not leads(viewer, found.employee) or (school is not None and found.school_id != school.pk):
        raise Http404
    return found


def registration_for_completing(viewer: Viewer, owner: Unit, pk: UUID) -> Registration:
    """One that the reader finishes as a writer of the catalogue."""
    found = _registrations(owner).filter(pk=pk).first()
    if found is None or not may_edit(viewer, owner):
        raise Http404
    return found


def certificate_for_reading(viewer: Viewer, owner: Unit, pk: UUID) -> Registration:
    """A registration with its certificate: one's own, or that of somebody one leads (and then the look is written)."""
    found = _registrations(owner).filter(pk=pk, certificate__isnull=False).first()
    if found is None:
        raise Http404
    me = own_record(viewer, owner)
    if me is not None and found.employee_id == me.pk:
        return found
    if not leads(viewer, found.employee):
        raise Http404
    looked(viewer, owner, found.pk)
    return found


def _registrations(owner: Unit) -> QuerySet[Registration]:
    return Registration.objects.filter(owner=owner).select_related(
        "owner", "school", "offer__owner", "employee__owner", "employee__school"
    )


def is_leader_of_staff(viewer: Viewer, owner: Unit, school: Unit | None) -> bool:
    """Whether the reader leads anybody at exactly this place."""
    return rank_at(viewer, owner, school) > 0


def part_in(viewer: Viewer, network: Network | None, on: date | None = None) -> str:
    """The reader's part in a network today, "" for none."""
    me = own_record(viewer, network.owner) if network is not None else None
    if me is None:
        return ""
    day = on or timezone.localdate()
    rows = Member.objects.filter(network=network, employee=me, starts_on__lte=day)
    found = rows.filter(Q(ends_on=None) | Q(ends_on__gt=day)).first()
    return found.part if found else ""


def network_for_reading(viewer: Viewer, owner: Unit, pk: UUID) -> Network:
    """Its name and purpose, for everybody who may read offers. What goes on in it is asked for by `part_in`."""
    found = Network.objects.select_related("owner", "goal").filter(owner=owner, pk=pk).first()
    if found is None or not viewer.may(Permission.OFFERS_READ, owner):
        raise Http404
    return found


def network_for_setting_up(viewer: Viewer, owner: Unit, pk: UUID) -> Network:
    """For those who write the catalogue, and its own leader."""
    found = network_for_reading(viewer, owner, pk)
    if not may_edit(viewer, owner) and not may_lead(viewer, found):
        raise Http404
    return found


def may_lead(viewer: Viewer, network: Network | None) -> bool:
    """Named the leader of exactly this network, and with a role that may lead one."""
    if network is None or part_in(viewer, network) != Part.LEADER:
        return False
    me = own_record(viewer, network.owner)
    return me is not None and viewer.may(Permission.NETWORKS_LEAD, me.school or network.owner)


def member_in(network: Network, pk: UUID) -> Member:
    """A member of this network."""
    found = Member.objects.select_related("employee").filter(network=network, pk=pk).first()
    if found is None:
        raise Http404
    return found


def gathering_for_reading(viewer: Viewer, owner: Unit, pk: UUID) -> Gathering:
    """For those who take part in it, and those who hold it."""
    found = _gathering(viewer, owner, pk)
    if not may_hold(viewer, found) and not _has_part(viewer, found):
        raise Http404
    return found


def gathering_for_holding(viewer: Viewer, owner: Unit, pk: UUID) -> Gathering:
    """For those who note who came and write the minutes."""
    found = _gathering(viewer, owner, pk)
    if not may_hold(viewer, found):
        raise Http404
    return found


def _gathering(viewer: Viewer, owner: Unit, pk: UUID) -> Gathering:
    rows = Gathering.objects.select_related("owner", "offer__owner", "offer__network", "network__owner")
    found = rows.filter(owner=owner, pk=pk).first()
    if found is None or not viewer.may(Permission.OFFERS_READ, owner):
        raise Http404
    return found


def may_hold(viewer: Viewer, gathering: Gathering) -> bool:
    """A meeting of a network is held by its leader; a day of a course by those who write the catalogue."""
    if gathering.network_id is not None and may_lead(viewer, gathering.network):
        return True
    return (
        gathering.offer_id is not None and gathering.network_id is None and may_edit(viewer, gathering.owner)
    )


def _has_part(viewer: Viewer, gathering: Gathering) -> bool:
    me = own_record(viewer, gathering.owner)
    return me is not None and takes_part(gathering, me)


def item_in(gathering: Gathering, pk: UUID) -> AgendaItem:
    """An item of this meeting's agenda."""
    found = AgendaItem.objects.select_related("gathering__owner").filter(gathering=gathering, pk=pk).first()
    if found is None:
        raise Http404
    return found


def follow_up_in(gathering: Gathering, pk: UUID) -> FollowUp:
    """Something that this meeting agreed to do."""
    found = FollowUp.objects.select_related("school").filter(gathering=gathering, pk=pk).first()
    if found is None:
        raise Http404
    return found


@transaction.atomic
def looked(viewer: Viewer, owner: Unit, key: object) -> None:
    """Somebody read who has signed up, who is in a network, or a certificate (the key says which)."""
    record(
        kind="offers.people_seen",
        by=viewer.email,
        subject="people",
        subject_key=str(key),
        owner=owner.code,
    )
