"""Changes: between years, along a cohort, and never across a break."""

from math import sqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.data.stats.worlds import SIZES
from tettpaa.data.stats.change import ChangeEstimate, change, cohort_change
from tettpaa.data.stats.constants import Components
from tettpaa.data.stats.kinds import Certainty, Gap, Kind, Side
from tettpaa.data.stats.points import Point
from tettpaa.data.stats.posteriors import Normal
from tettpaa.data.stats.rules import Rule
from tettpaa.data.stats.verdicts import Footing

PARTS = Components(sd=10.0, persistent=7.25, cohort=1.44)
RULE = Rule(Kind.MEAN, PARTS, delta=2.0)
SURVEY = Rule(Kind.MEAN, Components(sd=0.9), delta=0.1)


def test_two_years_by_hand() -> None:
    """statistics.md B2: var = s²/n1 + s²/n2 + 2 W2."""
    curve = Normal(-3.0, sqrt(100 / 25 + 100 / 40 + 2 * 1.44))
    assert change(Point(2022, 49, 25), Point(2024, 46, 40), RULE) == ChangeEstimate(
        from_year=2022,
        to_year=2024,
        n_from=25,
        n_to=40,
        difference=-3.0,
        chance=pytest.approx(1.959964 * curve.sd),
        low90=pytest.approx(curve.interval(0.90).low),
        high90=pytest.approx(curve.interval(0.90).high),
        low95=pytest.approx(curve.interval(0.95).low),
        high95=pytest.approx(curve.interval(0.95).high),
        delta=2.0,
        p_below=pytest.approx(curve.below(-2)),
        p_above=pytest.approx(1 - curve.below(2)),
        certainty=Certainty.NONE,
        side=Side.NEITHER,
        footing=Footing.COHORT,
    )


@pytest.mark.parametrize(
    ("drop", "certainty"), [(-5, Certainty.NONE), (-7, Certainty.LIKELY), (-10, Certainty.CLEAR)]
)
def test_a_fall_must_rule_chance_out(drop: float, certainty: Certainty) -> None:
    found = change(Point(2023, 50, 30), Point(2024, 50 + drop, 30), RULE)
    assert (found.certainty, found.side is Side.BELOW) == (certainty, certainty is not Certainty.NONE)


def test_a_rise_is_above() -> None:
    assert change(Point(2023, 40, 30), Point(2024, 50, 30), RULE).side is Side.ABOVE


def test_unknown_cohort_variance_asks_for_more() -> None:
    before = Point(2023, 4.2, 50)
    found = [change(before, Point(2024, 4.2 + up, 50), SURVEY) for up in (0.38, 0.45, 0.60)]
    assert [e.certainty for e in found] == [Certainty.NONE, Certainty.LIKELY, Certainty.CLEAR]
    assert {e.footing for e in found} == {Footing.SAMPLING}


def test_the_references_own_change_is_taken_away() -> None:
    reference = (Point(2023, 50, variance=0.0), Point(2024, 48, variance=0.5))
    alone = change(Point(2023, 49, 30), Point(2024, 46, 30), RULE)
    found = change(Point(2023, 49, 30), Point(2024, 46, 30), RULE, reference=reference)
    assert (found.difference, found.is_against_reference) == (-1.0, True)
    assert alone.chance is not None
    assert found.chance == pytest.approx(1.959964 * sqrt((alone.chance / 1.959964) ** 2 + 0.5))


@pytest.mark.parametrize("years", [(2021, 2022), (2019, 2024)])
def test_nothing_is_compared_across_a_break(years: tuple[int, int]) -> None:
    rule = Rule(Kind.MEAN, PARTS, delta=2.0, breaks=(2014, 2022))
    found = change(Point(years[0], 49, 30), Point(years[1], 40, 30), rule)
    assert found == ChangeEstimate(*years, 30, 30, delta=2.0, gap=Gap.BREAK, broken_in=2022)
    assert cohort_change(Point(years[0], 49, 30), Point(years[1], 40, 30), rule).gap is Gap.BREAK


def test_within_a_series_is_no_break() -> None:
    rule = Rule(Kind.MEAN, PARTS, breaks=(2022,))
    assert change(Point(2022, 49, 30), Point(2024, 40, 30), rule).gap is None


def test_too_few_pupils_in_either_year() -> None:
    few = ChangeEstimate(2023, 2024, 9, 30, delta=2.0, gap=Gap.TOO_FEW)
    assert change(Point(2023, 49, 9), Point(2024, 40, 30), RULE) == few
    assert change(Point(2023, 49, 30), Point(2024, 40, 9), RULE).gap is Gap.TOO_FEW


def test_a_count_changes_without_a_verdict() -> None:
    found = change(Point(2023, 412, 4), Point(2024, 401, 3), Rule(Kind.CENSUS))
    expected = ChangeEstimate(2023, 2024, 4, 3, difference=-11, certainty=None, gap=Gap.COUNTED)
    assert found == expected


def test_unknown_uncertainty_changes_without_a_verdict() -> None:
    found = change(Point(2023, 41.0), Point(2024, 42.0, 30), Rule(Kind.MEAN))
    assert (found.certainty, found.gap, found.difference) == (None, Gap.NO_VARIANCE, 1.0)


def test_later_must_be_later() -> None:
    with pytest.raises(ValueError, match="2024 is not later than 2024"):
        change(Point(2024, 49, 30), Point(2024, 40, 30), RULE)


def test_shares_change_by_both_years_chance() -> None:
    found = change(Point(2023, 0.0, 60), Point(2024, 10.0, 60), Rule(Kind.SHARE, delta=3.0))
    parts = [(x + 0.5) / 61 for x in (0, 6)]
    expected = sqrt(sum(1e4 * p * (1 - p) / 60 for p in parts))
    assert found.chance == pytest.approx(1.959964 * expected)


def test_the_same_cohort_carries_its_cohort_effect_along() -> None:
    found = cohort_change(Point(2023, 47, 50), Point(2024, 51, 50), RULE)
    assert found.chance == pytest.approx(1.959964 * sqrt(2 + 2))
    assert (found.is_same_cohort, found.correlation, found.footing) == (True, None, Footing.COHORT)


def test_a_known_correlation_narrows_the_interval() -> None:
    """v1 + v2 - 2 r s² / larger n, as for the difference of means with the smaller group in both."""
    found = cohort_change(Point(2023, 47, 40), Point(2024, 51, 50), RULE, correlation=0.8)
    expected = 100 / 40 + 100 / 50 - 2 * 0.8 * 100 / 50
    assert found.chance == pytest.approx(1.959964 * sqrt(expected))
    assert found.correlation == 0.8


def test_a_correlation_without_n_takes_the_groups_as_equal() -> None:
    rule = Rule(Kind.MEAN)
    found = cohort_change(Point(2023, 0, None, 1.96), Point(2024, 1, None, 1.96), rule, correlation=0.5)
    assert found.chance == pytest.approx(1.96, abs=0.001)


@pytest.mark.parametrize("correlation", [-0.1, 1.0])
def test_an_impossible_correlation_is_refused(correlation: float) -> None:
    with pytest.raises(ValueError, match="within-pupil correlation"):
        cohort_change(Point(2023, 47, 50), Point(2024, 51, 50), RULE, correlation=correlation)


def test_a_cohort_of_too_few_is_unknown_too() -> None:
    found = cohort_change(Point(2023, 47, 9), Point(2024, 51, 50), RULE)
    assert (found.gap, found.is_same_cohort) == (Gap.TOO_FEW, True)


def false_alarms(rule: Rule) -> float:
    """The part of unchanged schools whose 95 % interval of change leaves zero."""
    random = Random(5)
    outside = 0
    for _ in range(4000):
        n = random.choice([size for size in SIZES if size >= 10])
        spread = (100 / n + 1.44) ** 0.5
        before, after = (Point(year, random.gauss(50, spread), n) for year in (2023, 2024))
        found = change(before, after, rule)
        outside += found.low95 > 0 or found.high95 < 0
    return outside / 4000


def test_five_per_cent_false_alarms_with_both_cohorts_in() -> None:
    """statistics.md B2: 5.1 % at nominal 5 %."""
    assert false_alarms(RULE) == pytest.approx(0.05, abs=0.01)


def test_ten_per_cent_false_alarms_without_cohorts() -> None:
    """statistics.md B2: 9.9 % at nominal 5 %."""
    assert false_alarms(Rule(Kind.MEAN, Components(sd=10.0))) == pytest.approx(0.099, abs=0.015)


@given(st.floats(30, 70), st.floats(30, 70), st.integers(10, 300), st.integers(10, 300))
def test_the_other_way_round_is_the_opposite(first: float, second: float, n: int, m: int) -> None:
    there = change(Point(2023, first, n), Point(2024, second, m), RULE)
    back = change(Point(2023, second, m), Point(2024, first, n), RULE)
    assert there.difference == pytest.approx(-back.difference)
    assert (there.certainty, there.chance) == (back.certainty, pytest.approx(back.chance))
