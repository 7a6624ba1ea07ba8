"""Writing an agreement: a new one, its frame, its lines, its annex, and its steps up to the signatures."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.work.agreements import access, actions, pages
from tettpaa.work.agreements.enums import LineKind, Side
from tettpaa.work.agreements.forms import LINE_FORMS, MoveForm, NewForm, RowForm, TermsForm
from tettpaa.work.agreements.queries.choices import Around


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PlacedRequest, owner: str, school: str) -> HttpResponse:
    """Begin an agreement with a school."""
    if request.school is None:
        raise Http404
    form = NewForm(
        request.POST if request.method == "POST" else None,
        owner=request.owner,
        initial={"starts_on": timezone.localdate()},
    )
    if request.method != "POST" or not form.is_valid():
        return render(request, "agreements/new.html", {"form": form})
    made = actions.draft_agreement(
        owner=request.owner, school=request.school, rows=(), by=request.viewer.email, **form.cleaned_data
    )
    return redirect("agreements:agreement", owner=owner, school=school, agreement=made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: PlacedRequest, owner: str, school: str, agreement: UUID) -> HttpResponse:
    """Title, background, period, next step."""
    wording = _wording(request, agreement)
    names = ("version", "title", "background", "starts_on", "ends_on", "next_step", "changes", "not_heard")
    form = TermsForm(
        request.POST if request.method == "POST" else None,
        around=Around(request.viewer, wording),
        initial={name: getattr(wording, name) for name in names},
    )
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, wording, form, _("Rammene for avtalen"))
    try:
        actions.write_terms(wording=wording, values=form.values(), version=form.seen, by=request.viewer.email)
    except ConflictError as conflict:
        return _clash(request, wording, form, conflict, _("Rammene for avtalen"))
    except NotAllowedError:
        return _closed(request, wording)
    return _to_text(wording)


@require_http_methods(["GET", "HEAD", "POST"])
def new_line(request: PlacedRequest, owner: str, school: str, agreement: UUID, kind: str) -> HttpResponse:
    """A new line of the text."""
    return _line(request, _wording(request, agreement), _kind(kind), None)


@require_http_methods(["GET", "HEAD", "POST"])
def line(
    request: PlacedRequest, owner: str, school: str, agreement: UUID, kind: str, row: UUID
) -> HttpResponse:
    """Change a line."""
    return _line(request, _wording(request, agreement), _kind(kind), row)


@require_POST
def remove_line(
    request: PlacedRequest, owner: str, school: str, agreement: UUID, kind: str, row: UUID
) -> HttpResponse:
    """Take a line out of the text."""
    return _remove(request, _wording(request, agreement), _kind(kind), row)


@require_http_methods(["GET", "HEAD", "POST"])
def new_paragraph(request: PlacedRequest, owner: str, school: str, agreement: UUID) -> HttpResponse:
    """A new paragraph of the annex."""
    return _line(request, _annex(request, agreement), LineKind.ANNEX, None)


@require_http_methods(["GET", "HEAD", "POST"])
def paragraph(request: PlacedRequest, owner: str, school: str, agreement: UUID, row: UUID) -> HttpResponse:
    """Change a paragraph of the annex; opening it is a look at the annex."""
    wording = _annex(request, agreement)
    actions.note_annex_look(agreement=wording.agreement, by=request.viewer.email)
    return _line(request, wording, LineKind.ANNEX, row)


@require_POST
def remove_paragraph(
    request: PlacedRequest, owner: str, school: str, agreement: UUID, row: UUID
) -> HttpResponse:
    """Take a paragraph out of the annex."""
    return _remove(request, _annex(request, agreement), LineKind.ANNEX, row)


@require_POST
def move(request: PlacedRequest, owner: str, school: str, agreement: UUID) -> HttpResponse:
    """A step on the road of the text."""
    found = access.agreement_for_writing(request.viewer, request.owner, _place(request), agreement)
    wording, form = access.open_wording_of(found), MoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Velg et steg."))
        return _to_text(wording)
    by, reason = request.viewer.email, form.cleaned_data["reason"]
    try:
        match form.cleaned_data["step"]:
            case "negotiate":
                actions.negotiate(wording=wording, by=by)
            case "consulted":
                actions.consulted(wording=wording, by=by)
            case "draft":
                actions.back_to_draft(wording=wording, reason=reason, by=by)
            case "reopen":
                actions.reopen(wording=wording, reason=reason, by=by)
            case _:
                actions.drop(wording=wording, reason=reason, by=by)
    except actions.NotCompleteError as error:
        messages.error(request, pages.lacking(error.lacking))
    except NotAllowedError:
        messages.warning(request, _("Noen andre har alt tatt et steg. Se hvordan avtalen står nå."))
    return _to_text(wording)


@require_POST
def change(request: PlacedRequest, owner: str, school: str, agreement: UUID) -> HttpResponse:
    """Begin a new version; the old one holds until both have signed the new."""
    found = access.agreement_for_writing(request.viewer, request.owner, _place(request), agreement)
    try:
        actions.open_change(agreement=found, by=request.viewer.email)
    except NotAllowedError:
        messages.warning(request, _("Bare en avtale som er i kraft kan endres."))
        return redirect("agreements:agreement", owner=owner, school=school, agreement=agreement)
    return redirect("agreements:text", owner=owner, school=school, agreement=agreement)


def _line(request: PlacedRequest, wording: Any, kind: LineKind, row: UUID | None) -> HttpResponse:
    there = access.line_of(wording, kind, row) if row else None
    form = LINE_FORMS[kind](
        request.POST if request.method == "POST" else None,
        around=Around(request.viewer, wording),
        initial=pages.initial_of(there) if there else _suggested(request),
    )
    title = pages.form_title(kind, is_new=row is None)
    more = {"row": there, "kind": kind}
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, wording, form, title, more)
    try:
        actions.write_line(
            wording=wording,
            kind=kind,
            values=form.values(),
            row=row,
            version=form.seen,
            by=request.viewer.email,
        )
    except ConflictError as conflict:
        return _clash(request, wording, form, conflict, title, more)
    except NotAllowedError:
        return _closed(request, wording)
    return _to_text(wording, kind)


def _suggested(request: PlacedRequest) -> dict[str, Any]:
    """A new promise begins on the side, and as the answer, that the button stood at."""
    side = request.GET.get("side", "")
    here = Side.SCHOOL if Side.SCHOOL in [side] else Side.OWNER if side == Side.OWNER else Side.SCHOOL
    roles = {Side.SCHOOL: "principal", Side.OWNER: "head_of_schools"}
    return {
        "side": here,
        "answers": request.GET.get("svarer", ""),
        "role": roles[here],
        "as_initiative": True,
    }


def _remove(request: PlacedRequest, wording: Any, kind: LineKind, row: UUID) -> HttpResponse:
    access.line_of(wording, kind, row)
    try:
        actions.remove_line(wording=wording, kind=kind, row=row, by=request.viewer.email)
    except NotAllowedError:
        return _closed(request, wording)
    messages.success(request, _("Linjen er tatt ut."))
    return _to_text(wording, kind)


def _place(request: PlacedRequest) -> Any:
    if request.school is None:
        raise Http404
    return request.school


def _wording(request: PlacedRequest, agreement: UUID) -> Any:
    found = access.agreement_for_writing(request.viewer, request.owner, _place(request), agreement)
    return access.open_wording_of(found)


def _annex(request: PlacedRequest, agreement: UUID) -> Any:
    """Writing the annex needs both permissions."""
    found = access.agreement_for_annex(request.viewer, request.owner, _place(request), agreement)
    if not request.viewer.may(Permission.AGREEMENTS_EDIT, found.school):
        raise Http404
    return access.open_wording_of(found)


def _kind(kind: str) -> LineKind:
    """A kind of line from the address; the annex has addresses of its own."""
    if kind not in set(LineKind) - {LineKind.ANNEX}:
        raise Http404
    return LineKind(kind)


def _form_page(
    request: PlacedRequest, wording: Any, form: RowForm, title: str, more: Any = None, status: int = 200
) -> HttpResponse:
    context = {"agreement": wording.agreement, "wording": wording, "form": form, "title": title}
    return render(request, "agreements/form.html", context | (more or {}), status=status)


def _clash(
    request: PlacedRequest,
    wording: Any,
    form: RowForm,
    conflict: ConflictError,
    title: str,
    more: Any = None,
) -> HttpResponse:
    """Both versions, and the person's own words still in the form, ready to be saved over the other's."""
    data = form.data.copy()  # type: ignore[attr-defined]
    data["version"] = str(conflict.theirs.version)
    again = type(form)(data, around=form.around, initial=form.initial)
    clashes = {"clashes": pages.clashes(again, conflict.theirs, conflict.mine)}
    return _form_page(request, wording, again, title, (more or {}) | clashes, status=409)


def _closed(request: PlacedRequest, wording: Any) -> HttpResponse:
    messages.warning(request, _("Teksten er signert eller lukket, så ingenting ble endret."))
    return _to_text(wording)


def _to_text(wording: Any, kind: LineKind | None = None) -> HttpResponse:
    found = wording.agreement
    if kind is LineKind.ANNEX:
        name = "agreements:annex"
    else:
        name = "agreements:text" if found.is_signed and found.lives else "agreements:agreement"
    there = redirect(name, owner=found.owner.code, school=found.school.code, agreement=found.pk)
    if kind is LineKind.ANNEX and found.is_signed:
        there["Location"] += "?tekst=ny"
    return there
