"""From an indicator's definition to what the statistics, the charts and the sentences need to know about it."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

from django.utils.translation import gettext, override, pgettext

from tettpaa.core.ui.language import reader_language
from tettpaa.data.charts.inputs import Break
from tettpaa.data.charts.words import NumberStyle
from tettpaa.data.indicators.definitions import Definition, definitions
from tettpaa.data.indicators.reckoning import counted_in
from tettpaa.data.stats.numbers import Language
from tettpaa.data.stats.points import Point
from tettpaa.data.stats.sentences import About
from tettpaa.data.stats.sentences import Against as Reference
from tettpaa.data.suppression.figure import SafeFigure

# What a reader asks for first, when nothing stands out.
FIRST: Final = (
    "np5_lesing", "np5_regning", "eu_trivsel", "eu_mobbing", "np8_lesing", "np8_regning",
    "np5_engelsk", "np8_engelsk", "np9_lesing", "np9_regning", "gs_poeng", "elever",
)  # fmt: skip
THEMES: Final = ("læringsmiljø", "læringsresultater", "gjennomføring", "rammer")


@cache
def main_key(key: str) -> str:
    """The indicator that this one is a part of: `np5_lesing_niva1_andel` → `np5_lesing`; else the key itself."""
    catalogue = definitions()
    parts = key.split("_")
    for length in range(1, len(parts)):
        shorter = "_".join(parts[:length])
        if shorter in catalogue:
            return shorter
    return key


def is_main(definition: Definition) -> bool:
    """Whether the indicator stands for itself and goes on today."""
    return main_key(definition.key) == definition.key and definition.valid_to is None


@cache
def main_keys() -> tuple[str, ...]:
    """Keys of the indicators that stand for themselves and go on, in the catalogue's order."""
    return tuple(key for key, definition in definitions().items() if is_main(definition))


def judges(definition: Definition) -> bool:
    """Whether a low or high figure may be pointed out.

    It has a direction, its source allows comparison, and it is about the pupils and not about who answered.
    """
    about_answers = definition.key.endswith(("_deltakelse", "_svarprosent"))
    return is_main(definition) and definition.direction != 0 and compares(definition) and not about_answers


def level_decimals(definition: Definition) -> int:
    """Decimals of a level worked out over years: a mean of whole points has one."""
    return max(1, definition.decimals) if definition.model.kind != "census" else definition.decimals


def about(definition: Definition, unit: str, against: Reference, name: str | None = None) -> About:
    """Who and what a sentence on a level speaks of."""
    return About(
        unit=unit,
        against=against,
        reference_name=name,
        counted_in=counted_in(definition),
        decimals=level_decimals(definition),
        direction=definition.direction,
    )


def style_of(definition: Definition, *, level: bool = False) -> NumberStyle:
    """How values are written in charts and tables: single years, or levels over several years."""
    return _style(definition.key, reader_language(), level=level)


@lru_cache(maxsize=2048)
def _style(key: str, tongue: Language, *, level: bool) -> NumberStyle:
    """Remembered for each language, since every row of a page asks for it."""
    definition = definitions()[key]
    with override(tongue):
        return NumberStyle(
            decimals=level_decimals(definition) if level else definition.decimals,
            percent=definition.unit == "percent",
            lowest=definition.scale_min,
            highest=definition.scale_max,
            value_word=gettext("Nivå") if level else value_word(definition),
            count_word=count_word(definition),
        )


def value_word(definition: Definition) -> str:
    """The head of a column of values."""
    if definition.unit == "percent":
        return gettext("Andel")
    if definition.unit in {"count", "kroner", "ratio", "days", "hours"}:
        return gettext("Tall")
    return gettext("Snitt")


def count_word(definition: Definition) -> str:
    return gettext("Svar") if definition.model.kind == "survey_mean" else gettext("Elever")


def chart_breaks(definition: Definition) -> tuple[Break, ...]:
    """The breaks that a chart draws, in the reader's language."""
    return _breaks(definition.key, reader_language())


@lru_cache(maxsize=1024)
def _breaks(key: str, tongue: Language) -> tuple[Break, ...]:
    with override(tongue):
        return tuple(
            Break(
                cut.from_period,
                gettext("Gammel prøve") if cut.kind == "scale" else pgettext("chart break", "Før endringen"),
                (gettext("Ny prøve fra %(year)s") if cut.kind == "scale" else gettext("Endret fra %(year)s"))
                % {"year": cut.from_period},
            )
            for cut in definitions()[key].breaks
            if cut.stops_comparison
        )


def points_of(figures: Iterable[SafeFigure]) -> tuple[Point, ...]:
    """The shown figures as the statistics take them; a hidden year is no point at all."""
    return tuple(
        [
            Point(figure.period, figure.value, figure.n or None, _half(figure.low, figure.high))
            for figure in figures
            if figure.value is not None
        ]
    )


def _half(low: float | None, high: float | None) -> float | None:
    return None if low is None or high is None else (high - low) / 2


@lru_cache(maxsize=4096)
def reference_points(line: tuple[SafeFigure, ...]) -> tuple[Point, ...]:
    """As `points_of`, remembered by the figures themselves: every school is held against the same lines."""
    return points_of(line)


def short_name(definition: Definition, grade: int = 0) -> str:
    """The indicator's short name, with the grade where it is measured in several."""
    name = definition.short_names.in_language(reader_language())
    if grade and len(definition.grades) > 1:
        return f"{name}, {grade_name(grade)}"
    return name


def in_sentence(name: str) -> str:
    """A name as it stands inside a sentence: `Lesing 5. trinn` → `lesing 5. trinn`."""
    return name[:1].lower() + name[1:]


def grade_name(grade: int) -> str:
    """`5. trinn`, `Vg1`, or all grades."""
    if not grade:
        return gettext("alle trinn")
    if grade > 10:
        return f"Vg{grade - 10}"
    return gettext("%(grade)s. trinn") % {"grade": grade}


def theme_name(theme: str) -> str:
    return {
        "læringsmiljø": gettext("Læringsmiljø"),
        "læringsresultater": gettext("Læringsresultater"),
        "gjennomføring": gettext("Gjennomføring"),
        "rammer": gettext("Rammer og ressurser"),
    }[theme]


def grades_to_show(definition: Definition, available: Iterable[int]) -> tuple[int, ...]:
    """Of many grades, those a reader meets first: in surveys the two that every school asks, else all together."""
    found = sorted(set(available))
    if len(found) <= 2:
        return tuple(found)
    usual = tuple(grade for grade in found if grade in {7, 10})
    if usual and definition.theme == "læringsmiljø":
        return usual
    return (found[0],) if found[0] == 0 else (found[-1],)


def compares(definition: Definition) -> bool:
    """Whether two places can be held side by side: a number of pupils says how large a place is, no more."""
    return definition.unit != "count" and definition.comparable


def scale_words(definition: Definition) -> str:
    """What the numbers mean, in one sentence."""
    if definition.unit == "scale_points":
        return gettext(
            "Skalapoeng. Da skalaen ble laget, var snittet i landet 50, "
            "og to av tre elever lå mellom 40 og 60."
        )
    if definition.unit == "index_1_5":
        return gettext("Skala fra 1 til 5.")
    if definition.unit == "percent":
        return gettext("Andel i prosent.")
    if definition.unit == "grade_1_6":
        return gettext("Karakterer fra 1 til 6.")
    return ""
