"""What charts refuse: numbers that may not be shown, and series that are not one series."""

import pytest

from tests.data.charts.samples import HIDDEN, figure, level, series
from tettpaa.data.charts.drawing import draw
from tettpaa.data.charts.inputs import Break, Estimate, one_series
from tettpaa.data.charts.series import points_of, years_of
from tettpaa.data.suppression.kinds import Status


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.OK, Status.CONFIDENTIAL)])
def test_a_hidden_estimate_may_not_carry_its_number(status: Status) -> None:
    with pytest.raises(ValueError, match=status.key):
        level("Nes", 47.4, status=status)


def test_a_hidden_estimate_may_not_carry_its_pupils_or_interval() -> None:
    for numbers in ({"n": 7}, {"low": 1.0}, {"high": 2.0}):
        with pytest.raises(ValueError, match="may not carry"):
            Estimate("1", "Nes", 2024, 2026, None, **numbers)


def test_an_estimate_of_one_figure() -> None:
    assert Estimate.of(figure(2024, 47.4), "Nes") == Estimate(
        "974000001", "Nes", 2024, 2024, 47.4, 44.4, 50.4, 34
    )
    gone = Estimate.of(figure(2024, 47.4, HIDDEN), "Nes")
    assert (gone.value, gone.low, gone.high, gone.n, gone.is_shown) == (None, None, None, None, False)


def test_a_series_is_one_unit_and_one_figure_a_year() -> None:
    with pytest.raises(ValueError, match="one unit"):
        one_series([figure(2023, 1.0), figure(2024, 1.0, unit="974000002")])
    with pytest.raises(ValueError, match="one figure a school year"):
        one_series([figure(2024, 1.0), figure(2024, 2.0)])
    assert [f.period for f in one_series([figure(2024, 1.0), figure(2023, 1.0)])] == [2023, 2024]


def test_years_need_a_figure() -> None:
    with pytest.raises(ValueError, match="at least one"):
        years_of([], ())


def test_a_break_widens_the_step_by_just_over_half() -> None:
    years = years_of(series([1.0] * 4, first=2020), [Break(2022, "a", "b"), Break(2020, "out", "side")])
    assert [years.at(period) for period in range(2020, 2024)] == [0, 1, 2.55, 3.55]
    assert years.rule_at(years.breaks[0]) == 1.775
    assert years.renewed == 2022


def test_runs_end_at_breaks_holes_and_hidden_years() -> None:
    figures = (*series([1.0, 2.0, HIDDEN, 4.0, 5.0], first=2017), figure(2023, 6.0), figure(2024, 7.0))
    years = years_of(figures, [Break(2021, "a", "b")])
    points = points_of(figures, years, 1)
    assert [(p.period, p.run, p.old) for p in points] == [
        (2017, 1, True),
        (2018, 1, True),
        (2019, 2, True),
        (2020, 3, True),
        (2021, 4, False),
        (2023, 5, False),
        (2024, 5, False),
    ]


def test_reference_years_outside_the_unit_are_left_out() -> None:
    years = years_of(series([1.0, 2.0], first=2020), ())
    assert [p.period for p in points_of(series([3.0] * 6, first=2018), years, 1)] == [2020, 2021]


def test_only_charts_are_drawn() -> None:
    with pytest.raises(KeyError):
        draw("Nes 47,4")  # type: ignore[arg-type]
