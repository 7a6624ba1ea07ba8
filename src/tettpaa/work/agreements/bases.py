"""Legal bases for what may be kept out of the open part: a small list with dates, since the law changes."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Basis:
    """One basis. `law` and `says` hold nb, nn and en. `must`: there is no choice to weigh."""

    key: str
    law: Mapping[str, str]
    says: Mapping[str, str]
    must: bool
    valid_from: date
    valid_to: date | None = None

    def cited(self, language: str) -> str:
        return self.law.get(language, self.law["nb"])

    def explained(self, language: str) -> str:
        return self.says.get(language, self.says["nb"])

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@cache
def bases() -> Mapping[str, Basis]:
    """Every basis that was ever in the list, by key."""
    raw = tomllib.loads((Path(__file__).parent / "bases.toml").read_text(encoding="utf-8"))
    return {key: Basis(key=key, **row) for key, row in raw.items()}


def bases_on(day: date) -> list[Basis]:
    """Those that hold on a day."""
    return [basis for basis in bases().values() if basis.holds_on(day)]


def basis(key: str) -> Basis:
    """One basis. Raises KeyError."""
    return bases()[key]
