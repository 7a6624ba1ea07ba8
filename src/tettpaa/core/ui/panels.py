"""The one registry by which a room shows something on another's page: the thread, the meeting package, the fronts.

Rooms register a provider in `apps.py`; the page collects what is registered and does not know who gave it. A
provider is asked with the viewer and gives only what that viewer may read.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal

from django.utils.functional import lazy

if TYPE_CHECKING:
    from uuid import UUID

    from tettpaa.core.orgs.models import Unit
    from tettpaa.core.orgs.viewer import Viewer


class Link(StrEnum):
    """The ten links of the thread, in their order (design.md §1)."""

    GOAL = "goal"
    INDICATOR = "indicator"
    ASSESSMENT = "assessment"
    MEETING = "meeting"
    AGREEMENT = "agreement"
    INITIATIVE = "initiative"
    COMPETENCE = "competence"
    EFFECT = "effect"
    REPORT = "report"
    DECISION = "decision"


@dataclass(frozen=True)
class Asked:
    """What a provider is told. `goal` is the key of a goal (plans.Goal.pk); `school` None means all of the owner's."""

    viewer: "Viewer"
    owner: "Unit"
    today: date
    school: "Unit | None" = None
    goal: "UUID | None" = None

    @cached_property
    def inside(self) -> "list[Unit]":
        """All schools inside the municipality, alphabetically; read once for all that are asked."""
        from tettpaa.core.orgs.queries import schools_in  # noqa: PLC0415 - apps register here before models load

        return schools_in(self.owner)

    @property
    def schools(self) -> "list[Unit]":
        """The owner's own schools, alphabetically."""
        return [school for school in self.inside if school.run_by_owner]


@dataclass(frozen=True)
class Words:
    """A piece of a sentence; with an address it is a link."""

    text: str
    address: str = ""


@dataclass(frozen=True)
class Knot:
    """One link of a thread, for one goal at one school.

    `there`: it exists, and `sentence` says in first person plural what it is. `missing`: it should exist by now;
    `whose` says who owns it and `act` leads to where it is made. `later`: not due yet, said calmly.
    """

    link: Link
    state: Literal["there", "missing", "later"]
    sentence: tuple[Words, ...]
    facts: tuple[str, ...] = ()
    whose: str = ""
    act: Words | None = None


def when_shown(make: Callable[[], str]) -> str:
    """An address that is reckoned when it is printed: a front page counts hundreds of lines and shows few of them."""
    shown: str = _when_shown(make)
    return shown


def _made(make: Callable[[], str]) -> str:
    return make()


_when_shown = lazy(_made, str)


@dataclass(frozen=True)
class Item:
    """A line of a front page. `late` and `due` are dated tasks, `attention` says how sure in `note`.

    `mine` means the viewer is the one who is waited for. `address` may be one of `when_shown`.
    """

    kind: Literal["late", "due", "waiting", "attention", "slipping", "report", "decision"]
    title: str
    address: str
    when: date | None = None
    place: str = ""
    note: str = ""
    mine: bool = False


@dataclass(frozen=True)
class PackagePart:
    """A part of a meeting package that another room fills. `content` can be sealed (core/audit/seal.py); the
    template shows it with `part` in its context, also years later, so it reads nothing but `content`."""

    key: str
    title: str
    order: int
    template: str
    content: Mapping[str, Any] = field(default_factory=dict)


type Threads = Mapping[tuple[int, "UUID"], Literal["there", "missing", "later"]]
type StateProvider = Callable[[Asked], Threads]
type KnotProvider = Callable[[Asked], Knot | None]
type ItemProvider = Callable[[Asked], Iterable[Item]]
type PaperProvider = Callable[[Asked, "UUID"], Iterable[Words]]
type PartProvider = Callable[[Asked], PackagePart | None]

_knots: dict[Link, KnotProvider] = {}
_states: dict[Link, StateProvider] = {}
_items: dict[str, ItemProvider] = {}
_papers: dict[str, PaperProvider] = {}
_parts: dict[str, PartProvider] = {}


def _add[K, V](registry: dict[K, V], key: K, provider: V) -> None:
    if registry.setdefault(key, provider) is not provider:
        raise ValueError(f"two providers for {key}")


def register_knot(link: Link, provider: KnotProvider) -> None:
    """The room that owns this link of the thread."""
    _add(_knots, link, provider)


def register_states(link: Link, provider: StateProvider) -> None:
    """How far every thread of the owner has come at this link: (key of the school, key of the goal) → state.

    In a constant number of queries, since the page of all threads asks once for hundreds of them.
    """
    _add(_states, link, provider)


def register_items(room: str, provider: ItemProvider) -> None:
    """Lines for the front pages; one provider a room."""
    _add(_items, room, provider)


def register_part(key: str, provider: PartProvider) -> None:
    """A part of the meeting package from a room that the dialogue may not import."""
    _add(_parts, key, provider)


def register_papers(kind: str, provider: PaperProvider) -> None:
    """What is made of one kind of row on a floor above it (files, cases): what each is called, and where it is."""
    _add(_papers, kind, provider)


def papers(kind: str, asked: Asked, key: "UUID") -> list[Words]:
    """What is made of a row above its own floor, as far as the viewer may have it."""
    return list(_papers[kind](asked, key)) if kind in _papers else []


def thread(asked: Asked) -> list[Knot]:
    """The ten links in order; a link nobody has registered is `later` with no sentence."""
    found = []
    for link in Link:
        knot = _knots[link](asked) if link in _knots else None
        found.append(knot or Knot(link, "later", ()))
    return found


def threads(asked: Asked) -> Mapping[Link, Threads]:
    """Every thread's state at every link; what a room does not name is `later`."""
    return {link: _states[link](asked) if link in _states else {} for link in Link}


WAITS: Final = frozenset({"late", "due", "waiting"})


def items(asked: Asked, *, without: str = "") -> list[Item]:
    """All rooms' lines, but for those of one that shows them itself: the late first, then by date, the undated last; always
    in the same order. What a room and the year wheel both wait for stands once."""
    found = [item for room, provider in _items.items() if room != without for item in provider(asked)]
    return _each_once(_in_order(found))


def _each_once(found: Iterable[Item]) -> list[Item]:
    """A room's own date can stand in the year wheel too; the first of the two is the one with the way to it."""
    once: dict[object, Item] = {}
    for item in found:
        about = (str(item.title), item.when, str(item.place))
        once.setdefault(about if item.kind in WAITS else id(item), item)
    return list(once.values())


def _in_order(found: Iterable[Item]) -> list[Item]:
    return sorted(
        found,
        key=lambda item: (
            item.kind != "late", item.when or date.max, str(item.title), str(item.place), item.address, str(item.note)
        ),
    )  # fmt: skip


def parts(asked: Asked) -> list[PackagePart]:
    found = [part for provider in _parts.values() if (part := provider(asked))]
    return sorted(found, key=lambda part: part.order)
