"""Shares between schools: the beta-binomial, and the exact test it is held against."""

from math import comb
from random import Random

import pytest

from tettpaa.data.stats.constants import Components
from tettpaa.data.stats.estimate import SchoolYear
from tettpaa.data.stats.kinds import Certainty, Kind, Side
from tettpaa.data.stats.level import LevelEstimate, level
from tettpaa.data.stats.points import Point
from tettpaa.data.stats.rules import Rule
from tettpaa.data.stats.shares import effective, mid_p, prior, share_moments
from tettpaa.data.stats.verdicts import Footing, expected_false_alarms

# True shares among schools: 8 % bullied, standard deviation 3 points.
MEAN, T2 = 8.0, 9.0
PARTS = Components(persistent=T2, cohort=0.0)
RULE = Rule(Kind.SHARE, PARTS, delta=3.0)
NATION = [Point(year, MEAN, 56_000) for year in (2022, 2023, 2024)]


def world(schools: int, seed: int, cohort: float = 0.0) -> list[tuple[float, list[Point]]]:
    """True share and three years of shares, of schools with 20 to 80 pupils."""
    random = Random(seed)
    between = prior(MEAN, T2)
    assert between is not None
    found = []
    for _ in range(schools):
        truth = 100 * random.betavariate(*between)
        points = []
        for year in (2022, 2023, 2024):
            n = random.randint(20, 80)
            here = min(99.0, max(0.5, random.gauss(truth, cohort**0.5)))
            hits = sum(random.random() < here / 100 for _ in range(n))
            points.append(Point(year, 100 * hits / n, n))
        found.append((truth, points))
    return found


def test_the_prior_has_the_mean_and_variance_asked_for() -> None:
    a, b = prior(MEAN, T2) or (0.0, 0.0)
    assert 100 * a / (a + b) == pytest.approx(MEAN)
    assert 1e4 * a * b / ((a + b) ** 2 * (a + b + 1)) == pytest.approx(T2)


@pytest.mark.parametrize(("share", "persistent"), [(0.0, 9.0), (100.0, 9.0), (1.0, 100.0)])
def test_no_beta_curve_is_that_wide(share: float, persistent: float) -> None:
    assert prior(share, persistent) is None


def test_the_spread_between_schools_is_recovered() -> None:
    rows = [
        SchoolYear(str(key), p.year, p.n or 0, p.mean)
        for key, (_truth, points) in enumerate(world(1200, 3, cohort=4.0))
        for p in points
    ]
    found = share_moments(rows)
    assert (found.persistent, found.cohort) == (pytest.approx(T2, rel=0.2), pytest.approx(4.0, abs=1.2))


def test_nobody_hit_has_no_spread() -> None:
    with pytest.raises(ValueError, match="does not vary"):
        share_moments([SchoolYear("a", 2022, 20, 0.0), SchoolYear("b", 2022, 20, 0.0)])
    with pytest.raises(ValueError, match="does not vary"):
        share_moments([])


def test_a_cohort_variance_makes_pupils_fewer() -> None:
    assert effective(50, 8.0, 0.0) == pytest.approx(50)
    assert effective(50, 8.0, 14.72) == pytest.approx(
        25
    )  # 8 x 92 / 50 = 14.72: half of the variance is the cohort's
    assert effective(50, 0.0, 9.0) == 50


def of(points: list[Point], rule: Rule = RULE) -> LevelEstimate:
    return level(points, NATION, rule)


def test_one_school_by_hand() -> None:
    """Beta(a + x, b + n - x): 12 of 60 where the nation has 8 %."""
    a, b = prior(MEAN, T2) or (0.0, 0.0)
    found = of([Point(2024, 20.0, 60)])
    assert found.estimate == pytest.approx(100 * (12 + a) / (60 + a + b))
    assert found.shrinkage == pytest.approx(60 / (60 + a + b))
    assert (found.footing, found.difference) == (Footing.SHRUNK, 12.0)


def test_intervals_of_shares_cover_what_they_say_and_probabilities_come_true() -> None:
    made = [(truth, of(points)) for truth, points in world(3000, 6)]
    inside = [found.low95 <= truth <= found.high95 for truth, found in made]
    assert sum(inside) / len(inside) == pytest.approx(0.95, abs=0.015)
    marked = [
        (truth, found)
        for truth, found in made
        if found.certainty in (Certainty.CLEAR, Certainty.LIKELY) and found.side is Side.ABOVE
    ]
    wrong = sum(truth <= MEAN + 3 for truth, _found in marked)
    assert len(marked) > 50
    assert wrong == pytest.approx(expected_false_alarms(found for _truth, found in marked), rel=0.2)


def test_a_cohort_part_alone_widens_and_does_not_shrink() -> None:
    points = [Point(2024, 20.0, 60)]
    plain, wide = (
        of(points, Rule(Kind.SHARE, parts, delta=3.0)) for parts in (Components(), Components(cohort=9.0))
    )
    assert (wide.footing, wide.shrinkage, wide.estimate) == (Footing.COHORT, 1.0, 20.0)
    assert wide.high95 - wide.low95 > plain.high95 - plain.low95


@pytest.mark.parametrize(("hits", "n", "share"), [(0, 12, 8.0), (3, 40, 12.5), (40, 40, 90.0)])
def test_mid_p_adds_up_the_binomial(hits: int, n: int, share: float) -> None:
    p = share / 100
    parts = [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(hits + 1)]
    assert mid_p(hits, n, share) == pytest.approx(sum(parts) - parts[-1] / 2)


@pytest.mark.parametrize(("hits", "n", "share"), [(-1, 5, 8.0), (6, 5, 8.0), (0, 0, 8.0), (1, 5, 100.0)])
def test_what_is_no_count_is_refused(hits: int, n: int, share: float) -> None:
    with pytest.raises(ValueError, match="not a count"):
        mid_p(hits, n, share)
