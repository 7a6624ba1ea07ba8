"""Initiatives: the list, the board, the files, one initiative with its history. Reviews are in `reviews.py`."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.language import reader_language
from tettpaa.data.indicators.tables import csv_bytes, xlsx_bytes
from tettpaa.work.initiatives import actions, pages, queries
from tettpaa.work.initiatives.access import initiative_for_reading, initiative_for_writing
from tettpaa.work.initiatives.forms import EvaluationForm, FilterForm, InitiativeForm, MoveForm, at_version
from tettpaa.work.plans.queries import goals_of

ON_A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def initiatives(request: PlacedRequest, owner: str) -> HttpResponse:
    """The list with its filters, a page at a time."""
    found, context = _chosen(request)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("side"))
    lines = _lines(request, page.object_list)
    return render(request, "initiatives/initiatives.html", context | {"list_page": page, "lines": lines})


@require_safe
def board(request: PlacedRequest, owner: str) -> HttpResponse:
    """The same as columns by state, with the steps as buttons."""
    found, context = _chosen(request)
    columns = pages.columns(request.viewer, found, timezone.localdate())
    return render(request, "initiatives/board.html", context | {"columns": columns, "lines": found})


@require_safe
def export(request: PlacedRequest, owner: str, kind: str) -> HttpResponse:
    """The list as a file: all that the filters leave, and only what the reader may see."""
    header, rows = pages.table(_lines(request, _chosen(request)[0]))
    if kind == "csv":
        response = HttpResponse(
            csv_bytes(header, rows, reader_language()), content_type="text/csv; charset=utf-8"
        )
    elif kind == "xlsx":
        response = HttpResponse(xlsx_bytes(_("Tiltak"), header, rows), content_type=XLSX)
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="tiltak.{kind}"'
    return response


def _lines(request: PlacedRequest, found: Iterable[queries.Slim]) -> tuple[pages.Line, ...]:
    return pages.lines(request.viewer, queries.whole([one.pk for one in found]), timezone.localdate())


def _chosen(request: PlacedRequest) -> tuple[list[queries.Slim], dict[str, Any]]:
    """What the filters leave, and what the top of the page says."""
    viewer, owner, today = request.viewer, request.owner, timezone.localdate()
    places = queries.places_with(Permission.INITIATIVES_READ, viewer, owner)
    form = FilterForm(
        request.GET, places=places, goals=goals_of(owner), roles=queries.responsible_roles(reader_language())
    )
    form.is_valid()
    values = form.cleaned_data
    goal = form.goals.get(values.get("mal", ""))
    wanted = queries.Wanted(
        place=values.get("sted", ""),
        goal=goal.pk if goal else None,
        role=values.get("ansvar", ""),
        state=values.get("tilstand", ""),
        is_late=values.get("sent", False),
    )
    found = queries.chosen(viewer, owner, wanted, today)
    first, second = pages.first_line(found, today)
    asked = request.GET.copy()
    asked.pop("side", None)
    return found, {
        "form": form,
        "first": first,
        "second": second,
        "may_read": bool(places),
        "may_start": bool(pages.choices_of(viewer, owner)),
        "is_filtered": wanted != queries.Wanted(),
        "query": asked.urlencode(),
        "page_query": f"{asked.urlencode()}&" if asked else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: PlacedRequest, owner: str) -> HttpResponse:
    """Write down a new initiative, for a school or the owner."""
    places = pages.choices_of(request.viewer, request.owner)
    if not places:
        raise Http404
    form = InitiativeForm(
        request.POST or None,
        goals=goals_of(request.owner),
        roles=queries.responsible_roles(reader_language()),
        places=places,
        initial={"goal": request.GET.get("mal", ""), "place": request.GET.get("skole", "")},
    )
    if request.method != "POST" or not form.is_valid():
        return render(request, "initiatives/start.html", {"form": form})
    values = form.cleaned_data
    place = form.places[values["place"]]
    made = actions.start_initiative(
        owner=request.owner,
        school=None if place == request.owner else place,
        state=values["state"],
        by=request.viewer.email,
        **{name: values[name] for name in actions.FIELDS},
    )
    messages.success(request, _("Tiltaket er lagret."))
    return redirect("initiatives:initiative", owner=owner, initiative=made.pk)


@require_safe
def initiative(request: PlacedRequest, owner: str, initiative: UUID) -> HttpResponse:
    """One initiative: where it is, the five questions, its history, and what came of it."""
    found = initiative_for_reading(request.viewer, request.owner, initiative)
    today = timezone.localdate()
    may_edit = request.viewer.may(Permission.INITIATIVES_EDIT, found.place)
    answers = pages.answers(found)
    context = {
        "initiative": found,
        "asked": pages.asked_of(request.viewer, found, today),
        "thread": pages.thread_address(found),
        "warning": pages.warning(found, today),
        "road": pages.road(found),
        "answers": answers,
        "unanswered": sum(one.is_one_of_five and not one.answer for one in answers),
        "steps": pages.steps(found) if may_edit else (),
        "changes": queries.changes_of(found),
        "reviews": pages.review_lines(queries.reviews_of(found)),
        "evaluation": EvaluationForm(initial={"on": found.evaluate_on}),
        "may_edit": may_edit and not queries.is_over(found),
        "has_indicators": bool(found.goal and pages.indicators_of(found.goal)),
    }
    return render(request, "initiatives/initiative.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PlacedRequest, owner: str, initiative: UUID) -> HttpResponse:
    """Change the words. Two at once: the second sees both versions and loses nothing."""
    found = initiative_for_writing(request.viewer, request.owner, initiative)
    if queries.is_over(found):
        raise Http404
    known = {name: getattr(found, name) for name in actions.FIELDS} | {"version": found.version}
    goals, roles = goals_of(request.owner), queries.responsible_roles(reader_language())
    if found.goal and found.goal not in goals:
        goals = [*goals, found.goal]
    form = InitiativeForm(
        request.POST or None, goals=goals, roles=roles, initial=known | {"goal": found.goal_id}
    )
    if request.method != "POST" or not form.is_valid():
        return render(request, "initiatives/edit.html", {"form": form, "initiative": found})
    for name in actions.FIELDS:
        setattr(found, name, form.cleaned_data[name])
    try:
        actions.edit_initiative(
            initiative=found, version=form.cleaned_data["version"] or 0, by=request.viewer.email
        )
    except ConflictError as conflict:
        return _conflict(request, form, conflict)
    messages.success(request, _("Tiltaket er lagret."))
    return redirect("initiatives:initiative", owner=owner, initiative=found.pk)


def _conflict(request: PlacedRequest, form: InitiativeForm, conflict: ConflictError) -> HttpResponse:
    """Both versions side by side; what was written here stays in the form, at the version it now meets."""
    at_version(form, conflict.theirs.version)
    differing = [
        {"label": field.label, "theirs": _said(conflict.theirs, name), "mine": _said(conflict.mine, name)}
        for name, field in form.fields.items()
        if name in actions.FIELDS and getattr(conflict.theirs, name) != getattr(conflict.mine, name)
    ]
    context = {"form": form, "initiative": conflict.theirs, "differing": differing}
    return render(request, "initiatives/edit.html", context, status=409)


def _said(row: Any, name: str) -> Any:
    if name == "responsible_role":
        return queries.role_name(row.responsible_role, reader_language())
    return row.get_evidence_display() if name == "evidence" else getattr(row, name)


@require_POST
def move(request: PlacedRequest, owner: str, initiative: UUID) -> HttpResponse:
    """Take one step on the road."""
    found = initiative_for_writing(request.viewer, request.owner, initiative)
    form, back = MoveForm(request.POST), redirect("initiatives:initiative", owner=owner, initiative=found.pk)
    if not form.is_valid():
        messages.error(request, _("Velg et av stegene på siden."))
        return back
    try:
        actions.move_initiative(initiative=found, by=request.viewer.email, **form.cleaned_data)
    except NotAllowedError:
        messages.warning(request, _("Noen andre har flyttet tiltaket. Her ser du hvor det er nå."))
    except actions.ReasonMissingError:
        messages.error(request, _("Skriv en grunn. Den som kommer etter deg, trenger den."))
    else:
        messages.success(request, _("Tiltaket er flyttet."))
        if request.POST.get("fra") == "tavle":
            return redirect("initiatives:board", owner=owner)
    return back


@require_POST
def evaluation(request: PlacedRequest, owner: str, initiative: UUID) -> HttpResponse:
    """Agree when to look at what came of it."""
    found = initiative_for_writing(request.viewer, request.owner, initiative)
    form = EvaluationForm(request.POST)
    if form.is_valid() and not queries.is_over(found):
        actions.agree_evaluation(initiative=found, on=form.cleaned_data["on"], by=request.viewer.email)
        messages.success(request, _("Datoen er avtalt og står i årshjulet."))
    else:
        messages.error(request, _("Velg en dato."))
    return redirect("initiatives:initiative", owner=owner, initiative=found.pk)
