"""Levels: the formulas by hand, what they promise in simulated worlds, and what they refuse."""

from dataclasses import replace
from functools import cache
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.data.stats.worlds import nation, schools
from tettpaa.data.stats.constants import Components
from tettpaa.data.stats.kinds import Certainty, Gap, Kind, Side
from tettpaa.data.stats.level import LevelEstimate, level
from tettpaa.data.stats.points import Point
from tettpaa.data.stats.posteriors import Normal, Share
from tettpaa.data.stats.rules import Rule, rule_for
from tettpaa.data.stats.verdicts import Footing, expected_false_alarms

PARTS = Components(sd=10.0, persistent=7.25, cohort=1.44)
RULE = Rule(Kind.MEAN, PARTS, delta=2.0)
UNSHRUNK = replace(RULE, components=replace(PARTS, persistent=None))
SAMPLING = Rule(Kind.MEAN, Components(sd=10.0), delta=2.0)
BULLYING = Rule(Kind.SHARE, delta=3.0)


def three(mean: float, n: int = 40) -> list[Point]:
    return [Point(year, mean, n) for year in (2022, 2023, 2024)]


def shares(mean: float, n: int | None) -> list[Point]:
    return [Point(year, mean, n) for year in (2022, 2023, 2024)]


def test_fourteen_pupils_may_be_off_by_nearly_six_points() -> None:
    """statistics.md B5: 1.96 * sqrt(100 / 14 + 1.44) = 5.7."""
    found = level([Point(2024, 47.9, 14)], nation(), RULE)
    assert found.chance == pytest.approx(1.96 * sqrt(100 / 14 + 1.44), abs=0.001)
    assert round(found.chance, 1) == 5.7
    assert (found.certainty, found.side) == (Certainty.NONE, Side.NEITHER)


def test_one_series_by_hand() -> None:
    """statistics.md B2: V = 1 / sum u, B = T2 / (T2 + V), est = mu + B (mbar - mu), var = B V."""
    series = [Point(2022, 46, 25), Point(2023, 47, 50), Point(2024, 44, 20)]
    found = level(series, nation(), RULE)
    u = [1 / (100 / n + 1.44) for n in (25, 50, 20)]
    v = 1 / sum(u)
    mbar = v * (u[0] * 46 + u[1] * 47 + u[2] * 44)
    b = 7.25 / (7.25 + v)
    curve = Normal(50 + b * (mbar - 50), sqrt(b * v))
    assert found == LevelEstimate(
        years=(2022, 2023, 2024),
        n=95,
        mean=pytest.approx((46 * 25 + 47 * 50 + 44 * 20) / 95),
        reference=50.0,
        difference=pytest.approx(mbar - 50),
        chance=pytest.approx(1.959964 * sqrt(v)),
        estimate=pytest.approx(curve.mean),
        deviation=pytest.approx(curve.mean - 50),
        low90=pytest.approx(curve.mean - 1.644854 * curve.sd),
        high90=pytest.approx(curve.mean + 1.644854 * curve.sd),
        low95=pytest.approx(curve.mean - 1.959964 * curve.sd),
        high95=pytest.approx(curve.mean + 1.959964 * curve.sd),
        shrinkage=pytest.approx(b),
        delta=2.0,
        p_below=pytest.approx(curve.below(48)),
        p_above=pytest.approx(1 - curve.below(52)),
        certainty=Certainty.CLEAR,
        side=Side.BELOW,
        footing=Footing.SHRUNK,
    )


def test_a_hard_year_is_the_nations_too() -> None:
    series = [Point(2022, 48, 40), Point(2023, 46, 40), Point(2024, 47, 40)]
    hard = [Point(2022, 50, variance=0.0), Point(2023, 48, variance=0.0), Point(2024, 49, variance=0.0)]
    found = level(series, hard, RULE)
    assert (found.difference, found.reference) == (pytest.approx(-2.0), pytest.approx(49.0))


def test_rounded_figures_and_a_rounded_nation_widen_the_interval() -> None:
    rounded = replace(RULE, components=replace(PARTS, precision=1.0))
    exact = level(three(46), nation(), RULE)
    found = level(three(46), [Point(y, 50, 58000, 0.1) for y in (2022, 2023, 2024)], rounded)
    nation_chance = (0.1 / 1.959964) ** 2
    expected = 1.959964 * sqrt((100 / 40 + 1.44 + 2 / 12 + nation_chance) / 3)
    assert found.chance == pytest.approx(expected)
    assert exact.chance is not None
    assert found.chance > exact.chance


def test_only_the_last_three_years_count() -> None:
    series = [Point(2020, 10, 40), Point(2021, 10, 40), *three(46)]
    reference = [Point(2020, 50, variance=0.0), Point(2021, 50, variance=0.0), *nation()]
    assert level(series, reference, RULE) == level(three(46), nation(), RULE)


def test_the_window_ends_with_the_newest_year_of_the_reference() -> None:
    """A school whose last shown figure is old gets no verdict on it."""
    assert level([Point(2021, 40, 40)], nation(), RULE).gap is Gap.NO_YEARS


def test_nothing_is_pooled_across_a_break() -> None:
    found = level(three(46), nation(), replace(RULE, breaks=(2014, 2023)))
    assert found.years == (2023, 2024)


def test_a_hidden_year_is_left_out() -> None:
    series = [Point(2022, 46, 40), Point(2024, 46, 40)]
    assert level(series, nation(), RULE).years == (2022, 2024)


def test_a_year_of_unknown_size_is_left_out_of_the_mean_too() -> None:
    series = [Point(2022, 40), Point(2023, 46, 40), Point(2024, 46, 40)]
    found = level(series, nation(), RULE)
    assert (found.years, found.mean) == ((2023, 2024), 46.0)


def test_no_year_is_shown() -> None:
    assert level([], nation(), RULE) == LevelEstimate(
        certainty=Certainty.UNKNOWN, gap=Gap.NO_YEARS, delta=2.0
    )
    assert level([], [], RULE).gap is Gap.NO_YEARS


@pytest.mark.parametrize("reference", [[], [Point(2021, 50, variance=0.0)]])
def test_no_reference_for_the_years_keeps_the_mean(reference: list[Point]) -> None:
    series = [Point(2020, 46, 20)]
    expected = LevelEstimate((2020,), 20, 46.0, certainty=Certainty.UNKNOWN, gap=Gap.NO_REFERENCE, delta=2.0)
    assert level(series, reference, RULE) == expected


def test_too_few_pupils_over_the_years() -> None:
    found = level([Point(2023, 40, 4), Point(2024, 40, 5)], nation(), RULE)
    expected = LevelEstimate((2023, 2024), 9, 40.0, certainty=Certainty.UNKNOWN, gap=Gap.TOO_FEW, delta=2.0)
    assert found == expected
    assert level([Point(2023, 40, 5), Point(2024, 40, 5)], nation(), RULE).gap is None


def test_the_minimum_is_a_parameter() -> None:
    assert level(three(40, 8), nation(), replace(RULE, min_pupils=25)).gap is Gap.TOO_FEW
    assert level(three(40, 8), nation(), replace(RULE, min_pupils=24)).gap is None


def test_an_interval_from_the_source_serves_without_n() -> None:
    """Skolebidrag comes with an interval and no number of pupils."""
    contribution = Rule(Kind.MEAN, delta=1.0)
    series = [Point(year, -3.0, None, 1.2) for year in (2022, 2023, 2024)]
    found = level(series, nation(mean=0.0), contribution)
    assert (found.n, found.certainty, found.side) == (None, Certainty.CLEAR, Side.BELOW)


def test_a_count_is_described_and_not_judged() -> None:
    series = [Point(2023, 14.0), Point(2024, 14.4)]
    found = level(series, [Point(2023, 16.0), Point(2024, 15.9)], Rule(Kind.CENSUS))
    assert found == LevelEstimate(
        (2024,), None, 14.4, 15.9, pytest.approx(-1.5), certainty=None, gap=Gap.COUNTED
    )


def test_unknown_uncertainty_is_described_and_not_judged() -> None:
    found = level([Point(2024, 41.2, 30)], [Point(2024, 42.0)], Rule(Kind.MEAN))
    assert (found.certainty, found.gap, found.difference) == (None, Gap.NO_VARIANCE, pytest.approx(-0.8))


def test_one_year_alone_is_never_clear() -> None:
    one, more = level([Point(2024, 20, 400)], nation(), RULE), level(three(20, 400), nation(), RULE)
    assert one.p_below is not None
    assert one.p_below > 0.99
    assert (one.certainty, more.certainty) == (Certainty.LIKELY, Certainty.CLEAR)


@pytest.mark.parametrize(
    ("mean", "certainty", "side"),
    [
        (44.0, Certainty.CLEAR, Side.BELOW),
        (46.6, Certainty.LIKELY, Side.BELOW),
        (48.5, Certainty.NONE, Side.NEITHER),
        (51.5, Certainty.NONE, Side.NEITHER),
        (53.4, Certainty.LIKELY, Side.ABOVE),
        (56.0, Certainty.CLEAR, Side.ABOVE),
    ],
)
def test_words_follow_the_posterior(mean: float, certainty: Certainty, side: Side) -> None:
    found = level(three(mean), nation(), RULE)
    assert (found.certainty, found.side) == (certainty, side)


def test_a_sure_but_small_difference_is_none_with_a_side() -> None:
    found = level(three(49.2, 5000), nation(), replace(RULE, components=replace(PARTS, cohort=0.0)))
    assert found.high95 is not None
    assert found.high95 < 50
    assert (found.certainty, found.side) == (Certainty.NONE, Side.BELOW)


def test_an_area_is_judged_without_shrinkage() -> None:
    municipality = rule_for("np5_lesing", 2024, Kind.MEAN).for_area(40)
    series = [Point(year, 47.0, 1700, 0.4) for year in (2022, 2023, 2024)]
    found = level(series, [Point(year, 50.0, 58000, 0.1) for year in (2022, 2023, 2024)], municipality)
    assert (found.shrinkage, found.footing, found.estimate) == (1.0, Footing.COHORT, pytest.approx(47.0))
    assert (found.certainty, found.side) == (Certainty.CLEAR, Side.BELOW)


def test_without_shrinkage_chance_must_be_ruled_out_too() -> None:
    """A flat curve passes 0.5 as soon as the raw mean passes delta; twelve pupils do that by chance."""
    found = level(three(47.5, 12), nation(), SAMPLING)
    assert found.p_below is not None
    assert found.p_below > 0.5
    assert (found.certainty, found.side) == (Certainty.NONE, Side.NEITHER)


def test_surveys_need_more_than_their_own_interval() -> None:
    """With sd 0.9 and 90 answers the 95 % interval reaches 0.186; the test without cohorts asks for 0.222."""
    survey = Rule(Kind.MEAN, Components(sd=0.9), delta=0.1)
    outcomes = [
        level(
            three(4.2 - off, 30), [Point(y, 4.2, variance=0.0) for y in (2022, 2023, 2024)], survey
        ).certainty
        for off in (0.15, 0.20, 0.23, 0.30)
    ]
    assert outcomes == [Certainty.NONE, Certainty.NONE, Certainty.LIKELY, Certainty.CLEAR]


def test_without_a_materiality_at_most_likely() -> None:
    survey = Rule(Kind.MEAN, Components(sd=0.9))
    outcomes = [
        level(
            three(4.2 - off, 30), [Point(y, 4.2, variance=0.0) for y in (2022, 2023, 2024)], survey
        ).certainty
        for off in (0.15, 0.23, 0.30, 2.0)
    ]
    assert outcomes == [Certainty.NONE, Certainty.NONE, Certainty.LIKELY, Certainty.LIKELY]


def test_shares_by_hand() -> None:
    """141 answers in two years, 13.8 % bullied against 7.1 % in the nation."""
    series = [Point(2023, 10.0, 60), Point(2024, 16.6, 81)]
    reference = [Point(2023, 7.0, None), Point(2024, 7.2, None)]
    found = level(series, reference, BULLYING)
    hits, against = 0.1 * 60 + 0.166 * 81, (7.0 * 60 + 7.2 * 81) / 141
    curve = Share(hits, 141)
    assert found.mean == found.estimate == pytest.approx(100 * hits / 141)
    assert found.reference == pytest.approx(against)
    assert (found.low90, found.high90) == pytest.approx(curve.interval(0.90))
    assert (found.low95, found.high95) == pytest.approx(curve.interval(0.95))
    assert found.p_above == pytest.approx(1 - curve.below(against + 3))
    assert found.p_below == pytest.approx(curve.below(against - 3))
    assert (found.certainty, found.side, found.footing) == (Certainty.LIKELY, Side.ABOVE, Footing.SAMPLING)


def test_shares_against_few_others_are_less_sure() -> None:
    """The verdict takes the reference's own chance in; the school's interval stays its own."""
    among_many = level(shares(14, 60), shares(7, None), BULLYING)
    among_few = level(shares(14, 60), shares(7, 60), BULLYING)
    assert (among_many.low95, among_many.high95) == (among_few.low95, among_few.high95)
    assert (among_many.certainty, among_few.certainty) == (Certainty.CLEAR, Certainty.LIKELY)
    assert among_few.chance == pytest.approx(among_many.chance * sqrt(2), rel=0.02)


def test_nobody_bullied_is_no_proof_in_a_small_school() -> None:
    found = level(shares(0.0, 12), shares(7.1, None), BULLYING)
    assert found.low95 == 0.0
    assert found.high95 is not None
    assert found.high95 > 5
    assert found.certainty is Certainty.NONE


def test_shares_of_unknown_n_are_described() -> None:
    assert level(shares(14, None), shares(7, None), BULLYING).gap is Gap.NO_VARIANCE


MEANS = st.lists(
    st.tuples(st.integers(2022, 2024), st.floats(30, 70), st.integers(4, 300)),
    min_size=1,
    max_size=3,
    unique_by=lambda row: row[0],
)


def points(rows: list[tuple[int, float, int]]) -> list[Point]:
    return [Point(year, mean, n) for year, mean, n in rows]


@given(MEANS)
def test_order_of_years_does_not_matter(rows: list[tuple[int, float, int]]) -> None:
    assert level(points(rows), nation(), RULE) == level(points(rows[::-1]), nation()[::-1], RULE)


@given(MEANS)
def test_the_level_lies_between_the_raw_mean_and_the_reference(rows: list[tuple[int, float, int]]) -> None:
    found = level(points(rows), nation(), RULE)
    if found.estimate is not None and found.difference is not None and found.deviation is not None:
        assert found.deviation * found.difference >= -1e-12
        assert abs(found.deviation) <= abs(found.difference) + 1e-12


@given(MEANS)
def test_a_mirrored_school_gets_the_mirrored_verdict(rows: list[tuple[int, float, int]]) -> None:
    found = level(points(rows), nation(), RULE)
    mirrored = level(points([(year, 100 - mean, n) for year, mean, n in rows]), nation(), RULE)
    sides = {Side.BELOW: Side.ABOVE, Side.ABOVE: Side.BELOW, Side.NEITHER: Side.NEITHER}
    if found.p_below is not None:
        assert (found.certainty, found.p_below) == (mirrored.certainty, pytest.approx(mirrored.p_above))
        assert mirrored.side is sides[found.side]


@given(MEANS, st.floats(0.1, 10))
def test_a_weaker_school_is_never_less_probably_weak(rows: list[tuple[int, float, int]], drop: float) -> None:
    found = level(points(rows), nation(), RULE)
    weaker = level(points([(year, mean - drop, n) for year, mean, n in rows]), nation(), RULE)
    if found.p_below is not None and weaker.p_below is not None:
        assert weaker.p_below >= found.p_below


@given(MEANS)
def test_the_wider_interval_holds_the_narrower(rows: list[tuple[int, float, int]]) -> None:
    for rule in (RULE, UNSHRUNK, SAMPLING):
        found = level(points(rows), nation(), rule)
        if found.low95 is not None:
            assert found.low95 < found.low90 < found.estimate < found.high90 < found.high95


WORLD = schools(4000, persistent=7.25, cohort=1.44, seed=20)


@cache
def found_in_the_world(rule: Rule) -> list[tuple[float, LevelEstimate]]:
    return [(school.truth, level(school.series, nation(), rule)) for school in WORLD]


def covered(rule: Rule) -> float:
    inside = [e.low95 <= 50 + truth <= e.high95 for truth, e in found_in_the_world(rule)]
    return sum(inside) / len(inside)


def test_intervals_with_cohort_variance_cover_what_they_say() -> None:
    """statistics.md B3: 95.0 % with the cohort variance."""
    assert covered(RULE) == pytest.approx(0.95, abs=0.01)
    assert covered(UNSHRUNK) == pytest.approx(0.95, abs=0.01)


def test_intervals_without_cohort_variance_cover_too_little() -> None:
    """The term everybody forgets: about 90 % instead of 95 % (statistics.md B2)."""
    assert 0.88 < covered(SAMPLING) < 0.925


def test_probabilities_mean_what_they_say() -> None:
    """Among schools given P(more than two points below), that part truly is, in each fifth of the range."""
    found = [(estimate.p_below, truth < -2) for truth, estimate in found_in_the_world(RULE)]
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        part = [(p, weak) for p, weak in found if low <= p < low + 0.2]
        promised, kept = (sum(column) / len(part) for column in zip(*part, strict=True))
        assert kept == pytest.approx(promised, abs=0.07)


def test_false_alarms_and_finds_are_those_measured() -> None:
    """statistics.md B3, EB on one test: clear 0.0 % false, all marked 0.8 % false, and 67 % found."""
    found = found_in_the_world(RULE)
    sound = [e for truth, e in found if truth >= 0]
    weak = [e for truth, e in found if truth < -2]
    marked = {Certainty.CLEAR, Certainty.LIKELY}
    false_clear = sum(e.certainty is Certainty.CLEAR and e.side is Side.BELOW for e in sound) / len(sound)
    false_marked = sum(e.certainty in marked and e.side is Side.BELOW for e in sound) / len(sound)
    power = sum(e.certainty in marked and e.side is Side.BELOW for e in weak) / len(weak)
    assert false_clear < 0.002
    assert false_marked < 0.015
    assert power == pytest.approx(0.67, abs=0.05)


def test_expected_false_alarms_are_the_ones_that_come() -> None:
    found = found_in_the_world(RULE)
    marked = [(t, e) for t, e in found if e.certainty in (Certainty.CLEAR, Certainty.LIKELY)]
    false = sum(t >= -2 if e.side is Side.BELOW else t <= 2 for t, e in marked)
    assert expected_false_alarms(e for _, e in found) == pytest.approx(false, rel=0.1)


def test_equal_schools_are_hardly_ever_marked_without_known_variances() -> None:
    """All equal, but for cohorts that the rule does not know of: the 5 % and 1 % of the bars still hold."""
    world = schools(4000, persistent=0.0, cohort=1.44, seed=7)

    def marked(rule: Rule) -> float:
        verdicts = [level(school.series, nation(), rule).certainty for school in world]
        return sum(v in (Certainty.CLEAR, Certainty.LIKELY) for v in verdicts) / len(world)

    assert marked(SAMPLING) < 0.05
    assert marked(replace(SAMPLING, delta=None)) < 0.02


def test_no_expected_number_without_a_true_posterior() -> None:
    marked = level(three(20, 400), nation(), SAMPLING)
    assert marked.certainty is Certainty.CLEAR
    assert expected_false_alarms([marked]) is None
    assert expected_false_alarms([level(three(50), nation(), SAMPLING)]) == 0.0
