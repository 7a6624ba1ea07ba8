"""Which figures a chapter's texts speak of, so that a text can be marked when they have changed since."""

from dataclasses import dataclass

from tettpaa.data.indicators.queries import Watermark
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.report.annual.chapters import Chapter
from tettpaa.report.annual.context import Context, first_year, shown_year
from tettpaa.report.annual.evidence import Subject, figure_at, subjects
from tettpaa.report.annual.readings import value_text

LISTED = 12  # differences told one by one


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that is not what it was when the text was written; empty: there was, or is, none."""

    label: str
    before: str
    after: str


def facts(context: Context, chapter: Chapter) -> dict[str, str]:
    """The figures of the chapter in words, by a label that a reader understands.

    The areas with every year shown; the schools with the report's own year, where the chapter shows schools.
    """
    found: dict[str, str] = {}
    areas = [place for place in (context.owner, context.county, context.nation) if place is not None]
    for subject in subjects(context, chapter.keys):
        definition = context.definition(subject.key)
        years = range(first_year(definition, context.year), context.year + 1)
        for place in areas:
            for period in years:
                _note(found, context, subject, place.name, figure_at(context, place, subject, period))
        for school in context.schools if chapter.is_about_schools else ():
            figure = figure_at(context, school, subject, context.year)
            _note(found, context, subject, school.name, figure)
    return found | dict(chapter.told(context) if chapter.told else {})


def differences(before: dict[str, str], after: dict[str, str]) -> list[Difference]:
    """What changed, came or went, in the order of the chapter."""
    labels = list(dict.fromkeys((*after, *before)))
    return [
        Difference(label, before.get(label, ""), after.get(label, ""))
        for label in labels
        if before.get(label) != after.get(label)
    ]


def mark_of(watermark: Watermark) -> str:
    """The state of all figures as text, to be stored beside what was written."""
    withdrawn = watermark.withdrawn_at
    return f"{watermark.release} {withdrawn.isoformat() if withdrawn else ''}".strip()


def _note(
    found: dict[str, str], context: Context, subject: Subject, name: str, figure: SafeFigure | None
) -> None:
    if figure is not None:
        label = f"{subject.label}, {name}, {shown_year(figure.period)}"
        found[label] = value_text(context.definition(subject.key), figure, context.language)
