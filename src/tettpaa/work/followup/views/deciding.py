"""Judging, answering, deciding, reviewing, stepping and closing: each with a person's words."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.formats import day
from tettpaa.work.followup import access, actions, queries, wording
from tettpaa.work.followup.forms import (
    AssessForm,
    CloseForm,
    CommentForm,
    DecideForm,
    RemarkForm,
    ReviewForm,
    in_two_weeks,
)
from tettpaa.work.followup.views.placing import (
    attempt,
    case_or_404,
    done,
    form_page,
    looked,
    role_at,
    school_of,
    to_case,
)
from tettpaa.work.followup.wording import FormWords

if TYPE_CHECKING:
    from tettpaa.work.followup.models import FollowUpCase

form_view = require_http_methods(["GET", "HEAD", "POST"])


@form_view
def assess(request: PlacedRequest, owner: str, school: str) -> HttpResponse:
    """Judge signals in writing; the principal is asked."""
    place = school_of(request)
    signals = queries.signals_to_judge(request.viewer, request.owner, place)
    if not signals:
        messages.info(request, _("Ingen signaler venter på en vurdering."))
        return redirect("followup:school_cases", owner=owner, school=school)
    choices = [(str(one.pk), wording.signal_sentence(one)) for one in signals]
    today = timezone.localdate()
    form = AssessForm(request.POST or None, choices=choices, initial={"answer_by": in_two_weeks(today)})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = actions.assess(
            owner=request.owner,
            school=place,
            signals=[one for one in signals if str(one.pk) in data["signals"]],
            text=data["text"],
            answer_by=data["answer_by"],
            by=request.viewer.email,
            role=role_at(request, place),
        )
        return done(request, made, _("Vurderingen er lagret, og rektor er spurt."))
    looked(request, place.code)
    return render(request, "followup/assess.html", {"school": place, "form": form, "signals": signals})


@form_view
def comment(request: PlacedRequest, owner: str, school: str, case: UUID) -> HttpResponse:
    """The principal's answer, before anything is decided."""
    found = case_or_404(request, case, access.case_for_commenting)
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        role = role_at(request, found.school)
        if attempt(request, lambda: actions.comment(case=found, by=request.viewer.email, role=role, **data)):
            return done(request, found, _("Svaret er lagret, slik du skrev det."))
        return to_case(found)
    words = FormWords(
        _("Rektors svar"),
        _("Hvordan ser du det?"),
        _("Svaret står i saken slik du skriver det, også om du er uenig. Ingenting er besluttet ennå."),
        _("Send svaret"),
    )
    return form_page(request, found, form, words, "followup/comment.html")


@form_view
def remark(request: PlacedRequest, owner: str, school: str, case: UUID) -> HttpResponse:
    """A remark from either side."""
    found = case_or_404(request, case)
    needed = (Permission.CASES_WRITE, Permission.CASES_COMMENT)
    if not any(request.viewer.may(one, found.school) for one in needed):
        raise Http404
    form = RemarkForm(request.POST or None)
    words = FormWords(
        _("Merknad"),
        _("Hva skal stå i saken?"),
        _("Merknaden kan ikke endres etterpå."),
        _("Lagre merknaden"),
    )
    if request.method == "POST" and form.is_valid():
        role, text = role_at(request, found.school), form.cleaned_data["text"]
        if attempt(
            request, lambda: actions.remark(case=found, text=text, by=request.viewer.email, role=role)
        ):
            return done(request, found, _("Merknaden er lagret."))
        return to_case(found)
    return form_page(request, found, form, words)


@form_view
def decide(request: PlacedRequest, owner: str, school: str, case: UUID) -> HttpResponse:
    """No case, or a case on a step."""
    found = case_or_404(request, case, access.case_for_deciding)
    form = DecideForm(request.POST or None, steps=_steps(request), none=True)
    if request.method == "POST" and form.is_valid():
        if attempt(request, lambda: _decide(request, found, form)):
            return done(request, found, _("Beslutningen er lagret. Rektor ser den."))
        return to_case(found)
    words = FormWords(
        _("Beslutning"),
        _("Hva skal skje nå?"),
        _("Systemet flytter aldri en skole. Du bestemmer, med skriftlig grunn."),
        _("Lagre beslutningen"),
    )
    return form_page(request, found, form, words)


def _steps(request: PlacedRequest) -> list[tuple[str, str]]:
    return [(one.key, f"{one.number}. {one.name}") for one in queries.ladder_of(request.owner)]


def _decide(request: PlacedRequest, found: "FollowUpCase", form: DecideForm) -> None:
    data, role = form.cleaned_data, role_at(request, found.school)
    if not data["step"]:
        actions.decide_no_case(case=found, text=data["text"], by=request.viewer.email, role=role)
        return
    actions.use_default_ladder(owner=request.owner, by=request.viewer.email)
    chosen = access.step_in(request.owner, data["step"])
    if chosen is None:
        raise Http404
    actions.open_case(
        case=found,
        step=chosen,
        text=data["text"],
        review_on=data["review_on"],
        by=request.viewer.email,
        role=role,
    )


@form_view
def review(request: PlacedRequest, owner: str, school: str, case: UUID) -> HttpResponse:
    """Look at the case again."""
    found = case_or_404(request, case, access.case_for_writing)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        role, text = role_at(request, found.school), form.cleaned_data["text"]
        if attempt(
            request, lambda: actions.review(case=found, text=text, by=request.viewer.email, role=role)
        ):
            return done(request, found, _("Gjennomgangen er lagret."))
        return to_case(found)
    words = FormWords(
        _("Gjennomgang"),
        _("Hva vet vi nå som vi ikke visste sist?"),
        _("«Vi vet ikke» er et godt svar. Trinnet besluttes etterpå."),
        _("Lagre gjennomgangen"),
    )
    return form_page(request, found, form, words)


@form_view
def step(request: PlacedRequest, owner: str, school: str, case: UUID) -> HttpResponse:
    """Up, down or the same step, after a review."""
    found = case_or_404(request, case, access.case_for_deciding)
    form = DecideForm(
        request.POST or None,
        steps=_steps(request),
        none=False,
        initial={"step": found.step.key if found.step else ""},
    )
    if request.method == "POST" and form.is_valid():
        data, role = form.cleaned_data, role_at(request, found.school)
        chosen = access.step_in(request.owner, data["step"])
        if chosen is not None and attempt(
            request,
            lambda: actions.step_case(
                case=found,
                to=chosen,
                text=data["text"],
                review_on=data["review_on"],
                by=request.viewer.email,
                role=role,
            ),
        ):
            return done(request, found, _("Trinnet er lagret."))
        return to_case(found)
    words = FormWords(
        _("Trinn"),
        _("Opp, ned eller på samme trinn?"),
        _("Ned krever at vilkårene er oppfylt, og at det varer."),
        _("Lagre trinnet"),
    )
    return form_page(request, found, form, words)


@form_view
def close(request: PlacedRequest, owner: str, school: str, case: UUID) -> HttpResponse:
    """Close a reviewed case in a meeting."""
    found = case_or_404(request, case, access.case_for_deciding)
    meetings = queries.meetings_to_close_with(found)
    spoken = wording.spoken()
    choices = [(str(one.pk), f"{one.kind.name}, {day(one.starts_at.date(), spoken)}") for one in meetings]
    form = CloseForm(request.POST or None, meetings=choices)
    if request.method == "POST" and form.is_valid():
        data, role = form.cleaned_data, role_at(request, found.school)
        meeting = next(one for one in meetings if str(one.pk) == data["meeting"])
        if attempt(
            request,
            lambda: actions.close_case(
                case=found, meeting=meeting, text=data["text"], by=request.viewer.email, role=role
            ),
        ):
            return done(request, found, _("Saken er avsluttet."))
        return to_case(found)
    words = FormWords(
        _("Avslutt"),
        _("Hva er annerledes nå?"),
        _("En sak avsluttes i et møte med skolen."),
        _("Avslutt saken"),
    )
    return form_page(request, found, form, words)
