"""How a definition is reckoned and written: the bridge from the catalogue to the statistics."""

from functools import lru_cache
from typing import Final

from tettpaa.data.indicators.definitions import Definition, definitions
from tettpaa.data.stats.kinds import Kind
from tettpaa.data.stats.numbers import Unit
from tettpaa.data.stats.rules import Rule, rule_for

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


def rule_of(definition: Definition, period: int) -> Rule:
    """How chance is reckoned for the indicator, with the constants that hold in `period`."""
    return _rule(definition.key, period)


@lru_cache(maxsize=2048)
def _rule(key: str, period: int) -> Rule:
    definition = definitions()[key]
    return rule_for(
        definition.key,
        period,
        KINDS[definition.model.kind],
        delta=definition.materiality,
        breaks=tuple(cut.from_period for cut in definition.breaks if cut.stops_comparison),
        min_pupils=definition.smallest_group,
    )
