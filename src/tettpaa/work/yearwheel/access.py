"""Tasks and procedures for a viewer, or 404. A foreign row looks like none at all."""

from uuid import UUID

from django.db.models import Q
from django.http import Http404

from tettpaa.core.orgs.enums import Kind
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.yearwheel.enums import HandoverState, State
from tettpaa.work.yearwheel.models import AnswerLink, Feed, Handover, Procedure, Task
from tettpaa.work.yearwheel.people import may_answer
from tettpaa.work.yearwheel.tokens import is_ours, token_hash


def readable(viewer: Viewer, owner: Unit) -> Q:
    """Which of the owner's tasks the viewer may see: all with `wheel.read` at the owner; a school's with it there;
    and whatever waits for the viewer's own role, or was given or offered to the viewer."""
    if viewer.may(Permission.WHEEL_READ, owner):
        return Q()
    seen = waiting(viewer, owner)
    for grant in viewer.grants:
        if Permission.WHEEL_READ in grant.role.permissions and grant.unit.is_below(owner):
            seen |= Q(school__path__startswith=grant.unit.path)
    return seen


def waiting(viewer: Viewer, owner: Unit) -> Q:
    """Tasks that wait for the viewer: taken over by them, offered to them, or their role's and nobody's else."""
    if not viewer.email:
        return Q(pk__in=[])
    offered = Handover.objects.filter(to__email=viewer.email, state=HandoverState.OFFERED)
    found = Q(holder__email=viewer.email) | Q(pk__in=offered.values("task"))
    for grant in viewer.grants:
        if grant.unit.pk == owner.pk:
            found |= Q(school=None, role=grant.role.key, holder=None)
        elif grant.unit.kind == Kind.SCHOOL and grant.unit.is_below(owner):
            found |= Q(school=grant.unit, role=grant.role.key, holder=None)
    return found


def task_for_reading(viewer: Viewer, owner: Unit, pk: UUID) -> Task:
    """The task with its places, holder and procedure, if the viewer may see it; else Http404."""
    row = (
        Task.objects.select_related("owner", "school", "holder", "procedure")
        .filter(readable(viewer, owner), owner=owner, pk=pk)
        .exclude(state=State.DROPPED)
        .first()
    )
    if row is None:
        raise Http404
    return row


def task_for_answering(viewer: Viewer, owner: Unit, pk: UUID) -> Task:
    """The task, if the viewer may answer for it; else Http404."""
    row = task_for_reading(viewer, owner, pk)
    if not may_answer(viewer, row):
        raise Http404
    return row


def offer_for_answering(viewer: Viewer, owner: Unit, pk: UUID) -> Handover:
    """The open offer of a task, for the one it is offered to, or for the one who may take it back; else Http404."""
    offer = (
        Handover.objects.select_related("task__owner", "task__school", "task__holder", "to")
        .filter(task=pk, task__owner=owner, state=HandoverState.OFFERED)
        .first()
    )
    if offer is None or not (offer.to.email == viewer.email or may_answer(viewer, offer.task)):
        raise Http404
    return offer


def procedure_for_editing(viewer: Viewer, owner: Unit, pk: UUID) -> Procedure:
    """The owner's procedure; the route has asked for the permission at the owner. Else Http404."""
    row = (
        Procedure.objects.select_related("owner")
        .prefetch_related("exemptions__school")
        .filter(owner=owner, pk=pk)
        .first()
    )
    if row is None or not viewer.may(Permission.WHEEL_EDIT, owner):
        raise Http404
    return row


def link_by_token(token: str) -> AnswerLink:
    """The answer link of a secret address; Http404 when we did not make it."""
    if not is_ours(token, "answer"):
        raise Http404
    row = (
        AnswerLink.objects.select_related(
            "user", "answer", "task__owner__settings", "task__school", "task__holder", "task__procedure"
        )
        .filter(token_hash=token_hash(token))
        .first()
    )
    if row is None:
        raise Http404
    return row


def feed_by_token(token: str) -> Feed:
    """The calendar of a secret address; Http404 when it is closed, renewed, or its person's account is."""
    if not is_ours(token, "feed"):
        raise Http404
    row = (
        Feed.objects.select_related("user", "owner__settings")
        .filter(token_hash=token_hash(token), user__is_active=True)
        .first()
    )
    if row is None:
        raise Http404
    return row
