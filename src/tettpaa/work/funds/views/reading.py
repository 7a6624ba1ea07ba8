"""The room's first page, one's own applications, and those of the staff one leads."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.parts import some
from tettpaa.work.competence.access import rank_at
from tettpaa.work.competence.queries import employee_of
from tettpaa.work.funds import access, owndata, pages, queries
from tettpaa.work.funds.enums import CallState, SchemeKind


@require_safe
def funds(request: PlacedRequest, owner: str) -> HttpResponse:
    """Open calls, schemes with their validity, notices of need, and what schools have got. No persons."""
    calls = queries.calls_of(request.owner)
    today = timezone.localdate()
    schemes = queries.schemes_of(request.owner)
    grants = some(queries.grants_of(request.owner), request.GET)
    context = {
        "first": pages.overview_line(calls),
        "open": [one for one in calls if one.state == CallState.OPEN],
        "calls": [one for one in calls if one.state != CallState.OPEN],
        "valid": [one for one in schemes if queries.holds_on(one, today)],
        "ended": [one for one in schemes if not queries.holds_on(one, today)],
        "needs": queries.needs_of(request.owner),
        "grants": grants,
        "granted": [{"row": one, "granted": pages.kroner(one.granted)} for one in grants.rows],
        "may_rank": access.may_rank(request.viewer, request.owner),
        "has_own": bool(queries.own_applications(request.viewer, request.owner)),
        "leads_at": queries.led_schools(request.viewer, request.owner),
        "leads_owner": rank_at(request.viewer, request.owner, None) > 0,
    }
    return render(request, "funds/funds.html", context)


@require_safe
def mine(request: PlacedRequest, owner: str) -> HttpResponse:
    """One's own applications."""
    context = {
        "applications": queries.own_applications(request.viewer, request.owner),
        "open": queries.open_for(request.viewer, request.owner),
        "unknown_at": queries.without_record(request.viewer, request.owner),
    }
    return render(request, "funds/mine.html", context)


@require_safe
def my_data(request: PlacedRequest, owner: str) -> HttpResponse:
    """Everything this room keeps about me, as a file."""
    me = employee_of(request.viewer, request.owner)
    if me is None:
        raise Http404
    response = JsonResponse(owndata.of_person(me), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="mine-soknader.json"'
    return response


@require_safe
def staff(request: PlacedRequest, owner: str, school: str) -> HttpResponse:
    """What the reader's own staff at the school have sent, and what the school itself applies for."""
    return _staff(request)


@require_safe
def owner_staff(request: PlacedRequest, owner: str) -> HttpResponse:
    """The same for the owner's own staff and the leaders of the schools."""
    return _staff(request)


def _staff(request: PlacedRequest) -> HttpResponse:
    place = request.school
    found = queries.staff_applications(request.viewer, request.owner, place)
    access.looked(request.viewer, request.owner, (place or request.owner).code)
    calls = queries.calls_of(request.owner, state=CallState.OPEN) if place else []
    own = queries.school_applications(request.viewer, request.owner, place) if place else []
    context = {
        "place": place or request.owner,
        "school": place,
        "some": some(found, request.GET),
        "waiting": found.filter(state="submitted").count(),
        "may_add": rank_at(request.viewer, request.owner, place) > 0,
        "own": own,
        "open": [one for one in calls if one.scheme.kind == SchemeKind.MUNICIPAL],
        "may_apply": place is not None and request.viewer.may(Permission.FUNDS_ENDORSE, place),
    }
    return render(request, "funds/staff.html", context)
