"""The rules of the line and of finishing, as plain functions of what is known."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from tettpaa.work.offers.enums import Kind

ANSWER_DAYS = 3  # an offered seat is held so long
HOLD_DAYS = 7  # a seat is held so long while the leader has not answered
REMIND_DAYS = (14, 7, 2)  # as the wheel reminds
MOST_DAYS = 60


@dataclass(frozen=True, slots=True)
class Rules:
    """The owner's numbers, or the house's where the owner has said nothing."""

    answer_days: int = ANSWER_DAYS
    hold_days: int = HOLD_DAYS
    remind_days: tuple[int, ...] = REMIND_DAYS


def free_seat(seats: int | None, taken: Collection[int], place: int) -> int | None:
    """The lowest free number of a limited offer, None when it is full; without a limit the place in the line itself."""
    if seats is None:
        return place
    return next((number for number in range(1, seats + 1) if number not in taken), None)


def answer_by(today: date, days: int, starts_on: date | None) -> date:
    """The last day to answer: some days from now, but never after the first gathering."""
    last = today + timedelta(days=days)
    return max(today, min(last, starts_on)) if starts_on else last


def wants_all(kind: str) -> bool:
    """A learning network is to be attended every time, with the tasks between (practice.md §6)."""
    return kind == Kind.NETWORK_SERIES


def needed(kind: str, gatherings: int, least: int | None) -> int:
    """How many gatherings one must have been at: what the offer says, else all."""
    return gatherings if least is None or wants_all(kind) else min(least, gatherings)


def has_earned(kind: str, gatherings: int, least: int | None, came: int, *, tasks_left: int) -> bool:
    """Whether what is noted is enough for a certificate. Tasks count only where all is wanted."""
    return came >= needed(kind, gatherings, least) and not (wants_all(kind) and tasks_left)


def reminder(on: date, today: date, days: Collection[int]) -> int | None:
    """Which reminder a gathering has come to; between two it is the one that has been reached. None: far off, or past."""
    left = (on - today).days
    return next((one for one in sorted(days) if 0 <= left <= one), None)
