"""Agenda, proposals and minutes as one viewer may read them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from tettpaa.core.ui.formats import known
from tettpaa.work.dialogue.access import Standing
from tettpaa.work.dialogue.enums import ParagraphKind, ProposalState
from tettpaa.work.dialogue.models import (
    AgendaItem,
    AgreementRow,
    Meeting,
    MinutesComment,
    MinutesVersion,
    Paragraph,
    Proposal,
    PublicMinutes,
)
from tettpaa.work.dialogue.sealing import cited


@dataclass(frozen=True)
class AgendaLine:
    """An item with the time it starts, and the proposals that are taken under it."""

    item: AgendaItem
    starts_at: datetime
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True)
class ParagraphView:
    """A paragraph; `exempt` is the basis as it is cited. `text` is empty for those who may not read it."""

    row: Paragraph
    text: str
    exempt: str
    may_read: bool


@dataclass(frozen=True)
class ItemMinutes:
    """What is written under an item, and the promises made there."""

    item: AgendaItem
    said: tuple[ParagraphView, ...]
    concluded: tuple[ParagraphView, ...]
    rows: tuple[AgreementRow, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.said or self.concluded or self.rows)


def agenda_of(meeting: Meeting) -> list[AgendaLine]:
    """Items in order, each with its start by the clock; two queries."""
    at = timezone.localtime(meeting.starts_at)
    lines = []
    for item in meeting.items.prefetch_related("proposals__body"):
        lines.append(AgendaLine(item, at, tuple(item.proposals.all())))
        at += timedelta(minutes=item.minutes)
    return lines


def proposals_of(meeting: Meeting, who: Standing) -> list[Proposal]:
    """Both sides see all, waiting first; a body sees its own."""
    found = meeting.proposals.select_related("body", "item")
    shown = [one for one in found if who.writes or who.speaks_for(one.body_id)]
    return sorted(shown, key=lambda one: (one.state != ProposalState.WAITING, one.sent_at))


def minutes_of(meeting: Meeting, who: Standing) -> list[ItemMinutes]:
    """Every item with its paragraphs; what is exempt is left out for those who may not read it. Three queries."""
    paragraphs: dict[Any, list[Paragraph]] = {}
    for row in meeting.paragraphs.filter(is_struck=False):
        paragraphs.setdefault(row.item_id, []).append(row)
    promises: dict[Any, list[AgreementRow]] = {}
    for promise in rows_of(meeting):
        promises.setdefault(promise.item_id, []).append(promise)
    return [
        ItemMinutes(
            item=item,
            said=_views(paragraphs.get(item.pk, []), ParagraphKind.SAID, who),
            concluded=_views(paragraphs.get(item.pk, []), ParagraphKind.CONCLUSION, who),
            rows=tuple(promises.get(item.pk, [])),
        )
        for item in meeting.items.all()
    ]


def _views(rows: Sequence[Paragraph], kind: ParagraphKind, who: Standing) -> tuple[ParagraphView, ...]:
    tongue = known(get_language())
    return tuple(
        ParagraphView(
            row=row,
            text=row.text if not row.basis or who.reads_exempt else "",
            exempt=cited(row.basis, tongue) if row.basis else "",
            may_read=not row.basis or who.reads_exempt,
        )
        for row in rows
        if row.kind == kind
    )


def rows_of(meeting: Meeting) -> list[AgreementRow]:
    return list(meeting.rows.filter(is_struck=False).select_related("goal"))


def comments_of(meeting: Meeting) -> list[MinutesComment]:
    return list(meeting.comments.all())


def newest_version(meeting: Meeting) -> MinutesVersion | None:
    return meeting.versions.prefetch_related("approvals").order_by("-number").first()


def public_minutes(meeting: Meeting) -> tuple[PublicMinutes, dict[str, Any]] | None:
    """The public minutes and their content, for everybody who may open the meeting."""
    found = PublicMinutes.objects.filter(meeting=meeting).first()
    return (found, json.loads(found.content)) if found else None
