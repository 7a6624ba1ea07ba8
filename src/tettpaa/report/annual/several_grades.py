"""One indicator in several grades, told together: the survey is asked in grade 7 and in grade 10."""

from collections.abc import Sequence

from tettpaa.data.charts import panel, trend
from tettpaa.data.charts.inputs import Reference, Spec
from tettpaa.data.stats.sentences import level_phrase
from tettpaa.report.annual.context import Context
from tettpaa.report.annual.drawing import Caption
from tettpaa.report.annual.evidence import Subject, area_name, school_table, told
from tettpaa.report.annual.readings import Reading, about, area_reading, style_of
from tettpaa.report.annual.wording import Pair, tell
from tettpaa.report.export.tree import Block, Figure, Lead, Paragraph, Section

TEXTS = {
    "grade": Pair("{grade}. trinn", "{grade}. steg"),
    "years": Pair("{name}, år for år", "{name}, år for år"),
}


def by_key(found: Sequence[Subject]) -> list[list[Subject]]:
    """The subjects with those of one indicator together."""
    groups: dict[str, list[Subject]] = {}
    for subject in found:
        groups.setdefault(subject.key, []).append(subject)
    return list(groups.values())


def grades_section(context: Context, group: Sequence[Subject], number: str) -> Section:
    """The finding for each grade, the years as small charts on one scale, and the schools of each grade."""
    definition = context.definition(group[0].key)
    name = definition.short_names.in_language(context.language)
    readings = [area_reading(context, subject.key, subject.grade) for subject in group]
    blocks: list[Block] = [Lead(_lead(context, group, readings))]
    blocks += [
        Paragraph(f"{_grade(context, subject)}: {told(context, reading)}")
        for subject, reading in zip(group, readings, strict=True)
    ]
    chart = _panels(context, name, group, readings)
    if chart is not None:
        blocks.append(chart)
    blocks += [table for subject in group if (table := school_table(context, subject)) is not None]
    return Section(number, name, tuple(blocks), level=2)


def _lead(context: Context, group: Sequence[Subject], readings: Sequence[Reading]) -> str:
    """One sentence when the grades say the same, else one for each."""
    language, owner = context.language, context.owner.name
    phrases = [
        level_phrase(
            reading.level, about(context, reading.definition, owner, reading.beside.against), language
        )
        for reading in readings
    ]
    if len(set(phrases)) == 1:
        return f"{owner} {phrases[0]}."
    return " ".join(
        f"{_grade(context, subject)}: {owner} {phrase}."
        for subject, phrase in zip(group, phrases, strict=True)
    )


def _grade(context: Context, subject: Subject) -> str:
    return tell(TEXTS, "grade", context.language, grade=subject.grade)


def _panels(
    context: Context, name: str, group: Sequence[Subject], readings: Sequence[Reading]
) -> Figure | None:
    charts = [
        trend.TrendInput(
            _grade(context, subject),
            context.owner.name,
            reading.figures,
            style_of(reading.definition),
            (Reference(area_name(context, reading.beside.place), reading.beside.figures),)
            if reading.beside.place and reading.beside.figures
            else (),
        )
        for subject, reading in zip(group, readings, strict=True)
        if any(figure.is_shown for figure in reading.figures)
    ][:3]
    if not charts:
        return None
    limits = panel.shared_limits(tuple(charts), charts[0].style)
    drawn: list[tuple[str, Spec]] = [
        (
            chart.title,
            panel.spec(
                panel.PanelInput(chart, limits, first=index == 0), size="wide", language=context.language
            ),
        )
        for index, chart in enumerate(charts)
    ]
    alt = " ".join(trend.alt(chart, context.language) for chart in charts)
    source = readings[0].definition.publisher
    return context.drawer.beside(
        drawn, Caption(alt, tell(TEXTS, "years", context.language, name=name), source)
    )
