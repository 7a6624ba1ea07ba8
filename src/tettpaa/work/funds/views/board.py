"""The order of a call's applications, the list to the state's portal, and the answers that come back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.language import reader_language
from tettpaa.data.indicators.tables import csv_bytes, xlsx_bytes
from tettpaa.work.competence.sent import Problem
from tettpaa.work.funds import access, actions, pages, portal, queries
from tettpaa.work.funds.enums import PERSONAL
from tettpaa.work.funds.forms import AnswersForm, FileForm, RankForm
from tettpaa.work.funds.views.common import found_address

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def board(request: PlacedRequest, owner: str, call: UUID) -> HttpResponse:
    """The order: need, requirement, what each school has had, and the reason that the applicant reads."""
    found = access.call_for_ranking(request.viewer, request.owner, call)
    is_personal = found.scheme.kind in PERSONAL
    if is_personal:
        access.looked(request.viewer, request.owner, found.pk)
    shown = queries.board(request.viewer, found)
    first, second = pages.board_line(shown, found)
    page = pages.order_page(shown, request.GET.get("side", "1"))
    context = {
        "call": found,
        "name": pages.call_name(found),
        "first": first,
        "second": second,
        "board": shown,
        "rows": pages.rows(shown, found, timezone.localdate(), page),
        "page_of": page,
        "left": pages.left_line(shown),
        "rules": pages.rule_names(found.rules),
        "is_ranking": found.state == "ranking",
        "is_personal": is_personal,
        "fairness": queries.fairness(request.viewer, found),
        "years": list(range(found.year - 3, found.year + 1)),
        "used": pages.kroner(shown.used),
        "budget": pages.kroner(found.budget),
        "steps": pages.call_steps(found),
    }
    return render(request, "funds/board.html", context)


@require_POST
def rank(request: PlacedRequest, owner: str, application: UUID) -> HttpResponse:
    """Move a row, say why, refuse to approve it, or say how it is paid."""
    found = access.application_for_ranking(request.viewer, request.owner, application)
    form = RankForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Velg et av stegene på siden, og skriv plass og beløp som tall."))
        return _to_row(found)
    values, by = form.cleaned_data, request.viewer.email
    try:
        if values["do"] == "reject":
            actions.reject(application=found, reason=values["reason"], by=by)
        elif values["do"] == "reason":
            actions.give_reason(application=found, reason=values["reason"], by=by)
        elif values["do"] == "pay":
            actions.set_payment(application=found, form=values["form"], cost=values["cost"], by=by)
        else:
            step = {"up": -1, "down": 1}.get(values["do"], 0)
            to = (found.place or 1) + step if step else values["place"] or found.place or 1
            actions.move_row(application=found, to=to, reason=values["reason"], by=by)
        messages.success(request, _("Rekkefølgen er lagret."))
    except actions.NoReasonError:
        messages.error(request, _("Skriv en grunn. Søkeren leser den."))
    except NotAllowedError:
        messages.warning(request, _("Runden prioriteres ikke nå. Her ser du hvor den er."))
    found.refresh_from_db(fields=["place"])
    return _to_row(found)


def _to_row(application: Any) -> HttpResponse:
    """The page of the order that the row stands on."""
    address = found_address("funds:board", application.owner.code, application.call_id)
    side = pages.side_of(application.place)
    return redirect(f"{address}?side={side}" if side > 1 else address)


@require_safe
def export(request: PlacedRequest, owner: str, call: UUID, kind: str) -> HttpResponse:
    """The approved applications in their order, for the state's portal. Names leave the house: it is written down."""
    found = access.call_for_ranking(request.viewer, request.owner, call)
    if kind not in {"csv", "xlsx"}:
        raise Http404
    rows = portal.rows(queries.seen(queries.board(request.viewer, found).approved))
    access.looked(request.viewer, request.owner, f"{found.pk}.{kind}")
    if kind == "csv":
        data = csv_bytes(portal.header(), rows, reader_language())
        response = HttpResponse(data, content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(xlsx_bytes(_("Søknader"), portal.header(), rows), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="soknader-{found.year}.{kind}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: PlacedRequest, owner: str, call: UUID) -> HttpResponse:
    """The portal's file: the first time somebody points at its columns, later it is read by what was said then.

    With one error nothing is changed, and of the file nothing is kept but the answers.
    """
    found = access.call_for_ranking(request.viewer, request.owner, call)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _answers_page(request, found, form)
    file = form.cleaned_data["file"].file
    heads, problems = portal.look(file)
    if problems:
        return _answers_page(request, found, FileForm(), problems)
    columns = portal.remembered(found.scheme, heads)
    pointing = _pointing(request, heads, columns)
    if pointing.is_bound:
        if not pointing.is_valid():
            return _answers_page(request, found, pointing)
        columns = pointing.columns()
    if columns is None:
        return _answers_page(request, found, pointing)
    return _take(request, found, file, columns, _pointing(request, heads, columns))


def _pointing(request: PlacedRequest, heads: list[str], columns: portal.Columns | None) -> AnswersForm:
    """The form of the columns, as it was sent, or with what we know or think."""
    if "reference" in request.POST:
        return AnswersForm(request.POST, request.FILES, heads=heads)
    usual = {"granted": _("Innvilget"), "refused": _("Avslått")}
    return AnswersForm(heads=heads, initial=columns.as_json() if columns else usual | portal.likely(heads))


def _answers_page(
    request: PlacedRequest, call: Any, form: FileForm, problems: list[Problem] | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "is_pointing": isinstance(form, AnswersForm),
        "name": pages.call_name(call),
        "back": found_address("funds:board", request.owner.code, call.pk),
        "problems": (problems or [])[:100],
        "count": len(problems or []),
    }
    response = render(request, "funds/answers.html", context, status=422 if problems else 200)
    response["Cache-Control"] = "private, no-store"
    return response


def _take(
    request: PlacedRequest, call: Any, file: Any, columns: portal.Columns, pointing: AnswersForm
) -> HttpResponse:
    known = {one.reference: one for one in queries.board(request.viewer, call).approved}
    lines, problems = portal.lines_of(file, columns)
    read: list[actions.Answer] = []
    if not problems:
        read, problems = portal.read_answers(lines, columns, known)
    if problems:
        return _answers_page(request, call, pointing, problems)
    try:
        count = actions.take_answers(
            call=call, answers=read, by=request.viewer.email, columns=columns.as_json()
        )
        messages.success(request, _("%(count)s svar er skrevet inn.") % {"count": count})
    except NotAllowedError:
        messages.warning(request, _("En søknad ble flyttet i mellomtiden. Ingenting er endret. Prøv igjen."))
    return redirect("funds:board", owner=request.owner.code, call=call.pk)
