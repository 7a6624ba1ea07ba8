"""What was decided, point by point, and what became of it."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.forms import formset_factory
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.panels import Asked
from tettpaa.report.annual.queries import published
from tettpaa.report.decisions import access, actions, paper, queries, six, wording
from tettpaa.report.decisions.enums import ITEM_PATHS
from tettpaa.report.decisions.forms import MOST_ITEMS, ItemForm, ProtocolForm, ReportBackForm, StartForm
from tettpaa.report.decisions.views.cases import asked, start_choices, step_or_404

if TYPE_CHECKING:
    from tettpaa.report.decisions.models import CaseStep, DecisionItem

EMPTY_ROWS = 4
ItemForms = formset_factory(ItemForm, extra=EMPTY_ROWS, max_num=MOST_ITEMS, absolute_max=MOST_ITEMS)


@require_safe
def decisions(request: PlacedRequest, owner: str) -> HttpResponse:
    """The council's page: six questions, and what became of what was decided last time."""
    today = timezone.localdate()
    lines = queries.last_decisions(request.owner)
    found = six.answers(request.owner, lines, today)
    choices = start_choices(request)
    reports = published(request.viewer, request.owner)
    context = {
        "answers": found,
        "first": six.first_line(found),
        "lines": [(line, *wording.item_status(line, today)) for line in lines],
        "decided": wording.decided_line(lines),
        "bars": wording.bars_of(lines),
        "decided_on": lines[0].item.protocol.met_on if lines else None,
        "cases": queries.cases(request.viewer, request.owner),
        "to_answer": queries.hearings_to_answer(request.viewer, request.owner),
        "report": reports[0] if reports else None,
        "form": StartForm(choices=choices) if choices else None,
        "today": today,
        "asked": asked(request),
    }
    return render(request, "decisions/decisions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def protocol(request: PlacedRequest, owner: str, row: UUID) -> HttpResponse:
    """Write down what a body did. Once recorded it is never changed."""
    step = step_or_404(request, row)
    if not wording.needs_protocol(step):
        return redirect("decisions:held", owner=owner, row=row)
    goals = queries.goals_to_choose(request.owner)
    form = ProtocolForm(
        request.POST or None, step=step, initial={"met_on": step.planned_on, "text": _recommended(step)}
    )
    items = ItemForms(
        request.POST or None, form_kwargs={"goals": goals}, prefix="item", initial=_points(step)
    )
    # Only the deciding body's page has rows for points; without them there is nothing to hold valid.
    if request.method == "POST" and form.is_valid() and (not step.decides or items.is_valid()):
        wanted = _items(items, goals) if form.adopts else []
        if form.adopts and not wanted:
            form.add_error(None, _("Del vedtaket i punkter: minst ett."))
        elif _recorded(request, step, form.cleaned_data, wanted):
            return redirect("decisions:case", owner=owner, case=step.case_id)
    context = {
        "step": step,
        "case": step.case,
        "form": form,
        "items": items,
        "decides": step.decides,
        "asked": asked(request),
    }
    return render(request, "decisions/protocol.html", context)


def _recommended(step: "CaseStep") -> str:
    """The recommendation, so that nobody types it anew."""
    row = queries.texts_of(step.case).get("innstilling")
    return row.text if row else ""


def _points(step: "CaseStep") -> list[dict[str, Any]]:
    """The recommendation's points, one a row, on the deciding step."""
    if not step.decides:
        return []
    from_text = paper.points_of(_recommended(step))
    return [{"text": point, "kind": "decision"} for point in from_text[: MOST_ITEMS - EMPTY_ROWS]]


def _items(items: Any, goals: list[Any]) -> list[actions.NewItem]:
    by_key = {str(goal.pk): goal for goal in goals}
    rows = (form.cleaned_data for form in items if form.cleaned_data.get("text"))
    return [
        actions.NewItem(
            kind=row["kind"],
            text=row["text"],
            responsible_role=row["responsible_role"],
            due_on=row["due_on"],
            becomes=row["becomes"] or "initiative",
            goal=by_key.get(row["goal"]),
        )
        for row in rows
    ]


def _recorded(
    request: PlacedRequest, step: "CaseStep", data: dict[str, Any], items: list[actions.NewItem]
) -> bool:
    """Records the protocol; False with a message when the case is not where it must be."""
    made = actions.NewProtocol(items=items, **data)
    try:
        actions.record_protocol(step=step, protocol=made, by=request.viewer.email)
    except actions.NotHeardError:
        messages.error(request, _("Svar først på alle uttalelsene: hva endret de?"))
        return False
    except NotAllowedError:
        messages.error(request, _("Saken er ikke der at dette organet kan behandle den nå."))
        return False
    messages.success(request, _("Protokollen er lagret og kan ikke endres."))
    return True


@require_safe
def item(request: PlacedRequest, owner: str, decision: UUID) -> HttpResponse:
    """One point: its words, who has it, what it became, and what has been told of it."""
    found = _item_or_404(request, decision)
    state = queries.state_of(found)
    today = timezone.localdate()
    line = next(
        one for one in queries.item_lines(request.owner, case=found.protocol.case) if one.item.pk == found.pk
    )
    may_edit = request.viewer.may(Permission.DECISIONS_EDIT, request.owner)
    states = ITEM_PATHS[state]
    may_open = found.initiative is not None and request.viewer.may(
        Permission.INITIATIVES_READ, found.initiative.school or request.owner
    )
    context = {
        "may_open": may_open,
        "item": found,
        "line": line,
        "status": wording.item_status(line, today),
        "role": wording.role_name(found.responsible_role),
        "told": list(found.reports.order_by("-told_at")),
        "form": ReportBackForm(states=list(states), initial={"on": today}) if may_edit and states else None,
        "asked": Asked(request.viewer, request.owner, today, found.school, found.goal_id),
    }
    return render(request, "decisions/item.html", context)


@require_POST
def report_back(request: PlacedRequest, owner: str, decision: UUID) -> HttpResponse:
    """Tell what has become of a point."""
    found = _item_or_404(request, decision)
    form = ReportBackForm(request.POST, states=list(ITEM_PATHS[queries.state_of(found)]))
    if not form.is_valid():
        messages.error(request, _("Velg hvordan det går, og skriv hva som er gjort eller hvorfor ikke."))
        return redirect("decisions:item", owner=owner, decision=decision)
    data = form.cleaned_data
    actions.report_back(
        item=found, state=data["state"], text=data["text"], on=data["on"], by=request.viewer.email
    )
    messages.success(request, _("Meldt tilbake. Det står i neste års rapport."))
    return redirect("decisions:item", owner=owner, decision=decision)


def _item_or_404(request: PlacedRequest, pk: UUID) -> "DecisionItem":
    found = access.item_for_reading(request.viewer, request.owner, pk)
    if found is None:
        raise Http404
    return found
