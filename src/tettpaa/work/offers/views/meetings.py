"""A meeting's agenda, minutes and what was agreed, by the leader of the network."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.queries import schools_of
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.language import reader_language
from tettpaa.work.offers import actions
from tettpaa.work.offers.access import (
    follow_up_in,
    gathering_for_holding,
    gathering_for_reading,
    item_in,
    may_hold,
)
from tettpaa.work.offers.forms import FollowUpForm, ItemForm, StepForm
from tettpaa.work.offers.pages import FormWords, role_choices
from tettpaa.work.offers.views.places import attempt, form_page


def _back(owner: str, gathering: UUID) -> str:
    return reverse("offers:gathering", kwargs={"owner": owner, "gathering": gathering})


@require_http_methods(["GET", "HEAD", "POST"])
def add_item(request: PlacedRequest, owner: str, gathering: UUID) -> HttpResponse:
    """One more item on the agenda."""
    found = gathering_for_holding(request.viewer, request.owner, gathering)
    form = ItemForm(request.POST or None)
    form.fields.pop("said")
    if request.method == "POST" and form.is_valid():
        title, about = form.cleaned_data["title"], form.cleaned_data["about"]
        attempt(
            request,
            lambda: actions.add_item(gathering=found, title=title, about=about, by=request.viewer.email),
            _("Saken står på saklista."),
        )
        return redirect(_back(owner, gathering))
    words = FormWords(
        _("Ny sak"),
        _("Hva skal dere snakke om?"),
        found.title,
        _("Sett på saklista"),
        _back(owner, gathering),
        _("Til møtet"),
    )
    return form_page(request, form, words)


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: PlacedRequest, owner: str, gathering: UUID, entry: UUID) -> HttpResponse:
    """Write what was said on an item, or take it off the agenda."""
    found = gathering_for_holding(request.viewer, request.owner, gathering)
    row = item_in(found, entry)
    if request.POST.get("do") == "drop":
        said = _("Saken er tatt av saklista.")
        attempt(request, lambda: actions.drop_item(item=row, by=request.viewer.email), said)
        return redirect(_back(owner, gathering))
    initial = {name: getattr(row, name) for name in ("title", "about", "said", "version")}
    form, theirs = ItemForm(request.POST or None, initial=initial), None
    if request.method == "POST" and form.is_valid():
        version = form.put_on(row)
        try:
            actions.write_item(item=row, version=version, by=request.viewer.email)
        except ConflictError as error:
            theirs = error.theirs
        except NotAllowedError:
            messages.warning(request, _("Referatet er godkjent og kan ikke endres."))
            return redirect(_back(owner, gathering))
        else:
            messages.success(request, _("Lagret."))
            return redirect(_back(owner, gathering))
    words = FormWords(
        _("Referat"), row.title, _("Skriv så de som ikke var der, forstår det."), _("Lagre"),
        _back(owner, gathering), _("Til møtet"),
    )  # fmt: skip
    return form_page(request, form, words, theirs=theirs)


@require_http_methods(["GET", "HEAD", "POST"])
def add_follow_up(request: PlacedRequest, owner: str, gathering: UUID) -> HttpResponse:
    """What somebody does after the meeting."""
    found = gathering_for_holding(request.viewer, request.owner, gathering)
    form = FollowUpForm(
        request.POST or None, roles=role_choices(reader_language()), schools=schools_of(request.owner)
    )
    if request.method == "POST" and form.is_valid():
        new = actions.NewFollowUp(**form.cleaned_data)
        attempt(
            request,
            lambda: actions.add_follow_up(gathering=found, follow_up=new, by=request.viewer.email),
            _("Lagret. Den står i årshjulet hos den som gjør det."),
        )
        return redirect(_back(owner, gathering))
    words = FormWords(
        _("Ny aksjon"), _("Hvem gjør hva, innen når?"), found.title, _("Lagre"), _back(owner, gathering),
        _("Til møtet"),
    )  # fmt: skip
    return form_page(request, form, words)


@require_POST
def follow_up(request: PlacedRequest, owner: str, gathering: UUID, row: UUID) -> HttpResponse:
    """It is done, or it was a slip of the pen."""
    found = gathering_for_reading(request.viewer, request.owner, gathering)
    wanted, form = follow_up_in(found, row), StepForm(request.POST)
    do = form.cleaned_data["do"] if form.is_valid() else ""
    by = request.viewer.email
    if do == "done":
        attempt(request, lambda: actions.finish_follow_up(follow_up=wanted.pk, by=by), _("Gjort."))
    elif do == "drop" and may_hold(request.viewer, found):
        attempt(request, lambda: actions.drop_follow_up(follow_up=wanted.pk, by=by), _("Fjernet."))
    else:
        raise Http404
    return redirect(_back(owner, gathering))


@require_POST
def approve_minutes(request: PlacedRequest, owner: str, gathering: UUID) -> HttpResponse:
    """Freeze the minutes."""
    found = gathering_for_holding(request.viewer, request.owner, gathering)
    attempt(
        request,
        lambda: actions.approve_minutes(gathering=found, by=request.viewer.email),
        _("Referatet er godkjent og låst."),
    )
    return redirect(_back(owner, gathering))
