"""Places on this room's pages that rooms above it fill: the offers of the plan, and parts of one's own page.

Register from `AppConfig.ready`, like core/ui/panels.py. A provider gives only what the reader may see.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # a room's apps.py imports this before the models can be loaded
    from uuid import UUID

    from tettpaa.core.orgs.models import Unit
    from tettpaa.core.orgs.viewer import Viewer
    from tettpaa.work.competence.models import Employee


@dataclass(frozen=True)
class OfferLine:
    """One published offer on the plan's page. `service` and `area` are keys; `factors` the key factors, each with
    how far it is met and the short reason; `goal` the key of the goal it serves."""

    service: str
    title: str
    kind: str
    address: str = ""
    when: str = ""
    area: str = ""
    goal: "UUID | None" = None
    factors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class OwnPart:
    """A part of one's own page. The template gets it as `part`."""

    key: str
    order: int
    template: str
    content: Mapping[str, Any] = field(default_factory=dict)


type OfferProvider = Callable[["Viewer | None", "Unit", int], Iterable[OfferLine]]
type OwnProvider = Callable[["Viewer", "Employee", date], OwnPart | None]


@dataclass(frozen=True)
class Beside:
    """A page of a room above that stands beside the plan's, for those who `may` open it."""

    route: str
    label: Any
    may: Callable[["Viewer", "Unit"], bool]


_beside: dict[str, Beside] = {}
_offers: dict[str, OfferProvider] = {}
_own: dict[str, OwnProvider] = {}


def register_offers(room: str, provider: OfferProvider) -> None:
    """Offers of a school year (its first year), for the plan's page and document."""
    _offers.setdefault(room, provider)


def register_own(key: str, provider: OwnProvider) -> None:
    """A part of my page."""
    _own.setdefault(key, provider)


def register_beside(page: Beside) -> None:
    """A page of the owner's that belongs to competence, in the row of tabs."""
    _beside.setdefault(page.route, page)


def beside(viewer: "Viewer", owner: "Unit") -> list[tuple[str, str]]:
    """(route, label) of the pages beside the plan's that the reader may open, in the rooms' order."""
    return [(page.route, str(page.label)) for page in _beside.values() if page.may(viewer, owner)]


def offers(viewer: "Viewer | None", owner: "Unit", year: int) -> list[OfferLine]:
    """All that is offered that year, in the rooms' order. Without a viewer: what everybody may read, with no address."""
    return [line for provider in _offers.values() for line in provider(viewer, owner, year)]


def own_parts(viewer: "Viewer", employee: "Employee", today: date) -> list[OwnPart]:
    """What the rooms above show on the person's own page, in order."""
    found = [part for provider in _own.values() if (part := provider(viewer, employee, today))]
    return sorted(found, key=lambda part: part.order)
