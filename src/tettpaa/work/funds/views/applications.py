"""An application: begun, changed, sent, spoken of, moved along its road, reported."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.panels import Asked
from tettpaa.work.funds import access, actions, pages, queries
from tettpaa.work.funds.enums import REPORTING, AfterDrop, SchemeKind, State
from tettpaa.work.funds.forms import ApplicationForm, ReportForm, StepForm, WordForm, at_version
from tettpaa.work.funds.views.common import conflict, found_address, simple
from tettpaa.work.plans.queries import goals_of

MISSING: Final = {
    "talk": gettext_lazy("Snakk med lederen din først, og skriv datoen i søknaden."),
    "goal": gettext_lazy("Velg målet i planen som søknaden er forankret i."),
    "words": gettext_lazy("Skriv hva skolen trenger."),
    "reason": gettext_lazy("Skriv en grunn. Søkeren leser den."),
    "money": gettext_lazy("Velg hva som skjer med pengene som er utbetalt."),
    "report": gettext_lazy("Skriv hva som ble gjort."),
}


def _asked(request: PlacedRequest, found: Any) -> dict[str, Any] | None:
    """The thread of the goal, where the application names one and belongs to a school."""
    if found.goal is None or found.school is None:
        return None
    return {
        "asked": Asked(request.viewer, request.owner, timezone.localdate(), found.school, found.goal.pk),
        "name": found.goal.text,
        "address": reverse(
            "workspace:thread",
            kwargs={"owner": request.owner.code, "school": found.school.code, "goal": found.goal.pk},
        ),
    }


@require_safe
def application(request: PlacedRequest, owner: str, application: UUID) -> HttpResponse:
    """One application: where it is, why it stands where it does, and what the reader may do."""
    found = access.application_for_reading(request.viewer, request.owner, application)
    owns = access.is_own(request.viewer, found)
    ranks = access.may_rank(request.viewer, request.owner)
    is_draft = found.state == State.DRAFT
    context = {
        "application": found,
        "name": pages.call_name(found.call),
        "thread": _asked(request, found),
        "road": pages.road(found),
        "subject": pages.subject_words(found),
        "amounts": [
            (_("Søkt"), pages.kroner(found.sought)),
            (_("Egenandel"), pages.kroner(found.own_share)),
            (_("Innvilget"), pages.kroner(found.granted)),
            (_("Brukt"), pages.kroner(found.spent)),
        ],
        "history": found.steps.all(),
        "moves": queries.reasons_given(found),
        "owns": owns,
        "is_draft": is_draft,
        "may_take_back": owns and found.state == State.SUBMITTED and found.call.state == "open",
        "may_speak": found.state == State.SUBMITTED and access.is_leader(request.viewer, found),
        "may_report": owns and found.state == State.PAID and found.call.scheme.kind in REPORTING,
        "steps": pages.steps(found, ranks=ranks, owns=owns),
        "ranks": ranks,
        "after_drop": AfterDrop.choices,
        "shows_place": found.state not in (State.DRAFT, State.SUBMITTED, State.SPOKEN),
    }
    return render(request, "funds/application.html", context)


def _form(request: PlacedRequest, scheme: Any, initial: Any) -> ApplicationForm:
    return ApplicationForm(
        request.POST or None, scheme=scheme, goals=goals_of(request.owner), initial=initial
    )


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: PlacedRequest, owner: str, call: UUID) -> HttpResponse:
    """A person begins an application."""
    found = access.call_for_reading(request.viewer, request.owner, call)
    person = access.applicant_of(request.viewer, request.owner, found)
    return _begin(request, found, person, _("Hva vil du lære?"))


@require_http_methods(["GET", "HEAD", "POST"])
def school_apply(request: PlacedRequest, owner: str, school: str, call: UUID) -> HttpResponse:
    """A school begins an application for development funds."""
    found = access.call_for_reading(request.viewer, request.owner, call)
    if found.scheme.kind != SchemeKind.MUNICIPAL or request.school is None:
        raise Http404
    return _begin(request, found, request.school, _("Hva vil skolen utvikle?"))


def _begin(request: PlacedRequest, call: Any, applicant: Any, first: str) -> HttpResponse:
    form = _form(request, call.scheme, {})
    shown = {
        "first": first,
        "about": pages.call_name(call),
        "back": found_address("funds:call", request.owner.code, call.pk),
        "help": _("Bare du ser kladden. Du sender den når den er ferdig.")
        if call.scheme.kind != SchemeKind.MUNICIPAL
        else _("Bare skolens ledere ser kladden. Dere sender den når den er ferdig."),
    }
    if request.method != "POST" or not form.is_valid():
        return simple(request, form, shown)
    try:
        made = actions.draft_application(
            call=call, applicant=applicant, values=form.cleaned_data, by=request.viewer.email
        )
    except actions.CallClosedError:
        messages.error(request, _("Runden tar ikke imot søknader nå."))
        return redirect("funds:call", owner=request.owner.code, call=call.pk)
    messages.success(request, _("Kladden er lagret. Den er ikke sendt ennå."))
    return redirect("funds:application", owner=request.owner.code, application=made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PlacedRequest, owner: str, application: UUID) -> HttpResponse:
    """Change a draft."""
    found = access.application_for_writing(request.viewer, request.owner, application)
    if found.state != State.DRAFT:
        raise Http404
    initial = {name: getattr(found, name) for name in (*actions.FIELDS, "version")}
    form = _form(request, found.call.scheme, initial | {"goal": found.goal_id})
    shown: dict[str, Any] = {
        "first": _("Endre kladden."),
        "about": pages.call_name(found.call),
        "back": found_address("funds:application", owner, found.pk),
    }
    if request.method != "POST" or not form.is_valid():
        return simple(request, form, shown)
    for name in actions.FIELDS:
        if name in form.cleaned_data:
            setattr(found, name, form.cleaned_data[name])
    try:
        actions.edit_application(
            application=found, version=form.cleaned_data["version"] or 0, by=request.viewer.email
        )
    except ConflictError as error:
        at_version(form, error.theirs.version)
        return conflict(request, form, shown, error)
    messages.success(request, _("Kladden er lagret."))
    return redirect("funds:application", owner=owner, application=found.pk)


@require_POST
def submit(request: PlacedRequest, owner: str, application: UUID) -> HttpResponse:
    """Send a draft, or take a sent one back while the call is open."""
    found = access.application_for_writing(request.viewer, request.owner, application)
    deed = actions.take_back if request.POST.get("do") == "back" else actions.submit_application
    try:
        deed(application=found, by=request.viewer.email)
        messages.success(
            request,
            _("Søknaden er en kladd igjen.") if deed is actions.take_back else _("Søknaden er sendt."),
        )
    except actions.CallClosedError:
        messages.error(request, _("Runden tar ikke imot søknader nå."))
    except actions.MissingError as error:
        messages.error(request, str(MISSING[error.what]))
    except NotAllowedError:
        messages.warning(request, _("Søknaden er flyttet i mellomtiden. Her ser du hvor den er nå."))
    return redirect("funds:application", owner=owner, application=found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def speak(request: PlacedRequest, owner: str, application: UUID) -> HttpResponse:
    """The leader's word."""
    found = access.application_for_speaking(request.viewer, request.owner, application)
    if found.state != State.SUBMITTED:
        return redirect("funds:application", owner=owner, application=found.pk)
    form = WordForm(request.POST or None)
    shown = {
        "first": _("Hva sier du til søknaden?"),
        "about": found.title,
        "back": found_address("funds:application", owner, found.pk),
        "personal": True,
    }
    if request.method != "POST" or not form.is_valid():
        return simple(request, form, shown)
    actions.speak(application=found, word=form.word(), by=request.viewer.email)
    messages.success(request, _("Takk. Søkeren og kommunen ser det du skrev."))
    return redirect("funds:application", owner=owner, application=found.pk)


@require_POST
def step(request: PlacedRequest, owner: str, application: UUID) -> HttpResponse:
    """A step along the road: the applicant may withdraw, those who rank take the others."""
    found = access.application_for_reading(request.viewer, request.owner, application)
    ranks = access.may_rank(request.viewer, request.owner)
    owns = access.is_own(request.viewer, found)
    form = StepForm(request.POST)
    if not (ranks or owns):
        raise Http404
    back = redirect("funds:application", owner=owner, application=found.pk)
    if not form.is_valid():
        messages.error(request, _("Velg et av stegene på siden, og skriv beløp som tall."))
        return back
    to = form.cleaned_data["to"]
    if to not in {one.key for one in pages.steps(found, ranks=ranks, owns=owns)}:
        messages.warning(request, _("Søknaden er flyttet i mellomtiden. Her ser du hvor den er nå."))
        return back
    try:
        actions.move_application(application=found, to=to, by=request.viewer.email, said=form.said())
        messages.success(request, _("Søknaden er flyttet."))
    except actions.MissingError as error:
        messages.error(request, str(MISSING[error.what]))
    except NotAllowedError:
        messages.warning(request, _("Søknaden er flyttet i mellomtiden. Her ser du hvor den er nå."))
    return back


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: PlacedRequest, owner: str, application: UUID) -> HttpResponse:
    """What the money was used for."""
    found = access.application_for_writing(request.viewer, request.owner, application)
    form = ReportForm(request.POST or None)
    shown = {
        "first": _("Hva ble pengene brukt til?"),
        "about": found.title,
        "back": found_address("funds:application", owner, found.pk),
    }
    if request.method != "POST" or not form.is_valid():
        return simple(request, form, shown)
    try:
        actions.report_use(application=found, by=request.viewer.email, **form.cleaned_data)
        messages.success(request, _("Rapporten er levert."))
    except NotAllowedError:
        messages.warning(request, _("Søknaden venter ikke på en rapport."))
    return redirect("funds:application", owner=owner, application=found.pk)
