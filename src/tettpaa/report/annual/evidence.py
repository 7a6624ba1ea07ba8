"""The proof of a chapter: tables, charts and sentences made from figures, the same for every indicator."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tettpaa.data.charts import trend
from tettpaa.data.charts.inputs import Reference
from tettpaa.data.charts.scales import domain
from tettpaa.data.indicators.definitions import Definition
from tettpaa.data.indicators.reckoning import counted_in
from tettpaa.data.stats.numbers import Unit, quantity
from tettpaa.data.stats.pooling import pooled_years
from tettpaa.data.stats.sentences import (
    Against,
    between,
    change_sentence,
    level_detail,
    level_phrase,
    level_sentence,
)
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.data.suppression.kinds import Status
from tettpaa.report.annual.context import WINDOW, Context, Place, shown_year
from tettpaa.report.annual.drawing import Caption
from tettpaa.report.annual.readings import (
    HIDDEN,
    Beside,
    Reading,
    SchoolReading,
    about,
    area_reading,
    beside_of,
    points,
    school_lines,
    school_readings,
    shown_years,
    style_of,
    value_text,
    verdict_text,
)
from tettpaa.report.annual.wording import Pair, listed, lower_first, say, short_name, tell
from tettpaa.report.export.tree import Block, Cell, Figure, Lead, Paragraph, Section, Strip, Table

TEXTS: Final[dict[str, Pair]] = {
    "overview": Pair(
        "{title}: {owner} ved siden av fylket og landet", "{title}: {owner} ved sida av fylket og landet"
    ),
    "newest": Pair("Siste tall", "Siste tal"),
    "year": Pair("Skoleår", "Skuleår"),
    "levels": Pair("Tre år mot landet", "Tre år mot landet"),
    "schools_table": Pair("{name}: skolene, {years}", "{name}: skulane, {years}"),
    "reference": Pair("{name} {value}", "{name} {value}"),
    "against": Pair("Mot {name}", "Mot {name}"),
    "the_nation": Pair("landet", "landet"),
    "or": Pair("{first} eller {second}", "{first} eller {second}"),
    "mixed": Pair(
        "Der ingen har tall for landet, er kommunen holdt opp mot fylket.",
        "Der ingen har tal for landet, er kommunen halden opp mot fylket.",
    ),
    "table_note": Pair(
        "Prikken er det mest sannsynlige nivået, streken viser hvor det trolig ligger. ",
        "Prikken er det mest sannsynlege nivået, streken viser kvar det truleg ligg. ",
    ),
    "trend_title": Pair("{name}, år for år", "{name}, år for år"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """An indicator in one grade, as a chapter treats it; `label` names both."""

    key: str
    grade: int
    label: str


def subjects(context: Context, keys: Iterable[str]) -> tuple[Subject, ...]:
    """The indicators that have recent figures, one for each grade, in the order given."""
    found = []
    for key in keys:
        definition = context.definition(key)
        name = definition.short_names.in_language(context.language)
        grades = context.grades(key)
        for grade in grades:
            # A name that holds its grade already, or an indicator with one grade only, needs no more.
            alone = grade == 0 or len(definition.grades) < 2 or f"{grade}. " in name
            found.append(Subject(key, grade, name if alone else f"{name}, {grade}. {_grade_word(context)}"))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Indicators that are told of in one word when none of them has a figure."""

    name: Pair
    keys: tuple[str, ...]


def missing(context: Context, keys: Sequence[str], bundles: Sequence[Bundle] = ()) -> tuple[Block, ...]:
    """Says in words which of the indicators have no recent figures. Never blank."""
    language = context.language
    without: list[str] = []
    old: dict[int, list[str]] = {}
    told: set[str] = set()
    for bundle in bundles:
        if all(context.newest_period(key) is None for key in bundle.keys):
            without.append(bundle.name.nn if language == "nn" else bundle.name.nb)
            told.update(bundle.keys)
    for key in keys:
        if key in told or context.has(key):
            continue
        name = lower_first(context.definition(key).short_names.in_language(language))
        newest = context.newest_period(key)
        if newest is None:
            without.append(name)
        else:
            old.setdefault(newest, []).append(name)
    lines = [say("none_of", language, names=listed(without, language))] if without else []
    lines += [
        say("none_since", language, name=listed(names, language), year=shown_year(year))
        for year, names in sorted(old.items())
    ]
    return (Paragraph(" ".join(lines)),) if lines else ()


def overview_table(context: Context, found: Sequence[Subject], title: str) -> Table:
    """The owner beside county and nation: the newest figure of each, and how sure we are of a difference.

    `title` says what the table is about, so that no two captions of a document are alike.

    An area without any figure, and a judgement that is never made, get no column.
    """
    language = context.language
    readings = [area_reading(context, subject.key, subject.grade) for subject in found]
    places = [context.owner]
    places += [area for area in (context.county, context.nation) if area and _has_any(context, area, found)]
    is_judged = any(reading.is_judged for reading in readings)
    header = [say("indicator", language), tell(TEXTS, "year", language)]
    header += [area_name(context, place) for place in places]
    if is_judged:
        header.append(against_head(context, [reading for reading in readings if reading.is_judged]))
    rows = (
        _overview_row(context, subject, reading, places)
        for subject, reading in zip(found, readings, strict=True)
    )
    mixed = len({reading.beside.against for reading in readings if reading.is_judged}) > 1
    return Table(
        caption=tell(TEXTS, "overview", language, title=title, owner=context.owner.name),
        header=tuple(header),
        rows=tuple(row[: len(header)] for row in rows),
        numeric=tuple(range(2, 2 + len(places))),
        note=tell(TEXTS, "mixed", language) if mixed and is_judged else "",
    )


def against_head(context: Context, readings: Sequence[Reading]) -> str:
    """`Mot landet`, or `Mot Rogaland` when that is what everything is held against."""
    return tell(TEXTS, "against", context.language, name=against_name(context, readings))


def against_name(context: Context, readings: Sequence[Reading]) -> str:
    """`landet`, the county's name, or both."""
    found = {reading.beside.against for reading in readings}
    county = context.county.name if context.county else ""
    nation = tell(TEXTS, "the_nation", context.language)
    if found == {Against.COUNTY}:
        return county
    return (
        nation
        if Against.COUNTY not in found
        else tell(TEXTS, "or", context.language, first=nation, second=county)
    )


def _has_any(context: Context, area: Place, found: Sequence[Subject]) -> bool:
    lines = (shown_years(context, area, context.definition(s.key), s.grade) for s in found)
    return any(figure.is_shown for line in lines for figure in line)


def subject_section(context: Context, subject: Subject, number: str) -> Section:
    """One indicator: the finding, the years as a chart, and every school in a table that draws its interval."""
    language = context.language
    reading = area_reading(context, subject.key, subject.grade)
    words = about(context, reading.definition, context.owner.name, reading.beside.against)
    blocks: list[Block] = [
        Lead(f"{words.unit} {level_phrase(reading.level, words, language)}.", _span(context, reading))
    ]
    blocks.append(Paragraph(told(context, reading)))
    chart = trend_figure(context, subject, context.owner)
    if chart is not None:
        blocks.append(chart)
    schools = school_table(context, subject)
    if schools is not None:
        blocks.append(schools)
    return Section(number, subject.label, tuple(blocks), level=2)


def school_table(context: Context, subject: Subject) -> Table | None:
    """Every school with its level over three years. None when no school has the indicator."""
    readings = school_readings(context, subject.key, subject.grade)
    if not readings:
        return None
    definition, language = context.definition(subject.key), context.language
    beside = beside_of(context, definition, subject.grade)
    reference = _reference(context, subject)
    axis = _axis(definition, readings, reference)
    years = sorted({figure.period for reading in readings for figure in reading.figures})
    middle = say("between", language)
    if reference is not None:
        value = quantity(reference, counted_in(definition), _decimals(definition), language)
        name = area_name(context, beside.place) if beside.place else ""
        middle = tell(TEXTS, "reference", language, name=name, value=value)
    span = shown_year(years[0]) if len(years) == 1 else f"{years[0]}–{(years[-1] + 1) % 100:02d}"
    judged = any(reading.level.certainty is not None for reading in readings)
    note = (tell(TEXTS, "table_note", language) if judged else "") + say("all_schools", language)
    header = (say("school", language), say("pupils", language), say("level", language))
    return Table(
        caption=tell(TEXTS, "schools_table", language, name=subject.label, years=span),
        header=(*header, middle, _against(context, beside)) if judged else header,
        rows=tuple(
            _school_row(context, definition, reading, axis)[: 5 if judged else 3] for reading in readings
        ),
        numeric=(1, 2),
        note=note,
    )


def trend_figure(context: Context, subject: Subject, place: Place) -> Figure | None:
    """The unit's years with county and nation. None when nothing is shown."""
    definition, language = context.definition(subject.key), context.language
    own = shown_years(context, place, definition, subject.grade)
    if not any(figure.is_shown for figure in own):
        return None
    others = [other for other in (context.county, context.nation) if other is not None and other != place]
    lines = ((other, shown_years(context, other, definition, subject.grade)) for other in others)
    chart = trend.TrendInput(
        title=subject.label,
        name=place.name,
        figures=own,
        style=style_of(definition),
        references=tuple(Reference(area_name(context, other), line) for other, line in lines if line),
    )
    caption = Caption(
        alt=trend.alt(chart, language),
        above=tell(TEXTS, "trend_title", language, name=subject.label),
        source=definition.publisher,
    )
    return context.drawer.figure(trend.spec(chart, size="page", language=language), caption)


def reason(status: Status, context: Context) -> str:
    """Why a cell of a table is hidden."""
    key = {Status.HIDDEN_BY_SOURCE: "source_hidden", Status.HIDDEN_BY_US: "us_hidden"}.get(
        status, "confidential"
    )
    return say(key, context.language)


def value_cell(context: Context, definition: Definition, figure: SafeFigure | None) -> Cell:
    """A published value in a table: hidden with its reason, or as text. A confidential one says so."""
    text = value_text(definition, figure, context.language)
    if figure is not None and figure.status in HIDDEN:
        if figure.is_shown:
            return Cell(say("confidential_mark", context.language, value=text))
        return Cell("", hidden=True, reason=reason(figure.status, context))
    return Cell(text)


def figure_at(context: Context, place: Place | None, subject: Subject, period: int) -> SafeFigure | None:
    """The unit's figure of one school year."""
    line = context.line(place, subject.key, subject.grade)
    return next((figure for figure in line if figure.period == period), None)


def _grade_word(context: Context) -> str:
    return "steg" if context.language == "nn" else "trinn"


def area_name(context: Context, place: Place) -> str:
    return say("nation", context.language) if place == context.nation else place.name


def _against(context: Context, beside: Beside) -> str:
    name = tell(TEXTS, "the_nation", context.language)
    if beside.against is Against.COUNTY and beside.place is not None:
        name = beside.place.name
    return tell(TEXTS, "against", context.language, name=name)


def _decimals(definition: Definition) -> int:
    return max(definition.decimals, 1) if definition.unit != "count" else 0


def _span(context: Context, reading: Reading) -> str:
    """Which years the verdict rests on."""
    years = reading.level.years
    if not years:
        return ""
    if len(years) == 1:
        return say("single", context.language, first=shown_year(years[0]))
    return say(
        f"pooled_{len(years)}", context.language, first=shown_year(years[0]), last=shown_year(years[-1])
    )


def told(context: Context, reading: Reading) -> str:
    """The level sentence without the line that stands in the lead already, its evidence, and the change."""
    language = context.language
    words = about(context, reading.definition, context.owner.name, reading.beside.against)
    lead = f"{words.unit} {level_phrase(reading.level, words, language)}. "
    parts = [level_sentence(reading.level, words, language).removeprefix(lead)]
    parts.append(level_detail(reading.level, words, language))
    if reading.change is not None:
        parts.append(change_sentence(reading.change, words, language))
    return " ".join(part for part in parts if part)


def _overview_row(
    context: Context, subject: Subject, reading: Reading, places: Sequence[Place]
) -> tuple[Cell, ...]:
    period = reading.newest.period if reading.newest is not None else context.year
    values = [
        value_cell(context, reading.definition, figure_at(context, place, subject, period))
        for place in places
    ]
    verdict = verdict_text(reading.level, context.language) if reading.is_judged else "–"
    return (Cell(subject.label), Cell(shown_year(period)), *values, Cell(verdict))


@dataclass(frozen=True, slots=True)
class _Axis:
    """One axis for all the rows of a table, with room for every interval and the reference."""

    low: float
    high: float
    reference: float | None


def _reference(context: Context, subject: Subject) -> float | None:
    """The nation over the same years, weighted by pupils."""
    line = beside_of(context, context.definition(subject.key), subject.grade).figures
    recent = [point for point in points(line) if point.year > context.year - WINDOW]
    return pooled_years(recent).mean if recent else None


def _axis(definition: Definition, readings: Sequence[SchoolReading], reference: float | None) -> _Axis:
    ends: list[float | None] = [reference]
    for reading in readings:
        ends += (reading.level.low90, reading.level.high90)
    known = [end for end in ends if end is not None]
    if not known:
        return _Axis(0, 1, None)
    limits = domain(list(known), style_of(definition))
    return _Axis(min(limits.low, *known), max(limits.high, *known), reference)


def _school_row(
    context: Context, definition: Definition, reading: SchoolReading, axis: _Axis
) -> tuple[Cell, ...]:
    language, level = context.language, reading.level
    name = Cell(short_name(reading.place.name))
    if reading.missing is not None:
        newest = reading.figures[-1]
        is_hidden = newest.status in HIDDEN
        cell = value_cell(context, definition, newest) if is_hidden else Cell("–")
        why = "–" if is_hidden else value_text(definition, newest, language)
        return name, Cell("–"), cell, Cell("–"), Cell(why)
    mean = level.estimate if level.estimate is not None else level.mean
    pupils = quantity(level.n, Unit.PLAIN, 0, language) if level.n is not None else "–"
    value = "–" if mean is None else quantity(mean, counted_in(definition), _decimals(definition), language)
    return (
        name,
        Cell(pupils),
        Cell(value),
        _strip(context, definition, reading, axis),
        Cell(verdict_text(level, language)),
    )


def _strip(context: Context, definition: Definition, reading: SchoolReading, axis: _Axis) -> Cell:
    """The interval drawn in the cell; the words are what Word, slides and screen readers get."""
    level = reading.level
    if level.low90 is None or level.high90 is None or level.estimate is None:
        return Cell(say("few_pupils", context.language))
    words = between(
        level.low90, level.high90, about(context, definition, reading.place.name), context.language
    )
    point = min(max(level.estimate, level.low90), level.high90)
    strip = Strip(level.low90, point, level.high90, axis.low, axis.high, axis.reference)
    return Cell(words, strip=strip)


def school_count(context: Context, key: str, grade: int) -> int:
    """How many schools make up the area's figure; at least one."""
    return max(1, len(school_lines(context, key, grade)))
