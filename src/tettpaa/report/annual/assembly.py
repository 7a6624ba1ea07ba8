"""The whole document in one edition: chapters in order, slides, running heads, stamp and checksum."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from tettpaa.data.suppression.kinds import Edition
from tettpaa.report.annual.blocks import summary
from tettpaa.report.annual.chapters import Chapter, chapters
from tettpaa.report.annual.context import Context
from tettpaa.report.annual.wording import Pair, tell
from tettpaa.report.export.canonical import checksum
from tettpaa.report.export.tree import Document, Section, Slide

type Progress = Callable[[int, int], None]

MOST_SLIDES: Final = 9  # and the cover
TEXTS: Final[dict[str, Pair]] = {
    "public": Pair("offentlig utgave", "offentleg utgåve"),
    "internal": Pair("intern utgave", "intern utgåve"),
    "draft": Pair("Utkast, {label}", "Utkast, {label}"),
    "subtitle": Pair("Skoleåret {year}", "Skuleåret {year}"),
    "draft_subtitle": Pair("Utkast for skoleåret {year}", "Utkast for skuleåret {year}"),
    "version": Pair("Versjon {number}", "Versjon {number}"),
    "draft_version": Pair("Utkast til versjon {number}", "Utkast til versjon {number}"),
    "municipality": Pair("{owner} kommune", "{owner} kommune"),
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a document says of itself: the number of the version, and when it was frozen (None: a draft)."""

    version: int
    frozen_on: date | None = None


def part(progress: Progress | None, turn: int, turns: int) -> Progress | None:
    """Progress of one of several pieces as progress of the whole; `turn` counts from 0."""
    if progress is None:
        return None
    told = progress
    return lambda done, total: told(turn * total + done, turns * total)


def document(context: Context, stamp: Stamp, progress: Progress | None = None) -> Document:
    """The tree of the edition with its checksum. Progress is told chapter by chapter."""
    language, edition = context.language, context.edition.key
    label = tell(TEXTS, edition, language)
    is_draft = stamp.frozen_on is None
    if is_draft:
        label = tell(TEXTS, "draft", language, label=label)
    made = Document(
        title=context.name,
        owner=tell(TEXTS, "municipality", language, owner=context.owner.name),
        language=language,
        edition="public" if context.edition is Edition.PUBLIC else "internal",
        edition_label=label,
        subtitle=tell(
            TEXTS, "draft_subtitle" if is_draft else "subtitle", language, year=context.school_year
        ),
        running_left=f"{context.name} {context.school_year}",
        accent=context.drawer.accent,
        version=tell(TEXTS, "draft_version" if is_draft else "version", language, number=stamp.version),
        frozen_on=stamp.frozen_on,
        sections=_sections(context, progress),
        slides=slides(context),
    )
    return replace(made, checksum=checksum(made))


def slides(context: Context) -> tuple[Slide, ...]:
    """At most nine and the cover: what each chapter shows, and the points to vote on last."""
    shown = [slide for chapter in _in(context) if chapter.slides for slide in chapter.slides(context)]
    return (*shown[: MOST_SLIDES - 1], *summary.proposal_slide(context))


def _sections(context: Context, progress: Progress | None) -> tuple[Section, ...]:
    made, wanted = [], _in(context)
    for done, chapter in enumerate(wanted, start=1):
        made.append(chapter.build(context))
        if progress:
            progress(done, len(wanted))
    return tuple(made)


def _in(context: Context) -> list[Chapter]:
    """The chapters that the document has."""
    return [chapter for chapter in chapters() if chapter.is_in(context)]
