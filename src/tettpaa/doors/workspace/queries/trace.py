"""The thread from a figure on the page back to the file: rules, release, row and column, and the bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from tettpaa.core.orgs.enums import Kind
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.language import reader_language
from tettpaa.core.ui.parts import Cell, Link, SheetRow
from tettpaa.data.charts.words import between_text, count_text, value_text
from tettpaa.data.indicators import queries as indicators
from tettpaa.data.indicators.definitions import Definition
from tettpaa.data.indicators.models import Release
from tettpaa.data.indicators.queries import Trace, Wanted
from tettpaa.data.sources.excerpt import TELLING, neighbours
from tettpaa.data.sources.files import path_of
from tettpaa.data.sources.queries import may_have_original
from tettpaa.data.sources.registry import sources
from tettpaa.data.stats.sentences import Situation, situation_sentence, situation_word
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.data.suppression.kinds import Edition, Gender, Status
from tettpaa.doors.workspace import addresses
from tettpaa.doors.workspace.reading import scale_words, short_name, style_of

MASK = "•"
# Headings of the column that holds the unit's name.
_NAMES = frozenset({"enhetnavn", "enhetsnavn", "skole"})


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Lines of the file around the figure, with what may not be seen masked."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    is_masked: bool


@dataclass(frozen=True, slots=True)
class TracePage:
    """Everything the drawer prints."""

    owner: Unit
    heading: str
    text: str
    status: str
    shown: str
    uncertainty: str
    shielding: str
    release: Release
    source: str
    licence: str
    newer: str
    is_internal: bool
    row: int
    column: str
    excerpt: Excerpt | None
    original: str
    used: tuple[Link, ...]
    rules: str


def trace_page(viewer: Viewer, owner: Unit, figure_id: int) -> TracePage | None:
    """Make the page; None for a figure that the viewer may not see or that is not the owner's."""
    found = indicators.trace(viewer, owner, figure_id)
    if found is None:
        return None
    figure, definition = found.figure, found.definition
    source = sources().get(found.release.source)
    return TracePage(
        owner=owner,
        heading=_heading(figure, definition),
        text=_what(found),
        status="" if figure.is_shown else figure.status.key,
        shown=_shown(found),
        uncertainty=_uncertainty(figure, definition),
        shielding=_shielding(figure, definition, source.threshold if source else 0),
        release=found.release,
        source=source.name.in_language(reader_language()) if source else found.release.source,
        licence=source.licence if source else "",
        newer=_newer(viewer, owner, found),
        is_internal=figure.edition is Edition.INTERNAL,
        row=found.row,
        column=found.column,
        excerpt=_excerpt(owner, found),
        original=_original(viewer, owner, found.release),
        used=_used(owner, found),
        rules=addresses.of_method(owner),
    )


def _heading(figure: SafeFigure, definition: Definition) -> str:
    if figure.value is not None:
        return value_text(figure.value, style_of(definition), reader_language())
    return situation_word(Situation(figure.status.key), reader_language())


def _what(found: Trace) -> str:
    """`Regning 5. trinn, Nes skole, 2024–25 · 34 elever`."""
    figure = found.figure
    name = short_name(found.definition, figure.grade)
    if figure.gender is not Gender.ALL:
        name = f"{name}, {gettext('jenter') if figure.gender is Gender.GIRLS else gettext('gutter')}"
    text = f"{name}, {found.unit.label}, {figure.school_year.replace('-', '–')}"
    return (
        text
        if figure.n is None
        else f"{text} · {count_text(figure.n, reader_language())} {gettext('elever')}"
    )


def _shown(found: Trace) -> str:
    figure, style, tongue = found.figure, style_of(found.definition), reader_language()
    if figure.value is None:
        return situation_sentence(Situation(figure.status.key), found.unit.label, tongue)
    text = value_text(figure.value, style, tongue) + between_text(figure.low, figure.high, style, tongue)
    return f"{text}. {scale_words(found.definition)}".strip()


def _uncertainty(figure: SafeFigure, definition: Definition) -> str:
    """How the interval came about, in words."""
    if figure.value is None:
        return gettext("Ingen tall vises, så vi regner ikke ut noe.")
    if figure.low is None:
        return gettext("Kilden sier ikke nok til at vi kan regne ut usikkerheten i dette tallet.")
    return {
        "normal_sd10": gettext(
            "Kildens egen usikkerhet der den er oppgitt, ellers regnet ut fra antall elever. "
            "I 95 av 100 tilfeller ligger det egentlige tallet i intervallet."
        ),
        "survey_mean": gettext("Regnet ut fra antall svar og hvor mye svar vanligvis spriker."),
        "share": gettext("Regnet ut fra antall elever, slik at 0 av 20 ikke blir helt sikkert."),
        "census": gettext("Alle er talt, så tallet har ingen usikkerhet fra utvalg."),
    }[definition.model.kind]


def _shielding(figure: SafeFigure, definition: Definition, threshold: int) -> str:
    """Which rule let the figure through, or stopped it."""
    limit = max(threshold, 0) or definition.smallest_group
    words = {
        Status.HIDDEN_BY_SOURCE: gettext("Kilden har tatt tallet bort. Vi har det ikke."),
        Status.HIDDEN_BY_US: gettext(
            "Skjult av oss: gruppen er liten, eller et lite tall kunne blitt regnet ut fra dette."
        ),
        Status.CONFIDENTIAL: gettext("Merket av kilden: kan bare brukes internt hos skoleeieren."),
    }
    if figure.status in words:
        return words[figure.status]
    if figure.n is None:
        return gettext("Grensen er %(limit)s elever. Kilden skjuler selv det som er mindre.") % {
            "limit": limit
        }
    return gettext("%(n)s elever er ikke under grensen på %(limit)s.") % {"n": figure.n, "limit": limit}


def _newer(viewer: Viewer, owner: Unit, found: Trace) -> str:
    """Address of the figure that has taken this one's place; empty while it is the current one."""
    figure = found.figure
    wanted = Wanted([figure.indicator], [figure.period], [figure.grade], [figure.gender])
    current = indicators.figures(viewer, [found.unit], wanted, edition=_asked_edition(figure))
    newest = next((one.id for one in current if one.unit == found.unit.code), figure.id)
    return "" if newest == figure.id else addresses.of_figure(owner, newest)


def _asked_edition(figure: SafeFigure) -> Edition | None:
    return Edition.PUBLIC if figure.edition is Edition.PUBLIC else None


def _used(owner: Unit, found: Trace) -> tuple[Link, ...]:
    """The pages where the figure stands."""
    key, unit = found.definition.key, found.unit
    links = [Link(found.definition.names.in_language(reader_language()), addresses.of_indicator(owner, key))]
    if unit.kind == Kind.SCHOOL and unit.is_below(owner):
        links.insert(0, Link(unit.label, addresses.of_school_indicator(owner, unit, key)))
    return tuple(links)


def _original(viewer: Viewer, owner: Unit, release: Release) -> str:
    """Address of the file itself, for those who may read imports."""
    if not viewer.may(Permission.IMPORTS_READ, owner) or not may_have_original(owner, release):
        return ""
    return reverse("sources:release_file", kwargs={"owner": owner.code, "release": release.pk})


def _excerpt(owner: Unit, found: Trace) -> Excerpt | None:
    """The line with its neighbours. Only the figure itself and names are read out, unless the file is public."""
    raw = _lines(str(path_of(found.release.file_sha256)), found.row, found.column)
    if not raw or not raw["rows"]:
        return None
    source = sources().get(found.release.source)
    is_public = source is not None and source.is_public
    wanted = _columns(raw, found.column)
    rows = _rows(raw, wanted, found, _Eyes(is_public=is_public, is_own=found.release.owner_id == owner.pk))
    caption = gettext("Rad %(row)s i %(file)s") % {"row": found.row, "file": found.release.file_name}
    masked = any(cell.text == MASK for row in rows for cell in row.cells)
    return Excerpt(caption, tuple(raw["letters"][index] for index in wanted), rows, masked)


@lru_cache(maxsize=512)
def _lines(path: str, row: int, column: str) -> Mapping[str, Any]:
    """Lines of a kept file; a file never changes, so what was read once stands."""
    return neighbours(Path(path), row, column) if Path(path).exists() else {}


@dataclass(frozen=True, slots=True)
class _Eyes:
    """What decides which cells may be read out: a public file, or a file of the owner's own."""

    is_public: bool
    is_own: bool


def _columns(raw: Mapping[str, Any], column: str) -> tuple[int, ...]:
    """Which of the excerpt's columns to print: the unit's name, the one before the figure, and the figure's."""
    letters, lines = raw["letters"], raw["rows"]
    heads = [head.strip().casefold() for head in lines[0][1]] if lines else []
    named = [index for index, head in enumerate(heads) if head in _NAMES][:1]
    chosen = [index for index, letter in enumerate(letters) if letter == column]
    beside = [chosen[0] - 1] if chosen and chosen[0] > 0 else []
    return tuple(sorted({*named, *beside, *chosen})) or tuple(range(min(3, len(letters))))


def _rows(raw: Mapping[str, Any], columns: Sequence[int], found: Trace, eyes: _Eyes) -> tuple[SheetRow, ...]:
    letters: Sequence[str] = raw["letters"]
    lines: Sequence[tuple[int, Sequence[str]]] = raw["rows"]
    telling = [head.strip().casefold() in TELLING for head in lines[0][1]]
    made = []
    for position, (number, texts) in enumerate(lines):
        is_line = number == found.row
        # Only a line that names columns we know may be read out as the heading.
        is_head = position == 0 and not is_line and any(telling)
        cells = []
        for index in columns:
            chosen = is_line and letters[index] == found.column
            name = telling[index] and (eyes.is_own or is_line)
            seen = (
                is_public_cell(found.figure, is_public=eyes.is_public)
                if chosen
                else (is_head or eyes.is_public or name)
            )
            text = texts[index] if index < len(texts) else ""
            cells.append(
                Cell(text if seen or not text else MASK, is_number=_is_number(text), is_chosen=chosen)
            )
        made.append(SheetRow(number, tuple(cells)))
    return tuple(made)


def is_public_cell(figure: SafeFigure, *, is_public: bool) -> bool:
    """Whether the figure's own cell may be read out: it is shown, or its source shields before it publishes."""
    return figure.is_shown or (is_public and figure.status is not Status.CONFIDENTIAL)


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "").replace("-", "").isdigit()
