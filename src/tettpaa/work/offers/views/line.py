"""Signing up, one's own page, the leader's yes, and who takes part."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.language import reader_language
from tettpaa.core.ui.parts import some
from tettpaa.work.offers import actions, queries
from tettpaa.work.offers.access import (
    is_leader_of_staff,
    looked,
    may_edit,
    may_lead,
    offer_for_reading,
    own_registration,
    registration_for_answering,
    registration_for_completing,
)
from tettpaa.work.offers.forms import DecideForm, ReasonForm, StepForm, WhyForm
from tettpaa.work.offers.views.places import attempt, file_answer, me_of, papers_of

if TYPE_CHECKING:  # views do not touch models; the guard has read the places already
    from tettpaa.core.orgs.models import Unit


@require_POST
def register(request: PlacedRequest, owner: str, offer: UUID) -> HttpResponse:
    """Put oneself in the line."""
    found, me = offer_for_reading(request.viewer, request.owner, offer), me_of(request)
    if me is None:
        raise Http404
    form = WhyForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    attempt(
        request,
        lambda: actions.register(offer=found, employee=me, why=why, by=request.viewer.email),
        _("Du er påmeldt. Lederen din får den til godkjenning.")
        if found.needs_approval
        else _("Påmeldingen er tatt imot."),
    )
    return redirect("offers:offer", owner=owner, offer=offer)


@require_POST
def own_step(request: PlacedRequest, owner: str, registration: UUID) -> HttpResponse:
    """Take the seat that is offered, or leave the line."""
    row, form = own_registration(request.viewer, request.owner, registration), StepForm(request.POST)
    do = form.cleaned_data["do"] if form.is_valid() else ""
    by = request.viewer.email
    if do == "accept":
        attempt(request, lambda: actions.accept(registration=row.pk, by=by), _("Plassen er din."))
    elif do == "withdraw":
        attempt(request, lambda: actions.withdraw(registration=row.pk, by=by), _("Du er meldt av."))
    else:
        raise Http404
    return redirect("offers:mine", owner=owner)


@require_safe
def mine(request: PlacedRequest, owner: str) -> HttpResponse:
    """What waits for one, what is coming, what one has."""
    me = me_of(request)
    found = queries.mine(me, timezone.localdate()) if me else None
    certificates = [
        {"offer": row.offer, "papers": papers_of(request, row)}
        for row in (found.certificates if found else [])
    ]
    rows = [{"row": row, "place": found.queue.get(row.pk, 0)} for row in found.registrations] if found else []
    context = {"me": me, "mine": found, "certificates": certificates, "registrations": rows}
    return render(request, "offers/mine.html", context)


@require_safe
def my_data(request: PlacedRequest, owner: str) -> HttpResponse:
    """Everything the room keeps about the reader, as a file."""
    me = me_of(request)
    if me is None:
        raise Http404
    response = JsonResponse(queries.of_person(me), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="mine-kurs.json"'
    return response


@require_safe
def owner_staff(request: PlacedRequest, owner: str) -> HttpResponse:
    """Registrations of the owner's own staff and the leaders of the schools."""
    return _staff(request, None)


@require_safe
def school_staff(request: PlacedRequest, owner: str, school: str) -> HttpResponse:
    """Registrations of a school's staff, for the leader."""
    return _staff(request, request.school)


def _staff(request: PlacedRequest, school: "Unit | None") -> HttpResponse:
    if not is_leader_of_staff(request.viewer, request.owner, school):
        raise Http404
    looked(request.viewer, request.owner, (school or request.owner).code)
    today = timezone.localdate()
    context = {
        "place": school or request.owner,
        "school": school,
        "waiting": some(
            queries.waiting_for_leader(request.viewer, request.owner, school), request.GET, most=15
        ),
        "rest": some(queries.answered_of(request.viewer, request.owner, school, today), request.GET),
    }
    return render(request, "offers/staff.html", context)


@require_POST
def owner_decide(request: PlacedRequest, owner: str, registration: UUID) -> HttpResponse:
    """Yes or no to one of the owner's own."""
    _decide(request, None, registration)
    return redirect("offers:owner_staff", owner=owner)


@require_POST
def school_decide(request: PlacedRequest, owner: str, school: str, registration: UUID) -> HttpResponse:
    """Yes or no to one of a school's staff."""
    _decide(request, request.school, registration)
    return redirect("offers:school_staff", owner=owner, school=school)


def _decide(request: PlacedRequest, school: "Unit | None", pk: UUID) -> None:
    row = registration_for_answering(request.viewer, request.owner, school, pk)
    form, by = DecideForm(request.POST), request.viewer.email
    if not form.is_valid():
        messages.error(request, _("Velg ja eller nei."))
    elif form.cleaned_data["do"] == "approve":
        attempt(request, lambda: actions.approve(registration=row.pk, by=by), _("Du har sagt ja."))
    else:
        reason = form.cleaned_data["reason"]
        said = _("Du har sagt nei. Den ansatte leser begrunnelsen.")
        attempt(request, lambda: actions.decline(registration=row.pk, reason=reason, by=by), said)


@require_safe
def people(request: PlacedRequest, owner: str, offer: UUID) -> HttpResponse:
    """Who takes part and who waits. The look is written down. `?fil=csv` gives the list as a file."""
    found = offer_for_reading(request.viewer, request.owner, offer)
    if not may_edit(request.viewer, request.owner) and not may_lead(request.viewer, found.network):
        raise Http404
    looked(request.viewer, request.owner, found.pk)
    side, kind = request.GET.get("side", "1"), request.GET.get("fil", "")
    if kind in {"csv", "xlsx"}:
        return _file(found, kind)
    page, persons = queries.people_of(found, int(side) if side.isdecimal() and len(side) < 5 else 1)
    context = {
        "offer": found,
        "list_page": page,
        "people": persons,
        "tally": queries.tally_of(found),
        "may_complete": may_edit(request.viewer, request.owner),
    }
    return render(request, "offers/people.html", context)


def _file(found: Any, kind: str) -> HttpResponse:
    header = [_("Navn"), _("Sted"), _("Status"), _("Samlinger møtt"), _("Samlinger")]
    rows = [
        [one.name, one.where, str(one.registration.get_state_display()), one.came, one.of]
        for one in queries.everybody(found)
    ]
    return file_answer("deltakere", kind, header, rows, reader_language())


@require_POST
def complete(request: PlacedRequest, owner: str, offer: UUID, registration: UUID) -> HttpResponse:
    """A certificate for one, with a reason for who was away."""
    row, form = (
        registration_for_completing(request.viewer, request.owner, registration),
        ReasonForm(request.POST),
    )
    if row.offer_id != offer:
        raise Http404
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    attempt(
        request,
        lambda: actions.complete(registration=row.pk, reason=reason, by=request.viewer.email),
        _("Kursbeviset er gitt."),
    )
    return redirect("offers:people", owner=owner, offer=offer)
