"""Where a school's lasting level lies against a reference: up to three years pooled, shrunk where we can."""

from dataclasses import dataclass
from math import sqrt
from typing import Final, NamedTuple

from tettpaa.data.stats import shares
from tettpaa.data.stats.kinds import Certainty, Gap, Kind, Side
from tettpaa.data.stats.points import Z95, Point, Series, figure_variance, reference_variance
from tettpaa.data.stats.pooling import Pooled, pooled_years
from tettpaa.data.stats.posteriors import Normal, Posterior, Share
from tettpaa.data.stats.rules import Rule
from tettpaa.data.stats.verdicts import Footing, Verdict, judge


@dataclass(frozen=True, slots=True)
class LevelEstimate:
    """A level and what may be said of it. Everything is in the indicator's unit.

    `mean` and `n` are what a reader can work out from the table: the years weighted by pupils. `reference`
    is the reference's level over the same years and weights. `difference` is the raw difference and `chance`
    the largest difference that chance alone usually gives (1.96 standard errors, cohort included where it
    is known). `estimate` is the computed level ("beregnet nivå"), drawn towards the reference by the
    factor `shrinkage` (1: not drawn), `deviation` its distance from the reference, and `low90` to `high95`
    its intervals. `p_below` and `p_above`: the probability that it lies more than `delta` off.
    `certainty` is None for figures that are described and not judged; `gap` then says why, as it does
    for UNKNOWN. Direction (is high good?) plays no part here: words alone know it.
    """

    years: tuple[int, ...] = ()
    n: int | None = None
    mean: float | None = None
    reference: float | None = None
    difference: float | None = None
    chance: float | None = None
    estimate: float | None = None
    deviation: float | None = None
    low90: float | None = None
    high90: float | None = None
    low95: float | None = None
    high95: float | None = None
    shrinkage: float | None = None
    delta: float | None = None
    p_below: float | None = None
    p_above: float | None = None
    certainty: Certainty | None = Certainty.UNKNOWN
    side: Side = Side.NEITHER
    footing: Footing | None = None
    gap: Gap | None = None


class _Pair(NamedTuple):
    """A year's figure, its reference, and the variance of the figure (None: unknown)."""

    own: Point
    reference: Point
    variance: float | None


class _Compared(NamedTuple):
    """The years pooled: a curve for the level, one for the verdict, and what they were made from."""

    reference: float
    difference: float
    chance: float
    estimate: float
    shrinkage: float
    level: Posterior
    verdict: Verdict
    footing: Footing


_NATION: Final = float("inf")  # pupils in a reference of unknown size: so many that it is exact


def level(series: Series, reference: Series, rule: Rule) -> LevelEstimate:
    """The level of `series` over the last `rule.window` years against `reference`.

    The window ends with the newest year of the reference, so that old figures do not pass for new, and
    never reaches across a break. Years are compared one by one, which removes how hard each year's
    test was. Means: statistics.md B2, "One series"; the level is drawn towards the reference it is
    compared with. Shares: Jeffreys' posterior, or a beta-binomial's. UNKNOWN below `rule.min_pupils` or with no year shown; one
    single year never gives CLEAR, since it cannot tell a school from a cohort.
    """
    own = _window(series, reference, rule)
    if not own:
        return LevelEstimate(gap=Gap.NO_YEARS, delta=rule.delta)
    pairs = _pairs(own, reference, rule)
    if not pairs:
        return _refused(pooled_years(own), Gap.NO_REFERENCE, rule)
    if rule.kind is Kind.CENSUS:
        return _last_year(pairs[-1], Gap.COUNTED)
    usable = [pair for pair in pairs if pair.variance]
    if not usable:
        return _last_year(pairs[-1], Gap.NO_VARIANCE)
    pooled = pooled_years([pair.own for pair in usable])
    if pooled.n is not None and pooled.n < rule.min_pupils:
        return _refused(pooled, Gap.TOO_FEW, rule)
    compare = _compare_shares if rule.kind is Kind.SHARE else _compare_means
    return _judged(pooled, compare(usable, rule), rule)


def _window(series: Series, reference: Series, rule: Rule) -> list[Point]:
    """The figures of the window, oldest first."""
    newest = max((point.year for point in reference or series), default=0)
    first = newest - rule.window + 1
    start = rule.break_between(first - 1, newest) or first
    return sorted((p for p in series if start <= p.year <= newest), key=lambda point: point.year)


def _pairs(own: list[Point], reference: Series, rule: Rule) -> list[_Pair]:
    """The years that the reference has too."""
    by_year = {point.year: point for point in reference}
    return [
        _Pair(point, by_year[point.year], figure_variance(point, rule.kind, rule.components))
        for point in own
        if point.year in by_year
    ]


def _refused(pooled: Pooled, gap: Gap, rule: Rule) -> LevelEstimate:
    return LevelEstimate(pooled.years, pooled.n, pooled.mean, delta=rule.delta, gap=gap)


def _last_year(pair: _Pair, gap: Gap) -> LevelEstimate:
    """The newest figure beside its reference, without a verdict: years of a count are not pooled."""
    difference = pair.own.mean - pair.reference.mean
    return LevelEstimate(
        years=(pair.own.year,),
        n=pair.own.n,
        mean=pair.own.mean,
        reference=pair.reference.mean,
        difference=difference,
        certainty=None,
        gap=gap,
    )


def _compare_means(pairs: list[_Pair], rule: Rule) -> _Compared:
    """Precision weights u = 1 / (v + W2), V = 1 / sum u, B = T2 / (T2 + V); est = B d, var = B V."""
    parts = rule.components
    weights = [1 / _difference_variance(pair, rule) for pair in pairs]
    total = sum(weights)
    reference = sum(w * pair.reference.mean for w, pair in zip(weights, pairs, strict=True)) / total
    own = sum(w * pair.own.mean for w, pair in zip(weights, pairs, strict=True)) / total
    shrinkage, footing = 1.0, Footing.SAMPLING if parts.cohort is None else Footing.COHORT
    if parts.persistent is not None and parts.can_shrink:
        shrinkage, footing = parts.persistent / (parts.persistent + 1 / total), Footing.SHRUNK
    estimate = reference + shrinkage * (own - reference)
    curve = Normal(estimate, sqrt(shrinkage / total))
    return _Compared(
        reference=reference,
        difference=own - reference,
        chance=Z95 / sqrt(total),
        estimate=estimate,
        shrinkage=shrinkage,
        level=curve,
        verdict=judge(curve, reference, rule.delta, footing),
        footing=footing,
    )


def _difference_variance(pair: _Pair, rule: Rule) -> float:
    """One year's variance of own minus reference: chance, rounding, cohort, and the reference's own."""
    cohort = rule.components.cohort or 0.0
    return (pair.variance or 0.0) + cohort + reference_variance(pair.reference, rule.kind, rule.components)


def _compare_shares(pairs: list[_Pair], rule: Rule) -> _Compared:
    """Pooled hits of n: Jeffreys' posterior, or the beta-binomial's where the spread between schools is known.

    A known cohort variance makes n smaller (`shares.effective`). For the verdict, n is cut to n N / (n + N), N being
    the reference's pupils: then p (1 - p) / n is the variance of the difference and not of the school's share alone.
    A nation cuts nothing.
    """
    parts = rule.components
    counts = [pair.own.n or 0 for pair in pairs]
    n = sum(counts)
    share = sum(k * pair.own.mean for k, pair in zip(counts, pairs, strict=True)) / n
    reference = sum(k * pair.reference.mean for k, pair in zip(counts, pairs, strict=True)) / n
    if parts.cohort is not None:
        n_told = sum(shares.effective(k, reference, parts.cohort) for k in counts if k)
    else:
        n_told = float(n)
    beside = sum(pair.reference.n or _NATION for pair in pairs)
    between = shares.prior(reference, parts.persistent) if parts.persistent and parts.can_shrink else None
    footing = Footing.SHRUNK if between else Footing.SAMPLING if parts.cohort is None else Footing.COHORT
    shown = _posterior(share, n_told, between)
    cut = n_told / (1 + n_told / beside)
    return _Compared(
        reference=reference,
        difference=share - reference,
        chance=_share_chance(Share(reference / 100 * cut, cut)),
        estimate=shown.mean if between else share,
        shrinkage=n_told / (n_told + sum(between)) if between else 1.0,
        level=shown,
        verdict=judge(_posterior(share, cut, between), reference, rule.delta, footing),
        footing=footing,
    )


def _posterior(share: float, n: float, between: shares.Prior | None) -> Share:
    return Share(share / 100 * n, n, *between) if between else Share(share / 100 * n, n)


def _share_chance(common: Share) -> float:
    """1.96 standard errors, in percentage points, of a group whose truth is the reference."""
    share = (common.hits + 0.5) / (common.n + 1)
    return 100 * Z95 * sqrt(share * (1 - share) / common.n)


def _judged(pooled: Pooled, compared: _Compared, rule: Rule) -> LevelEstimate:
    verdict = compared.verdict
    inner, outer = compared.level.interval(0.90), compared.level.interval(0.95)
    certainty = verdict.certainty
    if len(pooled.years) == 1 and certainty is Certainty.CLEAR:
        certainty = Certainty.LIKELY
    return LevelEstimate(
        years=pooled.years,
        n=pooled.n,
        mean=pooled.mean,
        reference=compared.reference,
        difference=compared.difference,
        chance=compared.chance,
        estimate=compared.estimate,
        deviation=compared.estimate - compared.reference,
        low90=inner.low,
        high90=inner.high,
        low95=outer.low,
        high95=outer.high,
        shrinkage=compared.shrinkage,
        delta=rule.delta,
        p_below=verdict.p_below,
        p_above=verdict.p_above,
        certainty=certainty,
        side=verdict.side,
        footing=compared.footing,
    )
