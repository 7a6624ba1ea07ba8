"""Numbers, dates and school years in words, per language. Plain Python: the plain rooms use it too.

Norwegian: decimal comma, narrow no-break space between thousands, no-break space before %. A missing number is
a word, never blank. `language` is "nb", "nn" or "en"; anything else reads as "nb".
"""

from datetime import date, datetime
from typing import Final

NARROW: Final = "\u202f"
HARD: Final = "\u00a0"
MINUS: Final = "\u2212"
MISSING: Final = {"nb": "mangler", "nn": "manglar", "en": "missing"}
MONTHS: Final = {
    "nb": [
        "januar",
        "februar",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "desember",
    ],
    "nn": [
        "januar",
        "februar",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "desember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
SHORT_MONTHS: Final = {
    "nb": ["jan.", "feb.", "mars", "april", "mai", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "des."],
    "nn": ["jan.", "feb.", "mars", "april", "mai", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "des."],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
WEEKDAYS: Final = {
    "nb": ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"],
    "nn": ["måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "søndag"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
DAYS: Final = {
    "nb": ("{} dager over", "{} dag over", "i dag", "i morgen", "om {} dager"),
    "nn": ("{} dagar over", "{} dag over", "i dag", "i morgon", "om {} dagar"),
    "en": ("{} days overdue", "{} day overdue", "today", "tomorrow", "in {} days"),
}


def known(language: str | None) -> str:
    """The language whose words we have: `en-gb` → `en`, unknown → `nb`."""
    short = (language or "nb").split("-")[0].lower()
    return short if short in MONTHS else "nb"


def number(value: float | None, decimals: int = 0, language: str = "nb") -> str:
    """`1234.5` → `1 234,5` (nb, nn) or `1,234.5` (en). None → the word for missing."""
    language = known(language)
    if value is None:
        return MISSING[language]
    text = f"{value:,.{decimals}f}"
    if not text.strip("-0.,"):  # no minus before a zero
        text = text.lstrip("-")
    text = text.replace("-", MINUS)
    if language == "en":
        return text
    return text.replace(",", NARROW).replace(".", ",")


def percent(value: float | None, decimals: int = 1, language: str = "nb") -> str:
    """`13.8` → `13,8 %` (nb, nn) or `13.8%` (en). The value is in percent, not a share."""
    text = number(value, decimals, language)
    if value is None:
        return text
    return f"{text}%" if known(language) == "en" else f"{text}{HARD}%"


def between(low: float | None, high: float | None, decimals: int = 1, language: str = "nb") -> str:
    """`46,2–49,8`; with a negative end the word `til`, so that no dash is read as a minus."""
    if low is None or high is None:
        return MISSING[known(language)]
    joint = "–"
    if low < 0 or high < 0:
        joint = f"{HARD}to{HARD}" if known(language) == "en" else f"{HARD}til{HARD}"
    return f"{number(low, decimals, language)}{joint}{number(high, decimals, language)}"


def school_year(period: int | None, language: str = "nb") -> str:
    """`2024` → `2024–25`: the school year that starts that autumn."""
    if period is None:
        return MISSING[known(language)]
    return f"{period}–{(period + 1) % 100:02d}"


def day(value: date | None, language: str = "nb") -> str:
    """`17. november 2026`; English `17 November 2026`."""
    language = known(language)
    if value is None:
        return MISSING[language]
    dot = "" if language == "en" else "."
    return f"{value.day}{dot}{HARD}{MONTHS[language][value.month - 1]} {value.year}"


def short_day(value: date | None, language: str = "nb") -> str:
    """`17. nov.`, for lists where the year is plain."""
    language = known(language)
    if value is None:
        return MISSING[language]
    dot = "" if language == "en" else "."
    return f"{value.day}{dot}{HARD}{SHORT_MONTHS[language][value.month - 1]}"


def near_day(value: date | None, today: date, language: str = "nb") -> str:
    """`17. nov.`, and `17. nov. 2025` when it is not this year: for lists that reach over the turn of the year."""
    words = short_day(value, language)
    return words if value is None or value.year == today.year else f"{words} {value.year}"


def weekday(value: date | None, language: str = "nb") -> str:
    """`tirsdag 17. november 2026`."""
    if value is None:
        return MISSING[known(language)]
    return f"{WEEKDAYS[known(language)][value.weekday()]} {day(value, language)}"


def moment(value: datetime | None, language: str = "nb") -> str:
    """`17. november 2026 kl. 09.14`; English `17 November 2026 at 09:14`. The value is in local time."""
    language = known(language)
    if value is None:
        return MISSING[language]
    clock = f"at{HARD}{value:%H:%M}" if language == "en" else f"kl.{HARD}{value:%H.%M}"
    return f"{day(value, language)} {clock}"


def days_until(value: date | None, today: date, language: str = "nb") -> str:
    """`3 dager over`, `i dag`, `i morgen`, `om 9 dager`."""
    language = known(language)
    if value is None:
        return MISSING[language]
    many_over, one_over, now, tomorrow, ahead = DAYS[language]
    days = (date(value.year, value.month, value.day) - today).days
    if days < 0:
        return (one_over if days == -1 else many_over).format(-days)
    return {0: now, 1: tomorrow}.get(days) or ahead.format(days)
