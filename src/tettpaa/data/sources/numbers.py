"""Numbers as files write them: decimal comma, space thousands, `*`, `.`, `12*` (data.md §8)."""

import re
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple


class Mark(Enum):
    """What a cell of figures says."""

    NUMBER = auto()
    CONFIDENTIAL = auto()  # `12*`: a number that may not be shared
    SHIELDED = auto()  # `*`, SSB's `:`
    EMPTY = auto()  # nothing there, or `-`
    MISSING = auto()  # `.`, `..`
    BAD = auto()


class Number(NamedTuple):
    """A cell of figures read: `value` for NUMBER and CONFIDENTIAL, `code` (of a message) for BAD."""

    mark: Mark
    value: float | None = None
    code: str = ""


_SPACES = " \u00a0\u202f\u2009"
_PLAIN = re.compile(r"([-+\u2212]?)([0-9]{1,15})(?:([.,])([0-9]{1,10}))?")
_GROUPED = re.compile(
    rf"([-+\u2212]?)([1-9][0-9]{{0,2}}(?:[{_SPACES}][0-9]{{3}}){{1,4}})(?:([.,])([0-9]{{1,10}}))?"
)
_MONTH = "jan|feb|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|des|dec"
_DATE = re.compile(
    rf"[0-9]{{1,4}}[-./ ]+(?:[0-9]{{1,2}}|(?:{_MONTH})[a-zæøå]*\.?)(?:[-./ ]+[0-9]{{1,4}})?(?:[ T][0-9:.]+)?"
    rf"|(?:{_MONTH})[a-zæøå]*\.?[-./ ]+[0-9]{{2,4}}",
    re.IGNORECASE,
)
_MARKS = {
    "": Mark.EMPTY,
    "-": Mark.EMPTY,
    "\u2013": Mark.EMPTY,
    "*": Mark.SHIELDED,
    ":": Mark.SHIELDED,
    ".": Mark.MISSING,
    "..": Mark.MISSING,
}


@lru_cache(maxsize=65536)
def parse_number(text: str) -> Number:
    """Read one cell. Never guesses: `1.234` (is it a thousand?), dates and anything else are BAD with a code."""
    text = text.strip().strip(_SPACES)
    mark = _MARKS.get(text)
    if mark is not None:
        return Number(mark)
    bare = text.removesuffix("*").rstrip(_SPACES)
    match = _PLAIN.fullmatch(bare) or _GROUPED.fullmatch(bare)
    if match is None:
        return Number(Mark.BAD, None, _why(text))
    sign, whole, point, fraction = match.groups()
    if point == "." and len(fraction) == 3 and len(whole) <= 3 and whole.strip("0"):
        return Number(Mark.BAD, None, "ambiguous_number")
    digits = "".join(c for c in whole if c not in _SPACES)
    value = float(f"{digits}.{fraction or '0'}")
    value = -value if sign in {"-", "\u2212"} and value else value
    return Number(Mark.CONFIDENTIAL if bare != text else Mark.NUMBER, value)


def _why(text: str) -> str:
    """The message that says best what stood there instead of a number."""
    if _DATE.fullmatch(text):
        return "date_for_number"
    if text.startswith("="):
        return "formula"
    if text.startswith("#"):
        return "spreadsheet_error"
    if text.endswith("%"):
        return "percent_sign"
    return "not_a_number"


def whole_number(number: Number) -> int | None:
    """The value as a count, or None when it is not one (a decimal, a negative)."""
    value = number.value
    return int(value) if value is not None and value >= 0 and value.is_integer() else None


def column_letter(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA, as a spreadsheet names its columns."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
