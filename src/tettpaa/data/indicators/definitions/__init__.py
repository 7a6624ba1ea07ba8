"""The indicator catalogue: one TOML file each in this folder, read and checked here. Plain Python, no Django."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tettpaa.data.indicators.definitions.model import Break, Definition, Model, Published, Words
from tettpaa.data.indicators.definitions.rules import DefinitionError, validate

__all__ = [
    "Break",
    "Definition",
    "DefinitionError",
    "Model",
    "Words",
    "definition",
    "definitions",
    "validate",
]

FOLDER = Path(__file__).parent


@cache
def definition(key: str) -> Definition:
    """One indicator, reading only its own file. Raises KeyError for a key that no file has."""
    path = FOLDER / f"{key}.toml"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", key) or not path.exists():
        raise KeyError(key)
    return load(path)


@cache
def definitions() -> Mapping[str, Definition]:
    """Every indicator by key, in order of key. Raises DefinitionError, naming file and field."""
    return MappingProxyType({path.stem: definition(path.stem) for path in sorted(FOLDER.glob("*.toml"))})


@cache
def keys() -> frozenset[str]:
    """The keys of all indicators, without reading their files."""
    return frozenset(path.stem for path in FOLDER.glob("*.toml"))


def load(path: Path) -> Definition:
    """Read and check one file. Raises DefinitionError."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(path.name, "(file)", str(error)) from error
    validate(path.name, raw)
    return _build(raw)


def _words(raw: Mapping[str, str]) -> Words:
    return Words(raw["nb"], raw["nn"], raw["en"])


def _build(raw: dict[str, Any]) -> Definition:
    """The frozen shape of a checked file."""
    wordy = ("names", "short_names", "why", "good_for", "not_for")
    lists = ("grades", "breakdowns", "levels", "sources")
    optional = (
        "scale_min",
        "scale_max",
        "materiality",
        "valid_from",
        "valid_to",
        "replaced_by",
        "derived_from",
    )
    plain = ("key", "theme", "unit", "decimals", "direction", "smallest_group", "publisher", "reviewed_by")
    fields: dict[str, Any] = {name: raw[name] for name in plain}
    fields |= {name: raw.get(name) for name in optional}
    fields |= {name: tuple(raw[name]) for name in lists}
    fields |= {name: _words(raw[name]) for name in wordy}
    return Definition(
        **fields,
        model=Model(**raw["model"]),
        published=Published(raw["published"].get("month"), _words(raw["published"])),
        breaks=tuple(Break(b["from_period"], b["kind"], _words(b["reason"])) for b in raw.get("breaks", ())),
        comparable=raw.get("comparable", True),
        confidential=raw.get("confidential", False),
        open_counts=raw.get("open_counts", False),
        reviewed_on=str(raw["reviewed_on"]),
    )
