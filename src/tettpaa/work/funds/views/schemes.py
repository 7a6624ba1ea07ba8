"""Schemes with dates and rates, and the calls of a year."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.work.funds import access, actions, pages, queries
from tettpaa.work.funds import known as the_known
from tettpaa.work.funds.enums import PERSONAL, SchemeKind
from tettpaa.work.funds.forms import CallForm, CallMoveForm, DatesForm, RateForm, SchemeForm, at_version
from tettpaa.work.funds.views.common import conflict, found_address, simple


@require_POST
def add_known(request: PlacedRequest, owner: str) -> HttpResponse:
    """Take in the state's schemes as the product knows them."""
    count = the_known.add_known(owner=request.owner, by=request.viewer.email)
    messages.success(request, _("%(count)s ordninger er hentet inn. Se over datoene.") % {"count": count})
    return redirect("funds:funds", owner=owner)


@require_safe
def scheme(request: PlacedRequest, owner: str, scheme: UUID) -> HttpResponse:
    """One scheme: validity, dates of every year, rates, own share, and its calls."""
    found = access.scheme_for_reading(request.viewer, request.owner, scheme)
    context = {
        "scheme": found,
        "dates": pages.scheme_dates(found),
        "rates": queries.rates_of(found),
        "calls": found.calls.all(),
        "rules": pages.rule_names(found.rules),
        "holds": queries.holds_on(found, timezone.localdate()),
        "may_rank": access.may_rank(request.viewer, request.owner),
    }
    return render(request, "funds/scheme.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PlacedRequest, owner: str, scheme: UUID) -> HttpResponse:
    """Change a scheme's parameters."""
    found = access.scheme_for_writing(request.viewer, request.owner, scheme)
    names = [name for name in actions.SCHEME_FIELDS if name != "replaced_by"]
    initial = {name: getattr(found, name) for name in (*names, "version")}
    form = SchemeForm(request.POST or None, initial=initial)
    shown: dict[str, Any] = {
        "first": _("Endre ordningen."),
        "about": found.name,
        "back": found_address("funds:scheme", owner, found.pk),
    }
    if request.method != "POST" or not form.is_valid():
        return simple(request, form, shown)
    for name in names:
        setattr(found, name, form.cleaned_data[name])
    try:
        actions.edit_scheme(scheme=found, version=form.cleaned_data["version"] or 0, by=request.viewer.email)
    except ConflictError as error:
        at_version(form, error.theirs.version)
        return conflict(request, form, shown, error)
    messages.success(request, _("Ordningen er lagret. Runder som er utlyst, beholder datoene sine."))
    return redirect("funds:scheme", owner=owner, scheme=found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: PlacedRequest, owner: str, scheme: UUID) -> HttpResponse:
    """Set the dates of every year: the state's change, and some are not known until they are announced."""
    found = access.scheme_for_writing(request.viewer, request.owner, scheme)
    form = DatesForm(
        request.POST or None, scheme=found, dates=found.dates.all(), initial={"version": found.version}
    )
    context = {"form": form, "scheme": found}
    if request.method != "POST" or not form.is_valid():
        return render(request, "funds/dates.html", context)
    try:
        actions.write_dates(
            scheme=found,
            version=form.cleaned_data["version"] or 0,
            dates=form.rows(),
            by=request.viewer.email,
        )
    except ConflictError as error:
        form.add_error(None, _("Noen andre lagret før deg. Se over datoene, og lagre på nytt."))
        at_version(form, error.theirs.version)
        return render(request, "funds/dates.html", context, status=409)
    messages.success(request, _("Datoene er lagret. Runder som er utlyst, beholder sine."))
    return redirect("funds:scheme", owner=owner, scheme=found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def rate_new(request: PlacedRequest, owner: str, scheme: UUID) -> HttpResponse:
    """A new rate; the same name in the same year is written anew."""
    found = access.scheme_for_writing(request.viewer, request.owner, scheme)
    return _rate(request, found, None)


@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: PlacedRequest, owner: str, scheme: UUID, row: UUID) -> HttpResponse:
    """Change a rate, or take it away."""
    found = access.rate_for_writing(request.viewer, request.owner, scheme, row)
    if request.POST.get("do") == "remove":
        actions.remove_rate(rate=found, by=request.viewer.email)
        messages.success(request, _("Satsen er tatt bort."))
        return redirect("funds:scheme", owner=owner, scheme=scheme)
    return _rate(request, found.scheme, found)


def _rate(request: PlacedRequest, scheme: Any, row: Any) -> HttpResponse:
    names = ("year", "name", "amount", "percent", "source")
    initial = {name: getattr(row, name) for name in names} if row else {}
    form = RateForm(request.POST or None, initial=initial)
    if request.method != "POST" or not form.is_valid():
        shown = {
            "first": _("Hva gir ordningen?"),
            "about": scheme.name,
            "back": found_address("funds:scheme", request.owner.code, scheme.pk),
            "remove": row is not None,
        }
        return simple(request, form, shown)
    actions.set_rate(scheme=scheme, rate=actions.NewRate(**form.cleaned_data), by=request.viewer.email)
    messages.success(request, _("Satsen er lagret."))
    return redirect("funds:scheme", owner=request.owner.code, scheme=scheme.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def call_new(request: PlacedRequest, owner: str, scheme: UUID) -> HttpResponse:
    """Announce a year's call, with the scheme's dates."""
    found = access.scheme_for_writing(request.viewer, request.owner, scheme)
    if found.kind == SchemeKind.STATE:
        raise Http404
    initial = {"year": timezone.localdate().year, "rules": found.rules}
    form = CallForm(request.POST or None, scheme=found, dates={}, initial=initial)
    for kind in form.kinds:
        del form.fields[f"date_{kind}"]
    shown = {
        "first": _("Lys ut en runde."),
        "about": found.name,
        "back": found_address("funds:scheme", owner, found.pk),
        "help": _("Datoene kommer fra ordningen. Du kan endre dem etterpå."),
    }
    if request.method != "POST" or not form.is_valid():
        return simple(request, form, shown)
    values = {name: form.cleaned_data[name] for name in actions.CALL_FIELDS}
    try:
        made = actions.plan_call(
            scheme=found, year=form.cleaned_data["year"], values=values, by=request.viewer.email
        )
    except actions.NotValidError:
        form.add_error("year", _("Ordningen gjelder ikke det året."))
        return simple(request, form, shown)
    messages.success(request, _("Runden er lyst ut. Åpne den når søkerne kan begynne."))
    return redirect("funds:call", owner=owner, call=made.pk)


@require_safe
def call(request: PlacedRequest, owner: str, call: UUID) -> HttpResponse:
    """One call: terms, dates, how the order is made, and what the reader may do."""
    found = access.call_for_reading(request.viewer, request.owner, call)
    may_rank = access.may_rank(request.viewer, request.owner)
    context = {
        "call": found,
        "name": pages.call_name(found),
        "dates": found.dates.all(),
        "rules": pages.rule_names(found.rules),
        "budget": pages.kroner(found.budget),
        "may_rank": may_rank,
        "steps": pages.call_steps(found) if may_rank else [],
        "unknown_at": queries.without_record(request.viewer, request.owner)
        if found.scheme.kind in PERSONAL and found.state == "open"
        else [],
        "is_applicant": found in queries.open_for(request.viewer, request.owner),
        "schools": queries.led_schools(request.viewer, request.owner)
        if found.scheme.kind == "municipal" and found.state == "open"
        else [],
    }
    return render(request, "funds/call.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def call_edit(request: PlacedRequest, owner: str, call: UUID) -> HttpResponse:
    """Change terms, frame, rules and dates."""
    found = access.call_for_ranking(request.viewer, request.owner, call)
    initial = {name: getattr(found, name) for name in (*actions.CALL_FIELDS, "version")}
    dates = {row.kind: row.on for row in found.dates.all()}
    form = CallForm(request.POST or None, scheme=found.scheme, dates=dates, initial=initial)
    del form.fields["year"]
    shown: dict[str, Any] = {
        "first": _("Endre runden."),
        "about": pages.call_name(found),
        "back": found_address("funds:call", owner, found.pk),
    }
    if request.method != "POST" or not form.is_valid():
        return simple(request, form, shown)
    for name in actions.CALL_FIELDS:
        setattr(found, name, form.cleaned_data[name])
    try:
        actions.edit_call(
            call=found,
            version=form.cleaned_data["version"] or 0,
            dates=form.dates(),
            by=request.viewer.email,
        )
    except ConflictError as error:
        at_version(form, error.theirs.version)
        return conflict(request, form, shown, error)
    messages.success(request, _("Runden er lagret, og datoene står i årshjulet."))
    return redirect("funds:call", owner=owner, call=found.pk)


@require_POST
def call_move(request: PlacedRequest, owner: str, call: UUID) -> HttpResponse:
    """Open, rank, approve the order, close."""
    found = access.call_for_ranking(request.viewer, request.owner, call)
    form = CallMoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Velg et av stegene på siden."))
        return redirect("funds:call", owner=owner, call=found.pk)
    to = form.cleaned_data["to"]
    try:
        actions.move_call(call=found, to=to, by=request.viewer.email)
        messages.success(request, _("Runden er flyttet."))
    except NotAllowedError:
        messages.warning(request, _("Noen andre har flyttet runden. Her ser du hvor den er nå."))
    except actions.UnsaidError:
        messages.error(request, _("Skriv grunnen for radene som er flyttet. Søkerne leser den."))
        return redirect("funds:board", owner=owner, call=found.pk)
    where = "funds:board" if to in {"ranking", "ranked"} else "funds:call"
    return redirect(where, owner=owner, call=found.pk)
