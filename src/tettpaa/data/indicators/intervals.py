"""Low and high of an observation: the source's own uncertainty, else from the number of pupils."""

from functools import lru_cache

from tettpaa.data.indicators.definitions import definition
from tettpaa.data.indicators.observed import Observed
from tettpaa.data.stats.intervals import jeffreys, mean_interval, survey_interval

type Ends = tuple[float | None, float | None]


def interval(cell: Observed) -> Ends:
    """95 % interval (low, high) in the indicator's unit; (None, None) when nothing is known about chance."""
    return interval_of(cell.indicator, cell.value, cell.n, cell.uncertainty)


@lru_cache(maxsize=65_536)
def interval_of(indicator: str, value: float | None, n: int | None, uncertainty: float | None) -> Ends:
    """The same from the parts; remembered, since a large file holds few different figures."""
    if value is None:
        return None, None
    if uncertainty is not None:
        return value - uncertainty, value + uncertainty
    model = definition(indicator).model
    if model.kind == "share":
        found = jeffreys(value, n) if 0 <= value <= 100 else None
    elif model.kind == "survey_mean":
        found = survey_interval(value, n, sd=model.sd or 0.9)
    elif model.kind == "normal_sd10":
        found = mean_interval(value, n=n, sd=model.sd)
    else:
        found = None
    return (found.low, found.high) if found else (None, None)
