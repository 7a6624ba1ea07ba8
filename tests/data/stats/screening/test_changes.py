"""Falls: by hand, at the stated rate of false alarms, and found as often as the papers say."""

import numpy as np
import pytest

from tests.bench.screening_changes import SCHOOLS, Series, against_past, shipped, surprises, table
from tests.data.stats.screening.world import TRUE, world
from tettpaa.data.stats.posteriors import normal_cdf
from tettpaa.data.stats.screening.changes import FALSE_ALARMS, LIMIT, changes
from tettpaa.data.stats.screening.results import Result, gather

MEANS = (1.0, 0.5, -0.5, 0.0, -3.0, -2.5, -4.0)
N = 25


def one_school(means: tuple[float, ...] = MEANS, first: int = 2018) -> list[Result]:
    return [Result("s", "t", "c", first + i, N, 50 + mean, 50.0) for i, mean in enumerate(means)]


def series(means: tuple[float, ...] = MEANS) -> Series:
    noise = np.full((1, len(means)), TRUE.sd**2 / N + TRUE.cohort)
    return Series(np.array([means]), noise, TRUE.school + TRUE.test)


def test_one_test_by_hand() -> None:
    """statistics.md B4: e = (m - a) / √(P + v), E = .6 E + .4 e; three years less the drawn-in past."""
    found = changes(gather(one_school()), TRUE)
    average, spread = 0.0, 0.0
    for e in surprises(series())[0, 1:]:
        average, spread = 0.6 * average + 0.4 * e, 0.36 * spread + 0.16
    assert found.early[0] == pytest.approx([average / spread**0.5] * 2)
    assert found.formal[0] == pytest.approx([against_past(series())[0, -1]] * 2)
    assert found.fall[0, 0] < -3
    assert found.p[0] == pytest.approx([normal_cdf(found.formal[0, 0])] * 2)


@pytest.mark.parametrize(
    ("years", "early", "formal"), [(1, True, True), (2, False, True), (4, False, True), (5, False, False)]
)
def test_each_rule_waits_for_its_years(years: int, early: bool, formal: bool) -> None:
    found = changes(gather(one_school(MEANS[:years])), TRUE)
    assert (bool(np.isnan(found.early).all()), bool(np.isnan(found.formal).all())) == (early, formal)
    assert bool(np.isnan(found.p).all()) is early


def test_a_school_without_a_figure_this_year_gets_no_warning() -> None:
    rows = [*one_school(), Result("other", "t", "c", 2025, N, 50.0, 50.0)]
    found = changes(gather(rows), TRUE)
    assert np.isnan(found.early[1]).all()
    assert np.isnan(found.formal[1]).all()


def test_a_rise_is_no_fall() -> None:
    found = changes(gather(one_school(tuple(-m for m in MEANS))), TRUE)
    assert found.formal[0, 0] > 1.9
    assert found.p[0, 0] > 0.97


def test_a_school_that_was_always_weak_has_not_fallen() -> None:
    found = changes(gather(one_school((-8.0,) * 7)), TRUE)
    assert found.early[0, 0] > LIMIT
    assert found.formal[0, 0] > LIMIT


@pytest.mark.parametrize("years", [5, 6, 10])
def test_false_alarms_come_at_the_stated_rate(years: int) -> None:
    """One in a hundred a year, by either rule, on one test and on all, also when the series is short."""
    found = [changes(world(SCHOOLS, 60 + seed, years=years).results, TRUE) for seed in range(4)]
    for scores in ([one.early for one in found], [one.formal for one in found]):
        joined = np.concatenate(scores)
        assert (joined[:, :9] < LIMIT).mean() == pytest.approx(FALSE_ALARMS, abs=0.0015)
        assert (joined[:, 9] < LIMIT).mean() == pytest.approx(FALSE_ALARMS, abs=0.003)


def test_the_table_of_rules_is_the_one_in_the_papers() -> None:
    """docs/statistics.md, "Screening": two worlds and honest bounds; `make bench` has ten."""
    found = table(replicates=2, first_seed=70)
    assert found.rules["naive: 3 years below the nation"][0] == pytest.approx(34, abs=1.5)
    assert found.rules["3 years against own past"][:3] == pytest.approx((1, 78, 87), abs=6)
    assert found.rules["EWMA of the surprise"][:3] == pytest.approx((1, 75, 86), abs=6)
    assert found.limits["EWMA of the surprise"] == pytest.approx((-1.165, -1.16), abs=0.05)
    assert found.limits["3 years against own past"] == pytest.approx((-2.338, -2.33), abs=0.08)
    formal, early = found.rules["as shipped: formal rule"], found.rules["as shipped: early warning"]
    assert formal[0] == pytest.approx(1, abs=0.25)
    assert early[0] == pytest.approx(1, abs=0.25)
    assert formal[1] > 65
    assert early[4] > 70


def test_without_a_fall_the_shipped_rules_find_none() -> None:
    """The check itself: the same count on schools that have not moved is the false alarms alone."""
    made = world(SCHOOLS, 80)
    kinds = np.zeros(SCHOOLS, dtype=np.int64)
    kinds[:300], kinds[300:600] = 1, 2
    assert max(shipped([(made, kinds)])["as shipped: formal rule"][1:]) < 10
