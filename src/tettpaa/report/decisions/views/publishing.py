"""Publishing a report: the plan, the checklist, who sees it early, and letting it out."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tettpaa.core.accounts.step_up import recent_proof
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.report.annual.queries import reports
from tettpaa.report.decisions import actions, checking, queries, wording
from tettpaa.report.decisions.forms import ConfirmForm, EarlyReaderForm, PlanPublicationForm
from tettpaa.report.decisions.views.cases import asked

if TYPE_CHECKING:
    from tettpaa.report.annual.models import AnnualReport
    from tettpaa.report.decisions.models import Publication


def _report(request: PlacedRequest, year: str) -> "AnnualReport":
    """The report of the year in the address, for those who may read drafts."""
    found = next((one for one in reports(request.viewer, request.owner) if one.school_year == year), None)
    if found is None:
        raise Http404
    return found


def _publication(request: PlacedRequest, year: str) -> "Publication":
    found = queries.publication_of(_report(request, year))
    if found is None:
        raise Http404
    return found


def may_answer(request: PlacedRequest, key: str) -> bool:
    """Approval is the chief executive's; the rest is for those who write the report."""
    needed = Permission.DECISIONS_SUBMIT if key == "approved" else Permission.REPORTS_EDIT
    return request.viewer.may(needed, request.owner)


@require_http_methods(["GET", "HEAD", "POST"])
def publication(request: PlacedRequest, owner: str, year: str) -> HttpResponse:
    """The plan and the checklist; POST plans the day."""
    report = _report(request, year)
    found = queries.publication_of(report)
    form = PlanPublicationForm(
        request.POST or None, initial={"planned_for": found.planned_for if found else None}
    )
    if request.method == "POST":
        if not request.viewer.may(Permission.REPORTS_EDIT, request.owner):
            raise Http404
        if form.is_valid():
            actions.plan_publication(
                report=report, planned_for=form.cleaned_data["planned_for"], by=request.viewer.email
            )
            messages.success(request, _("Fra nå er nye versjoner skjult til dere publiserer."))
            return redirect("decisions:publication", owner=owner, year=year)
    points = checking.checklist(request.viewer, found) if found else ()
    context = {
        "report": report,
        "publication": found,
        "form": form,
        "points": [(point, *wording.check_words(point), may_answer(request, point.key)) for point in points],
        "left": sum(not point.is_met for point in points),
        "readers": list(found.early_readers.all()) if found else [],
        "reader_form": EarlyReaderForm(),
        "may_edit": request.viewer.may(Permission.REPORTS_EDIT, request.owner),
        "may_publish": request.viewer.may(Permission.REPORTS_FREEZE, request.owner),
        "asked": asked(request),
    }
    return render(request, "decisions/publication.html", context)


@require_POST
def early_reader(request: PlacedRequest, owner: str, year: str) -> HttpResponse:
    """Write down somebody who sees the report early."""
    found, form = _publication(request, year), EarlyReaderForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Skriv navn, rolle og hvorfor."))
        return redirect("decisions:publication", owner=owner, year=year)
    try:
        actions.add_early_reader(publication=found, by=request.viewer.email, **form.cleaned_data)
    except NotAllowedError:
        messages.info(request, _("Rapporten er alt offentlig."))
    return redirect("decisions:publication", owner=owner, year=year)


@require_POST
def confirm(request: PlacedRequest, owner: str, year: str) -> HttpResponse:
    """Answer for a point of the checklist."""
    found, form = _publication(request, year), ConfirmForm(request.POST)
    if not form.is_valid() or form.cleaned_data["key"] not in checking.PERSONAL:
        raise Http404
    if not may_answer(request, form.cleaned_data["key"]):
        raise Http404
    actions.confirm(publication=found, by=request.viewer.email, **form.cleaned_data)
    return redirect("decisions:publication", owner=owner, year=year)


@require_POST
@recent_proof
def publish(request: PlacedRequest, owner: str, year: str) -> HttpResponse:
    """Let the newest frozen version out."""
    found = _publication(request, year)
    try:
        actions.publish(publication=found, viewer=request.viewer, by=request.viewer.email)
    except actions.ChecklistError:
        messages.error(request, _("Sjekklista er ikke ferdig."))
    except NotAllowedError:
        messages.info(request, _("Rapporten er alt offentlig."))
    else:
        messages.success(request, _("Rapporten er offentlig."))
    return redirect("decisions:publication", owner=owner, year=year)
