"""The table beside a trend: exactly the chart's numbers, each with its way back to the file."""

from collections.abc import Sequence
from dataclasses import dataclass

from tettpaa.core.orgs.models import Unit
from tettpaa.core.ui.language import reader_language
from tettpaa.data.charts.table import ChartTable
from tettpaa.data.charts.trend import TrendInput, table
from tettpaa.data.charts.words import YearStyle, count_text, span_text
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.doors.workspace.addresses import of_figure
from tettpaa.doors.workspace.judging import Judgement


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure that the year is held against; empty where there is none."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year. `status` is the reason when no value is shown; `address` leads to the figure's source."""

    year: str
    count: str
    value: str
    between: str
    beside: tuple[Beside, ...]
    address: str
    status: str


@dataclass(frozen=True, slots=True)
class YearTable:
    """The chart's table: years of the present series, the older ones to be folded away, the years together."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[YearRow, ...]
    older: tuple[YearRow, ...]
    total: tuple[str, ...] = ()


def year_table(
    owner: Unit, chart: TrendInput, own: Sequence[SafeFigure], judgement: Judgement | None = None
) -> YearTable:
    """The trend's own table with addresses; `judgement` adds the row of the years together."""
    drawn = table(chart, reader_language())
    newest_first = sorted(own, key=lambda figure: figure.period, reverse=True)
    beside = [{figure.period: figure for figure in reference.figures} for reference in chart.references]
    rows = tuple(
        _row(owner, cells, figure, [by_year.get(figure.period) for by_year in beside])
        for cells, figure in zip(drawn.rows, newest_first, strict=True)
    )
    present = len(rows) - drawn.folded
    return YearTable(drawn.caption, drawn.header, rows[:present], rows[present:], _total(drawn, judgement))


def _row(
    owner: Unit, cells: tuple[str, ...], figure: SafeFigure, others: Sequence[SafeFigure | None]
) -> YearRow:
    year, count, value, between, *texts = cells
    status = "" if figure.is_shown else figure.status.key
    beside = tuple(
        Beside(text, of_figure(owner, other.id) if other is not None else "")
        for text, other in zip(texts, others, strict=True)
    )
    return YearRow(year, count, value, between, beside, of_figure(owner, figure.id), status)


def _total(drawn: ChartTable, judgement: Judgement | None) -> tuple[str, ...]:
    """Years, pupils, computed level and where it lies; empty when nothing is pooled."""
    if judgement is None or len(judgement.estimate.years) < 2 or not judgement.between_text:
        return ()
    made = judgement.estimate
    years = span_text(made.years[0], made.years[-1], YearStyle.SPAN)
    count = count_text(made.n, reader_language())
    empty = ("",) * (len(drawn.header) - 4)
    return (years, count, judgement.level_text, judgement.between_text, *empty)
