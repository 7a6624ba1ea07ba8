"""The owner's plan: what holds, the draft, the sealed versions, the road, and the goals."""

from typing import Any
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
from tettpaa.core.ui.panels import Asked, papers
from tettpaa.work.plans import access, actions, pages, queries
from tettpaa.work.plans.figures import baseline_of, followed, rows_for
from tettpaa.work.plans.forms.plan import (
    GoalForm,
    IndicatorForm,
    OutcomeForm,
    PlanForm,
    StartForm,
    StepForm,
)
from tettpaa.work.plans.views.common import FormPage, form_page, sealed, tabs
from tettpaa.work.yearwheel.rules import school_year_of

GET_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def plan(request: PlacedRequest, owner: str) -> HttpResponse:
    """The plan that holds, or how to begin one."""
    found = queries.main_plan(request.viewer, request.owner)
    if found is not None:
        return _plan_page(request, found.pk, "plans:plan")
    context = {
        "tabs": tabs(owner, "plans:plan"),
        "may_edit": request.viewer.may(Permission.PLANS_EDIT, request.owner),
    }
    return render(request, "plans/none.html", context)


@require_safe
def one(request: PlacedRequest, owner: str, plan: UUID) -> HttpResponse:
    """One of the owner's plans, older ones too."""
    return _plan_page(request, plan, "plans:one")


def _plan_page(request: PlacedRequest, pk: UUID, here: str, *, draft: bool = False) -> HttpResponse:
    found = access.plan_for_reading(request.viewer, request.owner, pk)
    shown = queries.shown_plan(request.viewer, found, draft=draft)
    if shown is None:
        raise Http404
    choices = pages.next_steps(found)
    may_decide = request.viewer.may(Permission.PLANS_DECIDE, request.owner)
    may_edit = request.viewer.may(Permission.PLANS_EDIT, request.owner)
    asked = Asked(viewer=request.viewer, owner=request.owner, today=timezone.localdate())
    context = {
        "plan": found,
        "shown": shown,
        "areas": pages.areas_of(shown.words),
        "first": pages.first_line(shown),
        "second": pages.second_line(shown, timezone.localdate()),
        "road": pages.road(found),
        "tabs": tabs(request.owner.code, here),
        "others": [
            other
            for other in queries.plans_of(request.owner)
            if other != found and access.may_read_plan(request.viewer, other)
        ],
        "versions": list(reversed(found.versions.all())),
        "differences": pages.since_sealed(shown) if draft else [],
        "cases": papers("plan", asked, found.pk),
        "may_edit": may_edit and found.is_open,
        "may_read_draft": access.may_read_draft(request.viewer, found),
        "step_form": StepForm(choices=choices, initial={"on": timezone.localdate()})
        if may_decide and choices
        else None,
    }
    return render(request, "plans/plan.html", context)


@require_safe
def draft(request: PlacedRequest, owner: str) -> HttpResponse:
    """The draft of the plan that is being worked on; where areas and themes lead back to."""
    found = queries.plan_to_write(request.owner)
    if found is None:
        return redirect("plans:plan", owner=owner)
    return draft_of(request, owner, found.pk)


@require_safe
def draft_of(request: PlacedRequest, owner: str, plan: UUID) -> HttpResponse:
    """The words as they stand now, with what has changed since the sealed ones."""
    return _plan_page(request, plan, "plans:draft_of", draft=True)


@require_safe
def version(request: PlacedRequest, owner: str, plan: UUID, number: int) -> HttpResponse:
    """A sealed version, its fingerprint, and what it changed."""
    found = access.plan_for_reading(request.viewer, request.owner, plan)
    this = queries.sealed(found, number)
    if this is None:
        raise Http404
    context = {
        "plan": found,
        "version": this,
        "words": pages.words_in(this),
        "areas": pages.areas_of(pages.words_in(this)),
        "differences": pages.differences_from(queries.sealed(found, number - 1), this),
    }
    return render(request, "plans/version.html", context)


@GET_POST
def start(request: PlacedRequest, owner: str) -> HttpResponse:
    """Begin a plan."""
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.start_plan(owner=request.owner, **form.cleaned_data, by=request.viewer.email)
        return redirect("plans:draft_of", owner=owner, plan=made.pk)
    page = FormPage(_("Ny plan"), _("Hvilken plan skal dere lage?"), reverse("plans:plan", args=[owner]))
    context = {"form": form, "form_page": page, "sides": []}
    return render(request, "plans/form.html", context, status=422 if form.errors else 200)


@GET_POST
def edit(request: PlacedRequest, owner: str, plan: UUID) -> HttpResponse:
    """The plan's own words."""
    found = access.plan_for_editing(request.viewer, request.owner, plan)
    back = reverse("plans:draft_of", args=[owner, plan])
    if not found.is_open:
        return sealed(request, reverse("plans:one", args=[owner, plan]))
    form = PlanForm(request.POST or None, instance=found)
    page = FormPage(
        _("Endre planen"), _("Hva er planen, og hvor lenge gjelder den?"), back, eyebrow=str(found)
    )
    return form_page(
        request,
        form,
        page,
        lambda: actions.save_plan(
            plan=form.instance, version=form.version or 0, fields=form.written, by=request.viewer.email
        ),
    )


@require_POST
def move(request: PlacedRequest, owner: str, plan: UUID) -> HttpResponse:
    """Carry the plan one step along its road."""
    found = access.plan_for_reading(request.viewer, request.owner, plan)
    form = StepForm(request.POST, choices=pages.next_steps(found))
    if not form.is_valid():
        messages.error(request, " ".join(str(error[0]) for error in form.errors.values()))
        return redirect("plans:one", owner=owner, plan=plan)
    step = actions.Step(**form.cleaned_data)
    try:
        moved = actions.move_plan(plan=found, step=step, by=request.viewer.email)
    except NotAllowedError:
        messages.error(request, _("Noen andre har flyttet planen i mellomtiden."))
    else:
        messages.success(request, _("Planen er nå: %(state)s.") % {"state": moved.get_state_display()})
    return redirect("plans:one", owner=owner, plan=plan)


@require_safe
def goal(request: PlacedRequest, owner: str, goal: UUID) -> HttpResponse:
    """Everything about a goal: signs, tools, question, indicators with figures now, and who works on it."""
    found = access.goal_for_reading(request.viewer, request.owner, goal)
    words = queries.shown_goal(request.viewer, found)
    if words is None:
        raise Http404
    today = timezone.localdate()
    may_edit = request.viewer.may(Permission.PLANS_EDIT, request.owner)
    choices = pages.outcomes(found) if request.viewer.may(Permission.PLANS_DECIDE, request.owner) else []
    context = {
        "goal": found,
        "words": words,
        "signs": pages.signs_of(words),
        "rows": rows_for(request.viewer, request.owner, [followed(link) for link in words["indicators"]]),
        "schools": queries.schools_on(request.viewer, found, school_year_of(today)),
        "year": school_year_of(today),
        "expectations": queries.expectations_on(request.owner, found),
        "asked": Asked(viewer=request.viewer, owner=request.owner, today=today, goal=found.pk),
        "may_edit": may_edit and found.plan.is_open,
        "outcome_form": OutcomeForm(choices=choices, initial={"outcome": found.outcome}) if choices else None,
    }
    return render(request, "plans/goal.html", context)


@GET_POST
def goal_new(request: PlacedRequest, owner: str, plan: UUID) -> HttpResponse:
    """A new goal of a plan."""
    found = access.plan_for_editing(request.viewer, request.owner, plan)
    return _goal_form(request, actions.blank_goal(found), reverse("plans:draft_of", args=[owner, plan]))


@GET_POST
def goal_edit(request: PlacedRequest, owner: str, goal: UUID) -> HttpResponse:
    found = access.goal_for_editing(request.viewer, request.owner, goal)
    return _goal_form(request, found, reverse("plans:goal", args=[owner, goal]))


def _goal_form(request: PlacedRequest, row: Any, back: str) -> HttpResponse:
    if not row.plan.is_open:
        return sealed(request, back)
    form = GoalForm(request.POST or None, instance=row, plan=row.plan)
    title = _("Nytt mål") if form.is_new else _("Endre målet")
    heading = _("Hva vil dere, og hvordan ser god praksis ut?")
    help_text = _("Skriv ett tegn på hver linje. La stå tomt det dere ikke vet ennå.")
    page = FormPage(title, heading, back, eyebrow=str(row.plan), help=help_text)

    def save() -> None:
        actions.save_goal(
            goal=form.instance,
            version=form.version,
            fields=form.written,
            around=form.around,
            by=request.viewer.email,
        )

    return form_page(request, form, page, save)


@require_POST
def outcome(request: PlacedRequest, owner: str, goal: UUID) -> HttpResponse:
    """How the goal went, or that it is taken out."""
    found = access.goal_for_reading(request.viewer, request.owner, goal)
    form = OutcomeForm(request.POST, choices=pages.outcomes(found))
    if not form.is_valid():
        messages.error(request, _("Velg hvordan det gikk."))
        return redirect("plans:goal", owner=owner, goal=goal)
    try:
        actions.settle_goal(goal=found, **form.cleaned_data, by=request.viewer.email)
    except (NotAllowedError, actions.PlanSealedError):
        return sealed(request, reverse("plans:goal", args=[owner, goal]))
    messages.success(request, _("Lagret."))
    return redirect("plans:goal", owner=owner, goal=goal)


@GET_POST
def indicator_new(request: PlacedRequest, owner: str, goal: UUID) -> HttpResponse:
    """Tie an indicator to a goal."""
    found = access.goal_for_editing(request.viewer, request.owner, goal)
    return _indicator_form(request, actions.blank_indicator(found))


@GET_POST
def indicator_edit(request: PlacedRequest, owner: str, goal: UUID, row: UUID) -> HttpResponse:
    return _indicator_form(request, access.indicator_for_editing(request.viewer, request.owner, goal, row))


def _indicator_form(request: PlacedRequest, link: Any) -> HttpResponse:
    owner = request.owner.code
    back = reverse("plans:goal", args=[owner, link.goal.pk])
    if not link.goal.plan.is_open:
        return sealed(request, back)
    form = IndicatorForm(request.POST or None, instance=link)
    page = FormPage(
        _("Tall for målet"),
        _("Hvilket tall følger vi, og hvor vil vi?"),
        back,
        eyebrow=link.goal.text,
        help=_("Utgangspunktet hentes fra de publiserte tallene, med usikkerheten."),
        remove="" if form.is_new else reverse("plans:indicator_remove", args=[owner, link.goal.pk, link.pk]),
        remove_label=_("Slutt å følge tallet"),
    )

    def save() -> None:
        data = form.cleaned_data
        key = (data["indicator"], data["grade"], data["gender"])
        baseline = baseline_of(request.owner, *key) if data["take_newest"] else None
        actions.save_indicator(
            link=form.instance,
            version=form.version,
            fields=form.written,
            baseline=baseline,
            by=request.viewer.email,
        )

    return form_page(request, form, page, save)


@require_POST
def indicator_remove(request: PlacedRequest, owner: str, goal: UUID, row: UUID) -> HttpResponse:
    found = access.indicator_for_editing(request.viewer, request.owner, goal, row)
    back = reverse("plans:goal", args=[owner, goal])
    try:
        actions.drop_indicator(link=found, by=request.viewer.email)
    except actions.PlanSealedError:
        return sealed(request, back)
    messages.success(request, _("Målet følges ikke lenger av tallet."))
    return redirect(back)
