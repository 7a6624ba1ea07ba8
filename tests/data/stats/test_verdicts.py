"""The one rule for how sure we are."""

import pytest

from tettpaa.data.stats.kinds import Certainty, Side
from tettpaa.data.stats.level import LevelEstimate
from tettpaa.data.stats.posteriors import Normal
from tettpaa.data.stats.verdicts import BARS, Bar, Footing, expected_false_alarms, judge

CLEAR, LIKELY, NONE = Certainty.CLEAR, Certainty.LIKELY, Certainty.NONE


def test_bars_are_ninety_ninety_five_and_ninety_nine_per_cent() -> None:
    assert BARS[Footing.COHORT] == Bar(pytest.approx(0.95), pytest.approx(0.975), pytest.approx(0.995))


def test_sampling_alone_makes_up_for_the_cohort_it_forgets() -> None:
    """A standard error 1.96 / 1.645 = 1.19 times too small: 95 % becomes z = 2.34, 99 % becomes 3.07."""
    bar = BARS[Footing.SAMPLING]
    assert (bar.near, bar.likely, bar.clear) == pytest.approx((0.975, 0.9902, 0.99893), abs=0.0001)


@pytest.mark.parametrize(
    ("mean", "sd", "footing", "certainty", "side"),
    [
        (-3.0, 1.0, Footing.SHRUNK, CLEAR, Side.BELOW),  # P(more than 2 below) = 0.84
        (-2.8, 1.0, Footing.SHRUNK, LIKELY, Side.BELOW),  # 0.79
        (-2.1, 1.0, Footing.SHRUNK, LIKELY, Side.BELOW),  # 0.54
        (-1.9, 1.0, Footing.SHRUNK, NONE, Side.BELOW),  # 0.46, and 0.97 below at all
        (-1.5, 1.0, Footing.SHRUNK, NONE, Side.NEITHER),  # 0.93 below at all
        (2.1, 1.0, Footing.SHRUNK, LIKELY, Side.ABOVE),
        (-3.0, 2.0, Footing.SHRUNK, LIKELY, Side.BELOW),  # z = 1.5 is no hindrance to a true posterior
        (-3.0, 2.0, Footing.COHORT, NONE, Side.NEITHER),
        (-3.0, 1.0, Footing.COHORT, CLEAR, Side.BELOW),
        (-3.0, 1.2, Footing.COHORT, LIKELY, Side.BELOW),  # z = 2.5: beyond 95 %, not 99 %
        (-3.0, 1.2, Footing.SAMPLING, LIKELY, Side.BELOW),
        (-3.0, 1.3, Footing.SAMPLING, NONE, Side.NEITHER),  # z = 2.31, just short of 2.34
        (-3.0, 0.97, Footing.SAMPLING, CLEAR, Side.BELOW),  # z = 3.09
        (-3.0, 0.99, Footing.SAMPLING, LIKELY, Side.BELOW),  # z = 3.03
    ],
)
def test_materiality_of_two(
    mean: float, sd: float, footing: Footing, certainty: Certainty, side: Side
) -> None:
    found = judge(Normal(mean, sd), 0.0, 2.0, footing)
    assert (found.certainty, found.side) == (certainty, side)


@pytest.mark.parametrize(
    ("z", "footing", "certainty"),
    [
        (2.5, Footing.COHORT, NONE),
        (2.6, Footing.COHORT, LIKELY),
        (9.0, Footing.COHORT, LIKELY),
        (3.0, Footing.SAMPLING, NONE),
        (3.1, Footing.SAMPLING, LIKELY),
        (2.6, Footing.SHRUNK, LIKELY),
    ],
)
def test_no_materiality_is_never_clear(z: float, footing: Footing, certainty: Certainty) -> None:
    found = judge(Normal(z, 1.0), 0.0, None, footing)
    assert (found.certainty, found.side) == (certainty, Side.NEITHER if certainty is NONE else Side.ABOVE)


def test_probabilities_are_about_more_than_the_materiality() -> None:
    found = judge(Normal(48.0, 1.0), 50.0, 2.0, Footing.SHRUNK)
    assert (found.p_below, found.p_above) == (pytest.approx(0.5), pytest.approx(3.17e-5, rel=0.01))


def test_expected_false_alarms_add_up_the_doubt_of_the_marked() -> None:
    def estimate(certainty: Certainty | None, p_below: float, p_above: float) -> LevelEstimate:
        return LevelEstimate(certainty=certainty, p_below=p_below, p_above=p_above, footing=Footing.SHRUNK)

    listed = [estimate(CLEAR, 0.9, 0.0), estimate(LIKELY, 0.0, 0.6), estimate(NONE, 0.4, 0.0)]
    listed.append(LevelEstimate(certainty=Certainty.UNKNOWN))
    assert expected_false_alarms(listed) == pytest.approx(0.5)


def test_no_marked_school_means_no_false_alarm() -> None:
    assert expected_false_alarms([]) == 0.0
