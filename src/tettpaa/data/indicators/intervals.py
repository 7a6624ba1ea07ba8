"""Low and high of an observation: the source's own uncertainty, else from the number of pupils."""

from tettpaa.data.indicators.definitions import definition
from tettpaa.data.indicators.observed import Observed
from tettpaa.data.stats.intervals import jeffreys, mean_interval, survey_interval


def interval(cell: Observed) -> tuple[float | None, float | None]:
    """95 % interval (low, high) in the indicator's unit; (None, None) when nothing is known about chance."""
    if cell.value is None:
        return None, None
    if cell.uncertainty is not None:
        return cell.value - cell.uncertainty, cell.value + cell.uncertainty
    model = definition(cell.indicator).model
    if model.kind == "share":
        found = jeffreys(cell.value, cell.n) if 0 <= cell.value <= 100 else None
    elif model.kind == "survey_mean":
        found = survey_interval(cell.value, cell.n, sd=model.sd or 0.9)
    elif model.kind == "normal_sd10":
        found = mean_interval(cell.value, n=cell.n, sd=model.sd)
    else:
        found = None
    return (found.low, found.high) if found else (None, None)
