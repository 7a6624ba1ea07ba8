"""The measured variances of each indicator, as versioned data with source, date and validity."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final


class ConstantsError(ValueError):
    """A table of constants is wrong or contradicts another."""


@dataclass(frozen=True, slots=True)
class Components:
    """What is known about how an indicator varies. None means unknown, never zero.

    `sd`: spread between pupils in a school. `persistent` (T2): lasting variance between schools, intake
    included. `cohort` (W2): variance between the cohorts of one school beyond chance. Variances are in
    squared units of the indicator. `precision`: the step the source rounds to (0: not rounded).
    `materiality`: preset for the smallest difference worth a word. `table` and `borrowed_from` say
    where the figures come from.

    No shipped table has variances between schools for surveys and shares. Those indicators are therefore not
    shrunk and are judged from their own interval alone (docs/statistics.md, "Three footings").
    """

    sd: float | None = None
    persistent: float | None = None
    cohort: float | None = None
    precision: float = 0.0
    materiality: float | None = None
    table: str = ""
    borrowed_from: str | None = None

    def __post_init__(self) -> None:
        for name in ("sd", "persistent", "materiality"):
            value = getattr(self, name)
            if value is not None and value <= 0:
                raise ConstantsError(f"{name} must be above 0, not {value}")
        if (self.cohort is not None and self.cohort < 0) or self.precision < 0:
            raise ConstantsError("cohort and precision cannot be below 0")

    @property
    def can_shrink(self) -> bool:
        """Whether a level may be drawn towards its reference (statistics.md B2, "One series")."""
        return self.persistent is not None and self.cohort is not None

    def for_area(self, schools: int) -> "Components":
        """The same for a municipality or county of `schools` schools.

        Its cohort variance is the schools' shared out (W2 / schools, as if equal in size); the lasting
        variance between such areas is not measured, so areas are not shrunk. Raises ValueError below 1.
        """
        if schools < 1:
            raise ValueError("an area has at least one school")
        cohort = None if self.cohort is None else self.cohort / schools
        return replace(self, persistent=None, cohort=cohort)


UNKNOWN: Final = Components()


@dataclass(frozen=True, slots=True)
class ConstantsTable:
    """One file of constants: where they come from, when they hold, and the indicators they speak of.

    Holds for school years `valid_from` to `valid_to`, both included (2022 means 2022-23; None: open).
    `default` serves indicators whose key starts with one of `prefixes` and that are not named.
    """

    key: str
    title: str
    source: str
    measured_on: date
    method: str
    valid_from: int
    valid_to: int | None
    indicators: Mapping[str, Components]
    default: Components | None = None
    prefixes: tuple[str, ...] = field(default=())

    def holds_in(self, period: int) -> bool:
        return self.valid_from <= period and (self.valid_to is None or period <= self.valid_to)

    def components(self, indicator: str) -> Components | None:
        named = self.indicators.get(indicator)
        if named is not None:
            return named
        return self.default if self.prefixes and indicator.startswith(self.prefixes) else None


def components_for(indicator: str, period: int) -> Components:
    """The constants of `indicator` in the school year that starts in `period`.

    `UNKNOWN`, with every part None, when no table speaks of the indicator in that year.
    """
    return find(tables(), indicator, period)


def find(among: Sequence[ConstantsTable], indicator: str, period: int) -> Components:
    """As `components_for`, among the tables given. Raises ConstantsError when two tables answer."""
    answers = [
        (table.key, components)
        for table in among
        if table.holds_in(period) and (components := table.components(indicator)) is not None
    ]
    if len(answers) > 1:
        raise ConstantsError(f"{indicator} in {period} stands in {', '.join(key for key, _ in answers)}")
    return answers[0][1] if answers else UNKNOWN


@cache
def tables() -> tuple[ConstantsTable, ...]:
    """Every table shipped with the product, by file name."""
    folder = files("tettpaa.data.stats") / "constants"
    found = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda i: i.name)
    return tuple(parse(item.read_text(encoding="utf-8")) for item in found)


def parse(text: str) -> ConstantsTable:
    """Read one table from TOML. Raises ConstantsError for missing or unknown fields."""
    raw = tomllib.loads(text)
    named = raw.pop("indicator", {})
    default = raw.pop("default", None)
    try:
        key = raw["key"]
        own = {name: _components(key, part) for name, part in named.items() if "same_as" not in part}
        return ConstantsTable(
            **raw | {"valid_to": raw.get("valid_to"), "prefixes": tuple(raw.get("prefixes", ()))},
            indicators=MappingProxyType(own | _borrowed(named, own)),
            default=None if default is None else _components(key, default),
        )
    except (KeyError, TypeError) as error:
        raise ConstantsError(f"a table of constants lacks or misspells a field: {error}") from error


def _components(table: str, part: Mapping[str, Any]) -> Components:
    return Components(table=table, **part)


def _borrowed(named: Mapping[str, Any], own: Mapping[str, Components]) -> dict[str, Components]:
    """Indicators that use another's constants, and say so."""
    return {
        name: replace(own[part["same_as"]], borrowed_from=part["same_as"])
        for name, part in named.items()
        if "same_as" in part
    }
