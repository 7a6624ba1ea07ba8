"""When a procedure falls in a school year. Only reckoning: dates in, dates out."""

import calendar
from collections.abc import Mapping
from datetime import date, timedelta

from tettpaa.work.yearwheel.enums import Rule
from tettpaa.work.yearwheel.models import Procedure

UNDO_WITHIN = timedelta(hours=24)  # an answer can be taken back for a day
FIRST_MONTH = 8  # the school year goes from August to July


class CircleError(ValueError):
    """Procedures that count from each other in a ring. `keys` are those in it."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__(" → ".join(keys))
        self.keys = keys


def school_year_of(day: date) -> int:
    """The year in which the school year of a day began: 2026 for both 1 August 2026 and 31 July 2027."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def first_day(school_year: int) -> date:
    return date(school_year, FIRST_MONTH, 1)


def last_day(school_year: int) -> date:
    return date(school_year + 1, FIRST_MONTH, 1) - timedelta(days=1)


def day_in(school_year: int, month: int, day: int | None) -> date:
    """A day of the month as it lies in the school year; None, or a day the month lacks, is its last day."""
    year = school_year if month >= FIRST_MONTH else school_year + 1
    longest = calendar.monthrange(year, month)[1]
    return date(year, month, min(day or longest, longest))


def due_date(
    procedure: Procedure, school_year: int, *, known: Mapping[str, Procedure], profile: str
) -> date | None:
    """The date of the procedure that year in an owner's wheel profile; `known` holds the owner's procedures by key.

    None when its rule cannot say: no month, or an anchor that is gone. A date that is reckoned from another
    stays inside the school year of that other. Raises CircleError.
    """
    weeks, met = 0, [procedure.key]
    while procedure.rule in {Rule.BEFORE, Rule.AFTER}:
        sign = -1 if procedure.rule == Rule.BEFORE else 1
        weeks += sign * (procedure.weeks or 0)
        anchor = known.get(procedure.anchor)
        if anchor is None:
            return None
        if anchor.key in met:
            raise CircleError((*met, anchor.key))
        met.append(anchor.key)
        procedure = anchor
    month = procedure.month_for(profile)
    if month is None:
        return None
    day = procedure.day if procedure.rule == Rule.DAY else None
    return day_in(school_year, month, day) + timedelta(weeks=weeks)


def school_has(grades: list[int], lowest: int | None, highest: int | None) -> bool:
    """Whether a school has one of the grades; True when the procedure names none or the school's are not known."""
    if not grades or lowest is None or highest is None:
        return True
    return any(lowest <= grade <= highest for grade in grades)
