"""Self-assessment: the school's rounds, one round with its result, the page to answer on, the owner's shared ones."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.orgs.permissions import Permission, roles
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.panels import Asked
from tettpaa.work.surveys import actions, queries
from tettpaa.work.surveys.access import (
    is_of_school,
    may_see_result,
    placed_school,
    round_for_answering,
    round_for_reading,
    round_for_running,
)
from tettpaa.work.surveys.enums import State
from tettpaa.work.surveys.forms import AnswerForm, MoveForm, RoundForm, ScaleForm
from tettpaa.work.yearwheel.rules import school_year_of


@require_safe
def rounds(request: PlacedRequest, owner: str, school: str) -> HttpResponse:
    """The school's self-assessments: where each is. Results are on a page each, never beside each other."""
    place = placed_school(request)
    context = {
        "school": place,
        "rounds": queries.rounds_of(request.viewer, place),
        "has_scale": _has_scale(request),
        "goals": queries.goals_to_ask(request.owner),
        "may_run": request.viewer.may(Permission.ASSESSMENTS_RUN, place),
    }
    return render(request, "surveys/rounds.html", context)


def _has_scale(request: PlacedRequest) -> bool:
    scale = queries.scale_of(request.owner)
    return scale is not None and len(scale.steps.all()) > 1


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: PlacedRequest, owner: str, school: str) -> HttpResponse:
    """Plan a round."""
    this = school_year_of(timezone.localdate())
    form = RoundForm(
        request.POST or None,
        goals=queries.goals_to_ask(request.owner),
        years=[this, this + 1],
        initial={"school_year": this},
    )
    if request.method != "POST" or not form.is_valid():
        return render(request, "surveys/plan.html", {"form": form, "school": request.school})
    values = {name: form.cleaned_data[name] for name in ("school_year", "goals", "opens_on", "closes_on")}
    made = actions.plan_round(
        owner=request.owner, school=placed_school(request), by=request.viewer.email, **values
    )
    messages.success(request, _("Egenvurderingen er planlagt og står i årshjulet."))
    return redirect("surveys:round", owner=owner, school=school, round=made.pk)


@require_safe
def round(request: PlacedRequest, owner: str, school: str, round: UUID) -> HttpResponse:  # noqa: A001, A002
    """One round: where it is, and its result for those who may see it."""
    found = round_for_reading(request.viewer, placed_school(request), round)
    found = queries.round_with_questions(found.pk)
    is_own = is_of_school(request.viewer, found.school)
    result = queries.reading(request.viewer, found)
    if result is not None and not is_own:
        actions.remember_look(round=found, role=_role(request), by=request.viewer.email)
    may_run = request.viewer.may(Permission.ASSESSMENTS_RUN, found.school)
    context = {
        "round": found,
        "result": result,
        "thread": _thread(request, found),
        "may_see": may_see_result(request.viewer, found),
        "may_run": may_run,
        "is_open": found.state == State.OPEN,
        "about_answered": queries.about_answered(found) if may_run and found.state == State.OPEN else "",
        "may_answer": _may_answer(request, found),
        "looks": [{"role": _role_name(look.role, request), "on": look.on} for look in queries.looks_at(found)]
        if may_run
        else [],
    }
    return render(request, "surveys/round.html", context)


def _thread(request: PlacedRequest, found: Any) -> dict[str, Any] | None:
    """The thread the reader came by: of the goal that the address names, if the round asks about it."""
    asked_for = request.GET.get("mal", "")
    question = next((one for one in found.questions.all() if str(one.goal_id) == asked_for), None)
    if question is None:
        return None
    return {
        "asked": Asked(request.viewer, request.owner, timezone.localdate(), found.school, question.goal_id),
        "name": question.goal.text,
        "address": reverse(
            "workspace:thread",
            kwargs={"owner": request.owner.code, "school": found.school.code, "goal": question.goal_id},
        ),
    }


def _may_answer(request: PlacedRequest, found: Any) -> bool:
    return (
        found.state == State.OPEN
        and request.viewer.may(Permission.ASSESSMENTS_ANSWER, found.school)
        and not queries.has_answered(found, request.viewer.email)
    )


def _role(request: PlacedRequest) -> str:
    """The role by which somebody sees a school's result from above."""
    keys = (
        grant.role.key
        for grant in request.viewer.grants
        if Permission.ASSESSMENTS_READ in grant.role.permissions and request.owner.is_below(grant.unit)
    )
    return next(keys, "")


def _role_name(key: str, request: PlacedRequest) -> str:
    role = roles().get(key)
    language = getattr(request, "LANGUAGE_CODE", "nb")
    return role.names.get(language, role.names["nb"]) if role else _("Skoleeier")


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: PlacedRequest, owner: str, school: str, round: UUID) -> HttpResponse:  # noqa: A002
    """One page for all goals, made for a phone. A second sending changes nothing and says thank you again.

    The form has no mark of having been sent (core/orgs/once.py), on purpose: the mark has a time. The yes beside
    the person does the same work without one.
    """
    found = queries.round_with_questions(
        round_for_answering(request.viewer, placed_school(request), round).pk
    )
    today = timezone.localdate()
    is_open = found.state == State.OPEN and found.opens_on <= today <= found.closes_on
    has_answered = queries.has_answered(found, request.viewer.email)
    form = AnswerForm(request.POST or None, round=found)
    context = {"round": found, "is_open": is_open, "has_answered": has_answered, "form": form}
    if request.method != "POST" or has_answered or not is_open or not form.is_valid():
        return render(request, "surveys/answer.html", context)
    try:
        actions.give_answers(round=found, answers=form.answers(), by=request.user)
    except (actions.AlreadyAnsweredError, actions.ClosedError):
        messages.info(request, _("Egenvurderingen tar ikke imot flere svar fra deg."))
    return redirect("surveys:answer", owner=owner, school=school, round=found.pk)


@require_POST
def move(request: PlacedRequest, owner: str, school: str, round: UUID) -> HttpResponse:  # noqa: A002
    """The head opens, closes, completes, shares, withdraws or archives."""
    found, form = round_for_running(request.viewer, placed_school(request), round), MoveForm(request.POST)
    back = redirect("surveys:round", owner=owner, school=school, round=found.pk)
    if not form.is_valid():
        messages.error(request, _("Velg et av stegene på siden."))
        return back
    try:
        with transaction.atomic():
            said = _STEPS[form.cleaned_data["do"]](found, form.cleaned_data["comment"], request.viewer.email)
        messages.success(request, said)
    except NotAllowedError:
        messages.warning(request, _("Noen andre har flyttet egenvurderingen. Her ser du hvor den er nå."))
    except actions.NoScaleError:
        messages.error(request, _("Kommunen må velge ord for skalaen før dere kan åpne."))
    except IntegrityError:
        messages.error(request, _("Skolen har en annen egenvurdering som er åpen. Lukk den først."))
    return back


def _open(found: Any, _comment: str, by: str) -> str:
    actions.open_round(round=found, by=by)
    return _("Egenvurderingen er åpen. De ansatte ser den på forsiden sin.")


def _close(found: Any, _comment: str, by: str) -> str:
    actions.close_round(round=found, by=by)
    return _("Egenvurderingen er lukket og svarene er telt opp.")


def _complete(found: Any, comment: str, by: str) -> str:
    actions.complete_round(round=found, comment=comment, by=by)
    return _("Egenvurderingen er ferdigstilt.")


def _share(found: Any, _comment: str, by: str) -> str:
    actions.share_round(round=found, by=by)
    return _("Skoleeier kan se svarene. Du kan trekke delingen tilbake.")


def _withdraw(found: Any, _comment: str, by: str) -> str:
    actions.withdraw_round(round=found, by=by)
    return _("Delingen er trukket tilbake. Under ser du hvem som har sett svarene.")


def _archive(found: Any, _comment: str, by: str) -> str:
    actions.archive_round(round=found, by=by)
    return _("Egenvurderingen er arkivert. Bare skolen ser den.")


_STEPS: Final[dict[str, Callable[[Any, str, str], str]]] = {
    "open": _open,
    "close": _close,
    "complete": _complete,
    "share": _share,
    "withdraw": _withdraw,
    "archive": _archive,
}


@require_safe
def shared(request: PlacedRequest, owner: str) -> HttpResponse:
    """Whose result the reader may open, one school a line; what they say is on a page each."""
    context = {
        "rounds": queries.shared_with(request.viewer, request.owner),
        "scale": queries.scale_of(request.owner),
        "may_change": request.viewer.may(Permission.PLANS_EDIT, request.owner),
    }
    return render(request, "surveys/shared.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def scale(request: PlacedRequest, owner: str) -> HttpResponse:
    """The owner's words for how far one has come."""
    known = queries.scale_of(request.owner)
    steps = {step.word: step.key for step in known.steps.all()} if known else {}
    initial = {
        "steps": "\n".join(steps),
        "unknown": known.unknown if known else _("Vet ikke"),
        "smallest": queries.smallest_of(request.owner),
    }
    form = ScaleForm(request.POST or None, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return render(request, "surveys/scale.html", {"form": form})
    actions.set_scale(
        owner=request.owner,
        unknown=form.cleaned_data["unknown"],
        smallest=form.cleaned_data["smallest"],
        steps=form.new_steps(steps),
        by=request.viewer.email,
    )
    messages.success(request, _("Skalaen er lagret. Den gjelder for egenvurderinger som åpnes fra nå av."))
    return redirect("surveys:shared", owner=owner)
