"""One's own page, and all that is kept about oneself."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.work.competence import owndata, pages, queries, shelves
from tettpaa.work.competence.views.common import tabs


@require_safe
def mine(request: PlacedRequest, owner: str) -> HttpResponse:
    """My competence, my roles, what is mine alone, and what other rooms have about me."""
    employee = queries.employee_of(request.viewer, request.owner)
    page_tabs = tabs(request, "competence:mine")
    if employee is None:
        return render(request, "competence/mine_none.html", {"tabs": page_tabs})
    today = timezone.localdate()
    record = queries.record_of(request.viewer, employee, today)
    context = {
        "record": record,
        "first": pages.record_line(record),
        "practice": queries.own_practice(employee),
        "others": shelves.own_parts(request.viewer, employee, today),
        "tabs": page_tabs,
    }
    return render(request, "competence/mine.html", context)


@require_safe
def my_data(request: PlacedRequest, owner: str) -> HttpResponse:
    """Everything this room keeps about me, as a file; with who has looked at it."""
    employee = queries.employee_of(request.viewer, request.owner)
    if employee is None:
        raise Http404
    content = owndata.of_person(employee) | {
        "looks": [[day.isoformat(), by] for day, by in queries.looks_at(request.owner, employee)]
    }
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="mine-opplysninger.json"'
    return response
