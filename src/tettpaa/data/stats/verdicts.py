"""One place decides how sure we are: from a curve, a reference and a difference that matters."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final, Protocol

from tettpaa.data.stats.kinds import Certainty, Side
from tettpaa.data.stats.posteriors import Posterior, normal_cdf, z_of

LIKELY_FROM: Final = 0.5  # posterior probability of a difference that matters (statistics.md B2)
CLEAR_FROM: Final = 0.8

# An interval without the cohort term covers 90 % where it says 95 % (statistics.md B2): its standard
# error is too small by this factor, which a test without that term must make up for.
SAMPLING_ONLY_FACTOR: Final = z_of(0.95) / z_of(0.90)


class Footing(Enum):
    """What a comparison rests on, best first."""

    SHRUNK = "shrunk"  # the spread between schools is known: the curve is a true posterior
    COHORT = "cohort"  # chance and cohort are in, nothing is known of the spread between units
    SAMPLING = "sampling"  # chance alone


@dataclass(frozen=True, slots=True)
class Bar:
    """How improbable "no difference at all" must be (one-sided) before a word is used."""

    near: float  # the 90 % interval leaves the reference
    likely: float  # 95 %
    clear: float  # 99 %


def _bar(factor: float) -> Bar:
    return Bar(*(normal_cdf(factor * z_of(coverage)) for coverage in (0.90, 0.95, 0.99)))


BARS: Final = {
    Footing.SHRUNK: _bar(1.0),
    Footing.COHORT: _bar(1.0),
    Footing.SAMPLING: _bar(SAMPLING_ONLY_FACTOR),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How sure, on which side, and the two probabilities behind it.

    `p_below` and `p_above`: the truth lies more than `delta` below or above the reference. With certainty
    NONE, a side other than NEITHER means: surely a little off, probably less than what matters.
    """

    certainty: Certainty
    side: Side
    p_below: float
    p_above: float


def judge(curve: Posterior, reference: float, delta: float | None, footing: Footing) -> Verdict:
    """The verdict on `curve` against `reference`, both in the indicator's unit.

    Shrunk: P(difference > delta) above 0.8 is clear, above 0.5 likely. Not shrunk: the same, and chance
    must be ruled out too (99 % for clear, 95 % for likely), because a flat curve passes 0.5 as soon as the
    raw figure passes delta, which flags 6 % of sound small schools (statistics.md B3). Without a delta
    nobody has said what matters: at most likely, and only when chance is ruled out at 99 %.
    """
    margin = delta or 0.0
    p_below, p_above = curve.below(reference - margin), 1 - curve.below(reference + margin)
    off_below = curve.below(reference)
    side = Side.BELOW if off_below >= 0.5 else Side.ABOVE
    matters, off = (p_below, off_below) if side is Side.BELOW else (p_above, 1 - off_below)
    certainty = _certainty(matters, off, footing, has_delta=delta is not None)
    is_near = certainty is Certainty.NONE and (
        delta is None or matters > LIKELY_FROM or off <= BARS[footing].near
    )
    return Verdict(certainty, Side.NEITHER if is_near else side, p_below, p_above)


def _certainty(matters: float, off: float, footing: Footing, *, has_delta: bool) -> Certainty:
    bar = BARS[footing]
    if not has_delta:
        return Certainty.LIKELY if off > bar.clear else Certainty.NONE
    is_shrunk = footing is Footing.SHRUNK
    if matters > CLEAR_FROM and (is_shrunk or off > bar.clear):
        return Certainty.CLEAR
    if matters > LIKELY_FROM and (is_shrunk or off > bar.likely):
        return Certainty.LIKELY
    return Certainty.NONE


class Judged(Protocol):
    """Anything that carries a verdict and its footing."""

    @property
    def certainty(self) -> Certainty | None: ...
    @property
    def footing(self) -> Footing | None: ...
    @property
    def p_below(self) -> float | None: ...
    @property
    def p_above(self) -> float | None: ...


def expected_false_alarms(judged: Iterable[Judged]) -> float | None:
    """How many of the marked (clear or likely) to expect wrong: the sum of 1 - P (statistics.md B2).

    None as soon as one marked estimate is not shrunk: only a true posterior may be summed this way.
    """
    total = 0.0
    for item in judged:
        if item.certainty not in (Certainty.CLEAR, Certainty.LIKELY):
            continue
        if item.footing is not Footing.SHRUNK or item.p_below is None or item.p_above is None:
            return None
        total += 1 - max(item.p_below, item.p_above)
    return total
