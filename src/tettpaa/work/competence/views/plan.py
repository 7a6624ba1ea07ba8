"""The yearly plan: what everybody may read, and how it is written, discussed, adopted and evaluated."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.language import reader_language
from tettpaa.core.ui.panels import Asked, papers
from tettpaa.work.competence import access, actions, pages, queries
from tettpaa.work.competence.forms.plan import (
    AreaForm,
    DiscussForm,
    EvaluateForm,
    MovePlanForm,
    NeedForm,
    PlaceForm,
    PlanForm,
    StatementForm,
    YearForm,
)
from tettpaa.work.competence.views.common import GET_POST, FormPage, act, form_page, school_of, tabs
from tettpaa.work.plans.queries import goals_of

if TYPE_CHECKING:
    from tettpaa.work.competence.models import CompetencePlan, PlanArea


@require_safe
def plan(request: PlacedRequest, owner: str) -> HttpResponse:
    """The plan that holds now, for everybody; before there is one, what the owner builds competence by."""
    found = queries.plan_to_show(request.viewer, request.owner)
    if found is not None:
        return _show(request, found)
    may_write = access.may_write_plan(request.viewer, request.owner)
    context = {
        "tabs": tabs(request, "competence:plan"),
        "frame": queries.frame_of(request.owner),
        "has_open": queries.has_open_plan(request.owner),
        "parts": queries.plan_parts(request.viewer, request.owner, None),
        "form": _year_form(request) if may_write else None,
    }
    return render(request, "competence/plan_none.html", context)


@require_safe
def open_page(request: HttpRequest, unit: str) -> HttpResponse:
    """The adopted plan for everybody: nobody needs to sign in."""
    found = queries.open_plan(unit)
    if found is None:
        raise Http404
    return render(
        request, "competence/open.html", {"owner": found.owner, "parts": found, "paper": found.paper}
    )


@require_safe
def plans(request: PlacedRequest, owner: str) -> HttpResponse:
    """All plans the reader may read, newest first."""
    found = queries.plans_for(request.viewer, request.owner)
    may_write = access.may_write_plan(request.viewer, request.owner)
    context = {
        "plans": found,
        "tabs": tabs(request, "competence:plan"),
        "form": _year_form(request) if may_write else None,
    }
    return render(request, "competence/plans.html", context)


def _year_form(request: PlacedRequest, *, data: object = None) -> YearForm | None:
    years = pages.years_to_start(queries.plans_of(request.owner), timezone.localdate(), reader_language())
    return YearForm(data, years=years) if years else None


@require_POST
def start(request: PlacedRequest, owner: str) -> HttpResponse:
    """Begin the plan of a school year."""
    form = _year_form(request, data=request.POST)
    if form is None or not form.is_valid():
        messages.error(request, _("Velg et skoleår som ikke har en plan fra før."))
        return redirect("competence:plans", owner=owner)
    made = actions.start_plan(owner=request.owner, year=form.cleaned_data["year"], by=request.viewer.email)
    return redirect("competence:one", owner=owner, plan=made.pk)


@require_safe
def one(request: PlacedRequest, owner: str, plan: UUID) -> HttpResponse:
    """One plan."""
    return _show(request, access.plan_for_reading(request.viewer, request.owner, plan))


def _show(request: PlacedRequest, found: "CompetencePlan") -> HttpResponse:
    may_write = access.may_write_plan(request.viewer, request.owner)
    first, second = pages.plan_line(found)
    may_adopt = request.viewer.may(Permission.COMPETENCE_ADOPT, request.owner)
    today = timezone.localdate()
    asked = Asked(request.viewer, request.owner, today)
    context = {
        "plan": found,
        "first": first,
        "second": second,
        "road": pages.plan_road(found),
        "tabs": tabs(request, "competence:plan"),
        "parts": queries.plan_parts(request.viewer, request.owner, found),
        "papers": papers("competence_plan", asked, found.pk),
        "may_write": may_write and queries.is_open(found),
        "may_speak": queries.is_open(found) and access.union_body(request.viewer, request.owner),
        "may_move": may_adopt and bool(pages.plan_steps(found)),
        "may_evaluate": may_write and queries.is_in_use(found),
        "version": found.versions.last(),
        "has_open": queries.has_open_plan(request.owner),
    }
    return render(request, "competence/plan.html", context)


def _back(owner: str, plan: UUID) -> str:
    return reverse("competence:one", args=[owner, plan])


@GET_POST
def edit(request: PlacedRequest, owner: str, plan: UUID) -> HttpResponse:
    """The plan's own words."""
    found = access.plan_for_editing(request.viewer, request.owner, plan)
    form = PlanForm(request.POST or None, instance=found)
    page = FormPage(_("Kompetanseplan"), _("Hva skal planen si?"), _back(owner, plan))
    return form_page(
        request,
        form,
        page,
        lambda: actions.save_plan(
            plan=form.instance, version=form.version or 0, fields=form.written, by=request.viewer.email
        ),
    )


@require_POST
def gather(request: PlacedRequest, owner: str, plan: UUID) -> HttpResponse:
    """Gather the schools' needs anew."""
    found = access.plan_for_editing(request.viewer, request.owner, plan)
    return act(
        request,
        lambda: actions.gather_needs(plan=found, by=request.viewer.email),
        f"{_back(owner, plan)}#behov",
        _("Behovene er hentet inn."),
    )


@GET_POST
def place(request: PlacedRequest, owner: str, plan: UUID) -> HttpResponse:
    """Which area of the plan answers each need."""
    found = access.plan_for_editing(request.viewer, request.owner, plan)
    form = PlaceForm(
        request.POST or None, needs=list(found.needs.select_related("school")), areas=list(found.areas.all())
    )
    page = FormPage(
        _("Behov"),
        _("Hvilket område svarer på behovet?"),
        f"{_back(owner, plan)}#behov",
        eyebrow=found.title,
        help=_("Et behov som ingen områder svarer på, blir stående uten svar i planen."),
    )
    return form_page(
        request,
        form,
        page,
        lambda: actions.place_needs(plan=found, areas=form.areas_of, by=request.viewer.email),
    )


@GET_POST
def need(request: PlacedRequest, owner: str, school: str) -> HttpResponse:
    """A school tells of a need, while a plan is being made."""
    place = school_of(request)
    found = queries.plan_being_made(request.owner)
    back = reverse("competence:staff", args=[owner, place.code])
    if found is None:
        messages.error(request, _("Ingen kompetanseplan er under arbeid nå."))
        return redirect(back)
    form = NeedForm(request.POST or None)
    page = FormPage(
        _("Behov"), _("Hva trenger skolen å lære mer om?"), back, eyebrow=place.label, help=found.title
    )
    return form_page(
        request,
        form,
        page,
        lambda: actions.tell_need(
            plan=found, school=place, text=form.cleaned_data["text"], by=request.viewer.email
        ),
    )


@GET_POST
def discuss(request: PlacedRequest, owner: str, plan: UUID) -> HttpResponse:
    """The plan was discussed with the unions."""
    found = access.plan_for_editing(request.viewer, request.owner, plan)
    form = DiscussForm(request.POST or None, initial={"on": timezone.localdate()})
    page = FormPage(_("Drøfting"), _("Hva sa de tillitsvalgte?"), _back(owner, plan), eyebrow=found.title)
    return form_page(
        request,
        form,
        page,
        lambda: actions.discuss(
            plan=found, talked=actions.Talked(**form.cleaned_data), by=request.viewer.email
        ),
    )


@GET_POST
def statement(request: PlacedRequest, owner: str, plan: UUID) -> HttpResponse:
    """A union's own words on a plan that is being made. They count as a discussion of it."""
    found = access.plan_for_union(request.viewer, request.owner, plan)
    form = StatementForm(request.POST or None)
    body = access.union_body(request.viewer, request.owner)
    told = _("Det dere skriver, leses av dem som skriver planen. Alle kan lese at den er drøftet med dere.")
    page = FormPage(_("Drøfting"), _("Hva mener dere?"), _back(owner, plan), eyebrow=found.title, help=told)

    def save() -> None:
        talked = actions.Talked(timezone.localdate(), body, form.cleaned_data["said"])
        actions.discuss(plan=found, talked=talked, by=request.viewer.email)

    return form_page(request, form, page, save)


@GET_POST
def area_new(request: PlacedRequest, owner: str, plan: UUID) -> HttpResponse:
    found = access.plan_for_editing(request.viewer, request.owner, plan)
    return _area(request, plan, queries.blank_area(found))


@GET_POST
def area(request: PlacedRequest, owner: str, plan: UUID, part: UUID) -> HttpResponse:
    return _area(request, plan, access.area_for_editing(request.viewer, request.owner, plan, part))


def _area(request: PlacedRequest, plan: UUID, row: "PlanArea") -> HttpResponse:
    place = request.owner
    services = [(service.key, service.title) for service in queries.services(place)]
    form = AreaForm(request.POST or None, instance=row, services=services, goals=goals_of(place))
    remove = "" if form.is_new else reverse("competence:area_remove", args=[place.code, plan, row.pk])
    page = FormPage(
        _("Kompetanseområde"),
        _("Hva skal vi bli bedre til?"),
        _back(place.code, plan),
        remove=remove,
        remove_label=_("Ta bort området"),
    )
    return form_page(
        request,
        form,
        page,
        lambda: actions.save_area(
            area=form.instance, version=form.version, fields=form.written, by=request.viewer.email
        ),
    )


@require_POST
def area_remove(request: PlacedRequest, owner: str, plan: UUID, part: UUID) -> HttpResponse:
    row = access.area_for_editing(request.viewer, request.owner, plan, part)
    return act(
        request,
        lambda: actions.remove_area(area=row, by=request.viewer.email),
        _back(owner, plan),
        _("Området er tatt bort."),
    )


@GET_POST
def move(request: PlacedRequest, owner: str, plan: UUID) -> HttpResponse:
    """The next step: discussed, adopted, in use."""
    found = access.plan_for_reading(request.viewer, request.owner, plan)
    steps = pages.plan_steps(found)
    if not steps:
        messages.error(request, _("Planen har ikke flere steg her."))
        return redirect(_back(owner, plan))
    form = MovePlanForm(request.POST or None, steps=steps, initial={"on": timezone.localdate()})
    page = FormPage(_("Planens vei"), _("Hva skjer med planen nå?"), _back(owner, plan), eyebrow=found.title)
    return form_page(
        request,
        form,
        page,
        lambda: actions.move_plan(plan=found, **form.cleaned_data, by=request.viewer.email),
    )


@GET_POST
def evaluate(request: PlacedRequest, owner: str, plan: UUID) -> HttpResponse:
    """How the year went."""
    found = access.plan_for_editing(request.viewer, request.owner, plan)
    areas = list(found.areas.all())
    form = EvaluateForm(request.POST or None, areas=areas, initial={"on": timezone.localdate()})
    page = FormPage(_("Evaluering"), _("Hva ble det av året?"), _back(owner, plan), eyebrow=found.title)
    return form_page(
        request,
        form,
        page,
        lambda: actions.evaluate_plan(
            plan=found,
            judged=actions.Judged(form.cleaned_data["text"], form.cleaned_data["on"], form.of_areas),
            by=request.viewer.email,
        ),
    )
