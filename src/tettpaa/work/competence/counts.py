"""What may be shown of a count of people: plain arithmetic, no database.

A gap or a lack of mentoring at a small place is somebody. A part of a group is shown exactly only when the group has
at least `floor` people and both the part and the rest are three or more; a part nearer to none or to all is told as
"at most two" of the group on that side, which is the same whether it is none, one or two. A group below the floor is
not told at all. A page shows no sums over groups beside their parts, so nothing can be drawn from the difference.
"""

from dataclasses import dataclass
from typing import Final, Literal

EDGE: Final = 3  # the smallest part, and the smallest rest, that is told exactly

type Face = Literal["none", "hidden", "exact", "few", "nearly_all"]


@dataclass(frozen=True, slots=True)
class Shown:
    """`part` of `whole` as it may be shown. `face`: `none` nobody in the group, `hidden` too small a group, `exact`,
    `few` (at most two), `nearly_all` (all but at most two). `part` is set for `exact` only, `whole` never for hidden.
    """

    face: Face
    part: int | None = None
    whole: int | None = None

    @property
    def percent(self) -> float | None:
        """The share in percent, when it is told exactly."""
        if self.part is None or not self.whole:
            return None
        return 100 * self.part / self.whole


def shown(part: int, whole: int, floor: int, *, small: bool = False) -> Shown:
    """What may be shown. `small`: the reader may see small counts, and gets the exact one. Raises ValueError when the
    part is not between 0 and the whole."""
    if not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole}")
    if whole == 0:
        return Shown("none", whole=0)
    if small:
        return Shown("exact", part, whole)
    if whole < floor or whole < 2 * EDGE - 1:
        return Shown("hidden")
    if part < EDGE:
        return Shown("few", whole=whole)
    if whole - part < EDGE:
        return Shown("nearly_all", whole=whole)
    return Shown("exact", part, whole)


def at_least(count: int, floor: int, *, small: bool = False) -> int | None:
    """A count of people that is not a part of a group, or None when it is too small to be shown; 0 is shown."""
    return count if small or count == 0 or count >= floor else None
