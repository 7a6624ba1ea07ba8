"""The schools' own plans: all of them at the owner, and one school's plan from draft to evaluation."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.work.plans import access, actions, pages, queries
from tettpaa.work.plans.actions import Status
from tettpaa.work.plans.forms.school import (
    HeardForm,
    SchoolGoalForm,
    SchoolPlanForm,
    SchoolStepForm,
    SchoolYearForm,
    StatusForm,
)
from tettpaa.work.plans.views.common import FormPage, form_page, sealed, tabs
from tettpaa.work.yearwheel.rules import school_year_of

if TYPE_CHECKING:
    from tettpaa.core.orgs.models import Unit

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


def _school(request: PlacedRequest) -> "Unit":
    if request.school is None:
        raise Http404
    return request.school


@require_safe
def schools(request: PlacedRequest, owner: str) -> HttpResponse:
    """How far each school's plan of the year has come, alphabetically."""
    year = school_year_of(timezone.localdate())
    lines = queries.school_lines(request.viewer, request.owner, year)
    context = {
        "lines": lines,
        "year": year,
        "tabs": tabs(owner, "plans:schools"),
        "done": queries.count_done(lines),
    }
    return render(request, "plans/schools.html", context)


@require_safe
def school_plans(request: PlacedRequest, owner: str, school: str) -> HttpResponse:
    """The school's plans, and how to begin this year's or the next."""
    place = _school(request)
    found = queries.school_plans(request.viewer, request.owner, place)
    may_edit = request.viewer.may(Permission.SCHOOL_PLANS_EDIT, place)
    years = pages.years_to_start(found, timezone.localdate()) if may_edit else []
    context = {"school": place, "plans": found, "form": SchoolYearForm(years=years) if years else None}
    return render(request, "plans/school_plans.html", context)


@require_POST
def school_start(request: PlacedRequest, owner: str, school: str) -> HttpResponse:
    """Begin a school's plan."""
    place = _school(request)
    found = queries.school_plans(request.viewer, request.owner, place)
    form = SchoolYearForm(request.POST, years=pages.years_to_start(found, timezone.localdate()))
    if not form.is_valid():
        messages.error(request, _("Velg et skoleår som ikke har en plan fra før."))
        return redirect("plans:school_plans", owner=owner, school=school)
    made = actions.start_school_plan(
        owner=request.owner, school=place, year=form.cleaned_data["year"], by=request.viewer.email
    )
    return redirect("plans:school_plan", owner=owner, school=school, plan=made.pk)


@require_safe
def school_plan(request: PlacedRequest, owner: str, school: str, plan: UUID) -> HttpResponse:
    """One school's plan of a year."""
    place = _school(request)
    found = access.school_plan_for_reading(request.viewer, request.owner, place, plan)
    may_edit = request.viewer.may(Permission.SCHOOL_PLANS_EDIT, place)
    today = timezone.localdate()
    bodies = [body.name for body in queries.bodies_for_school(request.owner)]
    context = {
        "plan": found,
        "first": pages.school_first_line(found),
        "second": pages.school_second_line(found),
        "road": pages.school_road(found),
        "goals": queries.school_goals(found),
        "premises": queries.premises_of(request.owner, place, found.year),
        "owner_goals": queries.goals_of(request.owner),
        "heard": list(found.heard.all()),
        "version": found.versions.last(),
        "next": pages.school_next(found) if may_edit else None,
        "may_write": may_edit and pages.is_open(found),
        "heard_form": HeardForm(bodies=bodies, initial={"on": today})
        if may_edit and pages.is_with_bodies(found) and bodies
        else None,
        "today": today,
    }
    return render(request, "plans/school_plan.html", context)


def _editable(request: PlacedRequest, plan: UUID) -> Any:
    return access.school_plan_for_editing(request.viewer, request.owner, _school(request), plan)


def _back(request: PlacedRequest, plan: UUID) -> str:
    return reverse("plans:school_plan", args=[request.owner.code, _school(request).code, plan])


@GET_POST
def school_edit(request: PlacedRequest, owner: str, school: str, plan: UUID) -> HttpResponse:
    """The texts of the school's plan."""
    found, back = _editable(request, plan), _back(request, plan)
    if not pages.is_open(found):
        return sealed(request, back)
    form = SchoolPlanForm(request.POST or None, instance=found)
    page = FormPage(
        _("Skolens plan"), _("Hva skal skolen få til dette året?"), back, eyebrow=_school(request).label
    )
    return form_page(
        request,
        form,
        page,
        lambda: actions.save_school_plan(
            plan=form.instance, version=form.version or 0, fields=form.written, by=request.viewer.email
        ),
    )


@GET_POST
def school_goal_new(request: PlacedRequest, owner: str, school: str, plan: UUID) -> HttpResponse:
    return _goal_form(request, plan, actions.blank_school_goal(_editable(request, plan)))


@GET_POST
def school_goal_edit(request: PlacedRequest, owner: str, school: str, plan: UUID, row: UUID) -> HttpResponse:
    found = access.school_goal_for_editing(request.viewer, request.owner, _school(request), plan, row)
    return _goal_form(request, plan, found)


def _goal_form(request: PlacedRequest, plan: UUID, row: Any) -> HttpResponse:
    back, place = _back(request, plan), _school(request)
    if not pages.is_open(row.plan):
        return sealed(request, back)
    form = SchoolGoalForm(request.POST or None, instance=row, goals=queries.goal_choices(request.owner))
    args = [request.owner.code, place.code, plan, row.pk]
    page = FormPage(
        _("Skolens mål"),
        _("Hva vil skolen få til?"),
        back,
        eyebrow=place.label,
        remove="" if form.is_new else reverse("plans:school_goal_remove", args=args),
        remove_label=_("Ta bort målet"),
    )
    return form_page(
        request,
        form,
        page,
        lambda: actions.save_school_goal(
            goal=form.instance, version=form.version, fields=form.written, by=request.viewer.email
        ),
    )


@require_POST
def school_goal_remove(
    request: PlacedRequest, owner: str, school: str, plan: UUID, row: UUID
) -> HttpResponse:
    found = access.school_goal_for_editing(request.viewer, request.owner, _school(request), plan, row)
    try:
        actions.drop_school_goal(goal=found, by=request.viewer.email)
    except actions.PlanSealedError:
        return sealed(request, _back(request, plan))
    messages.success(request, _("Målet er tatt bort."))
    return redirect(_back(request, plan))


@require_POST
def school_heard(request: PlacedRequest, owner: str, school: str, plan: UUID) -> HttpResponse:
    """A body was heard."""
    found = _editable(request, plan)
    form = HeardForm(request.POST, bodies=[body.name for body in queries.bodies_for_school(request.owner)])
    if not form.is_valid():
        messages.error(request, _("Velg hvem som ble hørt, og når."))
        return redirect(_back(request, plan))
    try:
        actions.hear_body(plan=found, **form.cleaned_data, by=request.viewer.email)
    except NotAllowedError:
        messages.error(request, _("Planen er ikke hos organene nå."))
    else:
        messages.success(request, _("Skrevet ned."))
    return redirect(_back(request, plan))


@require_POST
def school_move(request: PlacedRequest, owner: str, school: str, plan: UUID) -> HttpResponse:
    """To the bodies, back to a draft, or adopted."""
    found = _editable(request, plan)
    form = SchoolStepForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Velg en dato."))
        return redirect(_back(request, plan))
    try:
        moved = actions.move_school_plan(plan=found, **form.cleaned_data, by=request.viewer.email)
    except NotAllowedError:
        messages.error(request, _("Noen andre har flyttet planen i mellomtiden."))
    except actions.NoGoalsError:
        messages.error(request, _("Skriv minst ett mål først."))
    except actions.NobodyHeardError:
        messages.error(request, _("Planen kan ikke vedtas før minst ett organ er hørt."))
    else:
        messages.success(request, _("Planen er nå: %(state)s.") % {"state": moved.get_state_display()})
    return redirect(_back(request, plan))


@GET_POST
def school_status(request: PlacedRequest, owner: str, school: str, plan: UUID) -> HttpResponse:
    """Midway in the year, and the evaluation at its end."""
    found, back = _editable(request, plan), _back(request, plan)
    if not pages.awaits_status(found):
        messages.error(request, _("Planen må være vedtatt først."))
        return redirect(back)
    is_last = pages.is_last_status(found)
    goals = queries.school_goals(found)
    form = StatusForm(
        request.POST or None, goals=goals, is_last=is_last, initial={"on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        status = Status(text=data["text"], on=data["on"], of_goals=form.of_goals)
        try:
            actions.tell_status(plan=found, status=status, by=request.viewer.email)
        except NotAllowedError:
            return sealed(request, back)
        messages.success(request, _("Lagret."))
        return redirect(back)
    heading = _("Hva ble det av året?") if is_last else _("Hvordan går det midtveis?")
    page = FormPage(
        _("Evaluering") if is_last else _("Midtveis"), heading, back, eyebrow=_school(request).label
    )
    context = {"form": form, "form_page": page, "sides": []}
    return render(request, "plans/form.html", context, status=422 if form.errors else 200)
