"""What a pack consists of. A room registers one part: a file of a pack, its shape, and how it is read and written.

A part's shape is a pydantic model that forbids unknown fields. Its plain fields are the entry `("",)`; a field
that is a list of tables with a `key` gives one entry for each table: `("goals", "lesing")`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import BaseModel, ConfigDict, field_validator

if TYPE_CHECKING:  # a room's apps.py imports this before the models can be loaded
    from tettpaa.core.orgs.models import Unit

type Path = tuple[str, ...]


class Shape(BaseModel):
    """Base of all shapes: what is not declared is an error, and text has no stray space round it."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)

    @field_validator("*")
    @classmethod
    def _without_zeros(cls, value: object) -> object:
        """A database gives 30 back as 30.00; a file has it as people write it."""
        if not isinstance(value, Decimal):
            return value
        return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


class Writer(Protocol):
    """Writes one entry; runs inside the transaction of the whole load, parents' entries before children's.

    `content` is the entry as the file has it, validated, or None when the pack no longer has it: then the room
    ends what people have built on, and deletes only what nobody has used.
    """

    def __call__(self, *, owner: "Unit", path: Path, content: dict[str, Any] | None, by: str) -> None: ...


@dataclass(frozen=True)
class Part:
    """One file of a pack. `read` gives the owner's configuration of today in the shape of the file."""

    name: str
    order: int
    shape: type[Shape]
    read: Callable[["Unit"], Shape]
    write: Writer


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    """Called from a room's `AppConfig.ready`."""
    if _parts.setdefault(part.name, part) is not part:
        raise ValueError(f"two parts of a pack are called {part.name}")


def parts() -> list[Part]:
    """All parts, in the order in which they are written."""
    return sorted(_parts.values(), key=lambda part: part.order)
