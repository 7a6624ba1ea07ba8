"""What can be fetched: a plan of questions each. A module of this folder with `DATASETS` is found by itself."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from tettpaa.data.indicators.definitions.model import Words
from tettpaa.data.sources.fetch.asking import Got

FOLDER = "tettpaa.data.sources.fetch"


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom it is fetched: municipality number (empty: the whole country), its county, its schools' numbers."""

    municipality: str = ""
    county: str = ""
    schools: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One answer of a plan. `total` is how many there will be, as far as is known by now."""

    name: str
    got: Got
    total: int
    facts: Mapping[str, str] = field(default_factory=dict)


type Ask = Callable[[str, str], Got]
type Plan = Callable[[Scope, Ask], Iterator[Step]]


class Kind(StrEnum):
    """What becomes of the answers: figures like those of any file, or facts of a register."""

    FIGURES = "figures"
    SCHOOLS = "schools"
    MUNICIPALITIES = "municipalities"


@dataclass(frozen=True, slots=True)
class Dataset:
    """Something to fetch. `source` is the key of the source that reads its figures; a register names its publisher.

    `by_itself` False leaves it out of `--all`.
    """

    key: str
    name: Words
    source: str
    plan: Plan
    by_itself: bool = True
    needs_owner: bool = False
    kind: Kind = Kind.FIGURES
    publisher: Words | None = None


@cache
def datasets() -> Mapping[str, Dataset]:
    """All datasets by key: the registers first, since figures are asked for by the schools' numbers, else by key."""
    found: dict[str, Dataset] = {}
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        text = Path(__file__).with_name(f"{module.name}.py").read_text(encoding="utf-8")
        if "\nDATASETS: Final = (" in text:
            found |= {one.key: one for one in importlib.import_module(f"{FOLDER}.{module.name}").DATASETS}
    in_order = sorted(found.values(), key=lambda one: (one.kind is Kind.FIGURES, one.key))
    return MappingProxyType({one.key: one for one in in_order})
