"""Intervals of single figures: a mean, a share, a survey index. Never drawn across years."""

from math import sqrt

from tettpaa.data.stats.points import Z95, Interval, rounding_variance
from tettpaa.data.stats.posteriors import Share, z_of


def mean_interval(
    mean: float,
    *,
    n: int | None = None,
    sd: float | None = None,
    half_width: float | None = None,
    precision: float = 0.0,
    coverage: float = 0.95,
) -> Interval | None:
    """Interval of a mean: from the source's own 95 % `half_width`, else from `n` and `sd`.

    Variance: (half_width / 1.96)², else sd² / n; plus precision² / 12 when the source rounds the mean to
    steps of `precision`. None when neither road is open. A half-width of 0 is a rounding and not used.
    """
    if half_width:
        chance = (half_width / Z95) ** 2
    elif n and sd is not None:
        chance = sd * sd / n
    else:
        return None
    reach = z_of(coverage) * sqrt(chance + rounding_variance(precision))
    return Interval(mean - reach, mean + reach)


def wilson(share: float, n: int | None, coverage: float = 0.95) -> Interval | None:
    """Wilson's score interval of a share in percent (Wilson 1927); None without n.

    Centre (p + z²/2n) / (1 + z²/n), reach z sqrt(p(1-p)/n + z²/4n²) / (1 + z²/n).
    """
    if not n:
        return None
    p, z = share / 100, z_of(coverage)
    centre = p + z * z / (2 * n)
    reach = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return Interval(max(0.0, 100 * (centre - reach) / scale), min(100.0, 100 * (centre + reach) / scale))


def jeffreys(share: float, n: int | None, coverage: float = 0.95) -> Interval | None:
    """Jeffreys' interval of a share in percent, from Beta(x + ½, n - x + ½); None without n.

    This is the one pages use: the probabilities in the sentences come from the same curve.
    """
    return Share(share / 100 * n, n).interval(coverage) if n else None


def survey_interval(
    mean: float,
    n: int | None,
    *,
    sd: float = 0.9,
    invited: int | None = None,
    scale: tuple[float, float] = (1.0, 5.0),
    coverage: float = 0.95,
) -> Interval | None:
    """Interval of a survey index over `n` answers, kept inside `scale`; None without n.

    `sd` 0.9 is the default when the source gives none (data.md §5). Give `invited` only when the question
    is about these very pupils: the variance is then multiplied by 1 - n / invited (statistics.md B2).
    About the school, next year's pupils included, leave it out.
    """
    if not n:
        return None
    reach = z_of(coverage) * sqrt(sd * sd / n * finite_population_factor(n, invited))
    return Interval(max(scale[0], mean - reach), min(scale[1], mean + reach))


def finite_population_factor(n: int, invited: int | None) -> float:
    """1 - n / invited, or 1 when `invited` is None. Raises ValueError when more answered than were asked."""
    if invited is None:
        return 1.0
    if n > invited:
        raise ValueError(f"{n} answers from {invited} invited")
    return 1 - n / invited
