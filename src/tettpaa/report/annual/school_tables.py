"""Tables with one indicator over several years: the owner and its schools."""

from typing import Final

from tettpaa.report.annual.context import Context, first_year, shown_year
from tettpaa.report.annual.evidence import Subject, figure_at, value_cell
from tettpaa.report.annual.wording import say, short_name
from tettpaa.report.export.tree import Cell, Table

YEARS: Final = 5


def years_table(context: Context, subject: Subject, caption: str, *, schools: bool = True) -> Table | None:
    """One indicator over the last years: the owner first, then every school. None when there is nothing to show."""
    definition = context.definition(subject.key)
    first = max(first_year(definition, context.year), context.year - YEARS + 1)
    places = [context.owner, *(context.schools if schools else ())]
    periods = sorted(
        {
            figure.period
            for place in places
            for figure in context.line(place, subject.key, subject.grade)
            if figure.period >= first
        }
    )
    if not periods:
        return None
    rows = []
    for place in places:
        figures = [figure_at(context, place, subject, period) for period in periods]
        if any(figures):
            cells = (value_cell(context, definition, figure) if figure else Cell("–") for figure in figures)
            rows.append((Cell(short_name(place.name)), *cells))
    return Table(
        caption=caption,
        header=(say("school" if schools else "area", context.language), *map(shown_year, periods)),
        rows=tuple(rows),
        numeric=tuple(range(1, len(periods) + 1)),
    )
