"""Mentoring, leaders' studies, trade certificates, resource roles and what is spread."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.work.competence import access, actions, pages, queries
from tettpaa.work.competence.forms.staff import (
    MentoringForm,
    RoleForm,
    SpreadForm,
    StudyForm,
    TalkForm,
    TradeForm,
)
from tettpaa.work.competence.views.common import GET_POST, FormPage, act, form_page, school_of


def _record(owner: str, employee: UUID) -> str:
    return reverse("competence:employee", args=[owner, employee])


@GET_POST
def mentoring_new(request: PlacedRequest, owner: str, employee: UUID) -> HttpResponse:
    """Offer mentoring."""
    found = access.employee_for_editing(request.viewer, request.owner, employee)
    people = queries.possible_mentors(found, timezone.localdate())
    form = MentoringForm(request.POST or None, colleagues=people)
    page = FormPage(
        _("Veiledning"),
        _("Hvem veileder %(name)s?") % {"name": found.name},
        _record(owner, employee),
        help=_("Nyutdannede skal få tilbud om veiledning de to første årene."),
    )
    return form_page(
        request,
        form,
        page,
        lambda: actions.offer_mentoring(employee=found, wanted=_wanted(form), by=request.viewer.email),
    )


def _wanted(form: MentoringForm) -> actions.MentorPlan:
    data = form.cleaned_data
    return actions.MentorPlan(form.colleagues.get(data["mentor"]), data["plan"], data["hours"])


@require_safe
def mentoring(request: PlacedRequest, owner: str, mentorship: UUID) -> HttpResponse:
    """Plan, hours and talks; what was said only for the two of them."""
    found = access.mentorship_for_reading(request.viewer, request.owner, mentorship)
    is_of_two = access.is_one_of_two(request.viewer, found)
    context = {
        "row": found,
        "sessions": list(found.sessions.all()),
        "minutes": queries.minutes_of(found),
        "is_of_two": is_of_two,
        "may_log": access.is_mentor(request.viewer, found) and pages.is_mentoring(found),
        "is_answering": access.is_answering(request.viewer, found),
        "steps": pages.mentoring_steps(found, request.viewer),
        "road": pages.mentoring_road(found),
    }
    return render(request, "competence/mentoring.html", context)


@GET_POST
def mentoring_edit(request: PlacedRequest, owner: str, mentorship: UUID) -> HttpResponse:
    """Change mentor, plan or hours."""
    row = access.mentorship_for_writing(request.viewer, request.owner, mentorship)
    found = row.employee
    initial = {"mentor": row.mentor_id, "plan": row.plan, "hours": row.hours_planned}
    people = queries.possible_mentors(found, timezone.localdate())
    form = MentoringForm(request.POST or None, colleagues=people, initial=initial)
    back = reverse("competence:mentoring", args=[owner, row.pk])
    page = FormPage(_("Veiledning"), _("Hvem veileder %(name)s?") % {"name": found.name}, back)
    return form_page(
        request,
        form,
        page,
        lambda: actions.write_mentoring(row=row, wanted=_wanted(form), by=request.viewer.email),
    )


@require_POST
def mentoring_move(request: PlacedRequest, owner: str, mentorship: UUID) -> HttpResponse:
    """One step of the mentoring, by the leader; the new teacher answers the offer."""
    to = request.POST.get("to", "")
    row = access.mentorship_for_moving(request.viewer, request.owner, mentorship, to)
    return act(
        request,
        lambda: actions.move_mentoring(row=row, to=to, by=request.viewer.email),
        reverse("competence:mentoring", args=[owner, row.pk]),
        _("Lagret."),
    )


@GET_POST
def talk(request: PlacedRequest, owner: str, mentorship: UUID) -> HttpResponse:
    """The mentor writes down a talk."""
    row = access.mentorship_for_reading(request.viewer, request.owner, mentorship)
    if not access.is_mentor(request.viewer, row):
        raise Http404
    form = TalkForm(request.POST or None, initial={"on": timezone.localdate()})
    back = reverse("competence:mentoring", args=[owner, row.pk])
    page = FormPage(_("Veiledning"), _("Hva snakket dere om?"), back, eyebrow=row.employee.name)
    return form_page(
        request,
        form,
        page,
        lambda: actions.add_session(row=row, talk=actions.Talk(**form.cleaned_data), by=request.viewer.email),
    )


@GET_POST
def study_new(request: PlacedRequest, owner: str, employee: UUID) -> HttpResponse:
    """A leader applies for the principals' education."""
    found = access.employee_for_editing(request.viewer, request.owner, employee)
    form = StudyForm(request.POST or None)
    page = FormPage(
        _("Rektorutdanning"),
        _("Hvilken utdanning skal %(name)s ta?") % {"name": found.name},
        _record(owner, employee),
    )
    return form_page(
        request,
        form,
        page,
        lambda: actions.start_study(
            employee=found, study=actions.Study(**form.cleaned_data), by=request.viewer.email
        ),
    )


@require_POST
def study_move(request: PlacedRequest, owner: str, study: UUID) -> HttpResponse:
    row = access.study_for_editing(request.viewer, request.owner, study)
    return act(
        request,
        lambda: actions.move_study(row=row, to=request.POST.get("to", ""), by=request.viewer.email),
        f"{_record(owner, row.employee_id)}#utdanning",
        _("Lagret."),
    )


@GET_POST
def trade_new(request: PlacedRequest, owner: str, employee: UUID) -> HttpResponse:
    """An assistant sets out for a trade certificate."""
    found = access.employee_for_editing(request.viewer, request.owner, employee)
    form = TradeForm(request.POST or None)
    page = FormPage(
        _("Fagbrev"),
        _("Hvilken vei tar %(name)s til fagbrev?") % {"name": found.name},
        _record(owner, employee),
        help=_("Barne- og ungdomsarbeider. Fylkeskommunen godkjenner praksis og holder prøven."),
    )
    return form_page(
        request,
        form,
        page,
        lambda: actions.start_trade_route(employee=found, **form.cleaned_data, by=request.viewer.email),
    )


@require_POST
def trade_move(request: PlacedRequest, owner: str, trade: UUID) -> HttpResponse:
    row = access.trade_for_editing(request.viewer, request.owner, trade)
    return act(
        request,
        lambda: actions.move_trade_route(row=row, to=request.POST.get("to", ""), by=request.viewer.email),
        f"{_record(owner, row.employee_id)}#utdanning",
        _("Lagret."),
    )


@GET_POST
def role_new(request: PlacedRequest, owner: str, employee: UUID) -> HttpResponse:
    """Give a resource role."""
    found = access.employee_for_editing(request.viewer, request.owner, employee)
    form = RoleForm(
        request.POST or None,
        areas=queries.resource_areas(request.owner),
        initial={"starts_on": timezone.localdate()},
    )
    page = FormPage(
        _("Ressursrolle"),
        _("Hva skal %(name)s hjelpe skolen med?") % {"name": found.name},
        _record(owner, employee),
    )

    def save() -> None:
        data = dict(form.cleaned_data)
        area = form.areas[data.pop("area")]
        actions.appoint(employee=found, role=actions.Appointment(area=area, **data), by=request.viewer.email)

    return form_page(request, form, page, save)


@require_POST
def role_move(request: PlacedRequest, owner: str, role: UUID) -> HttpResponse:
    row = access.role_for_editing(request.viewer, request.owner, role)
    return act(
        request,
        lambda: actions.move_role(row=row, to=request.POST.get("to", ""), by=request.viewer.email),
        f"{_record(owner, row.employee_id)}#roller",
        _("Lagret."),
    )


@require_safe
def resources(request: PlacedRequest, owner: str, school: str) -> HttpResponse:
    """The school's resource roles, for its staff: a role is no secret; and what was spread."""
    place = school_of(request)
    roles, spreads = queries.resources_at(place)
    mine = queries.employee_of(request.viewer, request.owner)
    areas = queries.resource_areas(request.owner)
    taken = {role.area_id for role in roles}
    context = {
        "school": place,
        "roles": roles,
        "spreads": spreads,
        "lacking": [area for area in areas if area.everywhere and area.pk not in taken],
        "may_tell": pages.may_tell(mine, roles) or access.rank_at(request.viewer, request.owner, place) > 0,
    }
    return render(request, "competence/resources.html", context)


@GET_POST
def spread(request: PlacedRequest, owner: str, school: str) -> HttpResponse:
    """Somebody on the staff tells what was spread."""
    place = school_of(request)
    mine = queries.employee_of(request.viewer, request.owner)
    roles, _spreads = queries.resources_at(place)
    if not pages.may_tell(mine, roles) and access.rank_at(request.viewer, request.owner, place) == 0:
        raise Http404
    own = next((role for role in roles if mine and role.employee_id == mine.pk), None)
    areas = queries.resource_areas(request.owner)
    initial = {"on": timezone.localdate(), "area": own.area_id if own else ""}
    form = SpreadForm(request.POST or None, areas=areas, initial=initial)
    back = reverse("competence:resources", args=[owner, place.code])
    page = FormPage(_("Spredning"), _("Hva er delt på skolen?"), back, eyebrow=place.label)

    def save() -> None:
        data = dict(form.cleaned_data)
        told = actions.Told(data["on"], data["what"], data["to_whom"], form.areas.get(data["area"]))
        actions.tell_spread(school=place, told=told, role=own, by=request.viewer.email)

    return form_page(request, form, page, save)
