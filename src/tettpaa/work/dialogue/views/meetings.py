"""The list of meetings, the year's plan, and the page of one meeting with its steps."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.queries import bodies_of, schools_of
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.formats import school_year
from tettpaa.core.ui.panels import WAITS, Asked, Item, items
from tettpaa.core.ui.parts import Link, some
from tettpaa.work.dialogue import actions, pages, queries, wording
from tettpaa.work.dialogue.access import kind_for_editing, meeting_for_leading, standing
from tettpaa.work.dialogue.forms import DayForm, KindForm, ReasonForm, ThreadForm, YearForm
from tettpaa.work.dialogue.views.place import answers_refusals, back_to, frame, here, page
from tettpaa.work.plans.queries import goals_of

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def _tabs(request: PlacedRequest, here: str) -> list[Link]:
    """Meetings and agreements stand side by side under one menu item."""
    owner = {"owner": request.owner.code}
    may_lead = request.viewer.may(Permission.MEETINGS_LEAD, request.owner)
    tabs = [
        Link(_("Møter"), reverse("dialogue:meetings", kwargs=owner), here == "meetings"),
        Link(_("Avtaler"), reverse("agreements:agreements", kwargs=owner), here == "agreements"),
    ]
    if may_lead:
        tabs.append(Link(_("Møteåret"), reverse("dialogue:year", kwargs=owner), here == "year"))
        tabs.append(Link(_("Typer møter"), reverse("dialogue:kinds", kwargs=owner), here == "kinds"))
    return tabs


@require_safe
def meetings(request: PlacedRequest, owner: str) -> HttpResponse:
    """All meetings the viewer may open: those that wait for the viewer, those that come, those that were."""
    return _list(request)


@require_safe
def school_meetings(request: PlacedRequest, owner: str, school: str) -> HttpResponse:
    """One school's meetings."""
    return _list(request)


def _list(request: PlacedRequest) -> HttpResponse:
    today = timezone.localdate()
    years = queries.years_ended(request.owner, request.school)
    chosen = _chosen(years, request.GET.get("aar", ""))
    shown = years if request.school else chosen  # a school has few enough to see all of them
    lines = queries.meetings_of(
        request.viewer, request.owner, school=request.school, today=today, ended_in=shown
    )
    mine = [line for line in lines if line.duty]
    context = {
        "tabs": _tabs(request, "meetings"),
        "mine": some(sorted(mine, key=_by_date), request.GET),
        "elsewhere": _elsewhere(request, today),
        "coming": some([line for line in lines if not _is_past(line, today)], request.GET),
        "past": some([line for line in lines if _is_past(line, today)], request.GET),
        "years": [] if request.school else _years(years, chosen),
        "first": _first(lines),
        "today": today,
        "may_lead": request.viewer.may(Permission.MEETINGS_LEAD, request.owner),
        "school": request.school,
    }
    return page(request, "meetings", context)


def _elsewhere(request: PlacedRequest, today: date) -> list[Item]:
    """What other rooms wait for from somebody whose front page this is: a hearing to answer, a plan to discuss."""
    if request.school is None or not request.viewer.only_speaks:
        return []
    asked = Asked(viewer=request.viewer, owner=request.owner, today=today, school=request.school)
    return [item for item in items(asked, without="dialogue") if item.mine and item.kind in WAITS]


def _by_date(line: queries.MeetingLine) -> tuple[bool, date]:
    due = line.duty.due_on if line.duty else None
    return due is None, due or date.max


def _chosen(years: list[int], asked: str) -> list[int]:
    """The year asked for if there is such a one, else the newest."""
    return [year for year in years if str(year) == asked] or years[:1]


def _years(years: list[int], chosen: list[int]) -> list[Link]:
    """A way to each year; none when there is no choice."""
    links = [Link(school_year(year), f"?aar={year}", year in chosen) for year in years]
    return links if len(links) > 1 else []


def _is_past(line: queries.MeetingLine, today: date) -> bool:
    """A meeting of today is not past yet."""
    return timezone.localdate(line.meeting.starts_at) < today


def _first(lines: list[queries.MeetingLine]) -> str:
    """The page's answer: what comes next."""
    now = timezone.now()
    coming = [
        line for line in lines if line.meeting.starts_at >= now and line.meeting.state not in wording.OFF
    ]
    if not coming:
        return _("Ingen møter er satt opp fram i tid")
    if len(coming) == 1 or len({line.meeting.school_id for line in coming}) == 1:
        return _("Neste møte er %(when)s") % {"when": wording.moment_words(coming[0].meeting)}
    text = ngettext("%(count)s møte er satt opp", "%(count)s møter er satt opp", len(coming))
    return text % {"count": len(coming)}


@GET_OR_POST
def year(request: PlacedRequest, owner: str) -> HttpResponse:
    """The year's meetings of one kind for all schools in one form."""
    kinds = queries.kinds_of(request.owner)
    chosen = request.POST.get("kind") or request.GET.get("kind") or (kinds[0].key if kinds else "")
    kind = next((one for one in kinds if one.key == chosen), None)
    places: list[Any] = schools_of(request.owner) if kind is None or kind.level == "school" else [None]
    form = YearForm(request.POST or None, kinds=kinds, places=places, initial={"kind": chosen})
    context = {"form": form, "kind": kind, "kinds": kinds, "tabs": _tabs(request, "year")}
    if request.method != "POST" or not form.is_valid() or kind is None:
        return page(request, "year", context, status=422 if request.method == "POST" else 200)
    try:
        made = actions.plan_meetings(
            owner=request.owner, kind=kind, meetings=form.wishes(), by=request.viewer.email
        )
    except actions.RefusedError as error:
        form.add_error(None, error.words)
        return page(request, "year", context, status=422)
    text = ngettext("%(count)s møte er satt opp.", "%(count)s møter er satt opp.", len(made))
    messages.success(request, text % {"count": len(made)})
    return redirect("dialogue:meetings", owner=owner)


@require_safe
def meeting(request: PlacedRequest, meeting: UUID, **_places: str) -> HttpResponse:
    """One meeting, for each role in each state: own next step first."""
    found, who = here(request, meeting)
    today = timezone.localdate()
    duty = queries.duty_of(found, who, today)
    proposals = queries.proposals_of(found, who)
    context = frame(request, found, who) | {
        "first": wording.first_line(found),
        "state": wording.state_words(found),
        "duty": duty,
        "words": wording.duty_words(duty.key) if duty else None,
        "road": pages.road_of(found),
        "countdown": pages.countdown(found, today),
        "package": queries.package_of(request.viewer, found, who, today),
        "agenda": queries.agenda_of(found),
        "proposals": proposals,
        "waiting": sum(one.state == "waiting" for one in proposals),
        "may_propose": bool(who.bodies) and queries.may_propose(found, today),
        "public": queries.public_minutes(found),
        "participants": found.participants.all(),
    }
    return page(request, "meeting", context)


STEPS: Final[Mapping[str, Callable[..., object]]] = {
    "innkall": actions.invite,
    "apne": actions.open_package,
    "las": actions.freeze,
    "send-saklista": actions.send_agenda,
    "send-referat": actions.send_minutes,
    "klart": actions.close_comments,
    "publiser": actions.publish,
    "lag-avtale": actions.draft_from_rows,
    "fulgt-opp": actions.follow_up,
    "avslutt": actions.close,
}


@require_POST
@answers_refusals
def step(request: PlacedRequest, meeting: UUID, key: str, **_places: str) -> HttpResponse:
    """One of the owner's steps, by its name in the address."""
    found = meeting_for_leading(request.viewer, request.owner, request.school, meeting)
    if key not in STEPS:
        raise Http404
    STEPS[key](meeting=found, by=request.viewer.email)
    messages.success(request, wording.step_done(key))
    return back_to(request, found)


@GET_OR_POST
def setup(request: PlacedRequest, meeting: UUID, **_places: str) -> HttpResponse:
    """Day and place, the goal the meeting is about, who reads exempt parts; put off and call off."""
    found = meeting_for_leading(request.viewer, request.owner, request.school, meeting)
    who = standing(request.viewer, found)
    at = timezone.localtime(found.starts_at)
    first = {"day": at.date(), "clock": at.time(), "place": found.place}
    context = frame(request, found, who) | {
        "day_form": DayForm(initial=first),
        "reason_form": ReasonForm(),
        "thread_form": ThreadForm(goals=goals_of(request.owner), initial={"goal": str(found.goal_id or "")}),
        "participants": found.participants.all(),
        "is_off": found.state == "postponed",
    }
    if request.method != "POST":
        return page(request, "setup", context)
    return _change(request, found, context)


def _change(request: PlacedRequest, found: Any, context: dict[str, Any]) -> HttpResponse:
    """One of the four forms of the page, by the name of its button."""
    by = request.viewer.email
    try:
        if "day" in request.POST:
            form = context["day_form"] = DayForm(request.POST)
            if form.is_valid():
                deed = actions.reschedule if found.state == "postponed" else actions.move_meeting
                deed(meeting=found, starts_at=form.starts_at, place=form.cleaned_data["place"], by=by)
                return back_to(request, found)
        elif "goal" in request.POST:
            chooser = context["thread_form"] = ThreadForm(request.POST, goals=goals_of(request.owner))
            if chooser.is_valid():
                actions.choose_goal(meeting=found, goal=chooser.chosen, by=by)
                return back_to(request, found)
        elif "reason" in request.POST:
            why = context["reason_form"] = ReasonForm(request.POST)
            if why.is_valid():
                off = actions.cancel if request.POST.get("off") == "cancel" else actions.postpone
                off(meeting=found, reason=why.cleaned_data["reason"], by=by)
                return back_to(request, found)
        else:
            for one in context["participants"]:
                may = f"exempt_{one.pk}" in request.POST
                if may != one.reads_exempt:
                    actions.let_read_exempt(participant=one, may=may, by=by)
            return back_to(request, found)
    except (actions.RefusedError, NotAllowedError) as error:
        messages.error(request, getattr(error, "words", _("Det går ikke slik møtet står nå.")))
    return page(request, "setup", context, status=422)


@require_safe
def kinds(request: PlacedRequest, owner: str) -> HttpResponse:
    """The owner's kinds of meeting."""
    found = queries.kinds_of(request.owner, also_ended=True)
    return page(request, "kinds", {"kinds": found, "tabs": _tabs(request, "kinds")})


@GET_OR_POST
def kind(request: PlacedRequest, owner: str, key: str) -> HttpResponse:
    """Change a kind in words. Meetings that are set up already keep what they have."""
    found = kind_for_editing(request.viewer, request.owner, key)
    form = KindForm(request.POST or None, instance=found, owners_bodies=bodies_of(request.owner))
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_kind(owner=request.owner, key=key, fields=form.saved(), by=request.viewer.email)
        except actions.RefusedError as error:
            form.add_error("agenda", error.words)
        else:
            messages.success(request, _("Lagret. Møter som alt er satt opp, beholder sin saksliste."))
            return redirect("dialogue:kinds", owner=owner)
    status = 422 if request.method == "POST" else 200
    return page(
        request, "kind", {"form": form, "kind": found, "tabs": _tabs(request, "kinds")}, status=status
    )
