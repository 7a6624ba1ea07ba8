"""Coverage over the owner, the requirements, and deviations the owner decides."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.language import reader_language
from tettpaa.core.ui.parts import some
from tettpaa.work.competence import access, actions, pages, queries
from tettpaa.work.competence.forms.plan import DecideForm, RequirementForm
from tettpaa.work.competence.requirements import deviation_law, rule_on, school_year
from tettpaa.work.competence.views.common import GET_POST, FormPage, form_page, said, subject_choices, tabs


@require_safe
def coverage(request: PlacedRequest, owner: str) -> HttpResponse:
    """Who meets the requirements, is mentored, has a role: counts only."""
    found = queries.coverage(request.viewer, request.owner, timezone.localdate())
    context = {
        "found": found,
        "first": pages.coverage_line(found),
        "tabs": tabs(request, "competence:coverage"),
        "may_publish": request.viewer.may(Permission.IMPORTS_WRITE, request.owner),
    }
    return render(request, "competence/coverage.html", context)


@require_POST
def to_shelf(request: PlacedRequest, owner: str) -> HttpResponse:
    """The coverage of mentoring as an indicator: a file on the import shelf, to be looked over and published."""
    try:
        made = actions.put_on_shelf(owner=request.owner, on=timezone.localdate(), by=request.viewer.email)
    except actions.NobodyNewError as error:
        messages.error(request, said(error))
        return redirect("competence:coverage", owner=owner)
    messages.success(request, _("Dekningen ligger på importhylla. Se over den, og publiser."))
    return redirect("sources:item", owner, made.pk)


@require_safe
def requirements(request: PlacedRequest, owner: str) -> HttpResponse:
    """What the law asks, and the owner's own numbers."""
    today = timezone.localdate()
    context = {
        "lines": queries.requirement_lines(request.owner, today),
        "own": queries.own_requirements(request.owner),
        "rule": rule_on(today),
        "cited": queries.cited(today, reader_language()),
        "tabs": tabs(request, "competence:requirements"),
        "may_write": access.may_write_plan(request.viewer, request.owner),
    }
    return render(request, "competence/requirements.html", context)


@GET_POST
def requirement_new(request: PlacedRequest, owner: str) -> HttpResponse:
    """Confirm or set a number."""
    today = timezone.localdate()
    initial = {"valid_from": f"{school_year(today)}-08-01"}
    form = RequirementForm(request.POST or None, subjects=subject_choices(), initial=initial)
    page = FormPage(
        _("Kompetansekrav"),
        _("Hvor mange studiepoeng kreves?"),
        reverse("competence:requirements", args=[owner]),
        help=_(
            "Skriv tallet slik det står i forskriften som gjelder, og hvor det står. 0 betyr at det ikke er krav."
        ),
    )
    return form_page(
        request,
        form,
        page,
        lambda: actions.set_requirement(
            owner=request.owner, asked=actions.Asked(**form.cleaned_data), by=request.viewer.email
        ),
    )


@require_safe
def deviations(request: PlacedRequest, owner: str) -> HttpResponse:
    """Deviations that wait for the owner, and those decided for this school year. The look is written down."""
    today = timezone.localdate()
    access.looked(request.viewer, request.owner, request.owner.code)
    context = {
        "waiting": some(queries.deviations_to_decide(request.owner), request.GET),
        "decided": some(queries.deviations_decided(request.owner, school_year(today)), request.GET),
        "year": school_year(today),
        "tabs": tabs(request, "competence:deviations"),
    }
    return render(request, "competence/deviations.html", context)


@GET_POST
def deviation(request: PlacedRequest, owner: str, decision: UUID) -> HttpResponse:
    """The owner's answer to one."""
    found = access.deviation_for_deciding(request.viewer, request.owner, decision)
    form = DecideForm(request.POST or None)
    page = FormPage(_("Fravik"), _("Skal kravet fravikes?"), reverse("competence:deviations", args=[owner]))
    context = {"deviation": found, "law": deviation_law(found.year)}
    return form_page(
        request,
        form,
        page,
        lambda: actions.decide_deviation(deviation=found, **form.cleaned_data, by=request.viewer.email),
        extra=context,
        template="competence/deviation.html",
    )
