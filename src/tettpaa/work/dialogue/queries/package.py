"""The package as one viewer may read it: live until it is frozen, then only what was frozen."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language

from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.panels import Asked, parts
from tettpaa.data.indicators.queries import edition_for
from tettpaa.work.dialogue import datasheet, sealing
from tettpaa.work.dialogue.access import Standing, place_of
from tettpaa.work.dialogue.enums import MeetingState, PartKey, PartState
from tettpaa.work.dialogue.models import Addition, FrozenPackage, Meeting, PackagePart

ORDER = {str(key): number for number, key in enumerate(PartKey)}


@dataclass(frozen=True)
class PartView:
    """A part for one viewer. `row` is None for what is reckoned; `content` is None when the viewer may not read it."""

    key: str
    title: str
    state: PartState
    is_mine: bool
    row: PackagePart | None = None
    content: Any = None
    template: str = ""
    seen_by: tuple[str, ...] = ()
    additions: tuple[Addition, ...] = ()
    withdrawn_at: datetime | None = None

    @property
    def waits_for_me(self) -> bool:
        return self.is_mine and self.state != PartState.SHARED and self.row is not None


@dataclass(frozen=True)
class Package:
    """All parts, the viewer's own unfinished ones first; `frozen` once it is locked."""

    parts: tuple[PartView, ...]
    frozen: FrozenPackage | None = None
    ready: int = field(default=0)

    @property
    def total(self) -> int:
        return len(self.parts)


def package_of(viewer: Viewer, meeting: Meeting, who: Standing, today: date) -> Package:
    """Read the package. Before it opens there is nothing. A body sees its own voice only."""
    if meeting.state in {MeetingState.PLANNED, MeetingState.INVITED, MeetingState.CANCELLED}:
        return Package(())
    rows = list(
        meeting.parts.select_related("body")
        .prefetch_related("additions", "traces", "looks")
        .order_by("order")
    )
    frozen = FrozenPackage.objects.filter(meeting=meeting).first()
    sealed = json.loads(frozen.content) if frozen else None
    shown = [_written(row, who, viewer, meeting, sealed) for row in rows if who.reads_all or who.owns(row)]
    if who.reads_all:
        shown += _reckoned(viewer, meeting, today, sealed)
    shown.sort(key=lambda part: (not part.waits_for_me, ORDER.get(part.key, 99)))
    ready = sum(part.state == PartState.SHARED for part in shown)
    return Package(tuple(shown), frozen, ready)


def _written(
    row: PackagePart, who: Standing, viewer: Viewer, meeting: Meeting, sealed: Mapping[str, Any] | None
) -> PartView:
    content: Any = None
    if who.reads(row):
        content = _frozen_words(row, sealed) if sealed and row.state == PartState.SHARED else row.content
        if row.key == PartKey.DATA:
            content = _data(viewer, meeting, sealed)
    traces = list(row.traces.all())
    return PartView(
        key=row.key,
        title=str(PartKey(row.key).label) if row.key in PartKey.values else row.key,
        state=PartState(row.state),
        is_mine=who.owns(row),
        row=row,
        content=content,
        template=f"dialogue/parts/{_template(row.key)}.html",
        seen_by=tuple(traces[-1].seen_by) if traces and row.state == PartState.WITHDRAWN else (),
        additions=tuple(row.additions.all()),
        withdrawn_at=row.withdrawn_at,
    )


def _template(key: str) -> str:
    if key == PartKey.DATA:
        return "data"
    return "analysis" if key == PartKey.ANALYSIS else "text"


def _frozen_words(row: PackagePart, sealed: Mapping[str, Any]) -> Any:
    """The words of exactly this part as they were sealed."""
    body = row.body.key if row.body else None
    return next(
        (part["content"] for part in sealed["parts"] if part["key"] == row.key and part["body"] == body), {}
    )


def _data(viewer: Viewer, meeting: Meeting, sealed: Mapping[str, Any] | None) -> dict[str, Any]:
    """The data sheet in the viewer's edition, in the reader's language."""
    edition = edition_for(viewer, place_of(meeting))
    content = (
        sealed["data"][edition.key] if sealed else datasheet.sheet(viewer, place_of(meeting), edition=edition)
    )
    return datasheet.read(content, get_language() or "nb")


def _reckoned(
    viewer: Viewer, meeting: Meeting, today: date, sealed: Mapping[str, Any] | None
) -> list[PartView]:
    """What other rooms give: earlier agreements, the self-assessment, and whatever else is registered."""
    if sealed:
        last, assessment, others = sealed["last"], sealed["assessment"], sealed["others"]
    else:
        last = sealing.last_agreements(viewer, meeting.school)
        assessment = sealing.assessment(viewer, meeting)
        asked = Asked(viewer, meeting.owner, today, school=meeting.school, goal=meeting.goal_id)
        others = [
            {"key": one.key, "title": str(one.title), "template": one.template, "content": dict(one.content)}
            for one in parts(asked)
        ]
    found = []
    if meeting.school is not None:
        found.append(_shared(PartKey.LAST, last, "dialogue/parts/last.html"))
        state = PartState.MISSING if assessment is None else PartState.SHARED
        found.append(_shared(PartKey.ASSESSMENT, assessment, "dialogue/parts/assessment.html", state))
    found += [
        PartView(
            one["key"],
            one["title"],
            PartState.SHARED,
            is_mine=False,
            content=one["content"],
            template=one["template"],
        )
        for one in others
    ]
    return found


def _shared(key: PartKey, content: Any, template: str, state: PartState = PartState.SHARED) -> PartView:
    return PartView(key, str(key.label), state, is_mine=False, content=content, template=template)
