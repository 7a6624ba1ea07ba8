"""Every module of this folder that has a `SOURCE` is a source: no list to edit."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tettpaa.data import sources as folder
from tettpaa.data.sources.source import Source


@cache
def sources() -> Mapping[str, Source]:
    """Sources by key, in order of key."""
    found = {}
    for module in pkgutil.iter_modules(folder.__path__):
        name = f"{folder.__name__}.{module.name}"
        if not _declares_source(name):
            continue
        source = importlib.import_module(name).SOURCE
        found[source.key] = source
    return MappingProxyType(dict(sorted(found.items())))


def _declares_source(name: str) -> bool:
    """Look for the declaration in the text, so that Django rooms' files beside are not imported in the child."""
    spec = find_spec(name)
    if spec is None or spec.origin is None or spec.submodule_search_locations:
        return False
    return "\nSOURCE = Source(" in Path(spec.origin).read_text(encoding="utf-8")


def recognise(heads: list[str]) -> Source | None:
    """The source whose heading row this is, or None."""
    return next((source for source in sources().values() if source.recognise(heads)), None)


def recognise_answer(data: Any) -> Source | None:
    """The source whose interface answers like this, or None."""
    known = (source for source in sources().values() if source.recognise_answer is not None)
    return next(
        (source for source in known if source.recognise_answer and source.recognise_answer(data)), None
    )
