"""The data sheet of a package: five years of the place's figures, each line with its sentence and how sure we are.

It is made in one edition at a time, from suppressed figures only, as plain content that can be sealed.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import roles
from tettpaa.core.orgs.queries import above
from tettpaa.core.orgs.viewer import Grant, Viewer
from tettpaa.core.ui.formats import school_year
from tettpaa.data.charts.words import NumberStyle, value_text
from tettpaa.data.indicators.definitions import Definition, definitions
from tettpaa.data.indicators.queries import SeriesKey, Wanted, figures, series
from tettpaa.data.indicators.reckoning import counted_in, rule_of
from tettpaa.data.stats import sentences
from tettpaa.data.stats.kinds import Gap
from tettpaa.data.stats.level import LevelEstimate, level
from tettpaa.data.stats.numbers import Language
from tettpaa.data.stats.points import Point
from tettpaa.data.stats.sentences import About, Against
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.data.suppression.kinds import Edition

YEARS: Final = 5
WINDOW: Final = 3  # years that a reference must be from
LANGUAGES: Final[tuple[Language, ...]] = ("nb", "nn", "en")
# Part of an indicator (a level's share, who answered) is told with its whole, not on a line of its own.
_PARTS: Final = ("_deltakelse", "_svarprosent", "_andel", "_fritatt", "_ikke_deltatt")


def owners_eyes(owner: Unit) -> Viewer:
    """The head of schools as a reader, for what the system freezes at night: whoever asks, the content is the same,
    and what a school has not shared with its owner is not in it.
    """
    return Viewer(email="", grants=(Grant(roles()["head_of_schools"], owner),))


def in_sheet(definition: Definition) -> bool:
    """Whether the indicator has a line: it can be held against others, has a direction, and goes on."""
    alone = not definition.key.endswith(_PARTS) and definition.derived_from is None
    return alone and definition.direction != 0 and definition.comparable and definition.valid_to is None


def sheet(viewer: Viewer, place: Unit, *, edition: Edition) -> dict[str, Any]:
    """Content of the data part: `{"years": […], "lines": […], "releases": […]}`, alphabetical within each theme.

    A constant number of queries. A hidden year stays as a hidden year, with its status.
    """
    wanted = [key for key, definition in definitions().items() if in_sheet(definition)]
    higher = above(place)
    beside = [unit for kind in ("nation", "county") for unit in higher if unit.kind == kind]
    units = [place, *beside]
    found = series(figures(viewer, units, Wanted(indicators=wanted), edition=edition))
    own = {key: line for key, line in found.items() if key.unit == place.code and _is_told(line)}
    newest = max((line[-1].period for line in own.values()), default=0)
    lines = [
        _line(own_line, place, *_reference(found, key, beside, newest))
        for key, own_line in own.items()
        if own_line[-1].period > newest - YEARS
    ]
    order = {key: number for number, key in enumerate(wanted)}
    lines.sort(key=lambda line: (order[line["indicator"]], line["grade"]))
    return {
        "years": list(range(newest - YEARS + 1, newest + 1)) if newest else [],
        "lines": lines,
        "releases": sorted({figure.release for line in own.values() for figure in line[-YEARS:]}),
    }


def _is_told(line: Sequence[SafeFigure]) -> bool:
    """Something was shown or shielded; a grade the school does not have says nothing."""
    return any(
        figure.status.key in {"ok", "confidential", "hidden_by_us", "hidden_by_source"} for figure in line
    )


def _reference(
    found: Mapping[SeriesKey, Sequence[SafeFigure]], key: SeriesKey, beside: Sequence[Unit], newest: int
) -> tuple[Unit | None, Sequence[SafeFigure], int]:
    """The nation if it has a recent figure, else the county if that has one; with the newest year of the sheet."""
    for unit in beside:
        line = found.get(key._replace(unit=unit.code), ())
        if any(figure.is_shown and figure.period > newest - WINDOW for figure in line):
            return unit, line, newest
    return None, (), newest


def _line(
    own: Sequence[SafeFigure], place: Unit, beside: Unit | None, reference: Sequence[SafeFigure], newest: int
) -> dict[str, Any]:
    key, grade = own[-1].indicator, own[-1].grade
    definition = definitions()[key]
    rule = rule_of(definition, newest)
    estimate = level(_points(own), _points(reference), rule if place.kind == "school" else rule.for_area(1))
    about = About(
        unit=place.label,
        against=Against.COUNTY if beside is not None and beside.kind == "county" else Against.NATION,
        reference_name=beside.label if beside is not None and beside.kind == "county" else None,
        counted_in=counted_in(definition),
        decimals=max(1, definition.decimals) if definition.model.kind != "census" else definition.decimals,
        direction=definition.direction,
    )
    by_year = {figure.period: figure for figure in own}
    years = range(newest - YEARS + 1, newest + 1)
    return {
        "indicator": key,
        "grade": grade,
        "names": {tongue: _name(definition, grade, tongue) for tongue in LANGUAGES},
        "certainty": _certainty(estimate),
        "sentences": {tongue: sentences.level_sentence(estimate, about, tongue) for tongue in LANGUAGES},
        "details": {tongue: sentences.level_detail(estimate, about, tongue) for tongue in LANGUAGES},
        "cells": [_cell(by_year.get(year), definition) for year in years],
    }


def _certainty(estimate: LevelEstimate) -> str:
    judged = estimate.certainty is not None and estimate.gap is not Gap.NO_REFERENCE
    return str(estimate.certainty) if judged else ""


def _cell(figure: SafeFigure | None, definition: Definition) -> dict[str, Any]:
    """One year: the value as it is written, or the status that says why there is none."""
    if figure is None:
        return {"status": "missing", "figure": None, "text": {}}
    if figure.value is None:
        return {"status": figure.status.key, "figure": figure.id, "text": {}}
    style = NumberStyle(
        decimals=definition.decimals,
        percent=definition.unit == "percent",
        lowest=definition.scale_min,
        highest=definition.scale_max,
        value_word="",
        count_word="",
    )
    text = {tongue: value_text(figure.value, style, tongue) for tongue in LANGUAGES}
    return {"status": figure.status.key, "figure": figure.id, "text": text}


def _points(found: Sequence[SafeFigure]) -> tuple[Point, ...]:
    return tuple(
        Point(
            year=figure.period,
            mean=figure.value,
            n=figure.n if figure.n else None,
            half_width=None if figure.low is None or figure.high is None else (figure.high - figure.low) / 2,
        )
        for figure in found
        if figure.value is not None
    )


def _name(definition: Definition, grade: int, tongue: Language) -> str:
    name = definition.short_names.in_language(tongue)
    if grade and len(definition.grades) > 1 and f"{grade}." not in name:
        return f"{name}, {grade}. trinn" if tongue != "en" else f"{name}, year {grade}"
    return name


def headline(line: dict[str, Any], language: str) -> dict[str, Any]:
    """A line in one language, for the page: name, sentence, certainty and (school year, status, text) cells."""
    return {
        "name": line["names"].get(language, line["names"]["nb"]),
        "sentence": line["sentences"].get(language, line["sentences"]["nb"]),
        "detail": line["details"].get(language, line["details"]["nb"]),
        "certainty": line["certainty"],
        "cells": [
            {"status": cell["status"], "text": cell["text"].get(language, ""), "figure": cell["figure"]}
            for cell in line["cells"]
        ],
    }


def read(content: dict[str, Any], language: str) -> dict[str, Any]:
    """The data sheet in one language, for the page: also years later, from the sealed content alone."""
    lines = [headline(line, language) for line in content.get("lines", [])]
    return {
        "years": [school_year(year, language) for year in content.get("years", [])],
        "lines": lines,
        "told": [line for line in lines if line["certainty"] not in {"", "unknown"}],
        "rest": [line for line in lines if line["certainty"] in {"", "unknown"}],
        "hidden": sum(
            any(cell["status"].startswith("hidden") for cell in line["cells"])
            for line in content.get("lines", [])
        ),
    }
