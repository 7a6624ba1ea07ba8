"""What a chapter is, and where the chapters come from: each file of `blocks/` holds one, found by discovery."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from tettpaa.data.indicators.definitions import Words
from tettpaa.report.annual import blocks
from tettpaa.report.annual.context import Context
from tettpaa.report.export.tree import Section, Slide


@dataclass(frozen=True, slots=True)
class BoxSpec:
    """A part of a chapter that the owner writes. `help` says what belongs there.

    `is_expected` is False for an addition to what is generated: it may stay empty, and does not count as missing.
    `is_list`: every line is a point of its own.
    """

    key: str
    title: Words
    help: Words
    is_expected: bool = True
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter. `key` stands in addresses and never changes; `number` is what the document prints.

    `keys` are the indicators whose figures the chapter's texts speak of (a text is marked when they change),
    with each school's own figures where `is_about_schools`. `build` makes the chapter from the context.
    `applies`: whether the document has the chapter at all (always, unless it says otherwise). `told`: what its
    texts speak of besides figures, label by label, so that they are marked when that has changed.
    """

    key: str
    order: int
    number: str
    title: Words
    about: Words
    boxes: tuple[BoxSpec, ...]
    keys: tuple[str, ...]
    build: Callable[[Context], Section]
    slides: Callable[[Context], tuple[Slide, ...]] | None = None
    is_about_schools: bool = False
    applies: Callable[[Context], bool] | None = None
    told: Callable[[Context], Mapping[str, str]] | None = None

    def is_in(self, context: Context) -> bool:
        """Whether a document made from the context has the chapter."""
        return self.applies is None or self.applies(context)

    @property
    def speaks_of_facts(self) -> bool:
        """Whether its texts can come to stand beside something that has changed."""
        return bool(self.keys) or self.told is not None

    @property
    def expected(self) -> tuple[BoxSpec, ...]:
        """The boxes that the owner is to write."""
        return tuple(box for box in self.boxes if box.is_expected)

    def box(self, key: str) -> BoxSpec:
        """Raises KeyError for a box that the chapter does not have."""
        return {box.key: box for box in self.boxes}[key]


@cache
def chapters() -> tuple[Chapter, ...]:
    """Every chapter in the order of the document. Raises ValueError when two share a key or a place."""
    found = [
        import_module(f"{blocks.__name__}.{module.name}").CHAPTER for module in iter_modules(blocks.__path__)
    ]
    for name in ("key", "order"):
        if len({getattr(chapter, name) for chapter in found}) < len(found):
            raise ValueError(f"two chapters have the same {name}")
    return tuple(sorted(found, key=lambda chapter: chapter.order))


def chapter(key: str) -> Chapter | None:
    """The chapter called `key`, if there is one."""
    return next((found for found in chapters() if found.key == key), None)
