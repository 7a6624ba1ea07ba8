"""In the meeting and after: each item to write in, the promises, the draft and its comments, approval, public minutes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tettpaa.core.accounts.step_up import recent_proof
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.work.dialogue import actions, queries
from tettpaa.work.dialogue.access import meeting_for_leading
from tettpaa.work.dialogue.forms import ApproveForm, CommentForm, HeldForm, ReasonForm
from tettpaa.work.dialogue.views.place import answers_refusals, back_to, frame, here, page


@require_safe
def minutes(request: PlacedRequest, meeting: UUID, **_places: str) -> HttpResponse:
    """The minutes as they stand, for those who read them; each act that is due."""
    found, who = here(request, meeting)
    if not who.reads_all:
        raise Http404
    return _minutes_page(request, found, who)


def _minutes_page(
    request: PlacedRequest, found: Any, who: Any, *, status: int = 200, **forms: Any
) -> HttpResponse:
    version = queries.newest_version(found)
    approvals = list(version.approvals.all()) if version else []
    invited = [row.role for row in found.participants.all()]
    sealed = found.state in {"commented", "approved", "published", "followed", "closed"}
    context = frame(request, found, who) | {
        "items": queries.minutes_of(found, who),
        "comments": queries.comments_of(found),
        "version": version if sealed else None,
        "approvals": approvals if sealed else [],
        "may_approve": found.state == "commented"
        and who.approves is not None
        and who.approves not in {row.side for row in approvals},
        "writes": who.writes and found.state in {"agenda", "held", "draft"},
        "comment_form": CommentForm(),
        "reason_form": ReasonForm(),
        "held_form": HeldForm(roles_invited=invited, initial={"present": invited}),
        "participants": found.participants.all(),
        **forms,
    }
    return page(request, "minutes", context, status=status)


@require_POST
@answers_refusals
def held(request: PlacedRequest, meeting: UUID, **_places: str) -> HttpResponse:
    """The meeting took place: who was there, and the next check."""
    found = meeting_for_leading(request.viewer, request.owner, request.school, meeting)
    form = HeldForm(request.POST, roles_invited=[row.role for row in found.participants.all()])
    if not form.is_valid():
        _found, who = here(request, meeting)
        return _minutes_page(request, found, who, held_form=form, status=422)
    data = form.cleaned_data
    actions.hold_meeting(
        meeting=found, present=data["present"], next_check_on=data["next_check_on"], by=request.viewer.email
    )
    return back_to(request, found, "minutes")


@require_POST
@answers_refusals
def comment(request: PlacedRequest, meeting: UUID, **_places: str) -> HttpResponse:
    """What a side says to the draft."""
    found, who = here(request, meeting)
    if not who.writes:
        raise Http404
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _minutes_page(request, found, who, comment_form=form, status=422)
    actions.comment(meeting=found, who=who, text=form.cleaned_data["text"], by=request.viewer.email)
    messages.success(request, _("Kommentaren er lagt ved. Begge sider ser den."))
    return back_to(request, found, "minutes")


@require_POST
@answers_refusals
def reopen(request: PlacedRequest, meeting: UUID, **_places: str) -> HttpResponse:
    """Somebody will not approve yet: back to draft, with the reason."""
    found, who = here(request, meeting)
    form = ReasonForm(request.POST)
    if who.approves is None:
        raise Http404
    if not form.is_valid():
        return _minutes_page(request, found, who, reason_form=form, status=422)
    actions.reopen_minutes(meeting=found, reason=form.cleaned_data["reason"], by=request.viewer.email)
    messages.success(request, _("Referatet er sendt tilbake, så det kan rettes."))
    return back_to(request, found, "minutes")


@require_POST
@recent_proof
@answers_refusals
def approve(request: PlacedRequest, meeting: UUID, **_places: str) -> HttpResponse:
    """A side approves exactly the version it saw."""
    found, who = here(request, meeting)
    form = ApproveForm(request.POST)
    if who.approves is None or not form.is_valid():
        raise Http404
    actions.approve(
        meeting=found,
        side=who.approves,
        role=who.role,
        seen=form.cleaned_data["seen"],
        by=request.viewer.email,
    )
    messages.success(request, _("Du har godkjent referatet."))
    return back_to(request, found, "minutes")


@require_safe
def public(request: PlacedRequest, meeting: UUID, **_places: str) -> HttpResponse:
    """The public minutes, for everybody who takes part."""
    found, who = here(request, meeting)
    published = queries.public_minutes(found)
    if published is None:
        raise Http404
    row, content = published
    return page(request, "public", frame(request, found, who) | {"public": row, "content": content})


@require_safe
def aloud(request: PlacedRequest, meeting: UUID, **_places: str) -> HttpResponse:
    """The promises as sentences, to be read aloud before the meeting ends."""
    found, who = here(request, meeting)
    if not who.reads_all:
        raise Http404
    return page(request, "aloud", frame(request, found, who) | {"rows": queries.rows_of(found)})
