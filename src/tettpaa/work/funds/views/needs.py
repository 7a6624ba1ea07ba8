"""Notices of need to the state: written, changed, moved along, a year at a time."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.queries import schools_of
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.work.funds import access, actions, pages, queries
from tettpaa.work.funds.enums import SchemeKind
from tettpaa.work.funds.forms import NeedForm, NeedMoveForm, YearForm, at_version
from tettpaa.work.funds.views.common import conflict, found_address, simple
from tettpaa.work.plans.queries import goals_of

MISSING: Final = {
    "partner": gettext_lazy("Skriv hvem partneren er."),
    "partner_kind": gettext_lazy("Velg hva slags partner det er."),
    "analysis": gettext_lazy("Skriv hva som viser behovet."),
    "staff_part": gettext_lazy("Skriv hvordan de ansatte har vært med."),
    "recommendation": gettext_lazy("Skriv hva forumet innstiller på."),
    "decision": gettext_lazy("Skriv hva som er bestemt."),
    "report": gettext_lazy("Skriv rapporten først."),
}


@require_safe
def need(request: PlacedRequest, owner: str, need: UUID) -> HttpResponse:
    """One notice: the need, the partner, the plan year by year with its money, the decision, the report."""
    found = access.need_for_reading(request.viewer, request.owner, need)
    may = access.may_rank(request.viewer, request.owner)
    years = queries.money_of(found)
    context = {
        "need": found,
        "road": pages.need_road(found),
        "schools": [row.school.label for row in found.places.select_related("school")],
        "years": [pages.need_year(one) for one in years],
        "history": found.steps.all(),
        "steps": pages.need_steps(found) if may else [],
        "may_rank": may,
        "is_past": not queries.holds_on(found.scheme, timezone.localdate()),
    }
    return render(request, "funds/need.html", context)


def _form(request: PlacedRequest, initial: Any, schemes: Any) -> NeedForm:
    return NeedForm(
        request.POST or None,
        schemes=schemes,
        goals=goals_of(request.owner),
        places=schools_of(request.owner),
        initial=initial,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PlacedRequest, owner: str) -> HttpResponse:
    """Begin a notice of need."""
    schemes = [one for one in queries.schemes_of(request.owner) if one.kind == SchemeKind.STATE]
    shown = {
        "first": _("Hva trenger dere å bli bedre på sammen?"),
        "about": _("Behovsmelding"),
        "back": reverse("funds:funds", args=[owner]),
        "help": _("Dere kan skrive litt nå og resten senere."),
    }
    if not schemes:
        messages.error(request, _("Hent eller skriv inn ordningen først."))
        return redirect("funds:funds", owner=owner)
    year = timezone.localdate().year + 1
    form = _form(request, {"first_year": year, "last_year": year}, schemes)
    if request.method != "POST" or not form.is_valid():
        return simple(request, form, shown)
    values = form.cleaned_data
    words = {name: values[name] for name in actions.NEED_FIELDS}
    if words["own_share"] is None:
        del words["own_share"]
    try:
        made = actions.start_need(
            scheme=form.schemes[values["scheme"]],
            years=(values["first_year"], values["last_year"]),
            values=words,
            schools=values["schools"],
            by=request.viewer.email,
        )
    except actions.NotValidError:
        form.add_error("first_year", _("Ordningen gjelder ikke alle disse årene, eller de er for mange."))
        return simple(request, form, shown)
    except actions.PartnerError:
        form.add_error("partner_kind", _("Denne ordningen tar ikke fagskole som partner."))
        return simple(request, form, shown)
    if queries.send_by(made) is None:
        messages.success(request, _("Behovsmeldingen er begynt. Ordningen har ingen frist ennå."))
    else:
        messages.success(request, _("Behovsmeldingen er begynt, og fristen står i årshjulet."))
    return redirect("funds:need", owner=owner, need=made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PlacedRequest, owner: str, need: UUID) -> HttpResponse:
    """Change a notice's words."""
    found = access.need_for_writing(request.viewer, request.owner, need)
    initial = {name: getattr(found, name) for name in (*actions.NEED_FIELDS, "version")}
    codes = [row.school.code for row in found.places.select_related("school")]
    form = _form(request, initial | {"goal": found.goal_id, "schools": codes}, [])
    shown: dict[str, Any] = {
        "first": _("Endre behovsmeldingen."),
        "about": found.scheme.name,
        "back": found_address("funds:need", owner, found.pk),
    }
    if request.method != "POST" or not form.is_valid():
        return simple(request, form, shown)
    for name in actions.NEED_FIELDS:
        setattr(found, name, form.cleaned_data[name])
    try:
        actions.edit_need(
            need=found,
            version=form.cleaned_data["version"] or 0,
            schools=form.cleaned_data["schools"],
            by=request.viewer.email,
        )
    except ConflictError as error:
        at_version(form, error.theirs.version)
        return conflict(request, form, shown, error)
    except actions.PartnerError:
        form.add_error("partner_kind", _("Denne ordningen tar ikke fagskole som partner."))
        return simple(request, form, shown)
    messages.success(request, _("Behovsmeldingen er lagret."))
    return redirect("funds:need", owner=owner, need=found.pk)


@require_POST
def move(request: PlacedRequest, owner: str, need: UUID) -> HttpResponse:
    """A step on the road, with what is written with it."""
    found = access.need_for_writing(request.viewer, request.owner, need)
    form = NeedMoveForm(request.POST)
    back = redirect("funds:need", owner=owner, need=found.pk)
    if not form.is_valid():
        messages.error(request, _("Velg et av stegene på siden."))
        return back
    values = {name: value for name, value in form.cleaned_data.items() if name != "to"}
    try:
        actions.move_need(need=found, to=form.cleaned_data["to"], values=values, by=request.viewer.email)
        messages.success(request, _("Behovsmeldingen er flyttet."))
    except actions.MissingError as error:
        messages.error(request, str(MISSING[error.what]))
    except NotAllowedError:
        messages.warning(request, _("Noen andre har flyttet behovsmeldingen. Her ser du hvor den er nå."))
    return back


@require_http_methods(["GET", "HEAD", "POST"])
def year(request: PlacedRequest, owner: str, need: UUID, number: int) -> HttpResponse:
    """One year of the plan, with its money."""
    found = access.year_for_writing(request.viewer, request.owner, need, number)
    names = ("plan", "sought", "granted", "own", "spent")
    form = YearForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    if request.method != "POST" or not form.is_valid():
        shown = {
            "first": _("Hva gjør dere i %(year)s?") % {"year": found.year},
            "about": found.need.title,
            "back": found_address("funds:need", owner, need),
        }
        return simple(request, form, shown)
    actions.set_year(need=found.need, year=found, values=form.cleaned_data, by=request.viewer.email)
    messages.success(request, _("Året er lagret."))
    return redirect("funds:need", owner=owner, need=need)
