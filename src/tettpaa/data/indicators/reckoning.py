"""How a definition is reckoned and written: the bridge from the catalogue to the statistics."""

from typing import Final

from tettpaa.data.indicators.definitions import Definition
from tettpaa.data.stats.kinds import Kind
from tettpaa.data.stats.numbers import Unit

KINDS: Final = {
    "normal_sd10": Kind.MEAN,
    "survey_mean": Kind.MEAN,
    "share": Kind.SHARE,
    "census": Kind.CENSUS,
}
_UNITS: Final = {
    "percent": Unit.PERCENT,
    "days": Unit.DAYS,
    "hours": Unit.HOURS,
    "kroner": Unit.KRONER,
    "ratio": Unit.PUPILS_PER_TEACHER,  # the only ratio there is; a test reads it from the definitions
    "count": Unit.PLAIN,
}


def counted_in(definition: Definition) -> Unit:
    """What values are counted in: the words after a value and after a difference. Points stand bare."""
    return _UNITS.get(definition.unit, Unit.POINTS)
