"""Support, what must hold to go down, and links to agreements and meetings."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.formats import day
from tettpaa.work.followup import access, actions, queries, wording
from tettpaa.work.followup.enums import SUPPORT_PATHS, SupportState
from tettpaa.work.followup.forms import (
    CriterionForm,
    LinkForm,
    MeetForm,
    RemarkForm,
    SupportForm,
    SupportMoveForm,
)
from tettpaa.work.followup.views.deciding import form_view
from tettpaa.work.followup.views.placing import attempt, case_or_404, done, form_page, to_case
from tettpaa.work.followup.wording import FormWords


@form_view
def criterion(request: PlacedRequest, owner: str, school: str, case: UUID) -> HttpResponse:
    """Something that must hold."""
    found = case_or_404(request, case, access.case_for_writing)
    form = CriterionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_criterion(case=found, by=request.viewer.email, **form.cleaned_data)
        return done(request, found, _("Vilkåret er lagret."))
    words = FormWords(
        _("Vilkår"),
        _("Hva skal være sant før saken går ned et trinn?"),
        _("Skriv noe begge kan se."),
        _("Lagre vilkåret"),
    )
    return form_page(request, found, form, words)


@form_view
def met(request: PlacedRequest, owner: str, school: str, case: UUID, row: UUID) -> HttpResponse:
    """It holds, and by what it is seen."""
    found = case_or_404(request, case, access.case_for_writing)
    wanted = access.criterion_in(found, row)
    if wanted is None:
        raise Http404
    form = MeetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.meet_criterion(
            criterion=wanted, evidence=form.cleaned_data["evidence"], by=request.viewer.email
        )
        return done(request, found, _("Vilkåret er oppfylt."))
    words = FormWords(_("Vilkår"), wanted.text, wanted.seen_when, _("Vilkåret er oppfylt"))
    return form_page(request, found, form, words)


@form_view
def support(request: PlacedRequest, owner: str, school: str, case: UUID) -> HttpResponse:
    """Give advice, guidance or an instruction."""
    found = case_or_404(request, case, access.case_for_writing)
    form = SupportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = actions.NewSupport(**form.cleaned_data)
        if attempt(request, lambda: actions.give_support(case=found, support=given, by=request.viewer.email)):
            return done(request, found, _("Støtten er lagret. Rektor ser den."))
        return to_case(found)
    words = FormWords(
        _("Støtte"),
        _("Råd, veiledning eller instruksjon?"),
        _("Et råd kan skolen la være å følge. Veiledning deltar den i. En instruksjon skal den følge."),
        _("Lagre støtten"),
    )
    return form_page(request, found, form, words)


@form_view
def support_step(request: PlacedRequest, owner: str, school: str, case: UUID, row: UUID) -> HttpResponse:
    """The school has read it, has acted; the owner says what came of it."""
    found = case_or_404(request, case)
    given = access.support_in(found, row)
    after = next(iter(SUPPORT_PATHS[given.state]), "") if given else ""
    needed = Permission.CASES_WRITE if after == SupportState.EVALUATED else Permission.CASES_COMMENT
    if given is None or not after or not request.viewer.may(needed, found.school):
        raise Http404
    form = SupportMoveForm(request.POST or None)
    if after == SupportState.ACKNOWLEDGED:
        form.fields["text"].required = False
        form.fields["text"].widget = RemarkForm().fields["text"].hidden_widget()
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if attempt(
            request, lambda: actions.move_support(support=given, to=after, text=text, by=request.viewer.email)
        ):
            return done(request, found, _("Lagret."))
        return to_case(found)
    button = {
        SupportState.ACKNOWLEDGED: _("Skolen har lest det"),
        SupportState.ACTED: _("Skolen har fulgt det opp"),
        SupportState.EVALUATED: _("Lagre evalueringen"),
    }[SupportState(after)]
    words = FormWords(str(given.get_kind_display()).capitalize(), given.text, given.basis, button)
    return form_page(request, found, form, words)


@form_view
def link(request: PlacedRequest, owner: str, school: str, case: UUID) -> HttpResponse:
    """Tie an agreement or a meeting to the case."""
    found = case_or_404(request, case, access.case_for_writing)
    agreements = {f"agreement:{one.pk}": one for one in queries.agreements_to_link(found)}
    meetings = {f"meeting:{one.pk}": one for one in queries.meetings_to_link(found)}
    spoken = wording.spoken()
    choices = [(key, one.title) for key, one in agreements.items()]
    choices += [
        (key, f"{one.kind.name}, {day(one.starts_at.date(), spoken)}") for key, one in meetings.items()
    ]
    form = LinkForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        target = form.cleaned_data["target"]
        if target in agreements:
            actions.link_agreement(case=found, agreement=agreements[target], by=request.viewer.email)
        else:
            actions.link_meeting(case=found, meeting=meetings[target], by=request.viewer.email)
        return done(request, found, _("Knyttet til saken."))
    words = FormWords(
        _("Avtale eller møte"),
        _("Hva hører til saken?"),
        _("Bare det som gjelder denne skolen."),
        _("Knytt til saken"),
    )
    return form_page(request, found, form, words)
