"""Agreements to read, to sign, and while they are in force."""

from typing import Any
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tettpaa.core.accounts.step_up import recent_proof
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.panels import Asked, Words
from tettpaa.core.ui.panels import papers as files
from tettpaa.work.agreements import access, actions, pages, queries
from tettpaa.work.agreements.enums import Side, State, Status
from tettpaa.work.agreements.forms import EndForm, HoldForm, SayForm, SignForm, StatusForm
from tettpaa.work.agreements.panels import thread_of
from tettpaa.work.agreements.queries import page as reading
from tettpaa.work.agreements.queries import papers


@require_safe
def agreements(request: PlacedRequest, owner: str) -> HttpResponse:
    """All that the reader may see, by school; those that have ended on demand."""
    over = request.GET.get("vis") == "avsluttede"
    lines = queries.agreements_of(request.viewer, request.owner, over=over)
    mine = [line for line in lines if line.whole]
    context = {
        "over": over,
        "whole": mine,
        "part": [line for line in lines if not line.whole],
        "first": pages.list_first(mine or lines),
        "places": queries.places_to_write(request.viewer, request.owner),
    }
    return render(request, "agreements/agreements.html", context)


@require_safe
def agreement(request: PlacedRequest, owner: str, school: str, agreement: UUID) -> HttpResponse:
    """One agreement, whole for those who may read it, else its open part."""
    if not request.viewer.may(Permission.AGREEMENTS_READ, _school(request)):
        return open_part(request, owner=owner, school=school, agreement=agreement)
    found = access.agreement_for_reading(request.viewer, request.owner, _school(request), agreement)
    return _page(request, reading.page_of(request.viewer, reading.shown_wording(found)))


@require_safe
def text(request: PlacedRequest, owner: str, school: str, agreement: UUID) -> HttpResponse:
    """The text that is being written, beside one that is in force."""
    found = access.agreement_for_reading(request.viewer, request.owner, _school(request), agreement)
    return _page(request, reading.page_of(request.viewer, access.open_wording_of(found)))


def _page(request: PlacedRequest, page: reading.Page) -> HttpResponse:
    context = {
        "page_": page,
        "agreement": page.agreement,
        "wording": page.wording,
        "segments": reading.segments(page),
        "lede": pages.lede(page),
        "icons": pages.STATUS_ICONS,
        "thread": thread_of(request.viewer, page.wording),
        "papers": _files(request, page.agreement.pk),
    }
    return render(request, "agreements/agreement.html", context)


def _files(request: PlacedRequest, agreement: UUID) -> list[Words]:
    """The agreement as files, from the floor that makes documents."""
    asked = Asked(request.viewer, request.owner, timezone.localdate(), request.school)
    return files("agreement", asked, agreement)


@require_safe
def open_part(request: PlacedRequest, owner: str, school: str, agreement: UUID) -> HttpResponse:
    """What everybody sees, «slik foreldrene ser den»."""
    found = access.agreement_open_part(request.viewer, request.owner, _school(request), agreement)
    page = papers.open_page(found)
    today = timezone.localdate()
    promises = [reading.Promise(row, row.status_at(today), False, False) for row in page.promises]
    context = {
        "agreement": found,
        "open": page,
        "pairs": reading.pairs_of(promises),
        "goals": reading.goals_in(page.content),
        "points": papers.open_points(found, today),
        "heard": [one for one in page.content["consultations"] if one["heard_on"]],
        "icons": pages.STATUS_ICONS,
        "may_read": request.viewer.may(Permission.AGREEMENTS_READ, found.school),
        "thread": thread_of(request.viewer, page.version.wording),
        "papers": _files(request, found.pk),
    }
    return render(request, "agreements/open_part.html", context)


@require_safe
def annex(request: PlacedRequest, owner: str, school: str, agreement: UUID) -> HttpResponse:
    """The restricted annex. The look is written down before anything is shown."""
    found = access.agreement_for_annex(request.viewer, request.owner, _school(request), agreement)
    wording = _text_of_annex(request, found)
    with transaction.atomic():
        actions.note_annex_look(agreement=found, by=request.viewer.email)
    may_edit = wording.is_open and request.viewer.may(Permission.AGREEMENTS_EDIT, found.school)
    context = {
        "agreement": found,
        "wording": wording,
        "paragraphs": papers.annex_of(wording),
        "may_write": may_edit and wording.state != "signed_school",
    }
    return render(request, "agreements/annex.html", context)


def _text_of_annex(request: PlacedRequest, found: Any) -> Any:
    if request.GET.get("tekst") == "ny":
        return access.open_wording_of(found)
    return reading.shown_wording(found)


@require_safe
def version(request: PlacedRequest, owner: str, school: str, agreement: UUID, number: int) -> HttpResponse:
    """A sealed version as it was signed."""
    found = access.agreement_for_reading(request.viewer, request.owner, _school(request), agreement)
    line = papers.version_of(found, number)
    context = {
        "agreement": found,
        "line": line,
        "content": papers.readable(line.content),
        "goals": reading.goals_in(line.content),
    }
    return render(request, "agreements/version.html", context)


@require_safe
def difference(request: PlacedRequest, owner: str, school: str, agreement: UUID, number: int) -> HttpResponse:
    """«Se forskjellen»: what is new in a version against the one signed by both before it."""
    found = access.agreement_for_reading(request.viewer, request.owner, _school(request), agreement)
    line = papers.version_of(found, number)
    if not line.before:
        raise Http404
    before = papers.version_of(found, line.before)
    new = papers.differences(before.content, line.content)
    context = {
        "agreement": found,
        "line": line,
        "first": pages.difference_title(len(new), number, line.before),
        "differences": new,
    }
    return render(request, "agreements/difference.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@recent_proof
def signing(request: PlacedRequest, owner: str, school: str, agreement: UUID) -> HttpResponse:
    """Read the whole text and sign it. Nothing is signed but the text whose fingerprint comes back."""
    found = access.agreement_for_signing(request.viewer, request.owner, _school(request), agreement)
    sides = access.sides_of(request.viewer, Permission.AGREEMENTS_SIGN, found)
    if request.method == "POST":
        return _sign(request, found, sides)
    what = papers.signing_for(found, sides)
    context: dict[str, Any] = {"agreement": found, "what": what}
    if what is not None:
        context |= {"content": papers.readable(what.content), "goals": reading.goals_in(what.content)}
        if what.annex is not None:
            with transaction.atomic():
                actions.note_annex_look(agreement=found, by=request.viewer.email)
    return render(request, "agreements/signing.html", context)


def _sign(request: PlacedRequest, found: Any, sides: frozenset[Side]) -> HttpResponse:
    form, what = SignForm(request.POST), papers.signing_for(found, sides)
    there = redirect(
        "agreements:signing", owner=found.owner.code, school=found.school.code, agreement=found.pk
    )
    if what is None or not form.is_valid():
        messages.warning(request, _("Det er ingenting å signere her nå."))
        return there
    signer = actions.Signer(
        side=what.side,
        role=access.role_for(request.viewer, Permission.AGREEMENTS_SIGN, found, what.side),
        by=request.viewer.email,
        method=pages.how_proved(get_authentication_records(request, request.user)),
    )
    try:
        actions.sign(agreement=found, signer=signer, seen=form.cleaned_data["seen"])
    except actions.ChangedError:
        messages.warning(request, _("Teksten ble endret mens du leste. Les den på nytt før du signerer."))
        return there
    except actions.SamePersonError:
        messages.warning(request, _("Du har signert for den andre siden. En annen må signere her."))
        return there
    except NotAllowedError:
        messages.info(request, _("Avtalen er alt signert."))
        return there
    messages.success(request, _("Avtalen er signert."))
    return _back(found)


@require_http_methods(["GET", "HEAD", "POST"])
def promise(request: PlacedRequest, owner: str, school: str, agreement: UUID, row: UUID) -> HttpResponse:
    """Say how it goes with a promise of one's own side."""
    found = access.agreement_for_writing(request.viewer, request.owner, _school(request), agreement)
    chosen = access.promise_in_force(found, row)
    if chosen.side not in access.sides_of(request.viewer, Permission.AGREEMENTS_EDIT, found):
        raise Http404
    form = StatusForm(
        request.POST if request.method == "POST" else None,
        initial={"status": chosen.status, "note": chosen.status_note},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.report_status(
                commitment=chosen,
                status=Status(form.cleaned_data["status"]),
                note=form.cleaned_data["note"],
                by=request.viewer.email,
            )
        except NotAllowedError:
            messages.warning(request, _("Avtalen er ikke lenger i kraft, så ingenting ble endret."))
        else:
            messages.success(request, _("Status er lagret."))
        return _back(found)
    context = {"agreement": found, "row": chosen, "form": form, "said": papers.said_of(found, chosen.line)}
    return render(request, "agreements/promise.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def checkpoint(
    request: PlacedRequest, owner: str, school: str, agreement: UUID, checkpoint: UUID
) -> HttpResponse:
    """Prepare and hold a checkpoint: each side writes what it says."""
    found = access.agreement_for_writing(request.viewer, request.owner, _school(request), agreement)
    point = access.checkpoint_in_force(found, checkpoint)
    sides = access.sides_of(request.viewer, Permission.AGREEMENTS_EDIT, found)
    start = {
        "version": point.version,
        "school_says": point.school_says,
        "owner_says": point.owner_says,
    }
    form = SayForm(request.POST if request.method == "POST" else None, sides=sides, initial=start)
    if request.method != "POST" or not form.is_valid():
        return _point_page(request, found, point, form)
    try:
        actions.write_checkpoint(
            checkpoint=point,
            values=form.values(),
            version=form.cleaned_data["version"],
            by=request.viewer.email,
        )
    except ConflictError as conflict:
        again = SayForm(dict(form.data.items()) | {"version": conflict.theirs.version}, sides=sides)
        more = {"clashes": pages.clashes(again, conflict.theirs, conflict.mine)}
        return _point_page(request, found, point, again, more, status=409)
    except NotAllowedError:
        messages.warning(request, _("Sjekkpunktet er alt holdt."))
        return _back(found)
    messages.success(request, _("Det dere sier er lagret."))
    return redirect(request.path)


def _point_page(
    request: PlacedRequest, found: Any, point: Any, form: SayForm, more: Any = None, status: int = 200
) -> HttpResponse:
    page = reading.page_of(request.viewer, point.wording)
    context = {
        "agreement": found,
        "point": point,
        "form": form,
        "hold": HoldForm(initial={"held_on": timezone.localdate()}),
        "page_": page,
        "icons": pages.STATUS_ICONS,
        "ready": bool(point.school_says and point.owner_says),
    }
    return render(request, "agreements/checkpoint.html", context | (more or {}), status=status)


@require_POST
def hold(request: PlacedRequest, owner: str, school: str, agreement: UUID, checkpoint: UUID) -> HttpResponse:
    """The checkpoint is held."""
    found = access.agreement_for_writing(request.viewer, request.owner, _school(request), agreement)
    point = access.checkpoint_in_force(found, checkpoint)
    there = redirect(
        "agreements:checkpoint", owner=owner, school=school, agreement=found.pk, checkpoint=point.pk
    )
    form = HoldForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Velg hva dere kom til, og når."))
        return there
    try:
        actions.hold_checkpoint(
            checkpoint=point,
            outcome=form.cleaned_data["outcome"],
            on=form.cleaned_data["held_on"],
            by=request.viewer.email,
        )
    except actions.NotCompleteError as error:
        messages.error(request, pages.lacking(error.lacking))
        return there
    except NotAllowedError:
        messages.info(request, _("Sjekkpunktet er alt holdt."))
        return there
    messages.success(request, _("Sjekkpunktet er holdt."))
    return _back(found)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: PlacedRequest, owner: str, school: str, agreement: UUID) -> HttpResponse:
    """End an agreement; the owner's side does, when both have been heard at a checkpoint or it cannot go on."""
    found = access.agreement_for_signing(request.viewer, request.owner, _school(request), agreement)
    if Side.OWNER not in access.sides_of(request.viewer, Permission.AGREEMENTS_SIGN, found):
        raise Http404
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.end_agreement(
                agreement=found,
                to=State(values["to"]),
                reason=values["reason"],
                evaluation=values["evaluation"],
                by=request.viewer.email,
            )
        except actions.NotCompleteError as error:
            form.add_error(_FIELD_OF.get(error.lacking), pages.lacking(error.lacking))
        except NotAllowedError:
            messages.warning(request, _("Avtalen kan ikke avsluttes slik nå."))
            return _back(found)
        else:
            messages.success(request, _("Avtalen er avsluttet."))
            return _back(found)
    return render(request, "agreements/end.html", {"agreement": found, "form": form})


_FIELD_OF = {"promises": "to", "evaluation": "evaluation", "reason": "reason"}


def _school(request: PlacedRequest) -> Any:
    """The school of the address; the guard has seen that there is one."""
    if request.school is None:
        raise Http404
    return request.school


def _back(found: Any) -> HttpResponse:
    return redirect(
        "agreements:agreement", owner=found.owner.code, school=found.school.code, agreement=found.pk
    )
