"""The agenda, and what the bodies propose."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.work.dialogue import actions, queries
from tettpaa.work.dialogue.access import (
    body_for_proposing,
    item_of,
    meeting_for_writing,
    proposal_for_answering,
    standing,
)
from tettpaa.work.dialogue.forms import AgendaForm, AnswerForm, ProposalForm
from tettpaa.work.dialogue.views.place import answers_refusals, back_to, frame, here, page

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_OR_POST
def agenda(request: PlacedRequest, meeting: UUID, **_places: str) -> HttpResponse:
    """Change the agenda until it is sent: order, minutes, who opens. A conflict shows theirs; what you wrote stays."""
    found = meeting_for_writing(request.viewer, request.owner, request.school, meeting)
    who = standing(request.viewer, found)
    items = list(found.items.all())
    if request.method != "POST":
        form = AgendaForm(items=items, initial={"version": found.version})
        return _agenda_page(request, found, who, form)
    form = AgendaForm(request.POST)
    if not form.is_valid():
        return _agenda_page(request, found, who, form, status=422)
    try:
        actions.save_agenda(
            meeting=found,
            items=form.wanted(),
            version=form.cleaned_data["version"],
            by=request.viewer.email,
        )
    except ConflictError as error:
        again = AgendaForm(request.POST.dict() | {"version": str(error.theirs.version)})
        return _agenda_page(request, found, who, again, theirs=items, status=409)
    except actions.RefusedError as error:
        form.add_error(None, error.words)
        return _agenda_page(request, found, who, form, status=422)
    messages.success(request, _("Saklista er lagret."))
    return back_to(request, found)


def _agenda_page(
    request: PlacedRequest, found: Any, who: Any, form: AgendaForm, *, theirs: Any = None, status: int = 200
) -> HttpResponse:
    context = frame(request, found, who) | {
        "form": form,
        "theirs": theirs,
        "can_change": found.state in {"planned", "invited", "open", "frozen"},
        "agenda": queries.agenda_of(found),
        "total": sum(item.minutes for item in found.items.all()),
    }
    return page(request, "agenda", context, status=status)


@GET_OR_POST
def propose(request: PlacedRequest, meeting: UUID, **_places: str) -> HttpResponse:
    """A body proposes an item, and sees here what became of the ones before."""
    found, who = here(request, meeting)
    if not who.bodies:
        raise Http404
    form = ProposalForm(request.POST or None, bodies=who.bodies, initial={"body": who.bodies[0].key})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.propose(
                meeting=found,
                body=body_for_proposing(request.viewer, found, data["body"]),
                title=data["title"],
                text=data["text"],
                by=request.viewer.email,
            )
        except actions.RefusedError as error:
            form.add_error(None, error.words)
        else:
            messages.success(request, _("Forslaget er sendt. Dere ser svaret her."))
            return back_to(request, found)
    context = frame(request, found, who) | {
        "form": form,
        "open": queries.may_propose(found, timezone.localdate()),
        "proposals": queries.proposals_of(found, who),
    }
    return page(request, "propose", context, status=422 if request.method == "POST" else 200)


@require_POST
@answers_refusals
def take(request: PlacedRequest, meeting: UUID, proposal: UUID, **_places: str) -> HttpResponse:
    """The proposal comes into the meeting."""
    found, _who = here(request, meeting)
    row = proposal_for_answering(request.viewer, found, proposal)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise actions.RefusedError(_("Svaret er for langt, eller minuttene er ikke et tall."))
    data = form.cleaned_data
    actions.take_proposal(
        proposal=row,
        item=item_of(found, data["item"]) if data["item"] else None,
        minutes=data["minutes"] or 10,
        answer=data["answer"],
        by=request.viewer.email,
    )
    messages.success(request, _("Saken er med i møtet. De som foreslo den, ser det nå."))
    return back_to(request, found)


@require_POST
@answers_refusals
def elsewhere(request: PlacedRequest, meeting: UUID, proposal: UUID, **_places: str) -> HttpResponse:
    """The proposal is answered: it is taken up somewhere else."""
    found, _who = here(request, meeting)
    row = proposal_for_answering(request.viewer, found, proposal)
    form = AnswerForm(request.POST)
    answer = form.cleaned_data["answer"] if form.is_valid() else ""
    actions.send_elsewhere(proposal=row, answer=answer, by=request.viewer.email)
    messages.success(request, _("Svaret er sendt. De som foreslo saken, ser det nå."))
    return back_to(request, found)
