"""Effect reviews: plan one, look at the figures, write, let somebody else check."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.work.initiatives import actions, effect, pages
from tettpaa.work.initiatives.access import initiative_for_writing, review_for_reading, review_for_writing
from tettpaa.work.initiatives.enums import Certainty, Explanation, ReviewState
from tettpaa.work.initiatives.forms import ReviewForm, ReviewMoveForm, WriteForm, at_version

_YEARS_BACK: Final = 6


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: PlacedRequest, owner: str, initiative: UUID) -> HttpResponse:
    """Choose which figures to look at: an indicator of the goal, a year before and a year after."""
    found = initiative_for_writing(request.viewer, request.owner, initiative)
    this = timezone.localdate().year
    form = ReviewForm(
        request.POST or None,
        indicators=pages.indicators_of(found.goal),
        years=range(this + 1, this - _YEARS_BACK, -1),
        initial=_suggested(found.starts_on.year if found.starts_on else this)
        | {"planned_on": found.evaluate_on},
    )
    if request.method != "POST" or not form.is_valid():
        return render(request, "initiatives/plan_review.html", {"form": form, "initiative": found})
    made = actions.plan_review(initiative=found, by=request.viewer.email, **form.cleaned_data)
    messages.success(request, _("Effektvurderingen er planlagt."))
    return redirect("initiatives:review", owner=owner, review=made.pk)


def _suggested(begins: int) -> dict[str, Any]:
    """The school year before the one it began in, and the one after that."""
    return {"before": begins - 1, "after": begins}


@require_safe
def review(request: PlacedRequest, owner: str, review: UUID) -> HttpResponse:
    """What the figures say, what would have come by itself, what else it could be, and what we conclude."""
    found = review_for_reading(request.viewer, request.owner, review)
    may_edit = request.viewer.may(Permission.INITIATIVES_EDIT, found.school or found.owner)
    is_writer = found.written_by.casefold() == request.viewer.email.casefold()
    initiative = found.initiative
    context = {
        "review": found,
        "initiative": initiative,
        "asked": pages.asked_of(request.viewer, initiative, timezone.localdate()),
        "thread": pages.thread_address(initiative),
        "reading": effect.reading(request.viewer, found),
        "explanations": [Explanation(key).label for key in found.explanations if key in Explanation],
        "road": _road(found),
        "is_written": found.state not in (ReviewState.PLANNED, ReviewState.READY),
        "may_write": may_edit and found.state in (ReviewState.READY, ReviewState.WRITTEN),
        "may_check": may_edit and found.state == ReviewState.WRITTEN and not is_writer,
        "waits_for_other": found.state == ReviewState.WRITTEN and is_writer,
        "may_ready": may_edit and found.state == ReviewState.PLANNED,
        "may_use": found.state == ReviewState.CHECKED
        and request.viewer.may(Permission.INITIATIVES_EDIT, request.owner),
    }
    return render(request, "initiatives/review.html", context)


def _road(found: Any) -> list[str]:
    order = list(ReviewState)
    now = order.index(found.state)
    return ["done"] * now + ["now"] + ["later"] * (len(order) - now - 1)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PlacedRequest, owner: str, review: UUID) -> HttpResponse:
    """Write the review beside its figures."""
    found = review_for_writing(request.viewer, request.owner, review)
    back = redirect("initiatives:review", owner=owner, review=found.pk)
    if found.state not in (ReviewState.READY, ReviewState.WRITTEN):
        return back
    reading = effect.reading(request.viewer, found)
    form = WriteForm(request.POST or None, initial=_known(found, reading))
    context = {"form": form, "review": found, "initiative": found.initiative, "reading": reading}
    if request.method != "POST" or not form.is_valid():
        return render(request, "initiatives/write_review.html", context)
    try:
        actions.write_review(
            review=found, words=form.written(), version=form.cleaned_data["version"], by=request.viewer.email
        )
    except ConflictError as conflict:
        at_version(form, conflict.theirs.version)
        return render(
            request, "initiatives/write_review.html", context | {"theirs": conflict.theirs}, status=409
        )
    messages.success(request, _("Vurderingen er lagret. En annen må lese den før den er ferdig."))
    return back


def _known(found: Any, reading: effect.Reading) -> dict[str, Any]:
    """What is there already; with nothing said yet, not knowing how sure we are is where one begins."""
    names = ("seen", "explanations", "other_explanations", "conclusion", "version")
    certainty = found.certainty or (reading.certainty if reading.has_both else Certainty.UNKNOWN)
    return {name: getattr(found, name) for name in names} | {"certainty": certainty}


@require_POST
def move(request: PlacedRequest, owner: str, review: UUID) -> HttpResponse:
    """One step: the figures are ready, checked, sent back, used in the report."""
    found, form = review_for_writing(request.viewer, request.owner, review), ReviewMoveForm(request.POST)
    back = redirect("initiatives:review", owner=owner, review=found.pk)
    if not form.is_valid():
        messages.error(request, _("Velg et av stegene på siden."))
        return back
    try:
        messages.success(
            request, _STEPS[form.cleaned_data["do"]](request, found, form.cleaned_data["version"])
        )
    except (NotAllowedError, ConflictError):
        messages.warning(request, _("Vurderingen er endret siden du åpnet den. Les den på nytt."))
    except actions.OwnWorkError:
        messages.error(request, _("En annen enn den som skrev, må kontrollere vurderingen."))
    except actions.FiguresMissingError:
        messages.error(request, _("Tallene for begge årene er ikke publisert ennå."))
    return back


def _ready(request: PlacedRequest, found: Any, _version: int) -> str:
    is_there = effect.reading(request.viewer, found).is_published
    actions.mark_ready(review=found, has_figures=is_there, by=request.viewer.email)
    return _("Tallene er klare. Nå kan vurderingen skrives.")


def _check(request: PlacedRequest, found: Any, version: int) -> str:
    actions.check_review(review=found, version=version, by=request.viewer.email)
    return _("Vurderingen er kontrollert.")


def _back(request: PlacedRequest, found: Any, _version: int) -> str:
    actions.send_back(review=found, by=request.viewer.email)
    return _("Vurderingen er sendt tilbake.")


def _use(request: PlacedRequest, found: Any, _version: int) -> str:
    if not request.viewer.may(Permission.INITIATIVES_EDIT, request.owner):
        raise NotAllowedError(found.state, ReviewState.USED)
    name = request.owner.settings.report_name
    actions.use_review(review=found, used_in=name, by=request.viewer.email)
    return _("Vurderingen er brukt i meldingen.")


_STEPS: Final[dict[str, Callable[[PlacedRequest, Any, int], str]]] = {
    "ready": _ready,
    "check": _check,
    "back": _back,
    "use": _use,
}
