"""The wheel's geometry: where months, dots, today and the year passed lie. Only arithmetic; the template draws it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

SIZE = 420
CENTRE = SIZE / 2
RINGS = {"law": 154.0, "local": 131.0, "habit": 109.0, "": 92.0}
OUTER, INNER, ARC, LABEL = 172.0, 78.0, 70.0, 192.0
MONTHS = (8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7)
GAP = 0.012  # radians between two months


@dataclass(frozen=True, slots=True)
class Mark:
    """One date on a ring. `shape` is law, local, habit, other or late."""

    x: str
    y: str
    shape: str
    is_past: bool


@dataclass(frozen=True, slots=True)
class MonthSlice:
    """A month of the year: its path, and where its name stands."""

    month: int
    path: str
    x: str
    y: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything that the picture is made of, as numbers in its own 420 by 420 units."""

    slices: list[MonthSlice]
    marks: list[Mark]
    passed: str
    today_x: str
    today_y: str
    rings: list[str]


def draw(
    dots: Iterable[tuple[date, str, bool, bool]], *, school_year: int, month: int, today: date
) -> Drawing:
    """The school year clockwise from August, turned so that the chosen month is at twelve o'clock.

    `dots` are (date, tag, is open, is late). Dates outside the school year lie in their own month.
    """
    turn = -_angle_of_month(month)
    starts, ends = date(school_year, 8, 1), date(school_year + 1, 8, 1)
    now = min(max(today, starts), ends - timedelta(days=1))
    at = _angle(now) + turn
    begin = _angle(starts) + turn
    return Drawing(
        slices=[_slice(one, turn, is_chosen=one == month) for one in MONTHS],
        marks=_marks(list(dots), turn),
        passed=_arc(begin, at, ARC) if starts < today else "",
        today_x=_x(at, ARC),
        today_y=_y(at, ARC),
        rings=[_number(radius) for radius in RINGS.values()][:3],
    )


def _angle(day: date) -> float:
    """From the start of August, clockwise, in radians; every month has an equal share."""
    first = day.replace(day=1)
    days = ((first + timedelta(days=32)).replace(day=1) - first).days
    return (MONTHS.index(day.month) + (day.day - 0.5) / days) * math.tau / 12


def _angle_of_month(month: int) -> float:
    return (MONTHS.index(month) + 0.5) * math.tau / 12


def _x(angle: float, radius: float) -> str:
    return _number(CENTRE + radius * math.sin(angle))


def _y(angle: float, radius: float) -> str:
    return _number(CENTRE - radius * math.cos(angle))


def _number(value: float) -> str:
    """With a decimal point in every language: it is an attribute, not a text."""
    return f"{value:.1f}"


def _slice(month: int, turn: float, *, is_chosen: bool) -> MonthSlice:
    middle = _angle_of_month(month) + turn
    half = math.tau / 24 - GAP
    outer = OUTER + 10 if is_chosen else OUTER
    low, high = middle - half, middle + half
    path = (
        f"M{_x(low, INNER)} {_y(low, INNER)}L{_x(low, outer)} {_y(low, outer)}"
        f"A{outer:.0f} {outer:.0f} 0 0 1 {_x(high, outer)} {_y(high, outer)}"
        f"L{_x(high, INNER)} {_y(high, INNER)}A{INNER:.0f} {INNER:.0f} 0 0 0 {_x(low, INNER)} {_y(low, INNER)}Z"
    )
    return MonthSlice(month, path, _x(middle, LABEL), _y(middle, LABEL), is_chosen)


def _arc(begin: float, end: float, radius: float) -> str:
    is_long = int(end - begin > math.pi)
    return f"M{_x(begin, radius)} {_y(begin, radius)}A{radius:.0f} {radius:.0f} 0 {is_long} 1 {_x(end, radius)} {_y(end, radius)}"


def _marks(dots: Sequence[tuple[date, str, bool, bool]], turn: float) -> list[Mark]:
    """Several on one ring and day are moved apart a little, so that each is seen."""
    met: dict[tuple[str, date], int] = {}
    found = []
    for day, tag, is_open, is_late in dots:
        number = met.get((tag, day), 0)
        met[tag, day] = number + 1
        angle = _angle(day) + turn + 0.055 * ((number + 1) // 2) * (-1 if number % 2 else 1)
        radius = RINGS.get(tag, RINGS[""])
        shape = "late" if is_late else tag or "other"
        found.append(Mark(_x(angle, radius), _y(angle, radius), shape, is_past=not is_open))
    return found
