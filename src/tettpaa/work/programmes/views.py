"""Programmes: the open overview, one programme, its words, its parts and its road."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.queries import schools_of
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.orgs.viewer import ANONYMOUS
from tettpaa.core.ui.language import reader_language
from tettpaa.work.initiatives.queries import responsible_roles, role_name
from tettpaa.work.programmes import actions, pages, queries
from tettpaa.work.programmes.access import (
    may_edit,
    milestone_for_writing,
    part_for_writing,
    programme_for_reading,
    programme_for_writing,
)
from tettpaa.work.programmes.forms import (
    PART_FORMS,
    AnswerForm,
    MilestoneMoveForm,
    MoveForm,
    PartForm,
    ProgrammeForm,
    at_version,
)
from tettpaa.work.programmes.kinds import PARTS


@require_safe
def programmes(request: PlacedRequest, owner: str) -> HttpResponse:
    """Everything that goes on and everything that is over, on one page that prints well."""
    found = queries.overview(request.viewer, request.owner)
    first, second = pages.first_line(found)
    context = {
        "first": first,
        "second": second,
        "ongoing": pages.lines(found.ongoing),
        "ended": pages.lines(found.ended),
        "proposed": pages.lines(found.proposed),
        "may_edit": may_edit(request.viewer, request.owner),
        "voices": queries.page_answers(request.viewer, request.owner),
        **queries.page_dates(request.owner),
    }
    return render(request, "programmes/programmes.html", context)


@require_safe
def open_page(request: HttpRequest, unit: str) -> HttpResponse:
    """The same for the public: what is published, and nothing to do. Nobody needs to sign in."""
    place = queries.open_owner(unit)
    if place is None:
        raise Http404
    found = queries.overview(ANONYMOUS, place)
    first, second = pages.first_line(found)
    context = {
        "owner": place,
        "first": first,
        "second": second,
        "ongoing": pages.lines(found.ongoing),
        "ended": pages.lines(found.ended),
        **queries.page_dates(place),
    }
    return render(request, "programmes/open.html", context)


@require_safe
def programme(request: PlacedRequest, owner: str, programme: UUID) -> HttpResponse:
    """One programme: purpose, who takes part, how it is led, milestones, money, result."""
    found = programme_for_reading(request.viewer, request.owner, programme)
    may = may_edit(request.viewer, request.owner)
    milestones = queries.milestones_of(found)
    context = {
        "programme": found,
        "years": pages.years(found.first_year, found.last_year),
        "participants": pages.participants(queries.participants_of(found)),
        "partners": found.partners.all(),
        "groups": found.groups.all(),
        "milestones": pages.milestones(milestones, timezone.localdate()),
        "grants": queries.grants_of(found),
        "spending": found.spending.select_related("grant") if may else (),
        "money": queries.money(found),
        "plans": [
            {"row": one, "years": pages.years(one.first_year, one.last_year)} for one in found.plans.all()
        ],
        "measures": pages.lines(queries.measures_of(request.viewer, found)),
        "changes": found.changes.all(),
        "contact": role_name(found.contact_role, reader_language()),
        "road": pages.road(found),
        "steps": pages.steps(found) if may else [],
        "may_edit": may,
    }
    return render(request, "programmes/programme.html", context)


def _writer(request: PlacedRequest) -> None:
    if not may_edit(request.viewer, request.owner):
        raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PlacedRequest, owner: str) -> HttpResponse:
    """Write down a new programme."""
    _writer(request)
    form = ProgrammeForm(request.POST or None, **pages.choices(request.owner, None))
    if request.method != "POST" or not form.is_valid():
        return render(request, "programmes/edit.html", {"form": form})
    values = {name: form.cleaned_data[name] for name in (*actions.FIELDS, "state")}
    made = actions.add_programme(owner=request.owner, by=request.viewer.email, **values)
    messages.success(request, _("Programmet er skrevet inn. Andre ser det når du legger det ut."))
    return redirect("programmes:programme", owner=owner, programme=made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PlacedRequest, owner: str, programme: UUID) -> HttpResponse:
    """Change the words; two at once lose nothing."""
    found = programme_for_writing(request.viewer, request.owner, programme)
    known = {name: getattr(found, name) for name in (*actions.FIELDS, "version")}
    tied = {"goal": found.goal_id, "area": found.area_id, "parent": found.parent_id}
    choices = pages.choices(request.owner, found)
    form = ProgrammeForm(request.POST or None, initial=known | tied, **choices)
    del form.fields["state"]
    if request.method != "POST" or not form.is_valid():
        return render(request, "programmes/edit.html", {"form": form, "programme": found})
    for name in actions.FIELDS:
        setattr(found, name, form.cleaned_data[name])
    try:
        actions.edit_programme(
            programme=found, version=form.cleaned_data["version"] or 0, by=request.viewer.email
        )
    except ConflictError as conflict:
        return _conflict(request, form, conflict)
    except ValueError:
        form.add_error("parent", _("Et program kan ikke høre til seg selv eller til et tiltak."))
        return render(request, "programmes/edit.html", {"form": form, "programme": found})
    messages.success(request, _("Programmet er lagret."))
    return redirect("programmes:programme", owner=owner, programme=found.pk)


def _conflict(request: PlacedRequest, form: ProgrammeForm, conflict: ConflictError) -> HttpResponse:
    """Both versions side by side; what was written here stays in the form, at the version it now meets."""
    at_version(form, conflict.theirs.version)
    differing = [
        {"label": field.label, "theirs": _said(conflict.theirs, name), "mine": _said(conflict.mine, name)}
        for name, field in form.fields.items()
        if name in actions.FIELDS and getattr(conflict.theirs, name) != getattr(conflict.mine, name)
    ]
    context = {"form": form, "programme": conflict.theirs, "differing": differing}
    return render(request, "programmes/edit.html", context, status=409)


def _said(row: Any, name: str) -> Any:
    if name == "contact_role":
        return role_name(row.contact_role, reader_language())
    shown = getattr(row, f"get_{name}_display", None)
    return shown() if shown else getattr(row, name)


@require_POST
def move(request: PlacedRequest, owner: str, programme: UUID) -> HttpResponse:
    """Take one step on the road."""
    found = programme_for_writing(request.viewer, request.owner, programme)
    form = MoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Velg et av stegene på siden."))
        return redirect("programmes:programme", owner=owner, programme=found.pk)
    try:
        actions.move_programme(programme=found, by=request.viewer.email, **form.cleaned_data)
        messages.success(request, _("Programmet er flyttet."))
    except NotAllowedError:
        messages.warning(request, _("Noen andre har flyttet programmet. Her ser du hvor det er nå."))
    except actions.ReasonMissingError:
        messages.error(request, _("Skriv en grunn. Den som kommer etter deg, trenger den."))
    return redirect("programmes:programme", owner=owner, programme=found.pk)


@require_POST
def show(request: PlacedRequest, owner: str, programme: UUID) -> HttpResponse:
    """Put it on the open overview, or take it off."""
    found = programme_for_writing(request.viewer, request.owner, programme)
    if found.published_on is None:
        actions.publish(programme=found, by=request.viewer.email)
        messages.success(request, _("Programmet står på oversikten som alle ser."))
    else:
        actions.withdraw(programme=found, by=request.viewer.email)
        messages.success(request, _("Programmet er tatt av oversikten."))
    return redirect("programmes:programme", owner=owner, programme=found.pk)


@require_POST
def milestone(request: PlacedRequest, owner: str, programme: UUID, row: UUID) -> HttpResponse:
    """A milestone is reached, dropped, or coming again."""
    found = milestone_for_writing(request.viewer, request.owner, programme, row)
    form = MilestoneMoveForm(request.POST)
    if form.is_valid():
        try:
            actions.move_milestone(milestone=found, to=form.cleaned_data["to"], by=request.viewer.email)
        except NotAllowedError:
            messages.warning(request, _("Noen andre har flyttet milepælen. Her ser du hvor den er nå."))
    else:
        messages.error(request, _("Velg et av stegene på siden."))
    return redirect("programmes:programme", owner=owner, programme=programme)


def _part_form(request: PlacedRequest, kind: str, found: Any, **more: Any) -> PartForm:
    """The form of a kind of part, or Http404 for a kind that is not known."""
    if kind not in PART_FORMS:
        raise Http404
    return PART_FORMS[kind](
        request.POST or None,
        schools=schools_of(request.owner),
        groups=list(found.groups.all()),
        grants=queries.grants_of(found),
        roles=responsible_roles(reader_language()),
        **more,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def part_new(request: PlacedRequest, owner: str, programme: UUID, kind: str) -> HttpResponse:
    """Add a school, a partner, a group, a milestone, money or a plan."""
    found = programme_for_writing(request.viewer, request.owner, programme)
    form = _part_form(request, kind, found)
    if request.method != "POST" or not form.is_valid():
        return render(request, "programmes/part.html", {"form": form, "programme": found, "kind": kind})
    actions.add_part(programme=found, kind=kind, values=form.cleaned_data, by=request.viewer.email)
    messages.success(request, _("Lagret."))
    return redirect("programmes:programme", owner=owner, programme=found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: PlacedRequest, owner: str, programme: UUID, kind: str, row: UUID) -> HttpResponse:
    """Change a part."""
    found = part_for_writing(request.viewer, request.owner, programme, kind, row)
    initial = {name: _initial(found, name) for name in PARTS[kind].fields}
    form = _part_form(request, kind, found.programme, initial=initial)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "programme": found.programme, "kind": kind, "row": found}
        return render(request, "programmes/part.html", context)
    actions.change_part(part=found, values=form.cleaned_data, by=request.viewer.email)
    messages.success(request, _("Lagret."))
    return redirect("programmes:programme", owner=owner, programme=programme)


def _initial(row: Any, name: str) -> Any:
    return getattr(row, f"{name}_id") if name in {"school", "group", "grant"} else getattr(row, name)


@require_POST
def remove(request: PlacedRequest, owner: str, programme: UUID, kind: str, row: UUID) -> HttpResponse:
    """Take a part away."""
    found = part_for_writing(request.viewer, request.owner, programme, kind, row)
    try:
        actions.remove_part(part=found, by=request.viewer.email)
        messages.success(request, _("Tatt bort."))
    except actions.PartInUseError:
        messages.error(request, _("Noe er ført på dette tilskuddet. Flytt eller ta bort det først."))
    return redirect("programmes:programme", owner=owner, programme=programme)


@require_POST
def answer(request: PlacedRequest, owner: str) -> HttpResponse:
    """A reader says whether the overview had what was looked for. Who said it is kept nowhere."""
    form = AnswerForm(request.POST)
    if form.is_valid():
        actions.answer_page(
            owner=request.owner,
            found=form.cleaned_data["found"] == "ja",
            missing=form.cleaned_data["missing"],
        )
        messages.success(request, _("Takk. Vi lagrer svaret uten navn."))
    else:
        messages.error(request, _("Velg ja eller nei."))
    return redirect("programmes:programmes", owner=owner)
