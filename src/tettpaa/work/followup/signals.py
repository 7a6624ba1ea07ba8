"""What figures say of a school over three years, one series at a time. Plain: figures in, findings out.

Nothing is opened or stored here. `screening.screened` puts the national tests together and uses this for the rest;
anything that gives `Finding` rows can take their place.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from tettpaa.data.indicators.definitions import Definition, definitions
from tettpaa.data.indicators.queries import SeriesKey
from tettpaa.data.indicators.reckoning import rule_of
from tettpaa.data.stats.kinds import Certainty, Side
from tettpaa.data.stats.level import LevelEstimate, level
from tettpaa.data.stats.points import Point, half_width_of
from tettpaa.data.stats.rules import WINDOW
from tettpaa.data.stats.verdicts import Footing
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.data.suppression.kinds import Status

type Lines = Mapping[SeriesKey, Sequence[SafeFigure]]
type Screening = Callable[[Lines, str], "list[Finding]"]

NUMBERS: Final = (
    "mean", "reference", "difference", "estimate", "low90", "high90", "delta", "p_below", "p_above",
)  # fmt: skip
SURE: Final = frozenset({Certainty.CLEAR, Certainty.LIKELY})


@dataclass(frozen=True, slots=True)
class Finding:
    """One school, one indicator in one grade, surely or likely worse than the reference by more than what matters.

    `evidence` is what is kept: the years with value and pupils, the pooled level with its 90 % interval, the
    reference, the limit (`delta`) and the probability of being beyond it. `p`: that probability where it is a true
    one, `by_chance`: that of being marked wrongly; both None where the spread between schools is not known.
    `internal`: rests on a figure that is shown inside only. JSON's own types.
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
        estimate = level(points_of(line), points_of(beside), rule_of(definition, newest))
        if _is_weak(estimate, definition):
            found.append(_finding(key, estimate, line))
    return found


def points_of(line: Sequence[SafeFigure]) -> tuple[Point, ...]:
    """The shown figures; a hidden year is no point at all."""
    return tuple(
        Point(f.period, f.value, f.n, half_width=half_width_of(f.value, f.low, f.high))
        for f in line
        if f.value is not None
    )


def _is_weak(estimate: LevelEstimate, definition: Definition) -> bool:
    bad = Side.BELOW if definition.direction > 0 else Side.ABOVE
    return estimate.certainty in SURE and estimate.side is bad and len(estimate.years) >= WINDOW


def _finding(key: SeriesKey, estimate: LevelEstimate, line: Sequence[SafeFigure]) -> Finding:
    certainty = estimate.certainty or Certainty.UNKNOWN
    chance = None
    if estimate.footing is Footing.SHRUNK and estimate.p_below is not None and estimate.p_above is not None:
        chance = 1 - max(estimate.p_below, estimate.p_above)
    return level_finding(key, estimate, line, certainty, chance)


def level_finding(
    key: SeriesKey,
    estimate: LevelEstimate,
    line: Sequence[SafeFigure],
    certainty: Certainty,
    chance: float | None,
) -> Finding:
    """A weak level with its evidence. `chance`: the probability that the mark is wrong, None where it is not known."""
    used = [f for f in line if f.period in estimate.years and f.value is not None]
    told = asdict(estimate)
    return Finding(
        unit=key.unit,
        indicator=key.indicator,
        grade=key.grade,
        gender=key.gender.key,
        period_from=min(estimate.years),
        period_to=max(estimate.years),
        certainty=str(certainty.value),
        evidence={
            "rule": "level",
            "years": [{"period": f.period, "value": f.value, "n": f.n, "figure": f.id} for f in used],
            "n": estimate.n,
            "side": estimate.side.value,
            **{name: told[name] for name in NUMBERS},
            "p": None if chance is None else 1 - chance,
            "by_chance": chance,
            "internal": is_internal(used),
        },
    )


def is_internal(line: Iterable[SafeFigure]) -> bool:
    """Whether a figure among them may be shown inside only; then the mark may not leave the house either."""
    return any(figure.status is not Status.OK for figure in line)
