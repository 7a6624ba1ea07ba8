"""A leader's own staff: the list, one record, and what is written on it. Every look is written down by `access`."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.language import reader_language
from tettpaa.core.ui.parts import some
from tettpaa.work.competence import access, actions, pages, queries
from tettpaa.work.competence.forms.staff import (
    DeviationForm,
    EmployeeForm,
    EndForm,
    ExemptionForm,
    QualificationForm,
    TeachingForm,
)
from tettpaa.work.competence.requirements import deviation_law, school_year, subject_name
from tettpaa.work.competence.views.common import (
    GET_POST,
    FormPage,
    act,
    form_page,
    school_of,
    subject_choices,
    tabs,
)

if TYPE_CHECKING:
    from django.forms import Form

    from tettpaa.core.orgs.models import Unit
    from tettpaa.work.competence.models import Employee

AT_ONCE = 50  # people on one page of the list


@require_safe
def staff(request: PlacedRequest, owner: str, school: str) -> HttpResponse:
    """The school's staff, for their own leader."""
    return _staff(request, school_of(request))


@require_safe
def owner_staff(request: PlacedRequest, owner: str) -> HttpResponse:
    """The owner's own staff and the leaders of the schools, for the head of schools."""
    return _staff(request, None)


def _staff(request: PlacedRequest, school: "Unit | None") -> HttpResponse:
    today = timezone.localdate()
    found = access.staff_rows(request.viewer, request.owner, school)
    is_new = queries.newly_educated(request.owner, today)
    here, left = queries.at_work(found, today, is_new)
    page = Paginator(here, AT_ONCE).get_page(request.GET.get("side"))
    context = {
        "school": school,
        "page_of": page,
        "lines": queries.staff_lines(list(page.object_list), today),
        "left": some(left, request.GET),
        "first": pages.staff_line(queries.staff_counts(here, page.paginator.count, today, is_new)),
        "gaps": queries.gaps_of_school(request.owner, school, today) if school else [],
        "guidance": queries.guidance_lines(school, today) if school else [],
        "plan": queries.plan_being_made(request.owner) if school else None,
        "tabs": [] if school else tabs(request, "competence:owner_staff"),
    }
    return render(request, "competence/staff.html", context)


@require_safe
def employee(request: PlacedRequest, owner: str, employee: UUID) -> HttpResponse:
    """One record, for the person and the own leader."""
    found = access.employee_for_reading(request.viewer, request.owner, employee)
    record = queries.record_of(request.viewer, found, timezone.localdate())
    context = {
        "record": record,
        "first": pages.record_line(record),
        "back": _list_of(found),
        "roads": pages.roads_of(record),
    }
    return render(request, "competence/employee.html", context)


def _list_of(found: "Employee") -> str:
    """The list the record stands in."""
    if found.school is None or found.role in ("principal", "unit_leader"):
        return reverse("competence:owner_staff", args=[found.owner.code])
    return reverse("competence:staff", args=[found.owner.code, found.school.code])


def _record(found: "Employee") -> str:
    return reverse("competence:employee", args=[found.owner.code, found.pk])


@GET_POST
def employee_new(request: PlacedRequest, owner: str, school: str) -> HttpResponse:
    """A new person at the school."""
    return _employee_new(request, school_of(request))


@GET_POST
def owner_employee_new(request: PlacedRequest, owner: str) -> HttpResponse:
    """A new person at the owner."""
    return _employee_new(request, None)


def _employee_new(request: PlacedRequest, school: "Unit | None") -> HttpResponse:
    if access.rank_at(request.viewer, request.owner, school) == 0:
        raise Http404
    row = queries.blank_employee(request.owner, school)
    form = EmployeeForm(request.POST or None, instance=row, **employee_choices(request, school))
    name = "competence:staff" if school else "competence:owner_staff"
    args = [request.owner.code, school.code] if school else [request.owner.code]
    page = FormPage(_("Ansatt"), _("Hvem begynner?"), reverse(name, args=args), eyebrow=str(school or ""))

    def save() -> None:
        data = dict(form.cleaned_data)
        data.pop("seen")
        who = {key: data.pop(key) for key in ("name", "email", "role")}
        actions.add_employee(
            owner=request.owner,
            school=school,
            **who,
            by=request.viewer.email,
            more=actions.NewEmployee(**data),
        )

    return form_page(request, form, page, save)


def employee_choices(request: PlacedRequest, school: "Unit | None") -> dict[str, list[tuple[str, str]]]:
    """The choices of the form for one person at this place: `services` and `roles`."""
    rank = access.rank_at(request.viewer, request.owner, school)
    services = [(one.key, one.title) for one in queries.services(request.owner)]
    return {"services": services, "roles": pages.roles_below(rank, is_school=school is not None)}


@GET_POST
def employee_edit(request: PlacedRequest, owner: str, employee: UUID) -> HttpResponse:
    """Who somebody is."""
    found = access.employee_for_editing(request.viewer, request.owner, employee)
    choices = employee_choices(request, found.school)
    choices["roles"] = pages.with_own(choices["roles"], found)
    form = EmployeeForm(request.POST or None, instance=found, **choices)
    page = FormPage(_("Ansatt"), _("Hva er endret?"), _record(found), eyebrow=found.name)
    return form_page(
        request,
        form,
        page,
        lambda: actions.save_employee(
            employee=form.instance, version=form.version or 0, fields=form.written, by=request.viewer.email
        ),
    )


@require_POST
def end(request: PlacedRequest, owner: str, employee: UUID) -> HttpResponse:
    """The last day of the employment."""
    found = access.employee_for_editing(request.viewer, request.owner, employee)
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Velg en dato."))
        return redirect(_record(found))
    return act(
        request,
        lambda: actions.end_employment(employee=found, on=form.cleaned_data["on"], by=request.viewer.email),
        _record(found),
        _("Siste dag er lagret."),
    )


type Save = "Callable[[Form, Employee], object]"


def _of_record(
    request: PlacedRequest, found: "Employee", form: "Form", words: tuple[str, str, str], save: Save
) -> HttpResponse:
    """The page of one form about a person: title, heading, help."""
    title, heading, told = words
    page = FormPage(title, heading, _record(found), eyebrow=found.name, help=told)
    return form_page(request, form, page, lambda: save(form, found))


@GET_POST
def qualification_new(request: PlacedRequest, owner: str, employee: UUID) -> HttpResponse:
    found = access.employee_for_editing(request.viewer, request.owner, employee)
    form = QualificationForm(request.POST or None, subjects=subject_choices())
    told = _("Legg inn studiepoeng som er dokumentert.")
    words = (_("Kompetanse"), _("Hvilken kompetanse er dokumentert?"), told)
    return _of_record(
        request,
        found,
        form,
        words,
        lambda form, who: actions.add_qualification(
            employee=who, **form.cleaned_data, by=request.viewer.email
        ),
    )


@require_POST
def qualification_remove(request: PlacedRequest, owner: str, employee: UUID, row: UUID) -> HttpResponse:
    found = access.employee_for_editing(request.viewer, request.owner, employee)
    of = queries.qualification_of(found, row)
    if of is None:
        raise Http404
    return act(
        request,
        lambda: actions.remove_qualification(row=of, by=request.viewer.email),
        _record(found),
        _("Tatt bort."),
    )


@GET_POST
def exemption_new(request: PlacedRequest, owner: str, employee: UUID) -> HttpResponse:
    found = access.employee_for_editing(request.viewer, request.owner, employee)
    form = ExemptionForm(request.POST or None, subjects=subject_choices())
    told = _("Midlertidig ansatte omfattes ikke av kravet. Det følger av ansettelsen og skrives ikke her.")
    words = (_("Unntak"), _("Hvorfor gjelder ikke kravet?"), told)
    return _of_record(
        request,
        found,
        form,
        words,
        lambda form, who: actions.add_exemption(employee=who, **form.cleaned_data, by=request.viewer.email),
    )


@require_POST
def exemption_remove(request: PlacedRequest, owner: str, employee: UUID, exemption: UUID) -> HttpResponse:
    found = access.employee_for_editing(request.viewer, request.owner, employee)
    of = queries.exemption_of(found, exemption)
    if of is None:
        raise Http404
    return act(
        request,
        lambda: actions.remove_exemption(row=of, by=request.viewer.email),
        _record(found),
        _("Tatt bort."),
    )


@GET_POST
def teaching(request: PlacedRequest, owner: str, employee: UUID) -> HttpResponse:
    """What the person teaches this school year."""
    found = access.employee_for_editing(request.viewer, request.owner, employee)
    if found.school is None:
        raise Http404
    year = school_year(timezone.localdate())
    form = TeachingForm(
        request.POST or None, subjects=subject_choices(), taught=queries.taught_by(found, year)
    )
    words = (_("Undervisning"), _("Hva underviser %(name)s i?") % {"name": found.name}, "")
    return _of_record(
        request,
        found,
        form,
        words,
        lambda form, who: actions.set_teaching(
            employee=who,
            year=year,
            rows=form.rows,  # type: ignore[attr-defined]
            by=request.viewer.email,
        ),
    )


@GET_POST
def propose(request: PlacedRequest, owner: str, employee: UUID) -> HttpResponse:
    """Ask the owner to deviate from the requirement this school year."""
    found = access.employee_for_editing(request.viewer, request.owner, employee)
    today = timezone.localdate()
    lacking = queries.record_of(request.viewer, found, today).lacking
    choices = [
        (
            f"{one.subject}/{one.stage}",
            f"{subject_name(one.subject, reader_language())}, {pages.stage_name(one.stage)}",
        )
        for one in lacking
    ]
    if not choices:
        return redirect(_record(found))
    form = DeviationForm(request.POST or None, gaps=choices)
    told = _("Kommunen avgjør. Fraviket gjelder bare dette skoleåret og faller bort 31. juli. %(law)s.") % {
        "law": deviation_law(school_year(today))
    }
    words = (_("Fravik"), _("Hvorfor må kravet fravikes?"), told)

    def save(form: "Form", who: "Employee") -> object:
        data = form.cleaned_data
        subject, stage = data["what"].split("/")
        asked = actions.Proposed(school_year(today), subject, stage, data["reason"], data["tried"])
        return actions.propose_deviation(employee=who, asked=asked, by=request.viewer.email)

    return _of_record(request, found, form, words, save)


@require_POST
def take_back(request: PlacedRequest, owner: str, employee: UUID, decision: UUID) -> HttpResponse:
    """The school takes back what it has asked for, while the owner has not answered."""
    found = access.employee_for_editing(request.viewer, request.owner, employee)
    of = queries.deviation_of(found, decision)
    if of is None:
        raise Http404
    return act(
        request,
        lambda: actions.decide_deviation(deviation=of, to="withdrawn", reason="", by=request.viewer.email),
        _record(found),
        _("Søknaden om fravik er trukket."),
    )
