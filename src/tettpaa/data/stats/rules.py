"""How one indicator is to be judged: its kind, its noise, the difference that matters, its breaks."""

from dataclasses import dataclass, replace
from typing import Final

from tettpaa.data.stats.constants import UNKNOWN, Components, components_for
from tettpaa.data.stats.kinds import Kind

WINDOW: Final = 3  # years pooled: one year of an average school is 40-45 % lasting signal (data.md §9)
MIN_PUPILS: Final = 10  # over the years pooled


@dataclass(frozen=True, slots=True)
class Rule:
    """What a comparison needs to know about an indicator.

    `delta`: the smallest difference that matters, in the indicator's unit (None: nobody has said).
    `window`: how many years back a level reaches. `min_pupils`: fewer than this, all years together,
    gives no verdict. `breaks`: each first school year of a new series; nothing is compared across.
    """

    kind: Kind
    components: Components = UNKNOWN
    delta: float | None = None
    window: int = WINDOW
    min_pupils: int = MIN_PUPILS
    breaks: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.window < 1 or (self.delta is not None and self.delta < 0):
            raise ValueError("a rule needs a window of at least one year and a delta of at least 0")

    def for_area(self, schools: int) -> "Rule":
        """The same rule for a municipality or county of `schools` schools (`Components.for_area`)."""
        return replace(self, components=self.components.for_area(schools))

    def break_between(self, earlier: int, later: int) -> int | None:
        """The latest break after `earlier` and up to `later`: the first year of the newer series."""
        return max((year for year in self.breaks if earlier < year <= later), default=None)


def rule_for(
    indicator: str,
    period: int,
    kind: Kind,
    *,
    delta: float | None = None,
    breaks: tuple[int, ...] = (),
    min_pupils: int = MIN_PUPILS,
) -> Rule:
    """The rule of `indicator` with the constants that hold in `period`.

    `delta` None takes the table's preset (two scale points for national tests), if it has one.
    """
    components = components_for(indicator, period)
    return Rule(
        kind=kind,
        components=components,
        delta=components.materiality if delta is None else delta,
        min_pupils=min_pupils,
        breaks=breaks,
    )
