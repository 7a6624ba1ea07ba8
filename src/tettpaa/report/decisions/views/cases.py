"""A case: where it is, its document, its road, and sending it."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tettpaa.core.accounts.step_up import recent_proof
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.queries import schools_of
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.panels import Asked
from tettpaa.report.decisions import access, actions, queries, wording
from tettpaa.report.decisions import paper as decided_paper
from tettpaa.report.decisions.enums import CaseState
from tettpaa.report.decisions.forms import HeldForm, PaperForm, RoadForm, StartForm
from tettpaa.report.export import html
from tettpaa.report.export.tree import Document

if TYPE_CHECKING:
    from tettpaa.report.decisions.models import CaseStep, PoliticalCase

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def asked(request: PlacedRequest) -> Asked:
    """What the thread bar is told: the whole owner, without a goal of its own."""
    return Asked(viewer=request.viewer, owner=request.owner, today=timezone.localdate())


def case_or_404(request: PlacedRequest, pk: UUID, *, preparing: bool = False) -> "PoliticalCase":
    """The case at this owner, or as if it was never there."""
    fetch = access.case_for_preparing if preparing else access.case_for_reading
    found = fetch(request.viewer, request.owner, pk)
    if found is None:
        raise Http404
    return found


def step_or_404(request: PlacedRequest, pk: UUID) -> "CaseStep":
    found = access.step_for_editing(request.viewer, request.owner, pk)
    if found is None:
        raise Http404
    return found


def start_choices(request: PlacedRequest) -> list[tuple[str, str]]:
    """Reports and plans that have no case yet."""
    reports = queries.reports_to_decide(request.viewer, request.owner)
    plans = queries.plans_to_decide(request.viewer, request.owner)
    return [(f"report:{one.pk}", str(one)) for one in reports] + [
        (f"plan:{one.pk}", str(one)) for one in plans
    ]


@require_POST
def start(request: PlacedRequest, owner: str) -> HttpResponse:
    """Begin a case."""
    form = StartForm(request.POST, choices=start_choices(request))
    if not form.is_valid():
        messages.error(request, _("Velg en melding eller en plan som ikke har en sak fra før."))
        return redirect("decisions:decisions", owner=owner)
    kind, _sep, key = form.cleaned_data["subject"].partition(":")
    reports = {str(one.pk): one for one in queries.reports_to_decide(request.viewer, request.owner)}
    plans = {str(one.pk): one for one in queries.plans_to_decide(request.viewer, request.owner)}
    subject = {"report": reports.get(key)} if kind == "report" else {"plan": plans.get(key)}
    made = actions.start_case(owner=request.owner, by=request.viewer.email, **subject)
    return redirect("decisions:case", owner=owner, case=made.pk)


@require_safe
def case(request: PlacedRequest, owner: str, case: UUID) -> HttpResponse:
    """Where the case is on its road, what was said, what was decided, and the one next step."""
    found = case_or_404(request, case)
    steps = queries.steps_of(found)
    today = timezone.localdate()
    first, second = wording.case_line(found, steps)
    may_edit = request.viewer.may(Permission.DECISIONS_EDIT, request.owner)
    prepares = access.prepares(request.viewer, request.owner)
    reasons = queries.missing_before_sending(found) if prepares and found.state == CaseState.PREPARED else []
    lines = queries.item_lines(request.owner, case=found)
    context = {
        "case": found,
        "subject": queries.subject_address(request.viewer, found),
        "first": first,
        "second": second,
        "road": wording.road_of(found, steps),
        "ahead": next((step for step in steps if step.held_on is None), None),
        "papers": queries.papers_of(found),
        "hearings": queries.hearing_lines(found, schools_of(request.owner))
        if prepares or found.rounds
        else [],
        "protocols": queries.protocols_of(found),
        "lines": [(line, *wording.item_status(line, today)) for line in lines],
        "unanswered": queries.unanswered(found) if prepares else 0,
        "reasons": wording.reason_texts(reasons),
        "may_edit": may_edit,
        "may_submit": request.viewer.may(Permission.DECISIONS_SUBMIT, request.owner),
        "prepares": prepares,
        "is_open": found.state not in (CaseState.DECIDED, CaseState.CLOSED),
        "asked": asked(request),
    }
    return render(request, "decisions/case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PlacedRequest, owner: str, case: UUID) -> HttpResponse:
    """Write the case document, part by part. What somebody else wrote meanwhile comes back beside one's own."""
    found = case_or_404(request, case, preparing=True)
    if found.state != CaseState.PREPARED:
        messages.info(request, str(wording.REASONS["sent"]))
        return redirect("decisions:case", owner=owner, case=case)
    texts = queries.texts_of(found)
    if request.method != "POST":
        return _write_page(request, found, PaperForm(texts=texts))
    form = PaperForm(request.POST, texts=texts)
    if not form.is_valid():
        return _write_page(request, found, form)
    try:
        actions.write_paper(case=found, writings=form.changed(), by=request.viewer.email)
    except actions.ClashError as error:
        return _conflict_page(request, found, form, error.clashes)
    messages.success(request, _("Saksframlegget er lagret."))
    return redirect("decisions:write", owner=owner, case=case)


def _conflict_page(
    request: PlacedRequest, found: "PoliticalCase", sent: PaperForm, clashes: Sequence[actions.Clash]
) -> HttpResponse:
    """All of one's own texts in the fields, the saved ones beside; saving again is to have seen both."""
    form = PaperForm(texts=queries.texts_of(found))
    for part in decided_paper.KEYS:
        form.fields[part].initial = sent.cleaned_data[part]
    return _write_page(request, found, form, clashes, status=409)


def _write_page(
    request: PlacedRequest,
    found: "PoliticalCase",
    form: PaperForm,
    clashes: Sequence[actions.Clash] = (),
    *,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "case": found,
        "form": form,
        "clashes": clashes,
        "body": _shown(queries.paper_document(found)),
        "asked": asked(request),
    }
    return render(request, "decisions/write.html", context, status=status)


def _shown(document: Document) -> SafeString:
    """The document as HTML; the renderer escapes every text itself, and a case document has no pictures."""
    return mark_safe(html.render(document, lambda _figure: ""))  # noqa: S308 - Html is made by export/html.py alone


@require_safe
def paper(request: PlacedRequest, owner: str, case: UUID) -> HttpResponse:
    """The case document: as it was sent, or as it is being written for those who write it."""
    found = case_or_404(request, case)
    document = _document(request, found)
    context = {"case": found, "document": document, "body": _shown(document), "asked": asked(request)}
    return render(request, "decisions/paper.html", context)


@require_safe
def paper_file(request: PlacedRequest, owner: str, case: UUID) -> FileResponse:
    """The same as a Word file."""
    from tettpaa.report.export import docx  # noqa: PLC0415 - slow import: the Office library

    found = case_or_404(request, case)
    content = docx.render(_document(request, found), lambda _figure: b"")
    name = f"saksframlegg-{found.number or found.started_at.year}.docx".replace("/", "-")
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=WORD)


def _document(request: PlacedRequest, found: "PoliticalCase") -> Document:
    papers = queries.papers_of(found)
    if papers and found.state != CaseState.PREPARED:
        return queries.sent_document(papers[0])
    if access.prepares(request.viewer, request.owner):
        return queries.paper_document(found)
    if not papers:
        raise Http404
    return queries.sent_document(papers[0])


@require_http_methods(["GET", "HEAD", "POST"])
def road(request: PlacedRequest, owner: str, case: UUID) -> HttpResponse:
    """The days of the steps and the case's number."""
    found = case_or_404(request, case, preparing=True)
    steps = queries.steps_of(found)
    form = RoadForm(request.POST or None, steps=steps, initial={"number": found.number})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["number"] != found.number:
            actions.set_number(case=found, number=form.cleaned_data["number"], by=request.viewer.email)
        for step in form.steps:
            if form.cleaned_data[str(step.pk)] != step.planned_on:
                actions.plan_step(
                    step=step, planned_on=form.cleaned_data[str(step.pk)], by=request.viewer.email
                )
        messages.success(request, _("Saksgangen er lagret."))
        return redirect("decisions:case", owner=owner, case=case)
    context = {"case": found, "form": form, "asked": asked(request)}
    return render(request, "decisions/road.html", context)


@require_POST
@recent_proof
def submit(request: PlacedRequest, owner: str, case: UUID) -> HttpResponse:
    """The chief executive sends the case."""
    found = case_or_404(request, case, preparing=True)
    try:
        actions.submit_case(case=found, by=request.viewer.email)
    except actions.NotReadyError as error:
        for text in wording.reason_texts(error.reasons):
            messages.error(request, text)
    except NotAllowedError:
        messages.info(request, str(wording.REASONS["sent"]))
    else:
        messages.success(request, _("Saken er sendt. Saksframlegget ligger fast fra nå."))
    return redirect("decisions:case", owner=owner, case=case)


@require_POST
def reopen(request: PlacedRequest, owner: str, case: UUID) -> HttpResponse:
    """Work on a case that was sent back."""
    return _moved(request, case, actions.reopen_case, _("Saken kan skrives om."))


@require_POST
def close(request: PlacedRequest, owner: str, case: UUID) -> HttpResponse:
    """Close a case whose points are all answered for."""
    return _moved(request, case, actions.close_case, _("Saken er avsluttet."))


def _moved(request: PlacedRequest, pk: UUID, move: Any, done: str) -> HttpResponse:
    found = case_or_404(request, pk, preparing=True)
    try:
        move(case=found, by=request.viewer.email)
    except actions.NotReadyError as error:
        for text in wording.reason_texts(error.reasons):
            messages.error(request, text)
    except NotAllowedError:
        messages.error(request, _("Det går ikke nå. Se hvor saken er."))
    else:
        messages.success(request, done)
    return redirect("decisions:case", owner=request.owner.code, case=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def held(request: PlacedRequest, owner: str, row: UUID) -> HttpResponse:
    """A step without a protocol was held."""
    step = step_or_404(request, row)
    if wording.needs_protocol(step):
        return redirect("decisions:protocol", owner=owner, row=row)
    form = HeldForm(
        request.POST or None, initial={"on": step.held_on or timezone.localdate(), "note": step.note}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.finish_step(step=step, on=data["on"], note=data["note"], by=request.viewer.email)
        messages.success(request, _("Steget er lagret."))
        return redirect("decisions:case", owner=owner, case=step.case_id)
    return render(
        request,
        "decisions/held.html",
        {"step": step, "case": step.case, "form": form, "asked": asked(request)},
    )
