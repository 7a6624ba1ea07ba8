"""Numbers as a Norwegian or an English reader expects them, with the unit where it belongs."""

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final, Literal

type Language = Literal["nb", "nn", "en"]

LANGUAGES: Final[tuple[Language, ...]] = ("nb", "nn", "en")
NO_BREAK: Final = "\u00a0"
MINUS: Final = "\u2212"


class Unit(StrEnum):
    """What a figure is counted in. Decides the words after a value and after a difference."""

    POINTS = "points"  # scale points, survey index, marks
    PERCENT = "percent"
    DAYS = "days"
    HOURS = "hours"
    KRONER = "kroner"
    PUPILS = "pupils"
    PUPILS_PER_TEACHER = "pupils_per_teacher"
    PLAIN = "plain"


# After a difference of exactly one, and otherwise, in nb, nn and en.
_DIFFERENCE: Final[dict[Unit, dict[Language, tuple[str, str]]]] = {
    Unit.POINTS: {"nb": ("poeng", "poeng"), "nn": ("poeng", "poeng"), "en": ("point", "points")},
    Unit.PERCENT: {
        "nb": ("prosentpoeng", "prosentpoeng"),
        "nn": ("prosentpoeng", "prosentpoeng"),
        "en": ("percentage point", "percentage points"),
    },
    Unit.DAYS: {"nb": ("dag", "dager"), "nn": ("dag", "dagar"), "en": ("day", "days")},
    Unit.HOURS: {"nb": ("time", "timer"), "nn": ("time", "timar"), "en": ("hour", "hours")},
    Unit.KRONER: {"nb": ("krone", "kroner"), "nn": ("krone", "kroner"), "en": ("krone", "kroner")},
    Unit.PUPILS: {"nb": ("elev", "elever"), "nn": ("elev", "elevar"), "en": ("pupil", "pupils")},
    Unit.PUPILS_PER_TEACHER: {
        "nb": ("elev per lærer", "elever per lærer"),
        "nn": ("elev per lærar", "elevar per lærar"),
        "en": ("pupil per teacher", "pupils per teacher"),
    },
}


def number(value: float, decimals: int, language: Language) -> str:
    """`1 234,5` in Norwegian (no-break space, comma), `1,234.5` in English; halves go up, as in school.

    The minus is a real one (U+2212), and what rounds to zero has none.
    """
    exact = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(exact):,.{decimals}f}"
    if language != "en":
        text = text.replace(",", NO_BREAK).replace(".", ",")
    return f"{MINUS}{text}" if exact < 0 else text


def quantity(value: float, unit: Unit, decimals: int, language: Language) -> str:
    """A value with its unit: `47,4`, `6,3 %`, `9,0 dager`. Points stand bare, as scale values do."""
    text = number(value, decimals, language)
    if unit is Unit.PERCENT:
        return f"{text}%" if language == "en" else f"{text}{NO_BREAK}%"
    return text if unit is Unit.POINTS else _with_word(text, unit, language)


def distance(value: float, unit: Unit, decimals: int, language: Language) -> str:
    """The size of a difference with its unit and no sign: `2,1 poeng`, `3,0 prosentpoeng`."""
    return _with_word(number(abs(value), decimals, language), unit, language)


def _with_word(text: str, unit: Unit, language: Language) -> str:
    if unit is Unit.PLAIN:
        return text
    one, many = _DIFFERENCE[unit][language]
    return f"{text}{NO_BREAK}{one if text == '1' else many}"
