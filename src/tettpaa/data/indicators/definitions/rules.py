"""What a definition file must hold; every error names the file and the field."""

import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from tettpaa.data.indicators.definitions.model import (
    BREAK_KINDS,
    BREAKDOWNS,
    LEVELS,
    MODEL_KINDS,
    THEMES,
    UNITS,
)


class DefinitionError(ValueError):
    """A definition file is wrong: `file`, `field` and what is the matter."""

    def __init__(self, file: str, field: str, why: str) -> None:
        super().__init__(f"{file}: {field}: {why}")
        self.file = file
        self.field = field


type _Check = Callable[[Any], str]


def _words(value: Any) -> str:
    if not isinstance(value, dict) or not {"nb", "nn", "en"} <= value.keys():
        return "needs nb, nn and en"
    empty = [k for k in ("nb", "nn", "en") if not isinstance(value[k], str) or not value[k].strip()]
    return f"{empty[0]} is empty" if empty else ""


def _one_of(*allowed: Any) -> _Check:
    return lambda value: (
        "" if value in allowed and not isinstance(value, bool) else f"{value!r} is none of {allowed}"
    )


def _all_of(allowed: tuple[Any, ...]) -> _Check:
    def check(value: Any) -> str:
        wrong = [v for v in value if v not in allowed] if isinstance(value, list) else [value]
        return f"{wrong[0]!r} is none of {allowed}" if wrong else ""

    return check


def _number(value: Any) -> str:
    return "" if isinstance(value, int | float) and not isinstance(value, bool) else f"{value!r} is no number"


def _whole(low: int, high: int) -> _Check:
    def check(value: Any) -> str:
        fits = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
        return "" if fits else f"{value!r} is no whole number from {low} to {high}"

    return check


def _text(pattern: str) -> _Check:
    return lambda v: (
        "" if isinstance(v, str) and re.fullmatch(pattern, v) else f"{v!r} does not look like {pattern}"
    )


def _texts(value: Any) -> str:
    fine = isinstance(value, list) and value and all(isinstance(v, str) and v for v in value)
    return "" if fine else "needs at least one text"


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool) else f"{value!r} is neither true nor false"


def _date(value: Any) -> str:
    return "" if isinstance(value, datetime.date) else f"{value!r} is no date"


_KEY: Final = _text(r"[a-z][a-z0-9_]*")
_PERIOD: Final = _whole(1990, 2100)
_NEEDED: Final[dict[str, _Check]] = {
    "key": _KEY,
    "names": _words,
    "short_names": _words,
    "theme": _one_of(*THEMES),
    "why": _words,
    "good_for": _words,
    "not_for": _words,
    "unit": _one_of(*UNITS),
    "decimals": _whole(0, 3),
    "direction": _one_of(-1, 0, 1),
    "grades": _all_of(tuple(range(1, 14))),
    "breakdowns": _all_of(BREAKDOWNS),
    "levels": _all_of(LEVELS),
    "smallest_group": _whole(3, 1000),
    "model": lambda v: "" if isinstance(v, dict) else "needs a table",
    "publisher": _text(r".{2,}"),
    "sources": _texts,
    "published": _words,
    "reviewed_by": _text(r".{2,}"),
    "reviewed_on": _date,
}
_OPTIONAL: Final[dict[str, _Check]] = {
    "scale_min": _number,
    "scale_max": _number,
    "materiality": _number,
    "valid_from": _PERIOD,
    "valid_to": _PERIOD,
    "replaced_by": _KEY,
    "derived_from": _KEY,
    "comparable": _flag,
    "confidential": _flag,
    "open_counts": _flag,
    "breaks": lambda v: "" if isinstance(v, list) else "needs [[breaks]] tables",
}
_MODEL: Final[dict[str, _Check]] = {
    "kind": _one_of(*MODEL_KINDS),
    "sd": _number,
    "school_variance": _number,
    "cohort_variance": _number,
    "measured_on": _KEY,
}
_BREAK: Final[dict[str, _Check]] = {"from_period": _PERIOD, "kind": _one_of(*BREAK_KINDS), "reason": _words}


def validate(file: str, raw: Mapping[str, Any]) -> None:
    """Check one parsed file. Raises DefinitionError at the first thing that is wrong."""
    _check_table(file, "", raw, _NEEDED, _OPTIONAL)
    _check_table(file, "model.", raw["model"], {"kind": _MODEL["kind"]}, _MODEL)
    month = raw["published"].get("month")
    _report(file, "published.month", "" if month is None else _whole(1, 12)(month))
    for number, entry in enumerate(raw.get("breaks", ())):
        _check_table(file, f"breaks[{number}].", entry, _BREAK, {})
    if f"{raw['key']}.toml" != file:
        raise DefinitionError(file, "key", f"{raw['key']!r} is not the file's name")
    _check_order(file, raw)


def _check_table(
    file: str,
    prefix: str,
    raw: Mapping[str, Any],
    needed: Mapping[str, _Check],
    optional: Mapping[str, _Check],
) -> None:
    for field, check in needed.items():
        _report(file, prefix + field, "is missing" if field not in raw else check(raw[field]))
    for field, value in raw.items():
        if field not in needed:
            _report(file, prefix + field, optional[field](value) if field in optional else "is not known")


def _report(file: str, field: str, why: str) -> None:
    if why:
        raise DefinitionError(file, field, why)


def _check_order(file: str, raw: Mapping[str, Any]) -> None:
    """Pairs in their order: scale, validity, breaks."""
    for low, high in (("scale_min", "scale_max"), ("valid_from", "valid_to")):
        if raw.get(low) is not None and raw.get(high) is not None and raw[low] > raw[high]:
            raise DefinitionError(file, low, f"{raw[low]} is above {high} {raw[high]}")
    periods = [entry["from_period"] for entry in raw.get("breaks", ())]
    if periods != sorted(set(periods)):
        raise DefinitionError(file, "breaks", "periods must rise")
    if raw.get("materiality") is not None and raw["materiality"] <= 0:
        raise DefinitionError(file, "materiality", "must be above 0")
