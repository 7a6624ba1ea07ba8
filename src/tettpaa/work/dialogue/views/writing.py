"""Writing in the meeting: one page an item, each paragraph and each promise saved by itself, several at once."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.work.dialogue import actions, queries
from tettpaa.work.dialogue.access import (
    item_of,
    meeting_for_writing,
    paragraph_for_writing,
    row_for_writing,
    standing,
)
from tettpaa.work.dialogue.enums import ParagraphKind
from tettpaa.work.dialogue.forms import ParagraphForm, RowForm, VersionForm
from tettpaa.work.dialogue.views.place import answers_refusals, back_to, frame, page
from tettpaa.work.plans.queries import goals_of

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


def _found(request: PlacedRequest, meeting: UUID) -> tuple[Any, Any]:
    found = meeting_for_writing(request.viewer, request.owner, request.school, meeting)
    return found, standing(request.viewer, found)


@require_safe
def entry(request: PlacedRequest, meeting: UUID, entry: UUID, **_places: str) -> HttpResponse:
    """One item: what was said in short, what was concluded, the promises so far, and room for one more."""
    found, who = _found(request, meeting)
    return _entry_page(request, found, who, item_of(found, entry))


def _entry_page(
    request: PlacedRequest, found: Any, who: Any, item: Any, *, status: int = 200, **forms: Any
) -> HttpResponse:
    items = queries.minutes_of(found, who)
    place = next(number for number, one in enumerate(items) if one.item.pk == item.pk)
    context = frame(request, found, who) | {
        "entry": items[place],
        "before": items[place - 1].item if place else None,
        "after": items[place + 1].item if place + 1 < len(items) else None,
        "rows": queries.rows_of(found),
        "writes": found.state in {"agenda", "held", "draft"},
        "said_form": ParagraphForm(prefix="said"),
        "concluded_form": ParagraphForm(prefix="conclusion"),
        "row_form": _row_form(request, found, None),
        **forms,
    }
    return page(request, "entry", context, status=status)


def _row_form(request: PlacedRequest, found: Any, data: Any, *, row: Any = None) -> RowForm:
    """The form of a promise. Figures are those of the package that the viewer may read."""
    seen = queries.package_of(request.viewer, found, standing(request.viewer, found), timezone.localdate())
    sheet: Any = next(
        (part.content for part in seen.parts if part.key == "data" and part.content), {"lines": []}
    )
    figures = [(_figure(line), _figure(line)) for line in sheet["lines"]]
    others = [one for one in queries.rows_of(found) if row is None or one.pk != row.pk]
    first = {"version": row.version, **_as_initial(row)} if row is not None else None
    return RowForm(
        data, meeting=found, goals=goals_of(request.owner), figures=figures, rows=others, initial=first
    )


def _figure(line: dict[str, Any]) -> str:
    """`Lesing, 5. trinn: 48,2`: the name and the newest figure that is shown."""
    newest = next((cell["text"] for cell in reversed(line["cells"]) if cell["text"]), "")
    name: str = line["name"]
    return (f"{name}: {newest}" if newest else name)[:120]


def _as_initial(row: Any) -> dict[str, Any]:
    return {
        "side": row.side,
        "what": row.what,
        "goal": str(row.goal_id or ""),
        "indicator": row.indicator,
        "why": row.why,
        "who": row.who,
        "due_on": row.due_on,
        "sign": row.sign,
        "answers": str(row.answers_id or ""),
    }


@require_POST
@answers_refusals
def add_paragraph(request: PlacedRequest, meeting: UUID, entry: UUID, **_places: str) -> HttpResponse:
    """A new paragraph. `kind` in the form says whether it is what was said or what was concluded."""
    found, who = _found(request, meeting)
    item = item_of(found, entry)
    kind = "conclusion" if "conclusion-text" in request.POST else "said"
    form = ParagraphForm(request.POST, prefix=kind)
    if not form.is_valid():
        name = "concluded_form" if kind == "conclusion" else "said_form"
        return _entry_page(request, found, who, item, status=422, **{name: form})
    actions.write_paragraph(
        item=item,
        text=form.cleaned_data["text"],
        kind=ParagraphKind(kind),
        basis=form.cleaned_data["basis"],
        by=request.viewer.email,
    )
    return back_to(request, found, "entry", entry=item.pk)


@GET_OR_POST
@answers_refusals
def paragraph(request: PlacedRequest, meeting: UUID, statement: UUID, **_places: str) -> HttpResponse:
    """Change a paragraph. When somebody was faster, both versions are shown, and yours stays in the box."""
    found, who = _found(request, meeting)
    row = paragraph_for_writing(request.viewer, found, statement)
    first = {"text": row.text, "basis": row.basis, "version": row.version}
    form = ParagraphForm(request.POST or None, initial=first)
    context = frame(request, found, who) | {"row": row, "form": form, "item": row.item}
    if request.method != "POST" or not form.is_valid():
        return page(request, "paragraph", context, status=422 if request.method == "POST" else 200)
    data = form.cleaned_data
    mine = data["text"]
    try:
        actions.change_paragraph(
            paragraph=row,
            text=mine,
            basis=data["basis"],
            version=data["version"] or 0,
            by=request.viewer.email,
        )
    except ConflictError as error:
        theirs: Any = error.theirs
        again = ParagraphForm(request.POST.dict() | {"version": str(theirs.version)})
        context |= {"form": again, "theirs": theirs, "mine": mine}
        return page(request, "paragraph", context, status=409)
    return back_to(request, found, "entry", entry=row.item_id)


@require_POST
@answers_refusals
def strike_paragraph(request: PlacedRequest, meeting: UUID, statement: UUID, **_places: str) -> HttpResponse:
    found, _who = _found(request, meeting)
    row = paragraph_for_writing(request.viewer, found, statement)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    actions.strike_paragraph(paragraph=row, version=version, by=request.viewer.email)
    return back_to(request, found, "entry", entry=row.item_id)


@require_POST
@answers_refusals
def add_row(request: PlacedRequest, meeting: UUID, entry: UUID, **_places: str) -> HttpResponse:
    """One more promise."""
    found, who = _found(request, meeting)
    item = item_of(found, entry)
    form = _row_form(request, found, request.POST)
    if form.is_valid():
        try:
            actions.add_row(meeting=found, item=item, promise=form.promise(), by=request.viewer.email)
        except actions.RefusedError as error:
            form.add_error(None, error.words)
    if form.errors:
        return _entry_page(request, found, who, item, status=422, row_form=form)
    messages.success(request, _("Linja er lagt til. Den andre siden ser den nå."))
    return back_to(request, found, "entry", entry=item.pk)


@GET_OR_POST
@answers_refusals
def row(request: PlacedRequest, meeting: UUID, row: UUID, **_places: str) -> HttpResponse:
    """Change a promise; a conflict shows both versions."""
    found, who = _found(request, meeting)
    line = row_for_writing(request.viewer, found, row)
    form = _row_form(request, found, request.POST or None, row=line)
    context = frame(request, found, who) | {"row": line, "form": form, "language": get_language()}
    if request.method != "POST":
        return page(request, "row", context)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.change_row(row=line, promise=form.promise(), version=version, by=request.viewer.email)
        except ConflictError as error:
            return _row_conflict(request, found, context, error)
        except actions.RefusedError as error:
            form.add_error(None, error.words)
    if form.errors:
        return page(request, "row", context, status=422)
    return back_to(request, found, "aloud")


def _row_conflict(
    request: PlacedRequest, found: Any, context: dict[str, Any], error: ConflictError
) -> HttpResponse:
    theirs: Any = error.theirs
    again = _row_form(request, found, request.POST.dict() | {"version": str(theirs.version)}, row=theirs)
    context |= {"form": again, "theirs": theirs, "mine": error.mine}
    return page(request, "row", context, status=409)


@require_POST
@answers_refusals
def strike_row(request: PlacedRequest, meeting: UUID, row: UUID, **_places: str) -> HttpResponse:
    found, _who = _found(request, meeting)
    line = row_for_writing(request.viewer, found, row)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    actions.strike_row(row=line, version=version, by=request.viewer.email)
    return back_to(request, found, "aloud")
