"""Persons added up to groups. A group so small that it would be a person holds no figure. Plain Python."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from tettpaa.data.indicators.definitions.model import Definition
from tettpaa.data.sources.mapping.words import WITHOUT, yes_or_no
from tettpaa.data.sources.numbers import Mark, parse_number
from tettpaa.data.sources.template_figure import Wrong

# Fewer than these are persons, not a group: no mean or share of theirs is made (the publisher's own limits come after).
LEAST: Final = 3
GENDERS: Final = ("jenter", "gutter")
_ABSENT: Final = frozenset({Mark.EMPTY, Mark.MISSING, Mark.SHIELDED})


class GroupKey(NamedTuple):
    """School, school year, grade as text, indicator."""

    code: str
    year: str
    grade: str
    indicator: str


class Made(NamedTuple):
    """A figure of a group as the template's cells; all empty with status `skjermet` when the group is too small."""

    category: str
    value: str
    n: str
    counter: str
    denominator: str
    status: str


@dataclass(slots=True)
class _Sum:
    n: int = 0
    total: float = 0.0


@dataclass(slots=True)
class Group:
    """One group's sums: everybody, and those whose gender the file told."""

    name: str
    facts: Definition
    sums: dict[str, _Sum] = field(default_factory=dict)

    def add(self, category: str, value: float) -> None:
        for one in {"", category}:
            found = self.sums.setdefault(one, _Sum())
            found.n += 1
            found.total += value

    @property
    def is_large_enough(self) -> bool:
        return self.sums[""].n >= LEAST

    def made(self) -> Iterator[Made]:
        """The group's figures. Girls and boys are told apart only when neither, nor those left, are too few."""
        whole = self.sums[""]
        if not self.is_large_enough:
            yield Made("", "", "", "", "", "skjermet")
            return
        yield self._figure("", whole)
        parts = [self.sums.get(gender, _Sum()) for gender in GENDERS]
        rest = whole.n - sum(part.n for part in parts)
        if all(part.n >= LEAST for part in parts) and (rest == 0 or rest >= LEAST):
            yield from (self._figure(gender, part) for gender, part in zip(GENDERS, parts, strict=True))

    def _figure(self, category: str, found: _Sum) -> Made:
        if self.facts.unit == "count":
            return Made(category, str(found.n), "", "", "", "")
        if self.facts.unit == "percent":
            return Made(category, "", "", f"{found.total:.0f}", str(found.n), "")
        mean = f"{found.total / found.n:.4f}".rstrip("0").rstrip(".").replace(".", ",")
        return Made(category, mean, str(found.n), "", "", "")


def lines_of(key: GroupKey, group: Group, label: str) -> Iterator[list[str]]:
    """The group's figures as lines of the open template; gender only where the indicator has it."""
    for made in group.made():
        if made.category and "gender" not in group.facts.breakdowns:
            continue
        about = [key.code, group.name, key.year, key.grade, key.indicator]
        kind = ["kjønn" if made.category else "", made.category]
        yield [*about, *kind, made.value, made.n, made.counter, made.denominator, "", made.status, label]


def value_of(facts: Definition, text: str) -> float | Wrong | None:
    """What one person adds; None for a person without a result. A share is a yes or a no; a count is one each."""
    plain = text.strip()
    if not plain or plain.casefold() in WITHOUT:
        return None
    if facts.unit == "count":
        return 1.0
    if facts.unit == "percent":
        said = yes_or_no(plain)
        return Wrong("not_yes_or_no", "verdi") if said is None else float(said)
    number = parse_number(plain)
    if number.mark in _ABSENT:
        return None
    if number.value is None:
        return Wrong(number.code, "verdi")
    low, high = facts.scale_min, facts.scale_max
    if (low is not None and number.value < low) or (high is not None and number.value > high):
        return Wrong("off_scale", "verdi", {"low": _plain(low), "high": _plain(high)})
    return number.value


def _plain(value: float | None) -> str:
    return "–" if value is None else f"{value:g}".replace(".", ",")
