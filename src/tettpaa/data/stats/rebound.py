"""What to expect after a year if nothing is done: an unusual year is mostly followed by a more usual one."""

from dataclasses import dataclass
from math import sqrt

from tettpaa.data.stats.kinds import Certainty, Side
from tettpaa.data.stats.level import level
from tettpaa.data.stats.points import Interval, Point, Series, figure_variance, reference_variance
from tettpaa.data.stats.posteriors import Normal
from tettpaa.data.stats.rules import Rule
from tettpaa.data.stats.verdicts import Footing, judge


@dataclass(frozen=True, slots=True)
class Rebound:
    """The later year as it was to be expected with no initiative at all, in the indicator's unit.

    `before`: the newest figure before. `expected`: the later figure to expect, and `low90` to `high90` where nine
    in ten such schools land by themselves. `shrinkage`: the part B of the distance to the reference that lasts.
    `beyond`: what was seen less `expected` (None while the later year has no figure), with `certainty` and
    `side` of that distance. Direction (is high good?) plays no part here.
    """

    before: float
    expected: float
    low90: float
    high90: float
    shrinkage: float
    after: float | None = None
    beyond: float | None = None
    certainty: Certainty = Certainty.UNKNOWN
    side: Side = Side.NEITHER

    @property
    def is_inside(self) -> bool:
        """Whether what was seen lies where nine in ten land by themselves."""
        return self.after is not None and self.low90 <= self.after <= self.high90


def rebound(
    series: Series, reference: Series, rule: Rule, *, later: int, after: Point | None = None
) -> Rebound | None:
    """Regression to the mean from the years in `series` to the year `later` (statistics.md B2 and B6).

    With m = mu + a + g + e, a ~ N(0, T2) lasting, g ~ N(0, W2) the cohort's, e chance, and V = 1 / sum 1 / (v + W2)
    over the years before, each less its reference mu:

        B = T2 / (T2 + V)        expected = mu_later + B (mean - mu)
        variance of the later figure = B V + v_later + W2

    One year before alone, V = v + W2: B is then 0.3 to 0.6 for a Norwegian school, so that about half of a low
    year's distance is to be expected to go by itself. `series` ends with the year before; up to `rule.window`
    years of it count. mu of the later year is the reference's, or its newest when the later is not published yet.
    While `after` is unknown, as many pupils as in the newest year are taken to come.

    None when it cannot be reckoned: the spread between schools is not measured for the indicator, a break lies
    between, too few pupils, or no reference.
    """
    past = sorted((point for point in series if point.year < later), key=lambda point: point.year)
    if not past or not rule.components.can_shrink or rule.break_between(past[-1].year, later) is not None:
        return None
    newest = past[-1]
    beside = {point.year: point for point in reference}
    made = level(past, [point for point in reference if point.year <= newest.year], rule)
    if made.deviation is None or made.low90 is None or made.high90 is None or made.shrinkage is None:
        return None
    known = _later_variance(after or newest, rule)
    if known is None or not beside:
        return None
    centre = beside.get(later) or beside[max(beside)]
    cohort = rule.components.cohort or 0.0
    lasting = _variance_of(Interval(made.low90, made.high90))
    spread = lasting + known + cohort + reference_variance(centre, rule.kind, rule.components)
    curve = Normal(centre.mean + made.deviation, sqrt(spread))
    return _found(newest, after, curve, made.shrinkage, rule)


def _later_variance(point: Point, rule: Rule) -> float | None:
    return figure_variance(point, rule.kind, rule.components)


def _variance_of(interval90: Interval) -> float:
    """B V, back from the level's own 90 % interval."""
    unit = Normal(0.0, 1.0).interval(0.90)
    return ((interval90.high - interval90.low) / (unit.high - unit.low)) ** 2


def _found(newest: Point, after: Point | None, curve: Normal, shrinkage: float, rule: Rule) -> Rebound:
    inner = curve.interval(0.90)
    bare = Rebound(newest.mean, curve.mean, inner.low, inner.high, shrinkage)
    if after is None:
        return bare
    beyond = after.mean - curve.mean
    verdict = judge(Normal(beyond, curve.sd), 0.0, rule.delta, Footing.COHORT)
    return Rebound(
        before=newest.mean,
        expected=curve.mean,
        low90=inner.low,
        high90=inner.high,
        shrinkage=shrinkage,
        after=after.mean,
        beyond=beyond,
        certainty=verdict.certainty,
        side=verdict.side,
    )
