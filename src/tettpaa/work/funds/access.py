"""Who may open what. An application of a person: the person, the own leader, those who rank; each look is written down."""

from typing import Final
from uuid import UUID

from django.db import transaction
from django.http import Http404

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.competence.access import is_self, leads
from tettpaa.work.competence.models import Employee
from tettpaa.work.competence.queries import employee_of
from tettpaa.work.funds.enums import PERSONAL, State
from tettpaa.work.funds.models import Application, Call, NeedYear, Rate, Scheme, StateNeed
from tettpaa.work.funds.telling import tell

_WITH: Final = ("owner", "school", "goal", "call__scheme", "employee__owner", "employee__school")


def may_rank(viewer: Viewer, owner: Unit) -> bool:
    """Whether the viewer ranks and grants for the owner, and keeps its schemes."""
    return viewer.may(Permission.FUNDS_RANK, owner)


def is_own(viewer: Viewer, application: Application) -> bool:
    """Whether the viewer is the applicant: the person, or a leader of the school."""
    if application.is_personal:
        return application.employee is not None and is_self(viewer, application.employee)
    return application.school is not None and viewer.may(Permission.FUNDS_ENDORSE, application.school)


def is_leader(viewer: Viewer, application: Application) -> bool:
    """Whether the viewer is the own leader of the person who applies."""
    return application.employee is not None and leads(viewer, application.employee)


def application_for_reading(viewer: Viewer, owner: Unit, pk: UUID) -> Application:
    """The application, or Http404. Another's look at a person's application is written down."""
    found = Application.objects.filter(pk=pk, owner=owner).select_related(*_WITH).first()
    if found is None:
        raise Http404
    if is_own(viewer, found):
        return found
    is_sent = found.number is not None and found.state != State.DRAFT
    if not is_sent or not (may_rank(viewer, owner) or is_leader(viewer, found)):
        raise Http404
    if found.is_personal:
        looked(viewer, owner, found.pk)
    return found


def application_for_writing(viewer: Viewer, owner: Unit, pk: UUID) -> Application:
    """The viewer's own application, or one of the viewer's school; else Http404."""
    found = application_for_reading(viewer, owner, pk)
    if not is_own(viewer, found):
        raise Http404
    return found


def application_for_speaking(viewer: Viewer, owner: Unit, pk: UUID) -> Application:
    """An application of somebody whom the viewer leads; else Http404."""
    found = application_for_reading(viewer, owner, pk)
    if not is_leader(viewer, found):
        raise Http404
    return found


def application_for_ranking(viewer: Viewer, owner: Unit, pk: UUID) -> Application:
    """An application, for those who rank; else Http404."""
    found = application_for_reading(viewer, owner, pk)
    if not may_rank(viewer, owner):
        raise Http404
    return found


def scheme_for_reading(viewer: Viewer, owner: Unit, pk: UUID) -> Scheme:
    """A scheme, for everybody who reads about funds."""
    found = Scheme.objects.filter(pk=pk, owner=owner).select_related("owner").first()
    if found is None or not viewer.may(Permission.FUNDS_READ, owner):
        raise Http404
    return found


def scheme_for_writing(viewer: Viewer, owner: Unit, pk: UUID) -> Scheme:
    found = scheme_for_reading(viewer, owner, pk)
    if not may_rank(viewer, owner):
        raise Http404
    return found


def rate_for_writing(viewer: Viewer, owner: Unit, scheme: UUID, pk: UUID) -> Rate:
    found = Rate.objects.filter(pk=pk, scheme=scheme_for_writing(viewer, owner, scheme)).first()
    if found is None:
        raise Http404
    return found


def call_for_reading(viewer: Viewer, owner: Unit, pk: UUID) -> Call:
    """A call and its dates, for everybody who reads about funds; no applications."""
    found = Call.objects.filter(pk=pk, owner=owner).select_related("owner", "scheme").first()
    if found is None or not viewer.may(Permission.FUNDS_READ, owner):
        raise Http404
    return found


def call_for_ranking(viewer: Viewer, owner: Unit, pk: UUID) -> Call:
    """A call with its applications, for those who rank."""
    found = call_for_reading(viewer, owner, pk)
    if not may_rank(viewer, owner):
        raise Http404
    return found


def need_for_reading(viewer: Viewer, owner: Unit, pk: UUID) -> StateNeed:
    """A notice of need: it holds no persons."""
    found = StateNeed.objects.filter(pk=pk, owner=owner).select_related("owner", "scheme", "goal").first()
    if found is None or not viewer.may(Permission.FUNDS_READ, owner):
        raise Http404
    return found


def need_for_writing(viewer: Viewer, owner: Unit, pk: UUID) -> StateNeed:
    found = need_for_reading(viewer, owner, pk)
    if not may_rank(viewer, owner):
        raise Http404
    return found


def year_for_writing(viewer: Viewer, owner: Unit, need: UUID, year: int) -> NeedYear:
    """One year of a notice, for those who write it."""
    found = NeedYear.objects.filter(need=need_for_writing(viewer, owner, need), year=year).first()
    if found is None:
        raise Http404
    return found


def applicant_of(viewer: Viewer, owner: Unit, call: Call) -> Employee:
    """The viewer's own record, for somebody who may apply in a call for persons; else Http404."""
    person = employee_of(viewer, owner)
    if person is None or call.scheme.kind not in PERSONAL:
        raise Http404
    if not viewer.may(Permission.FUNDS_APPLY, person.school or owner):
        raise Http404
    return person


@transaction.atomic
def looked(viewer: Viewer, owner: Unit, key: object) -> None:
    """Somebody read another's application, or a list of them (the key says which)."""
    tell("application_seen", owner, "søknad", key, viewer.email)
