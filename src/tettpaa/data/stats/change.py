"""Whether a figure really moved between two years, or from one grade to the next."""

from dataclasses import dataclass, replace
from math import sqrt

from tettpaa.data.stats.kinds import Certainty, Gap, Kind, Side
from tettpaa.data.stats.points import Z95, Point, figure_variance, reference_variance
from tettpaa.data.stats.posteriors import Normal
from tettpaa.data.stats.rules import Rule
from tettpaa.data.stats.verdicts import Footing, judge


@dataclass(frozen=True, slots=True)
class ChangeEstimate:
    """A change from one year to another, in the indicator's unit (percentage points for shares).

    `difference` is later minus earlier, less the reference's own change when one was given. `chance`: the
    largest change that chance alone usually gives (1.96 standard errors). `side` BELOW is a fall, ABOVE
    a rise. `correlation` is the within-pupil correlation that was used; None means that the two
    groups were treated as independent. `certainty` is None for counts; `gap` says why there is no verdict,
    and `broken_in` the first year of the new series when a break is the reason.
    """

    from_year: int
    to_year: int
    n_from: int | None = None
    n_to: int | None = None
    difference: float | None = None
    chance: float | None = None
    low90: float | None = None
    high90: float | None = None
    low95: float | None = None
    high95: float | None = None
    delta: float | None = None
    p_below: float | None = None
    p_above: float | None = None
    certainty: Certainty | None = Certainty.UNKNOWN
    side: Side = Side.NEITHER
    footing: Footing | None = None
    gap: Gap | None = None
    broken_in: int | None = None
    is_same_cohort: bool = False
    is_against_reference: bool = False
    correlation: float | None = None


type Pair = tuple[Point, Point]


def change(earlier: Point, later: Point, rule: Rule, *, reference: Pair | None = None) -> ChangeEstimate:
    """The change between two years of one school, other pupils each year.

    var = v1 + v2 + 2 W2 (statistics.md B2; without 2 W2 a 5 % test errs 9.9 times in a hundred). With
    `reference` (its earlier and later figure) the reference's change is taken away. UNKNOWN when either
    year has fewer than `rule.min_pupils` or a break lies between. Raises ValueError unless `later` is later.
    """
    gap = _refusal(earlier, later, rule)
    if gap is not None:
        return gap
    variance = _variance(earlier, rule) + _variance(later, rule) + 2 * (rule.components.cohort or 0.0)
    footing = Footing.SAMPLING if rule.components.cohort is None else Footing.COHORT
    return _estimate((earlier, later), rule, variance, footing, reference)


def cohort_change(
    earlier: Point,
    later: Point,
    rule: Rule,
    *,
    correlation: float | None = None,
    reference: Pair | None = None,
) -> ChangeEstimate:
    """The change of the same cohort from one grade to a later one: grade 8 to grade 9 the year after.

    The same pupils carry the same cohort effect, so W2 falls out. With the within-pupil `correlation` r the
    variance is v1 + v2 - 2 r sqrt(v1 v2) sqrt(smaller n / larger n): pupils in both groups vary together.
    None, the default, treats the groups as independent: nobody has measured r on these tests for us,
    and independence makes the interval too wide rather than too narrow. When the two grades sit different
    tests (5 and 8), fill in each point's `variance` from its own rule first, and give the `reference`.
    Otherwise as `change`; raises ValueError also for r outside 0 to 1.
    """
    gap = _refusal(earlier, later, rule)
    if gap is not None:
        return _as_cohort(gap, None)
    if correlation is not None and not 0 <= correlation < 1:
        raise ValueError(f"a within-pupil correlation lies from 0 to under 1, not at {correlation}")
    first, second = _variance(earlier, rule), _variance(later, rule)
    shared = (correlation or 0.0) * sqrt(first * second * _overlap(earlier, later))
    found = _estimate((earlier, later), rule, first + second - 2 * shared, Footing.COHORT, reference)
    return _as_cohort(found, correlation)


def _as_cohort(found: ChangeEstimate, correlation: float | None) -> ChangeEstimate:
    return replace(found, is_same_cohort=True, correlation=correlation)


def _overlap(earlier: Point, later: Point) -> float:
    """The smaller group as part of the larger: the most pupils that can be in both."""
    if earlier.n is None or later.n is None:
        return 1.0
    return min(earlier.n, later.n) / max(earlier.n, later.n)


def _variance(point: Point, rule: Rule) -> float:
    return figure_variance(point, rule.kind, rule.components) or 0.0


def _refusal(earlier: Point, later: Point, rule: Rule) -> ChangeEstimate | None:
    """The answer when the two years cannot be judged, else None."""
    if earlier.year >= later.year:
        raise ValueError(f"{later.year} is not later than {earlier.year}")
    bare = ChangeEstimate(earlier.year, later.year, earlier.n, later.n, delta=rule.delta)
    broken_in = rule.break_between(earlier.year, later.year)
    if broken_in is not None:
        return replace(bare, gap=Gap.BREAK, broken_in=broken_in)
    described = replace(bare, certainty=None, difference=later.mean - earlier.mean)
    if rule.kind is Kind.CENSUS:
        return replace(described, gap=Gap.COUNTED)
    if any(point.n is not None and point.n < rule.min_pupils for point in (earlier, later)):
        return replace(bare, gap=Gap.TOO_FEW)
    if not all(figure_variance(point, rule.kind, rule.components) for point in (earlier, later)):
        return replace(described, gap=Gap.NO_VARIANCE)
    return None


def _estimate(
    pair: Pair, rule: Rule, variance: float, footing: Footing, reference: Pair | None
) -> ChangeEstimate:
    earlier, later = pair
    difference = later.mean - earlier.mean
    if reference is not None:
        difference -= reference[1].mean - reference[0].mean
        variance += sum(reference_variance(point, rule.kind, rule.components) for point in reference)
    curve = Normal(difference, sqrt(variance))
    verdict = judge(curve, 0.0, rule.delta, footing)
    inner, outer = curve.interval(0.90), curve.interval(0.95)
    return ChangeEstimate(
        from_year=earlier.year,
        to_year=later.year,
        n_from=earlier.n,
        n_to=later.n,
        difference=difference,
        chance=Z95 * curve.sd,
        low90=inner.low,
        high90=inner.high,
        low95=outer.low,
        high95=outer.high,
        delta=rule.delta,
        p_below=verdict.p_below,
        p_above=verdict.p_above,
        certainty=verdict.certainty,
        side=verdict.side,
        footing=footing,
        is_against_reference=reference is not None,
    )
