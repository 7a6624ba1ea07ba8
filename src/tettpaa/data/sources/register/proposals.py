"""What a register says that is new here, and who may have taken over from whom. Proposals only: a person decides."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tettpaa.data.sources.register.nsr import RegisterSchool

# A number is seldom replaced on the very day: the recorded pair started 24 days before its predecessor was closed.
APART_DAYS: Final = 400
_NOISE: Final = re.compile(r"^.*\bkommune\b|\bavd(?:eling)?\b|[^a-zæøå0-9 ]")


@dataclass(frozen=True, slots=True)
class Here:
    """A school as it stands here."""

    code: str
    grade_from: int | None
    grade_to: int | None
    main_language: str
    is_ended: bool


@dataclass(frozen=True, slots=True)
class Successor:
    """`new` may have taken over from `old`. `same_name`, `same_address`: why we think so."""

    old: RegisterSchool
    new: RegisterSchool
    ended: date
    on: date
    same_name: bool
    same_address: bool


def missing(register: Sequence[RegisterSchool], here: Collection[str]) -> list[RegisterSchool]:
    """Ordinary schools at work that are not here, by name."""
    found = (one for one in register if one.is_active and one.is_ordinary and one.code not in here)
    return sorted(found, key=lambda one: one.name)


def ended(register: Sequence[RegisterSchool], here: Iterable[Here]) -> list[RegisterSchool]:
    """Schools that have ended in the register with a date, and not here."""
    going = {one.code for one in here if not one.is_ended}
    return [one for one in register if one.end is not None and one.code in going]


def differing(register: Sequence[RegisterSchool], here: Iterable[Here]) -> list[RegisterSchool]:
    """Schools at work whose grades or language form the register has otherwise. What it does not say differs not."""
    known = {one.code: one for one in here}
    return [
        one
        for one in register
        if one.is_active
        and (mine := known.get(one.code)) is not None
        and (
            one.grade_from not in (None, mine.grade_from)
            or one.grade_to not in (None, mine.grade_to)
            or one.language not in ("", mine.main_language)
        )
    ]


def successors(register: Sequence[RegisterSchool], taken: Collection[tuple[str, str]]) -> list[Successor]:
    """Pairs of a school that ended and one that began about then, with the same name or address.

    `taken`: numbers of pairs that people have confirmed; neither school is proposed in that part again.
    """
    old_ones, new_ones = {old for old, _ in taken}, {new for _, new in taken}
    gone = [one for one in register if one.end is not None and one.code not in old_ones]
    fresh = [one for one in register if one.is_active and one.start is not None and one.code not in new_ones]
    pairs = [pair for old in gone for new in fresh if (pair := _pair(old, new)) is not None]
    return sorted(pairs, key=lambda pair: (not pair.same_name, not pair.same_address, pair.old.name))


def _pair(old: RegisterSchool, new: RegisterSchool) -> Successor | None:
    if old.end is None or new.start is None or abs((new.start - old.end).days) > APART_DAYS:
        return None
    same_name = _plain(old.name) == _plain(new.name)
    same_address = bool(old.address) and old.address == new.address
    return (
        Successor(old, new, old.end, new.start, same_name, same_address)
        if same_name or same_address
        else None
    )


def _plain(name: str) -> str:
    return " ".join(_NOISE.sub(" ", name.casefold()).split())
