"""Networks: the overview, one network, its set-up, members and road."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.language import reader_language
from tettpaa.work.competence.enums import StaffRole
from tettpaa.work.offers import actions, queries
from tettpaa.work.offers.access import (
    looked,
    may_edit,
    may_lead,
    member_in,
    network_for_reading,
    network_for_setting_up,
    part_in,
)
from tettpaa.work.offers.enums import Part
from tettpaa.work.offers.forms import GatheringForm, MemberForm, NetworkForm, StepForm
from tettpaa.work.offers.pages import FormWords, role_name
from tettpaa.work.offers.views.places import attempt, form_page, me_of, thread_of
from tettpaa.work.plans.queries import goals_of

FIELDS = (
    "name", "kind", "purpose", "partner", "fixed_words", "fixed_roles", "attend_all", "starts_on", "ends_on", "version",
)  # fmt: skip


@require_safe
def networks(request: PlacedRequest, owner: str) -> HttpResponse:
    """All networks: what they are for, and which one is in oneself."""
    lines = queries.networks_of(request.viewer, request.owner, me_of(request), timezone.localdate())
    published, changed = queries.network_dates(lines)
    context = {
        "lines": lines,
        "published": published,
        "changed": changed,
        "mine": [one for one in lines if one.mine],
        "may_edit": may_edit(request.viewer, request.owner),
    }
    return render(request, "offers/networks.html", context)


@require_safe
def network(request: PlacedRequest, owner: str, network: UUID) -> HttpResponse:
    """Its open part for everybody; gatherings, members and what was agreed for those who are in it. How often each
    member came is a record of the staff, and so the look is written down."""
    found = network_for_reading(request.viewer, request.owner, network)
    part, today = part_in(request.viewer, found), timezone.localdate()
    if part:
        looked(request.viewer, request.owner, found.pk)
    days = queries.days_of(found) if part else []
    context = {
        "network": found,
        "part": part,
        "leads": may_lead(request.viewer, found),
        "may_edit": may_edit(request.viewer, request.owner),
        "thread": thread_of(request, me_of(request), found.goal),
        "today": today,
        "guests": queries.guests_of(found),
        "members": queries.members_of(found, today) if part else [],
        "ahead": [day for day in reversed(days) if day.on >= today],
        "past": [day for day in days if day.on < today],
        "follow_ups": _named(queries.open_follow_ups(found)) if part else [],
        "years": queries.years_of_network(found),
    }
    return render(request, "offers/network.html", context)


def _named(rows: Any) -> list[dict[str, Any]]:
    """What was agreed, with the role by its name."""
    return [{"row": row, "role": role_name(row.role, reader_language())} for row in rows]


def _form(request: PlacedRequest, initial: dict[str, Any] | None = None) -> NetworkForm:
    return NetworkForm(
        request.POST or None,
        goals=goals_of(request.owner),
        roles=[(one.value, str(one.label)) for one in StaffRole],
        initial=initial,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_network(request: PlacedRequest, owner: str) -> HttpResponse:
    """A planned network."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        values = {key: value for key, value in form.cleaned_data.items() if key not in {"version", "guests"}}
        made = actions.make_network(owner=request.owner, by=request.viewer.email, **values)
        actions.change_network(
            network=made, version=made.version, guests=form.guest_names(), by=request.viewer.email
        )
        messages.success(request, _("Nettverket er opprettet. Velg en leder, så kan det begynne."))
        return redirect("offers:members", owner=owner, network=made.pk)
    words = FormWords(
        _("Nytt nettverk"),
        _("Hvem skal møtes, og om hva?"),
        _("Navn og formål kan alle ansatte lese. Det som skjer i nettverket, er for lederen og medlemmene."),
        _("Opprett nettverket"),
        reverse("offers:networks", kwargs={"owner": owner}),
        _("Til nettverkene"),
    )
    return form_page(request, form, words)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_network(request: PlacedRequest, owner: str, network: UUID) -> HttpResponse:
    """Change what it is."""
    found = network_for_setting_up(request.viewer, request.owner, network)
    initial = {name: getattr(found, name) for name in FIELDS}
    initial |= {"goal": found.goal_id, "guests": "\n".join(queries.guests_of(found))}
    form, theirs = _form(request, initial), None
    if request.method == "POST" and form.is_valid():
        names = form.guest_names()
        form.cleaned_data.pop("guests")
        version = form.put_on(found)
        try:
            actions.change_network(network=found, version=version, guests=names, by=request.viewer.email)
        except ConflictError as error:
            theirs = error.theirs
        else:
            messages.success(request, _("Lagret."))
            return redirect("offers:network", owner=owner, network=network)
    back = reverse("offers:network", kwargs={"owner": owner, "network": network})
    words = FormWords(_("Endre nettverket"), found.name, "", _("Lagre"), back, _("Til nettverket"))
    return form_page(request, form, words, theirs=theirs)


@require_http_methods(["GET", "HEAD", "POST"])
def members(request: PlacedRequest, owner: str, network: UUID) -> HttpResponse:
    """Who is in it: look somebody up and let them in, or everybody with the fixed roles. The look is written down."""
    found = network_for_setting_up(request.viewer, request.owner, network)
    if request.method == "POST":
        _let_in(request, found)
        return redirect("offers:members", owner=owner, network=network)
    looked(request.viewer, request.owner, found.pk)
    text = request.GET.get("sok", "")[:80]
    lines = queries.members_of(found, timezone.localdate())
    inside = {line.member.employee_id: line.member.part for line in lines}
    context = {
        "network": found,
        "text": text,
        "people": [
            {"employee": one, "part": inside.get(one.pk, Part.FIXED), "is_in": one.pk in inside}
            for one in queries.may_join(request.owner, text)
        ],
        "parts": Part.choices,
        "members": lines,
        "role_names": [str(StaffRole(key).label) for key in found.fixed_roles if key in StaffRole],
    }
    return render(request, "offers/members.html", context)


def _let_in(request: PlacedRequest, found: Any) -> None:
    """One person as the form says, or everybody who holds a fixed role."""
    if request.POST.get("do") == "fill":
        new = actions.fill_by_roles(network=found, by=request.viewer.email)
        messages.success(request, _("%(n)s nye medlemmer.") % {"n": new})
        return
    form = MemberForm(request.POST)
    person = queries.person_of(request.owner, form.cleaned_data["employee"]) if form.is_valid() else None
    if person is None:
        raise Http404
    actions.add_member(
        network=found, employee=person, part=form.cleaned_data["part"], by=request.viewer.email
    )
    messages.success(request, _("Lagret."))


@require_POST
def end_member(request: PlacedRequest, owner: str, network: UUID, member: UUID) -> HttpResponse:
    """Somebody leaves."""
    found = network_for_setting_up(request.viewer, request.owner, network)
    row = member_in(found, member)
    attempt(
        request,
        lambda: actions.end_member(network=found, member=row.pk, by=request.viewer.email),
        _("Medlemskapet er avsluttet."),
    )
    return redirect("offers:members", owner=owner, network=network)


@require_POST
def network_step(request: PlacedRequest, owner: str, network: UUID) -> HttpResponse:
    """Start, evaluate or end it."""
    found, form = network_for_setting_up(request.viewer, request.owner, network), StepForm(request.POST)
    if not form.is_valid() or form.cleaned_data["do"] not in {"running", "evaluated", "ended"}:
        raise Http404
    values = form.cleaned_data
    attempt(
        request,
        lambda: actions.move_network(
            network=found, to=values["do"], learnt=values["text"], by=request.viewer.email
        ),
        _("Lagret."),
    )
    return redirect("offers:network", owner=owner, network=network)


@require_http_methods(["GET", "HEAD", "POST"])
def add_meeting(request: PlacedRequest, owner: str, network: UUID) -> HttpResponse:
    """One more gathering of the network, by its leader."""
    found = network_for_reading(request.viewer, request.owner, network)
    if not may_lead(request.viewer, found):
        raise Http404
    form = GatheringForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {key: value for key, value in form.cleaned_data.items() if key != "version"}
        actions.add_gathering(
            gathering=actions.NewGathering(**values), network=found, by=request.viewer.email
        )
        messages.success(request, _("Samlingen er lagt til. Medlemmene ser den på siden sin."))
        return redirect("offers:network", owner=owner, network=network)
    back = reverse("offers:network", kwargs={"owner": owner, "network": network})
    words = FormWords(
        _("Ny samling"),
        _("Når møtes dere?"),
        found.name,
        _("Legg til samlingen"),
        back,
        _("Til nettverket"),
    )
    return form_page(request, form, words)
