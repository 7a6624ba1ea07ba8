"""The package: all of it to read, each part to write, to share and to take back; and what is added after freezing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.work.dialogue import actions, queries, wording
from tettpaa.work.dialogue.access import part_for_reading, part_for_writing, standing
from tettpaa.work.dialogue.forms import AdditionForm, PartForm
from tettpaa.work.dialogue.views.place import answers_refusals, back_to, frame, here, page


@require_safe
def package(request: PlacedRequest, meeting: UUID, **_places: str) -> HttpResponse:
    """The whole package on one page, as the viewer may read it. Each shared part that is read here is noted by role."""
    found, who = here(request, meeting)
    if not who.reads_all:
        raise Http404
    seen = queries.package_of(request.viewer, found, who, timezone.localdate())
    for part in seen.parts:
        if part.row is not None and part.content and not part.is_mine:
            actions.note_look(part=part.row, role=who.role)
    context = frame(request, found, who) | {"package": seen}
    return page(request, "package", context)


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: PlacedRequest, meeting: UUID, part: UUID, **_places: str) -> HttpResponse:
    """One part: its owner writes it until the package is frozen; others read it when it is shared."""
    found, who = here(request, meeting)
    row = part_for_reading(request.viewer, found, part)
    mine, is_open = who.owns(row), found.state == "open"
    if request.method == "POST":
        row = part_for_writing(request.viewer, found, part)
        return _write(request, found, row)
    if not mine:
        actions.note_look(part=row, role=who.role)
    form = None
    if mine and is_open and row.key in actions.BOXES:
        form = PartForm(key=row.key, initial={**row.content, "version": row.version})
    return _part_page(request, found, row, form=form)


def _write(request: PlacedRequest, found: Any, row: Any) -> HttpResponse:
    """Save what stands in the boxes; a conflict shows both texts, and nothing is lost."""
    if row.key not in actions.BOXES:
        raise Http404
    form = PartForm(request.POST, key=row.key)
    if not form.is_valid():
        return _part_page(request, found, row, form=form, status=422)
    try:
        actions.write_part(
            part=row, content=form.content(), version=form.cleaned_data["version"], by=request.viewer.email
        )
    except ConflictError as error:
        again = PartForm(key=row.key, initial={**form.content(), "version": error.theirs.version})
        return _part_page(request, found, row, form=again, theirs=error.theirs, status=409)
    except actions.RefusedError as error:
        form.add_error(None, error.words)
        return _part_page(request, found, row, form=form, status=422)
    messages.success(request, _("Lagret. %(who)s") % {"who": _who_sees(row)})
    return back_to(request, found, "part", part=row.pk)


def _who_sees(row: Any) -> str:
    return wording.part_status(row.state, mine=True, side=row.side)[1] + "."


def _part_page(
    request: PlacedRequest, found: Any, row: Any, *, form: Any = None, theirs: Any = None, status: int = 200
) -> HttpResponse:
    who = standing(request.viewer, found)
    seen = queries.package_of(request.viewer, found, who, timezone.localdate())
    shown = next(one for one in seen.parts if one.row is not None and one.row.pk == row.pk)
    mine = who.owns(row)
    locked = found.state in {"frozen", "agenda", "postponed"} and seen.frozen is not None
    context = frame(request, found, who) | {
        "part": shown,
        "row": row,
        "form": form,
        "theirs": theirs,
        "theirs_boxes": _boxes(theirs) if theirs else [],
        "mine_boxes": _mine(form) if theirs else [],
        "most": actions.most_of(row.key),
        "written": sum(len(str(text)) for text in row.content.values()) if row.content else 0,
        "is_open": found.state == "open",
        "frozen": seen.frozen,
        "addition_form": AdditionForm() if mine and locked and row.state == "shared" else None,
        "traces": row.traces.all() if mine else [],
        "looks": wording.roles_text([look.role for look in row.looks.filter(shared_at=row.shared_at)])
        if mine
        else "",
    }
    return page(request, "part", context, status=status)


def _boxes(row: Any) -> list[tuple[str, str]]:
    return [(str(wording.BOX_WORDS[box][0]), row.content.get(box, "")) for box in actions.BOXES[row.key]]


def _mine(form: Any) -> list[tuple[str, str]]:
    return [(str(box.label), box.initial or "") for box in form.boxes]


@require_POST
@answers_refusals
def share(request: PlacedRequest, meeting: UUID, part: UUID, **_places: str) -> HttpResponse:
    found, _who = here(request, meeting)
    row = part_for_writing(request.viewer, found, part)
    actions.share_part(part=row, by=request.viewer.email)
    messages.success(request, _("Delt med alle i møtet."))
    return back_to(request, found)


@require_POST
@answers_refusals
def withdraw(request: PlacedRequest, meeting: UUID, part: UUID, **_places: str) -> HttpResponse:
    """Take a part back, and say who has had the time to read it."""
    found, _who = here(request, meeting)
    row = actions.withdraw_part(part=part_for_writing(request.viewer, found, part), by=request.viewer.email)
    seen = row.traces.order_by("-pk").values_list("seen_by", flat=True)[0]
    if seen:
        messages.success(
            request, _("Trukket tilbake. Dette er lest av: %(roles)s.") % {"roles": wording.roles_text(seen)}
        )
    else:
        messages.success(request, _("Trukket tilbake. Ingen hadde lest den."))
    return back_to(request, found, "part", part=row.pk)


@require_POST
@answers_refusals
def addition(request: PlacedRequest, meeting: UUID, part: UUID, **_places: str) -> HttpResponse:
    """A dated addition beside what was frozen."""
    found, who = here(request, meeting)
    row = part_for_writing(request.viewer, found, part)
    form = AdditionForm(request.POST)
    if form.is_valid():
        actions.add_to_frozen(
            part=row, text=form.cleaned_data["text"], role=who.role, by=request.viewer.email
        )
        messages.success(request, _("Tillegget er lagt ved, med dato."))
    else:
        messages.error(request, _("Skriv et tillegg på høyst 1500 tegn."))
    return back_to(request, found, "part", part=row.pk)
