"""Names beside circles: the first place that touches nothing else."""

from collections.abc import Iterable
from typing import Final, NamedTuple, Self

from tettpaa.data.charts.lettering import Align

_HEIGHT: Final = 14.0
_AWAY: Final = 10.0


class Box(NamedTuple):
    """A rectangle in px."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, x: float, y: float, half_width: float, half_height: float) -> Self:
        return cls(x - half_width, y - half_height, x + half_width, y + half_height)

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )


class Spot(NamedTuple):
    """Where a name is set: its anchor and which way it runs from there."""

    x: float
    y: float
    align: Align

    def box(self, width: float) -> Box:
        """The room that a name `width` px wide takes here."""
        left = {"left": self.x, "center": self.x - width / 2, "right": self.x - width}[self.align]
        return Box(left, self.y - _HEIGHT / 2, left + width, self.y + _HEIGHT / 2)


def place(circle: tuple[float, float], width: float, taken: Iterable[Box], room: Box) -> Spot | None:
    """A place for a name `width` px wide by the circle that meets nothing taken; None if there is none.

    Tried in turn: right, left, below, above, and the corners.
    """
    x, y = circle
    near = _AWAY - 3
    spots = (
        Spot(x + _AWAY, y, "left"),
        Spot(x - _AWAY, y, "right"),
        Spot(x, y + 16, "center"),
        Spot(x, y - 16, "center"),
        Spot(x + near, y + 12, "left"),
        Spot(x + near, y - 12, "left"),
        Spot(x - near, y + 12, "right"),
        Spot(x - near, y - 12, "right"),
    )
    for spot in spots:
        box = spot.box(width)
        if room.holds(box) and not any(box.meets(other) for other in taken):
            return spot
    return None
