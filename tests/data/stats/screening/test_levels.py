"""Levels: by hand, by the textbook formula, and against schools whose truth is known."""

from dataclasses import replace

import numpy as np
import pytest

from tests.bench.screening_levels import power_at, scores, tables
from tests.data.stats.screening.world import TRUE, without, world
from tettpaa.data.stats.constants import Components
from tettpaa.data.stats.kinds import Kind
from tettpaa.data.stats.level import level
from tettpaa.data.stats.points import Point
from tettpaa.data.stats.rules import Rule
from tettpaa.data.stats.screening.covariance import lasting, of_year
from tettpaa.data.stats.screening.fit import fit
from tettpaa.data.stats.screening.levels import levels
from tettpaa.data.stats.screening.marks import level_count, screen
from tettpaa.data.stats.screening.parts import shipped
from tettpaa.data.stats.screening.results import Result, gather

YEARS = (2022, 2023, 2024)


def test_one_test_is_the_level_of_one_series() -> None:
    """With a single test the model is `level.level`: T2 = school + test, W2 = cohort + own."""
    means, pupils = (46.0, 48.0, 47.0), (14, 20, 31)
    rows = [Result("s", "t", "c", y, n, m, 50.0) for y, n, m in zip(YEARS, pupils, means, strict=True)]
    found = levels(gather(rows), replace(TRUE, own=0.3))
    rule = Rule(Kind.MEAN, Components(sd=10.0, persistent=7.25, cohort=1.74), delta=2.0)
    series = [Point(y, m, n) for y, n, m in zip(YEARS, pupils, means, strict=True)]
    known = level(series, [Point(y, 50.0, variance=0.0) for y in YEARS], rule)
    assert found.estimate[0] == pytest.approx([known.deviation] * 2)
    assert found.p_weak[0] == pytest.approx([known.p_below] * 2)
    assert found.sd[0, 0] == pytest.approx((known.high95 - known.low95) / 2 / 1.959964)


def test_year_by_year_is_the_textbook_formula() -> None:
    """k' (K + R)⁻¹ m and k0 - k' (K + R)⁻¹ k of one school with holes, all 27 places at once (statistics.md B2)."""
    results = without(world(6, 1).results, 0.4, 2).last(3)
    found = levels(results, TRUE)
    for school in range(6):
        places = np.argwhere(results.seen[school])
        tests, years = places.T
        k = lasting(9, TRUE)
        total = k[np.ix_(tests, tests)]
        for year in range(3):
            here = np.flatnonzero(years == year)
            noise = of_year(results, year, TRUE)[school]
            total[np.ix_(here, here)] += noise[np.ix_(tests[here], tests[here])]
        m = results.deviation[school, tests, years]
        weights = np.linalg.solve(total, k[:, tests].T).T
        assert found.estimate[school, :9] == pytest.approx(weights @ m, abs=1e-6)
        assert found.sd[school, :9] ** 2 == pytest.approx(np.diag(k - weights @ k[tests]), abs=1e-6)


def test_a_weak_school_is_weak_on_a_test_that_it_has_not_taken() -> None:
    rows = [Result("s", t, "c", y, 60, 44.0, 50.0) for t in ("a", "b") for y in YEARS]
    rows += [Result("s", "old", "c", 2018, 60, 50.0, 50.0)]
    found = levels(gather(rows), TRUE)
    assert list(found.known[0]) == [True, True, False, True]
    assert found.estimate[0, 2] == pytest.approx(-5, abs=0.5)


def test_the_nation_is_the_column_or_the_mean_by_pupils() -> None:
    rows = [Result("a", "t", "c", 2024, 30, 52.0), Result("b", "t", "c", 2024, 10, 44.0)]
    assert list(gather(rows).deviation[:, 0, 0]) == [2.0, -6.0]
    assert list(gather([rows[0], rows[1]._replace(national=49.0)]).deviation[:, 0, 0]) == [3.0, -5.0]


def test_two_results_in_one_place_are_refused() -> None:
    row = Result("a", "t", "c", 2024, 30, 52.0)
    with pytest.raises(ValueError, match="two results"):
        gather([row, row._replace(cohort="d")])
    with pytest.raises(ValueError, match="no results"):
        gather([])


def test_the_table_of_rules_is_the_one_in_the_papers() -> None:
    """docs/statistics.md, "Screening": the whole table is `make bench`; here four worlds and honest bounds."""
    found = tables(replicates=4, first_seed=30)
    nine, naive = (
        found.rules["nine tests, P(under -2) > 0.5"],
        found.rules["naive: below the nation 3 of 3 years"],
    )
    assert nine[:4] == pytest.approx((21, 0.2, 77, 83), abs=2)
    assert naive[:4] == pytest.approx((26, 3.0, 73, 65), abs=2)
    assert found.power["nine tests, P"][0] >= 94
    assert found.power["one test, P"] == pytest.approx((83.2, 70.5), abs=2)
    assert found.coverage["nine tests"] == pytest.approx(95, abs=0.5)
    assert found.coverage["one test"] == pytest.approx(95, abs=0.5)
    assert found.coverage["chance alone"] == pytest.approx(90, abs=1)
    assert found.null["naive, one test"] == pytest.approx(12.6, abs=0.5)
    assert found.two_years == (pytest.approx(2.4, abs=0.1), pytest.approx(57, abs=2))


def test_a_forgotten_cohort_part_is_seen_in_the_coverage() -> None:
    """The check itself: with g left out the same interval covers far less."""
    made = world(1500, 9)
    forgetful = scores(made, replace(TRUE, cohort=0.0))
    assert forgetful.inside["nine tests"].mean() < 0.92


def test_schools_picked_for_being_weak_come_back_as_far_as_the_model_says() -> None:
    """Regression to the mean: the raw mean of the weakest exaggerates, the estimate does not."""
    made = world(2800, 12)
    found = scores(made)
    weakest = found.raw < -4
    truth, raw = made.truth[weakest].mean(), found.raw[weakest].mean()
    estimate = (found.error["nine tests"] + made.truth)[weakest].mean()
    assert raw < truth - 0.5
    assert estimate == pytest.approx(truth, abs=0.1)


def test_parts_from_the_file_hold_what_they_promise() -> None:
    """From results alone, parts estimated: coverage, power, and the number of wrong marks that is told."""
    made = world(1400, 10)
    prior = shipped().on_scale(10.0)
    found = screen(made.results, parts=fit(made.results, prior, prior=prior).parts)
    truth = np.concatenate([made.truth, made.truth.mean(axis=1, keepdims=True)], axis=1)
    inside = np.abs(found.levels.estimate - truth) <= 1.96 * found.levels.sd
    assert inside.mean() == pytest.approx(0.95, abs=0.01)
    assert power_at(0.03, -found.levels.p_weak[:, :9], made.truth) >= 93
    count = level_count(found, range(9))
    wrong = ((found.levels.p_weak > 0.5) & (truth >= -2.0))[:, :9].sum()
    assert count.marked == (found.levels.p_weak[:, :9] > 0.5).sum()
    assert wrong == pytest.approx(count.by_chance, rel=0.12)
