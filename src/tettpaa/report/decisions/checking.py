"""The checklist before a report is published: what the product can see by itself, and what a person answers for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tettpaa.core.accounts.models import User
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.report.annual.enums import EditionName
from tettpaa.report.annual.models import FrozenEdition
from tettpaa.report.annual.queries import frozen_document, status_of
from tettpaa.report.decisions.models import Confirmation, Publication
from tettpaa.report.export.tree import (
    Box,
    Bullets,
    Cell,
    Document,
    Lead,
    Note,
    Paragraph,
    Proposals,
    Section,
    Table,
)

POINTS: Final = ("frozen", "stale", "clean", "hidden", "names", "approved")
PERSONAL: Final = frozenset({"hidden", "names", "approved"})
_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\b\d{6}\s?\d{5}\b")


@dataclass(frozen=True, slots=True)
class CheckPoint:
    """One point. `count` is what was found: stale texts, names, hidden figures. `confirmed` when a person answers."""

    key: str
    is_met: bool
    count: int = 0
    confirmed: Confirmation | None = None

    @property
    def is_personal(self) -> bool:
        return self.key in PERSONAL


def checklist(viewer: Viewer, publication: Publication) -> tuple[CheckPoint, ...]:
    """The points in their order. The public edition itself is read for addresses and names of people with a role."""
    report = publication.report
    status = status_of(viewer, report)
    tree = _public_document(publication) if report.version else None
    found = names_in(tree, _people(publication)) if tree else 0
    given = {row.key: row for row in publication.confirmations.filter(version=report.version)}
    counts = {"hidden": hidden_in(tree) if tree else 0}
    own = (
        CheckPoint("frozen", status.is_frozen and bool(report.version)),
        CheckPoint("stale", not status.stale, status.stale),
        CheckPoint("clean", not found, found),
    )
    return own + tuple(
        CheckPoint(key, key in given, counts.get(key, 0), given.get(key)) for key in POINTS if key in PERSONAL
    )


def _public_document(publication: Publication) -> Document:
    report = publication.report
    row = FrozenEdition.objects.defer("content").get(
        report=report, edition=EditionName.PUBLIC, version=report.version
    )
    return frozen_document(row)


def _people(publication: Publication) -> list[str]:
    """Full names of those who have a role with the owner."""
    users = User.objects.filter(memberships__unit__path__startswith=publication.owner.path).distinct()
    return [name for name in users.values_list("name", flat=True) if len(name.split()) > 1]


def names_in(document: Document, people: list[str]) -> int:
    """How many different e-mail addresses, national identity numbers and names of people stand in the document."""
    text = "\n".join(words_of(document))
    return len({*_ADDRESS.findall(text), *(name for name in people if name in text)})


def hidden_in(document: Document) -> int:
    """How many cells are hidden in the document's tables."""
    return sum(cell.hidden for cell in _cells(document.sections))


def words_of(document: Document) -> Iterator[str]:
    """Every text that a reader sees."""
    yield from (document.title, document.owner, document.subtitle)
    for section in document.sections:
        yield from _section_words(section)
    for slide in document.slides:
        yield from (slide.title, *slide.bullets, slide.notes)


def _section_words(section: Section) -> Iterator[str]:
    yield section.heading
    for block in section.blocks:
        yield from _block_words(block)
    for part in section.subsections:
        yield from _section_words(part)


def _block_words(block: object) -> Iterator[str]:
    match block:
        case Box(blocks=inside):
            for one in inside:
                yield from _block_words(one)
        case Lead(text=text, support=support):
            yield from (text, support)
        case Paragraph(text=text) | Note(text=text):
            yield text
        case Bullets(items=lines) | Proposals(points=lines):
            yield from lines
        case Table(caption=caption, header=header, rows=rows, note=note):
            yield from (caption, *header, note)
            for row in rows:
                yield from (cell.text for cell in row)


def _cells(sections: tuple[Section, ...]) -> Iterator[Cell]:
    for section in sections:
        for block in section.blocks:
            inside = block.blocks if isinstance(block, Box) else (block,)
            for one in inside:
                if isinstance(one, Table):
                    yield from (cell for row in one.rows for cell in row)
        yield from _cells(section.subsections)
