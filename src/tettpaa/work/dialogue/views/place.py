"""What every view of a meeting begins with: the meeting at the address, and what the viewer is to it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.panels import Asked
from tettpaa.work.dialogue.access import Standing, meeting_for_reading, standing
from tettpaa.work.dialogue.actions import RefusedError
from tettpaa.work.dialogue.dates import address_of

type Subject = Any  # a Meeting: views know no models


def here(request: PlacedRequest, meeting: UUID) -> tuple[Subject, Standing]:
    """The meeting at exactly this address, or 404; and what the viewer is to it."""
    found = meeting_for_reading(request.viewer, request.owner, request.school, meeting)
    return found, standing(request.viewer, found)


def frame(request: PlacedRequest, meeting: Subject, who: Standing) -> dict[str, Any]:
    """What every page of a meeting has in its context: addresses, the thread, who looks."""
    goal = meeting.goal
    return {
        "meeting": meeting,
        "who": who,
        "today": timezone.localdate(),
        "base": address_of(meeting),
        "asked": Asked(
            request.viewer, request.owner, timezone.localdate(), school=meeting.school, goal=goal.pk
        )
        if goal is not None and meeting.school is not None
        else None,
        "thread_address": _thread_address(meeting),
    }


def _thread_address(meeting: Subject) -> str:
    """The whole thread of the meeting's goal at its school; empty where nobody has built that page."""
    if meeting.goal_id is None or meeting.school is None:
        return ""
    places = {"owner": meeting.owner.code, "school": meeting.school.code, "goal": meeting.goal_id}
    try:
        return reverse("workspace:thread", kwargs=places)
    except NoReverseMatch:
        return ""


def page(
    request: PlacedRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    return render(request, f"dialogue/{template}.html", context, status=status)


def back_to(request: PlacedRequest, meeting: Subject, route: str = "meeting", **more: Any) -> HttpResponse:
    return redirect(address_of(meeting, route, **more))


def answers_refusals(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What the actions refuse is said in words on the page one came from; nothing is done.

    A step that somebody else has taken meanwhile, and a row that has changed, are refusals too.
    """

    @wraps(view)
    def guarded(request: PlacedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except RefusedError as error:
            messages.error(request, error.words)
        except NotAllowedError:
            messages.error(request, _("Møtet har gått videre siden du åpnet siden. Se hvordan det står nå."))
        except ConflictError:
            messages.error(request, _("Noen andre endret dette samtidig. Se hva de skrev, og prøv igjen."))
        return _undone(request, kwargs)

    return guarded


def _undone(request: PlacedRequest, kwargs: dict[str, Any]) -> HttpResponse:
    """Back to the meeting; the form may be sent again, since nothing was done."""
    meeting, _who = here(request, kwargs["meeting"])
    answer = redirect(address_of(meeting))
    answer.nothing_done = True  # type: ignore[attr-defined]  # read by core/orgs/once.py
    return answer
