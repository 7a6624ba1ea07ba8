"""Classroom walks and guidance between colleagues."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.work.competence import access, actions, pages, queries
from tettpaa.work.competence.forms.practice import (
    AgreedForm,
    GuidanceForm,
    HandOverForm,
    NoteForm,
    OwnWordsForm,
    PatternForm,
    RoundForm,
    SessionForm,
    TalkedForm,
    WalkForm,
)
from tettpaa.work.competence.views.common import GET_POST, FormPage, act, form_page, school_of

if TYPE_CHECKING:
    from tettpaa.work.competence.models import ClassroomWalk, PeerGuidance, WalkRound


def _round(row: "WalkRound") -> str:
    return reverse("competence:round", args=[row.owner.code, row.school.code, row.pk])


def _walk(row: "ClassroomWalk") -> str:
    return reverse("competence:walk", args=[row.owner.code, row.school.code, row.pk])


@require_safe
def rounds(request: PlacedRequest, owner: str, school: str) -> HttpResponse:
    """What walks at the school are about, for all its staff."""
    place = school_of(request)
    context = {
        "school": place,
        "rounds": queries.rounds_of(place),
        "may_lead": access.rank_at(request.viewer, request.owner, place) > 0,
    }
    return render(request, "competence/rounds.html", context)


@GET_POST
def round_new(request: PlacedRequest, owner: str, school: str) -> HttpResponse:
    place = school_of(request)
    if access.rank_at(request.viewer, request.owner, place) == 0:
        raise Http404
    form = RoundForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    page = FormPage(
        _("Klassevandring"),
        _("Hva skal vi se etter sammen?"),
        reverse("competence:rounds", args=[owner, place.code]),
        eyebrow=place.label,
        help=_("Temaet avtales med de ansatte og drøftes med de tillitsvalgte før noen blir varslet."),
    )
    return form_page(
        request,
        form,
        page,
        lambda: actions.start_round(
            owner=request.owner,
            school=place,
            wanted=actions.NewRound(**form.cleaned_data),
            by=request.viewer.email,
        ),
    )


@require_safe
def round_page(request: PlacedRequest, owner: str, school: str, round: UUID) -> HttpResponse:  # noqa: A002 - the address's word
    """One round; the leader's own walks, or one's own."""
    place = school_of(request)
    found = access.round_for_reading(request.viewer, request.owner, place, round)
    may_lead = access.rank_at(request.viewer, request.owner, place) > 0
    if may_lead:
        people = access.staff_for_reading(request.viewer, request.owner, place)
        walks = queries.walks_in(found, people)
    else:
        walks = queries.own_walks_in(found, queries.employee_of(request.viewer, request.owner))
    context = {"round": found, "school": place, "walks": walks, "may_lead": may_lead}
    return render(request, "competence/round.html", context)


@GET_POST
def agreed(request: PlacedRequest, owner: str, school: str, round: UUID) -> HttpResponse:  # noqa: A002
    found = access.round_for_leading(request.viewer, request.owner, school_of(request), round)
    initial = {"with_staff": found.agreed_with_staff_on, "with_unions": found.discussed_with_unions_on}
    form = AgreedForm(request.POST or None, initial=initial)
    page = FormPage(_("Klassevandring"), _("Hvem er spurt?"), _round(found), eyebrow=found.theme)
    return form_page(
        request,
        form,
        page,
        lambda: actions.agree_round(row=found, **form.cleaned_data, by=request.viewer.email),
    )


@require_POST
def evaluated(request: PlacedRequest, owner: str, school: str, round: UUID) -> HttpResponse:  # noqa: A002
    found = access.round_for_leading(request.viewer, request.owner, school_of(request), round)
    return act(
        request,
        lambda: actions.evaluate_round(row=found, on=timezone.localdate(), by=request.viewer.email),
        _round(found),
        _("Lagret."),
    )


@GET_POST
def pattern(request: PlacedRequest, owner: str, school: str, round: UUID) -> HttpResponse:  # noqa: A002
    """What shows across the walks."""
    found = access.round_for_leading(request.viewer, request.owner, school_of(request), round)
    form = PatternForm(request.POST or None, initial={"text": found.pattern})
    page = FormPage(_("Klassevandring"), _("Hva går igjen?"), _round(found), eyebrow=found.theme)
    return form_page(
        request,
        form,
        page,
        lambda: actions.tell_pattern(row=found, **form.cleaned_data, by=request.viewer.email),
    )


@GET_POST
def walk_new(request: PlacedRequest, owner: str, school: str, round: UUID) -> HttpResponse:  # noqa: A002
    """Plan a walk with one of one's own staff."""
    place = school_of(request)
    found = access.round_for_leading(request.viewer, request.owner, place, round)
    people = access.staff_for_reading(request.viewer, request.owner, place)
    form = WalkForm(request.POST or None, teachers=pages.teachers_in(people))
    page = FormPage(_("Klassevandring"), _("Hvor skal du?"), _round(found), eyebrow=found.theme)

    def save() -> None:
        data = dict(form.cleaned_data)
        teacher = form.teachers[data.pop("teacher")]
        actions.plan_walk(row=found, teacher=teacher, wanted=actions.NewWalk(**data), by=request.viewer.email)

    return form_page(request, form, page, save)


@require_safe
def walk(request: PlacedRequest, owner: str, school: str, walk: UUID) -> HttpResponse:
    """One walk: the teacher sees the note, the leader the date, the theme and the next step."""
    found = access.walk_for_reading(request.viewer, request.owner, school_of(request), walk)
    is_mine = access.is_self(request.viewer, found.teacher)
    context = {
        "walk": found,
        "is_mine": is_mine,
        "note": queries.note_of(found) if is_mine else None,
        "steps": [] if is_mine else pages.walk_steps(found),
        "road": pages.walk_road(found),
        "may_hand_over": pages.may_hand_over(request.viewer, found) and not queries.has_note(found),
        "talked": TalkedForm() if not is_mine else None,
    }
    return render(request, "competence/walk.html", context)


@require_POST
def walk_move(request: PlacedRequest, owner: str, school: str, walk: UUID) -> HttpResponse:
    found = access.walk_for_leading(request.viewer, request.owner, school_of(request), walk)
    form = TalkedForm(request.POST)
    step = form.cleaned_data["next_step"] if form.is_valid() else ""
    return act(
        request,
        lambda: actions.move_walk(
            walk=found, to=request.POST.get("to", ""), next_step=step, by=request.viewer.email
        ),
        _walk(found),
        _("Lagret."),
    )


@GET_POST
def hand_over(request: PlacedRequest, owner: str, school: str, walk: UUID) -> HttpResponse:
    """Write the note, and give it away."""
    found = access.walk_for_leading(request.viewer, request.owner, school_of(request), walk)
    form = HandOverForm(request.POST or None)
    page = FormPage(
        _("Klassevandring"),
        _("Hva så du?"),
        _walk(found),
        eyebrow=found.round.theme,
        help=_("Når du lagrer, er notatet lærerens. Da kan du ikke lese det mer."),
    )
    return form_page(
        request,
        form,
        page,
        lambda: actions.hand_over_note(walk=found, **form.cleaned_data, by=request.viewer.email),
    )


@GET_POST
def own_words(request: PlacedRequest, owner: str, school: str, walk: UUID) -> HttpResponse:
    """The teacher writes in the note."""
    found = access.own_walk(request.viewer, request.owner, school_of(request), walk)
    note = queries.note_of(found)
    form = OwnWordsForm(request.POST or None, initial={"text": note.own_words if note else ""})
    page = FormPage(
        _("Klassevandring"),
        _("Hva tar du med deg?"),
        _walk(found),
        eyebrow=found.round.theme,
        help=_("Bare du kan lese notatet."),
    )
    return form_page(
        request,
        form,
        page,
        lambda: actions.write_own_words(walk=found, **form.cleaned_data, by=request.viewer.email),
    )


@require_POST
def note_delete(request: PlacedRequest, owner: str, school: str, walk: UUID) -> HttpResponse:
    found = access.own_walk(request.viewer, request.owner, school_of(request), walk)
    return act(
        request,
        lambda: actions.delete_note(walk=found, by=request.viewer.email),
        _walk(found),
        _("Notatet er slettet."),
    )


@GET_POST
def guidance_new(request: PlacedRequest, owner: str, school: str) -> HttpResponse:
    """Begin guidance with one or two colleagues."""
    place = school_of(request)
    mine = queries.employee_of(request.viewer, request.owner)
    if mine is None or mine.school_id != place.pk:
        raise Http404
    others = queries.colleagues(place, timezone.localdate(), but=mine)
    form = GuidanceForm(request.POST or None, colleagues=others)
    page = FormPage(
        _("Kollegaveiledning"),
        _("Hva vil dere hjelpe hverandre med?"),
        reverse("competence:mine", args=[owner]),
        eyebrow=place.label,
        help=_("Innholdet er mellom dere. Lederen ser bare temaet, og om dere er ferdige."),
    )

    def save() -> None:
        data = form.cleaned_data
        members = [mine, *(form.colleagues[key] for key in data["members"])]
        actions.start_guidance(
            members=members, theme=data["theme"], contract=data["contract"], by=request.viewer.email
        )

    return form_page(request, form, page, save)


@require_safe
def guidance(request: PlacedRequest, owner: str, school: str, guidance: UUID) -> HttpResponse:
    """One guidance, for those in it."""
    found = _guidance(request, guidance)
    return render(request, "competence/guidance.html", _context(found))


def _context(found: "PeerGuidance") -> dict[str, object]:
    return {
        "guidance": found,
        "members": [one.employee.name for one in found.members.select_related("employee")],
        "sessions": list(found.sessions.all()),
        "notes": list(found.notes.select_related("author")),
        "is_over": pages.is_concluded(found),
        "session_form": SessionForm(initial={"on": timezone.localdate()}),
        "note_form": NoteForm(),
    }


def _guidance(request: PlacedRequest, pk: UUID) -> "PeerGuidance":
    return access.guidance_for_members(request.viewer, request.owner, school_of(request), pk)


def _of_guidance(found: "PeerGuidance") -> str:
    return reverse("competence:guidance", args=[found.owner.code, found.school.code, found.pk])


@require_POST
def guidance_session(request: PlacedRequest, owner: str, school: str, guidance: UUID) -> HttpResponse:
    found = _guidance(request, guidance)
    form = SessionForm(request.POST)
    if not form.is_valid():
        return redirect(_of_guidance(found))
    return act(
        request,
        lambda: actions.add_peer_session(row=found, **form.cleaned_data, by=request.viewer.email),
        _of_guidance(found),
        _("Skrevet ned."),
    )


@require_POST
def guidance_note(request: PlacedRequest, owner: str, school: str, guidance: UUID) -> HttpResponse:
    found = _guidance(request, guidance)
    mine = queries.employee_of(request.viewer, request.owner)
    form = NoteForm(request.POST)
    if mine is None or not form.is_valid():
        return redirect(_of_guidance(found))
    return act(
        request,
        lambda: actions.write_peer_note(row=found, author=mine, **form.cleaned_data, by=request.viewer.email),
        _of_guidance(found),
        _("Skrevet ned."),
    )


@require_POST
def guidance_end(request: PlacedRequest, owner: str, school: str, guidance: UUID) -> HttpResponse:
    found = _guidance(request, guidance)
    return act(
        request,
        lambda: actions.conclude_guidance(row=found, by=request.viewer.email),
        _of_guidance(found),
        _("Kollegaveiledningen er avsluttet."),
    )
