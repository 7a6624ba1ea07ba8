"""What figures say of a school over three years. Plain: figures in, findings out; nothing is opened or stored here.

The full screening (issue C) may take this module's place: anything that gives `Finding` rows will do.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from tettpaa.data.indicators.definitions import Definition, definitions
from tettpaa.data.indicators.queries import SeriesKey
from tettpaa.data.indicators.reckoning import KINDS
from tettpaa.data.stats.kinds import Certainty, Side
from tettpaa.data.stats.level import LevelEstimate, level
from tettpaa.data.stats.points import Point, half_width_of
from tettpaa.data.stats.rules import WINDOW, Rule, rule_for
from tettpaa.data.suppression.figure import SafeFigure

type Lines = Mapping[SeriesKey, Sequence[SafeFigure]]
type Screening = Callable[[Lines, str], "list[Finding]"]

SURE: Final = frozenset({Certainty.CLEAR, Certainty.LIKELY})


@dataclass(frozen=True, slots=True)
class Finding:
    """One school, one indicator in one grade, surely or likely worse than the reference by more than what matters.

    `evidence` is what is kept: the years with value and pupils, the pooled level with its 90 % interval, the
    reference, the limit (`delta`) and the probability of being beyond it. JSON's own types.
    """

    unit: str
    indicator: str
    grade: int
    gender: str
    period_from: int
    period_to: int
    certainty: str
    evidence: Mapping[str, Any]


def findings(lines: Lines, reference: str) -> list[Finding]:
    """Schools of `lines` against the unit `reference`: three pooled years, on the wrong side, beyond the limit.

    Hidden years are no years, so a school with fewer than three shown ones gives nothing. An indicator without a
    good direction, without a limit, or that is counted and not estimated, gives nothing either.
    """
    found = []
    for key, line in lines.items():
        definition = definitions().get(key.indicator)
        if key.unit == reference or definition is None or not definition.direction or not line:
            continue
        beside = lines.get(key._replace(unit=reference), ())
        newest = max((figure.period for figure in beside), default=0)
        estimate = level(_points(line), _points(beside), _rule(definition, newest))
        if _is_weak(estimate, definition):
            found.append(_finding(key, estimate, line))
    return found


def _rule(definition: Definition, period: int) -> Rule:
    return rule_for(
        definition.key,
        period,
        KINDS[definition.model.kind],
        delta=definition.materiality,
        breaks=tuple(cut.from_period for cut in definition.breaks),
    )


def _points(line: Sequence[SafeFigure]) -> tuple[Point, ...]:
    return tuple(
        Point(f.period, f.value, f.n, half_width=half_width_of(f.value, f.low, f.high))
        for f in line
        if f.value is not None
    )


def _is_weak(estimate: LevelEstimate, definition: Definition) -> bool:
    bad = Side.BELOW if definition.direction > 0 else Side.ABOVE
    return estimate.certainty in SURE and estimate.side is bad and len(estimate.years) >= WINDOW


def _finding(key: SeriesKey, estimate: LevelEstimate, line: Sequence[SafeFigure]) -> Finding:
    years = [
        {"period": f.period, "value": f.value, "n": f.n, "figure": f.id}
        for f in line
        if f.period in estimate.years and f.value is not None
    ]
    told = asdict(estimate)
    numbers = (
        "mean",
        "reference",
        "difference",
        "estimate",
        "low90",
        "high90",
        "delta",
        "p_below",
        "p_above",
    )
    certainty = estimate.certainty or Certainty.UNKNOWN
    return Finding(
        unit=key.unit,
        indicator=key.indicator,
        grade=key.grade,
        gender=key.gender.key,
        period_from=min(estimate.years),
        period_to=max(estimate.years),
        certainty=str(certainty.value),
        evidence={
            "years": years,
            "n": estimate.n,
            "side": estimate.side.value,
            **{n: told[n] for n in numbers},
        },
    )
