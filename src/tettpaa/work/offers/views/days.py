"""One gathering: the day, coming or not, who came, the code, the task between."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.language import reader_language
from tettpaa.work.competence.actions.development import Told, tell_spread
from tettpaa.work.offers import actions, queries
from tettpaa.work.offers.access import (
    gathering_for_holding,
    gathering_for_reading,
    looked,
    may_edit,
    may_hold,
    part_in,
)
from tettpaa.work.offers.enums import How, MinutesState
from tettpaa.work.offers.forms import GatheringForm, StepForm, TaskForm
from tettpaa.work.offers.pages import FormWords, code_image, code_token, fits, role_name
from tettpaa.work.offers.views.places import attempt, calendar_answer, form_page, me_of

FIELDS = ("title", "on", "starts", "ends", "where", "link", "task", "version")


@require_safe
def gathering(request: PlacedRequest, owner: str, gathering: UUID) -> HttpResponse:
    """The day for those who take part in it: agenda, own answer, minutes, what was agreed."""
    found, me = gathering_for_reading(request.viewer, request.owner, gathering), me_of(request)
    today = timezone.localdate()
    holds, people = may_hold(request.viewer, found), queries.present_at(found)
    context = {
        "day": found,
        "of": found.offer or found.network,
        "holds": holds,
        "mine": queries.mine_at(found, me),
        "takes_part": me is not None and any(one.employee.pk == me.pk for one in people),
        "counts": queries.counts_of(people),
        "total": len(people),
        "before": queries.next_before(found),
        "items": list(found.items.all()),
        "follow_ups": [
            {"row": row, "role": role_name(row.role, reader_language())}
            for row in found.follow_ups.select_related("school")
        ],
        "is_approved": found.minutes_state == MinutesState.APPROVED,
        "approved": getattr(found, "approved", None),
        "is_meeting": found.network_id is not None,
        "is_past": found.on < today,
        "is_future": found.on > today,
        "is_today": found.on == today,
        "at_school": me is not None and me.school is not None,
        "part": part_in(request.viewer, found.network),
        "may_edit_offer": found.offer_id is not None and may_edit(request.viewer, request.owner),
    }
    return render(request, "offers/gathering.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_day(request: PlacedRequest, owner: str, gathering: UUID) -> HttpResponse:
    """Change when, where, what."""
    found = gathering_for_holding(request.viewer, request.owner, gathering)
    form = GatheringForm(request.POST or None, initial={name: getattr(found, name) for name in FIELDS})
    theirs = None
    if request.method == "POST" and form.is_valid():
        version = form.put_on(found)
        try:
            actions.change_gathering(gathering=found, version=version, by=request.viewer.email)
        except ConflictError as error:
            theirs = error.theirs
        else:
            messages.success(request, _("Lagret. Kalenderne følger med."))
            return redirect("offers:gathering", owner=owner, gathering=gathering)
    back = reverse("offers:gathering", kwargs={"owner": owner, "gathering": gathering})
    words = FormWords(_("Endre samlingen"), found.title, "", _("Lagre"), back, _("Til samlingen"))
    return form_page(request, form, words, theirs=theirs)


@require_POST
def cancel_day(request: PlacedRequest, owner: str, gathering: UUID) -> HttpResponse:
    """Call one day off."""
    found = gathering_for_holding(request.viewer, request.owner, gathering)
    actions.cancel_gathering(gathering=found, by=request.viewer.email)
    messages.success(request, _("Samlingen er avlyst."))
    return redirect("offers:gathering", owner=owner, gathering=gathering)


@require_POST
def answer(request: PlacedRequest, owner: str, gathering: UUID) -> HttpResponse:
    """Coming, or not."""
    found, me = gathering_for_reading(request.viewer, request.owner, gathering), me_of(request)
    form = StepForm(request.POST)
    do = form.cleaned_data["do"] if form.is_valid() else ""
    if me is None or do not in {"coming", "not_coming"}:
        raise Http404
    said = _("Du kommer.") if do == "coming" else _("Du kommer ikke. Si fra hvis det endrer seg.")
    attempt(
        request,
        lambda: actions.answer(gathering=found, employee=me, coming=do == "coming", by=request.viewer.email),
        said,
    )
    return redirect("offers:gathering", owner=owner, gathering=gathering)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: PlacedRequest, owner: str, gathering: UUID) -> HttpResponse:
    """The list, made for a phone: one button for each person. Each look is written down."""
    found = gathering_for_holding(request.viewer, request.owner, gathering)
    people = queries.present_at(found)
    if request.method == "POST":
        _note(request, found, people)
        return redirect(request.path + _anchor(request))
    looked(request.viewer, request.owner, found.pk)
    context = {
        "day": found,
        "of": found.offer or found.network,
        "people": people,
        "guests": queries.guests_at(found),
        "counts": queries.counts_of(people),
        "has_task": bool(found.task),
    }
    return render(request, "offers/attendance.html", context)


def _anchor(request: PlacedRequest) -> str:
    """Back to the same line of the list."""
    key = request.POST.get("person", "")
    return f"#p{key}" if key.replace("-", "").isalnum() else ""


def _note(request: PlacedRequest, found: Any, people: list[Any]) -> None:
    """One person came or not, or did the task; or so many came from a place."""
    do, by = request.POST.get("do", ""), request.viewer.email
    person = next((one for one in people if str(one.employee.pk) == request.POST.get("person")), None)
    if person is not None and do in {"came", "away"}:
        actions.note(gathering=found, employee=person.employee, came=do == "came", by=by)
    elif person is not None and do in {"done", "undone"}:
        actions.note_task(gathering=found, employee=person.employee, done=do == "done", by=by)
    elif do == "guests":
        for one in queries.guests_at(found):
            raw = request.POST.get(f"g{one.guest.pk}", "")
            came = int(raw) if raw.isdecimal() and len(raw) < 4 else one.came
            if came != one.came:
                actions.note_guests(gathering=found, guest=one.guest, came=came, by=by)
    else:
        raise Http404


@never_cache
@require_safe
def code(request: PlacedRequest, owner: str, gathering: UUID) -> HttpResponse:
    """The code on the big screen. It holds on the day of the gathering only."""
    found = gathering_for_holding(request.viewer, request.owner, gathering)
    token = code_token(found, found.on)
    path = reverse("offers:check_in", kwargs={"owner": owner, "gathering": gathering, "token": token})
    address = settings.BASE_ADDRESS + path
    context = {
        "day": found,
        "of": found.offer or found.network,
        "svg": code_image(address),
        "address": address,
        "is_today": found.on == timezone.localdate(),
    }
    return render(request, "offers/code.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: PlacedRequest, owner: str, gathering: UUID, token: str) -> HttpResponse:
    """ "Jeg er her": opening shows the button, sending notes it. The code is of one gathering and one day."""
    found, me = gathering_for_reading(request.viewer, request.owner, gathering), me_of(request)
    today = timezone.localdate()
    is_open = found.on == today and not found.is_cancelled and fits(found, today, token)
    if request.method == "POST" and is_open and me is not None:
        attempt(
            request,
            lambda: actions.note(
                gathering=found, employee=me, came=True, how=How.CODE, by=request.viewer.email
            ),
        )
        return redirect(request.path)
    mine = queries.mine_at(found, me)
    context = {"day": found, "of": found.offer or found.network, "is_open": is_open, "mine": mine}
    return render(request, "offers/check_in.html", context)


@require_POST
def task(request: PlacedRequest, owner: str, gathering: UUID) -> HttpResponse:
    """The task is done, and what was shared with the others at the school."""
    found, me = gathering_for_reading(request.viewer, request.owner, gathering), me_of(request)
    form = TaskForm(request.POST)
    if me is None or not form.is_valid():
        raise Http404
    done, what, by = form.cleaned_data["done"], form.cleaned_data["what"].strip(), request.viewer.email
    attempt(
        request,
        lambda: actions.note_task(gathering=found, employee=me, done=done, by=by),
        _("Lagret."),
    )
    if what and me.school is not None:
        told = Told(what=what, on=timezone.localdate(), source=f"offers.gathering:{found.pk}")
        tell_spread(school=me.school, told=told, by=by)
    return redirect("offers:gathering", owner=owner, gathering=gathering)


@require_safe
def day_calendar(request: PlacedRequest, owner: str, gathering: UUID) -> HttpResponse:
    """One gathering as a calendar file."""
    found = gathering_for_reading(request.viewer, request.owner, gathering)
    return calendar_answer(queries.calendar_of(found.title, [found], reader_language()), "samling")
