"""What can be fetched: a plan of questions each. A module of this folder with `DATASETS` is found by itself."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Dataset:
    """Something to fetch. `source` is the key of the source that reads it; `by_itself` False leaves it out of `--all`."""

    key: str
    name: Words
    source: str
    plan: Plan
    by_itself: bool = True
    needs_owner: bool = False


@cache
def datasets() -> Mapping[str, Dataset]:
    """All datasets by key, in order of key."""
    found: dict[str, Dataset] = {}
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        text = Path(__file__).with_name(f"{module.name}.py").read_text(encoding="utf-8")
        if "\nDATASETS: Final = (" in text:
            found |= {one.key: one for one in importlib.import_module(f"{FOLDER}.{module.name}").DATASETS}
    return MappingProxyType(dict(sorted(found.items())))
