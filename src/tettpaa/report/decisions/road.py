"""When the steps of a road fall, as a first proposal: a month, or weeks from the step that decides."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol

MIDDLE = 15  # day of the month that a proposal falls on; people set the real one


class OnTheRoad(Protocol):
    """What a step says of its time."""

    month: int | None
    weeks: int | None
    decides: bool


def proposed_dates(steps: Sequence[OnTheRoad], today: date) -> list[date | None]:
    """A date for each step, or None when the road says nothing.

    The deciding step falls in the next of its months from `today`; a step before it falls in the last of its
    months before that day, a step after it in the next. Weeks count from the deciding step.
    """
    at = next((i for i, step in enumerate(steps) if step.decides), None)
    deciding = steps[at] if at is not None else None
    decided = _next(deciding.month, today) if deciding is not None and deciding.month else None
    return [_date(step, decided, today, is_after=at is not None and i > at) for i, step in enumerate(steps)]


def _date(step: OnTheRoad, decided: date | None, today: date, *, is_after: bool) -> date | None:
    if decided is None:
        return _next(step.month, today) if step.month else None
    if step.decides:
        return decided
    if step.weeks is not None:
        return decided + timedelta(weeks=step.weeks)
    if step.month is None:
        return None
    return _next(step.month, decided) if is_after else _last(step.month, decided)


def _next(month: int, day: date) -> date:
    found = date(day.year, month, MIDDLE)
    return found if found >= day else found.replace(year=day.year + 1)


def _last(month: int, day: date) -> date:
    found = date(day.year, month, MIDDLE)
    return found if found <= day else found.replace(year=day.year - 1)
