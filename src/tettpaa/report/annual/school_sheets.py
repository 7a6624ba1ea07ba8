"""One sheet for each school in the appendix: its figures beside the nation, and up to three small charts."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tettpaa.data.charts import panel, trend
from tettpaa.data.charts.inputs import Reference, Spec
from tettpaa.data.charts.words import NumberStyle, range_text
from tettpaa.data.indicators.reckoning import counted_in
from tettpaa.data.stats.level import LevelEstimate
from tettpaa.data.stats.numbers import Unit, quantity
from tettpaa.report.annual.blocks import environment, results
from tettpaa.report.annual.context import Context, Place, shown_year
from tettpaa.report.annual.drawing import Caption
from tettpaa.report.annual.evidence import Subject, against_head, area_name, subjects, value_cell
from tettpaa.report.annual.readings import (
    area_reading,
    beside_of,
    school_reading,
    shown_years,
    style_of,
    verdict_text,
)
from tettpaa.report.annual.wording import Pair, say, tell
from tettpaa.report.export.tree import Block, Cell, Figure, Language, Paragraph, Section, Table

CHARTS: Final = 3  # panels side by side on a page
PREVIEWED: Final = 3  # schools shown on a page beside a form
TEXTS: Final[dict[str, Pair]] = {
    "grades": Pair("Trinn {grades}.", "Steg {grades}."),
    "table": Pair("{school}: tallene", "{school}: tala"),
    "newest": Pair("Siste tall", "Siste tal"),
    "three": Pair("Nivå", "Nivå"),
    "newest_cell": Pair("{value} ({year})", "{value} ({year})"),
}  # fmt: skip


def sheets(context: Context) -> tuple[Section, ...]:
    """A sheet for every school that has figures, alphabetically."""
    found = subjects(context, (*results.TESTS, "gs_poeng", *environment.MAIN))
    made: list[Section] = []
    for school in context.schools:
        own = [subject for subject in found if _recent(context, school, subject)]
        if own and not (context.is_preview and len(made) == PREVIEWED):
            made.append(_sheet(context, school, own, f"V.4.{len(made) + 1}"))
    return tuple(made)


def _recent(context: Context, school: Place, subject: Subject) -> bool:
    line = shown_years(context, school, context.definition(subject.key), subject.grade)
    return bool(line) and line[-1].period > context.year - 3


def _sheet(context: Context, school: Place, own: Sequence[Subject], number: str) -> Section:
    language = context.language
    blocks: list[Block] = []
    if school.grades:
        blocks.append(Paragraph(tell(TEXTS, "grades", language, grades=school.grades)))
    heads = (
        say("indicator", language),
        tell(TEXTS, "newest", language),
        say("pupils", language),
        tell(TEXTS, "three", language),
        say("between", language),
        against_head(context, [area_reading(context, subject.key, subject.grade) for subject in own]),
    )
    rows = tuple(_row(context, school, subject) for subject in own)
    blocks.append(Table(tell(TEXTS, "table", language, school=school.name), heads, rows, numeric=(1, 2, 3)))
    chart = _panels(context, school, own)
    if chart is not None:
        blocks.append(chart)
    return Section(number, school.name, tuple(blocks), level=3)


def _row(context: Context, school: Place, subject: Subject) -> tuple[Cell, ...]:
    language = context.language
    definition = context.definition(subject.key)
    line = shown_years(context, school, definition, subject.grade)
    reading = school_reading(context, definition, school, line)
    figure = reading.figures[-1]
    newest = value_cell(context, definition, figure)
    if not newest.hidden and figure.period != context.year:
        newest = Cell(tell(TEXTS, "newest_cell", language, value=newest.text, year=shown_year(figure.period)))
    estimate = reading.level
    if reading.missing is not None or estimate.estimate is None:
        return (
            Cell(subject.label),
            newest,
            Cell("–"),
            Cell("–"),
            Cell("–"),
            Cell(verdict_text(estimate, language)),
        )
    decimals = max(definition.decimals, 1)
    return (
        Cell(subject.label),
        newest,
        Cell("–" if estimate.n is None else quantity(estimate.n, Unit.PLAIN, 0, language)),
        Cell(quantity(estimate.estimate, counted_in(definition), decimals, language)),
        Cell(_range(estimate, style_of(definition), language)),
        Cell(verdict_text(estimate, language)),
    )


def _range(estimate: LevelEstimate, style: NumberStyle, language: Language) -> str:
    """`47,9–51,5`; the column's head says that it is probable."""
    return range_text(
        estimate.low90, estimate.high90, replace(style, decimals=max(style.decimals, 1)), language
    )


def _panels(context: Context, school: Place, own: Sequence[Subject]) -> Figure | None:
    """The first three indicators with a shown figure, all on one scale."""
    language = context.language
    charts: list[tuple[Subject, trend.TrendInput]] = []
    for subject in own:
        definition = context.definition(subject.key)
        line = shown_years(context, school, definition, subject.grade)
        if (
            len(charts) < CHARTS
            and any(figure.is_shown for figure in line)
            and _same_scale(context, charts, subject)
        ):
            beside = beside_of(context, definition, subject.grade)
            name = area_name(context, beside.place) if beside.place else ""
            references = (Reference(name, beside.figures),) if beside.figures else ()
            charts.append(
                (
                    subject,
                    trend.TrendInput(subject.label, school.name, line, style_of(definition), references),
                )
            )
    if not charts:
        return None
    limits = panel.shared_limits(tuple(chart for _, chart in charts), charts[0][1].style)
    drawn: list[tuple[str, Spec]] = []
    for index, (subject, chart) in enumerate(charts):
        small = panel.PanelInput(chart, limits, first=index == 0)
        drawn.append((subject.label, panel.spec(small, size="page", language=language)))
    alt = " ".join(trend.alt(chart, language) for _, chart in charts)
    source = context.definition(charts[0][0].key).publisher
    return context.drawer.beside(drawn, Caption(alt, "", source))


def _same_scale(context: Context, charts: Sequence[tuple[Subject, object]], subject: Subject) -> bool:
    """Panels share a scale, so they hold indicators of one unit."""
    if not charts:
        return True
    return context.definition(charts[0][0].key).unit == context.definition(subject.key).unit
