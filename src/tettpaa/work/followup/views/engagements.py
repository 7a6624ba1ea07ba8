"""Advisers from outside: the engagement's page, and what is written on it."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.work.followup import access, actions, queries
from tettpaa.work.followup.enums import VERB_PATHS, ContactKind, PointKind, Verb
from tettpaa.work.followup.forms import ContactForm, EngagementForm, PointForm, VerbForm
from tettpaa.work.followup.views.deciding import form_view
from tettpaa.work.followup.views.placing import attempt, looked, role_at, school_of

if TYPE_CHECKING:
    from tettpaa.work.followup.models import Engagement


@form_view
def engage(request: PlacedRequest, owner: str, school: str) -> HttpResponse:
    """Begin an engagement; it belongs to the school's live case when there is one."""
    place = school_of(request)
    form = EngagementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.start_engagement(
            owner=request.owner,
            school=place,
            case=queries.live_case(request.owner, place),
            by=request.viewer.email,
            **form.cleaned_data,
        )
        return redirect("followup:engagement", owner=owner, school=school, row=made.pk)
    looked(request, place.code)
    return render(request, "followup/engage.html", {"school": place, "form": form})


@require_safe
def engagement(request: PlacedRequest, owner: str, school: str, row: UUID) -> HttpResponse:
    """The four steps with what happened in each, the SWOT and the expectations."""
    found = _engagement(request, row)
    looked(request, found.pk)
    swot, expectations = queries.points_of(found)
    contacts = queries.contacts_of(found)
    moves = [(key, str(Verb(key).label)) for key in Verb.values if key in VERB_PATHS[found.state]]
    context = {
        "engagement": found,
        "school": found.school,
        "verbs": [(verb, Verb(verb).label, contacts[verb]) for verb in contacts],
        "swot": [(PointKind(kind).label, rows) for kind, rows in swot.items()],
        "expectations": [(PointKind(kind).label, rows) for kind, rows in expectations.items()],
        "may_write": request.viewer.may(Permission.CASES_WRITE, found.school),
        "contact_form": ContactForm(initial={"on": timezone.localdate(), "kind": ContactKind.VISIT}),
        "point_form": PointForm(),
        "verb_form": VerbForm(choices=moves) if moves else None,
    }
    return render(request, "followup/engagement.html", context)


@require_POST
def contact(request: PlacedRequest, owner: str, school: str, row: UUID) -> HttpResponse:
    """A visit, a contact, a note."""
    found, form = _engagement(request, row), ContactForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        attempt(request, lambda: actions.add_contact(engagement=found, by=request.viewer.email, **data))
    else:
        messages.error(request, _("Skriv når det var, og hva som kom fram."))
    return _back(found)


@require_POST
def point(request: PlacedRequest, owner: str, school: str, row: UUID) -> HttpResponse:
    """A line of the SWOT or the expectations, from either side."""
    found, form = _engagement(request, row), PointForm(request.POST)
    needed = (Permission.CASES_WRITE, Permission.CASES_COMMENT)
    if not any(request.viewer.may(one, found.school) for one in needed):
        raise Http404
    if form.is_valid():
        role = role_at(request, found.school)
        actions.add_point(engagement=found, role=role, by=request.viewer.email, **form.cleaned_data)
    else:
        messages.error(request, _("Skriv et punkt."))
    return _back(found)


@require_POST
def verb(request: PlacedRequest, owner: str, school: str, row: UUID) -> HttpResponse:
    """On to another of the four steps."""
    found = _engagement(request, row)
    form = VerbForm(request.POST, choices=[(key, key) for key in Verb.values])
    if form.is_valid():
        attempt(
            request,
            lambda: actions.move_engagement(
                engagement=found, to=form.cleaned_data["to"], by=request.viewer.email
            ),
        )
    return _back(found)


def _engagement(request: PlacedRequest, pk: UUID) -> "Engagement":
    found = access.engagement_for_reading(request.viewer, request.owner, school_of(request), pk)
    if found is None:
        raise Http404
    return found


def _back(found: "Engagement") -> HttpResponse:
    return redirect("followup:engagement", owner=found.owner.code, school=found.school.code, row=found.pk)
