"""Figures that can be true but seldom are."""

import pytest

from tests.data.indicators.test_releases import NES, VIK, cell, put
from tests.factories.cast import Cast
from tettpaa.data.indicators.plausible import unlikely
from tettpaa.data.suppression.kinds import Gender, Status

pytestmark = pytest.mark.django_db


def test_a_tenfold_of_pupils_against_last_years_published_number(cast: Cast) -> None:
    put([cell(VIK, n=41, period=2023), cell(NES, n=41, period=2023)])
    found = list(unlikely([cell(VIK, n=410), cell(NES, n=409)]))
    assert [(one.kind, one.cell.unit_code, one.before) for one in found] == [("n", VIK, 41)]


def test_a_tenth_within_the_same_file(cast: Cast) -> None:
    found = list(
        unlikely(
            [cell(VIK, n=400, period=2023), cell(VIK, n=40), cell(NES, n=20, period=2023), cell(NES, n=2)]
        )
    )
    assert [(one.kind, one.cell.n, one.before) for one in found] == [("n", 40, 400)]


def test_a_leap_of_the_mean(cast: Cast) -> None:
    found = list(
        unlikely(
            [cell(VIK, 40.0, period=2023), cell(VIK, 56.0), cell(NES, 40.0, period=2023), cell(NES, 55.0)]
        )
    )
    assert [(one.kind, one.cell.unit_code, one.before) for one in found] == [("value", VIK, 40.0)]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({"status": Status.HIDDEN_BY_SOURCE, "value": None, "n": None}, {}),
        ({"n": None}, {"n": 400}),
        ({"gender": Gender.GIRLS, "n": 1000}, {"gender": Gender.GIRLS}),
        ({"period": 2022, "n": 1000}, {}),
        ({"value": 10.0}, {"value": None, "status": Status.MISSING}),
        ({"indicator": "elever", "value": 10.0}, {"indicator": "elever", "value": 4000.0}),
    ],
)
def test_what_is_left_in_peace(cast: Cast, before: dict[str, object], now: dict[str, object]) -> None:
    assert list(unlikely([cell(**({"period": 2023} | before)), cell(**now)])) == []  # type: ignore[arg-type]
    assert list(unlikely([])) == []


def test_across_a_break_nothing_is_compared(cast: Cast) -> None:
    cells = [
        cell(VIK, 70.0, period=2021, indicator="np5_lesing"),
        cell(VIK, 30.0, period=2022, indicator="np5_lesing"),
    ]
    assert list(unlikely(cells)) == []
