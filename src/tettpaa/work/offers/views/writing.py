"""Writing the catalogue: an offer, its days, the key factors, and its road."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.queries import schools_of
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.work.offers import actions, queries
from tettpaa.work.offers.access import may_edit, may_lead, offer_for_editing, offer_for_reading
from tettpaa.work.offers.enums import OfferState
from tettpaa.work.offers.forms import (
    FactorsForm,
    GatheringForm,
    OfferChoices,
    OfferForm,
    ReasonForm,
    StepForm,
)
from tettpaa.work.offers.pages import FormWords
from tettpaa.work.offers.views.places import attempt, form_page
from tettpaa.work.offers.wording import NOT_READY
from tettpaa.work.plans.queries import goals_of
from tettpaa.work.yearwheel.rules import school_year_of

FIELDS = (
    "title", "kind", "service", "year", "about", "target_group", "area", "held_by", "seats", "hours", "attend_least",
    "cost", "cost_note", "needs_approval", "opens_on", "closes_on", "version",
)  # fmt: skip


def _choices(request: PlacedRequest, year: int | None = None) -> OfferChoices:
    this = school_year_of(timezone.localdate())
    return OfferChoices(
        services=queries.service_choices(request.owner) or [("skole", _("Skole"))],
        areas=queries.area_choices(request.owner),
        goals=goals_of(request.owner),
        networks=queries.networks_to_offer(request.owner),
        schools=schools_of(request.owner),
        years=sorted({this - 1, this, this + 1, *([year] if year else [])}),
    )


def _address(found: Any) -> str:
    return reverse("offers:offer", kwargs={"owner": found.owner.code, "offer": found.pk})


@require_http_methods(["GET", "HEAD", "POST"])
def new_offer(request: PlacedRequest, owner: str) -> HttpResponse:
    """A draft."""
    initial = {"year": school_year_of(timezone.localdate()), "needs_approval": True}
    form = OfferForm(request.POST or None, choices=_choices(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        values = {key: value for key, value in form.cleaned_data.items() if key != "version"}
        new = actions.NewOffer(*(values.pop(name) for name in ("title", "kind", "service", "year")))
        made = actions.make_offer(owner=request.owner, offer=new, by=request.viewer.email, **values)
        messages.success(request, _("Utkastet er lagret. Legg inn samlingene, så kan du publisere."))
        return redirect(_address(made))
    words = FormWords(
        _("Nytt tilbud"),
        _("Hva tilbyr dere, og hvem er det for?"),
        _("Bare de som skriver katalogen, ser utkastet."),
        _("Lagre utkastet"),
        reverse("offers:catalogue", kwargs={"owner": owner}),
        _("Til katalogen"),
    )
    return form_page(request, form, words)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_offer(request: PlacedRequest, owner: str, offer: UUID) -> HttpResponse:
    """Change the words, the seats, the days of registration."""
    found = offer_for_editing(request.viewer, request.owner, offer)
    initial = {name: getattr(found, name) for name in FIELDS} | {
        "goal": found.goal_id, "network": found.network_id, "school": found.school.code if found.school else "",
    }  # fmt: skip
    form = OfferForm(request.POST or None, choices=_choices(request, found.year), initial=initial)
    theirs = None
    if request.method == "POST" and form.is_valid():
        version = form.put_on(found)
        try:
            actions.change_offer(offer=found, version=version, by=request.viewer.email)
        except ConflictError as error:
            theirs = error.theirs
        except actions.TooFewSeatsError:
            form.add_error("seats", _("Flere enn dette har plass allerede."))
        else:
            messages.success(request, _("Lagret."))
            return redirect(_address(found))
    words = FormWords(_("Endre tilbudet"), found.title, "", _("Lagre"), _address(found), _("Til tilbudet"))
    return form_page(request, form, words, theirs=theirs)


@require_http_methods(["GET", "HEAD", "POST"])
def factors(request: PlacedRequest, owner: str, offer: UUID) -> HttpResponse:
    """Hold the offer against the owner's key factors."""
    found = offer_for_editing(request.viewer, request.owner, offer)
    form = FactorsForm(
        request.POST or None, factors=queries.factors_of(found), each=found.state != OfferState.DRAFT
    )
    if request.method == "POST" and form.is_valid():
        said = [actions.FactorWord(*one) for one in form.said()]
        try:
            actions.say_factors(offer=found, factors=said, by=request.viewer.email)
        except actions.NotReadyError as error:  # published since the form was opened
            form.add_error(None, str(NOT_READY[error.what]))
        else:
            messages.success(request, _("Lagret. Begrunnelsene står på siden til tilbudet."))
            return redirect(_address(found))
    words = FormWords(
        _("Nøkkelfaktorer"),
        _("Hvordan står tilbudet til det dere vet virker?"),
        _("En kort begrunnelse er nok. Hver faktor må ha et svar før tilbudet publiseres."),
        _("Lagre"),
        _address(found),
        _("Til tilbudet"),
    )
    return form_page(request, form, words)


@require_http_methods(["GET", "HEAD", "POST"])
def add_day(request: PlacedRequest, owner: str, offer: UUID) -> HttpResponse:
    """One more gathering."""
    found = offer_for_editing(request.viewer, request.owner, offer)
    form = GatheringForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {key: value for key, value in form.cleaned_data.items() if key != "version"}
        actions.add_gathering(gathering=actions.NewGathering(**values), offer=found, by=request.viewer.email)
        messages.success(request, _("Samlingen er lagt til."))
        return redirect(_address(found))
    words = FormWords(
        _("Ny samling"),
        _("Når møtes dere?"),
        found.title,
        _("Legg til samlingen"),
        _address(found),
        _("Til tilbudet"),
    )
    return form_page(request, form, words)


@require_POST
def offer_step(request: PlacedRequest, owner: str, offer: UUID) -> HttpResponse:
    """Publish, mark as held, ask for the evaluation, count it, give certificates."""
    found = offer_for_reading(request.viewer, request.owner, offer)
    if not may_edit(request.viewer, request.owner) and not may_lead(request.viewer, found.network):
        raise Http404
    form, by = StepForm(request.POST), request.viewer.email
    do = form.cleaned_data["do"] if form.is_valid() else ""
    if do == "publish" and may_edit(request.viewer, request.owner):
        attempt(request, lambda: actions.publish_offer(offer=found, by=by), _("Tilbudet står i katalogen."))
    elif do == "hold":
        attempt(request, lambda: actions.hold_offer(offer=found, by=by), _("Kurset er merket som holdt."))
    elif do == "survey":
        attempt(
            request, lambda: actions.open_survey(offer=found, by=by), _("Evalueringen er åpen i to uker.")
        )
    elif do == "count":
        survey = queries.survey_of(found)
        if survey is not None:
            said = _("Evalueringen er lukket og talt opp.")
            attempt(request, lambda: actions.close_survey(survey=survey.pk, by=by), said)
    elif do == "complete":
        attempt(request, lambda: actions.complete_all(offer=found, by=by), _("Kursbevisene er gitt."))
    else:
        raise Http404
    return redirect(_address(found))


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: PlacedRequest, owner: str, offer: UUID) -> HttpResponse:
    """Call an offer off, with the reason."""
    found = offer_for_editing(request.viewer, request.owner, offer)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["reason"]
        attempt(
            request,
            lambda: actions.cancel_offer(offer=found, why=why, by=request.viewer.email),
            _("Tilbudet er avlyst. De påmeldte ser hvorfor."),
        )
        return redirect(_address(found))
    words = FormWords(
        _("Avlys"),
        _("Hvorfor blir det ikke noe av?"),
        _("Begrunnelsen står i katalogen og hos dem som er påmeldt."),
        _("Avlys tilbudet"),
        _address(found),
        _("Til tilbudet"),
    )
    return form_page(request, form, words)
