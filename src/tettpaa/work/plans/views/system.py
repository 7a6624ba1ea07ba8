"""The rest of the system: the one sheet, how we work, expectations, history, and the form of each configured row."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.work.plans import actions, kinds, queries
from tettpaa.work.plans.forms import OF_KIND, extra_for
from tettpaa.work.plans.sheet import elements_of, sheet_of
from tettpaa.work.plans.views.common import FormPage, form_page, sealed, tabs


def _page(request: PlacedRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    context |= {
        "source": queries.source_of(request.owner),
        "tabs": tabs(request.owner.code, f"plans:{name}"),
        "may_edit": request.viewer.may(Permission.PLANS_EDIT, request.owner),
    }
    return render(request, f"plans/{name}.html", context)


@require_safe
def sheet(request: PlacedRequest, owner: str) -> HttpResponse:
    """The whole system on one sheet, drawn and in words."""
    plan = queries.main_plan(request.viewer, request.owner)
    shown = queries.shown_plan(request.viewer, plan) if plan else None
    rows = elements_of(request.owner)
    context = {
        "plan": plan,
        "sheet": sheet_of(shown.words if shown else None, rows),
    }
    return _page(request, "sheet", context)


@require_safe
def ways(request: PlacedRequest, owner: str) -> HttpResponse:
    """Where we meet, how projects are organised, and which support systems there are."""
    return _page(request, "ways", {"system": queries.system_of(request.owner)})


@require_safe
def expectations(request: PlacedRequest, owner: str) -> HttpResponse:
    """Who expects what of whom, and what is recommended to whom."""
    system = queries.system_of(request.owner)
    names = queries.names_of_ties(request.viewer, request.owner)
    return _page(request, "expectations", {"system": system, "names": names})


@require_safe
def history(request: PlacedRequest, owner: str) -> HttpResponse:
    """What has happened, with the source of each line."""
    return _page(request, "history", {"system": queries.system_of(request.owner)})


@require_http_methods(["GET", "HEAD", "POST"])
def row_new(request: PlacedRequest, owner: str, kind: str) -> HttpResponse:
    """A new row of a kind."""
    plan = queries.plan_to_write(request.owner)
    row = kinds.blank_row(request.owner, kind, plan)
    return _row_form(request, kind, row, plan)


@require_http_methods(["GET", "HEAD", "POST"])
def row_edit(request: PlacedRequest, owner: str, kind: str, row: UUID) -> HttpResponse:
    found = kinds.row_of(request.owner, kind, row)
    return _row_form(request, kind, found, kinds.plan_of(found))


def _row_form(request: PlacedRequest, kind: str, row: Any, plan: Any) -> HttpResponse:
    about = kinds.kind_called(kind)
    owner = request.owner.code
    back = (
        reverse("plans:draft_of", args=[owner, plan.pk])
        if about.in_plan
        else reverse(about.page, args=[owner])
    )
    if about.in_plan and not plan.is_open:
        return sealed(request, reverse("plans:plan", args=[owner]))
    ties = list(queries.names_of_ties(request.viewer, request.owner).items())
    form = OF_KIND[kind](request.POST or None, instance=row, **extra_for(kind, plan=plan, ties=ties))
    title = str(about.new if form.is_new else about.write)
    page = FormPage(
        _("Kommunens system"),
        title,
        back,
        remove="" if form.is_new else reverse("plans:row_remove", args=[owner, kind, row.pk]),
        remove_label=_("Ta det bort"),
    )
    return form_page(
        request,
        form,
        page,
        lambda: actions.save_row(
            row=form.instance, version=form.version, fields=form.written, by=request.viewer.email
        ),
    )


@require_POST
def row_remove(request: PlacedRequest, owner: str, kind: str, row: UUID) -> HttpResponse:
    found = kinds.row_of(request.owner, kind, row)
    about = kinds.kind_called(kind)
    if about.in_plan and kinds.plan_of(found) is None:
        raise Http404
    back = reverse(about.page, args=[owner])
    try:
        actions.remove_row(row=found, by=request.viewer.email)
    except actions.PlanSealedError:
        return sealed(request, back)
    messages.success(request, _("Tatt bort."))
    return redirect(back)
