"""Numbers as readers expect them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tettpaa.data.stats.numbers import LANGUAGES, Language, Unit, distance, number, quantity


@pytest.mark.parametrize(
    ("value", "decimals", "language", "text"),
    [
        (18319, 0, "nb", "18\u00a0319"),
        (1234567.89, 1, "nn", "1\u00a0234\u00a0567,9"),
        (18319, 0, "en", "18,319"),
        (47.4, 1, "nb", "47,4"),
        (47.4, 1, "en", "47.4"),
        (-1.25, 1, "nb", "\u22121,3"),
        (0.25, 1, "nb", "0,3"),
        (2.675, 2, "en", "2.68"),
        (-0.04, 1, "nb", "0,0"),
        (50, 0, "nn", "50"),
    ],
)
def test_number(value: float, decimals: int, language: Language, text: str) -> None:
    assert number(value, decimals, language) == text


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_a_norwegian_number_reads_back(value: float, decimals: int) -> None:
    text = number(value, decimals, "nb")
    back = float(text.replace("\u00a0", "").replace(",", ".").replace("\u2212", "-"))
    assert back == pytest.approx(value, abs=0.5000001 * 10**-decimals)


@pytest.mark.parametrize(
    ("unit", "decimals", "texts"),
    [
        (Unit.POINTS, 1, ("6,3", "6,3", "6.3")),
        (Unit.PERCENT, 1, ("6,3\u00a0%", "6,3\u00a0%", "6.3%")),
        (Unit.DAYS, 1, ("6,3\u00a0dager", "6,3\u00a0dagar", "6.3\u00a0days")),
        (Unit.HOURS, 0, ("6\u00a0timer", "6\u00a0timar", "6\u00a0hours")),
        (Unit.KRONER, 0, ("6\u00a0kroner", "6\u00a0kroner", "6\u00a0kroner")),
        (Unit.PLAIN, 0, ("6", "6", "6")),
    ],
)
def test_a_value_with_its_unit(unit: Unit, decimals: int, texts: tuple[str, ...]) -> None:
    assert tuple(quantity(6.3, unit, decimals, language) for language in LANGUAGES) == texts


def test_a_distance_has_no_sign_and_names_its_points() -> None:
    found = [distance(-2.1, Unit.POINTS, 1, language) for language in LANGUAGES]
    assert found == ["2,1\u00a0poeng", "2,1\u00a0poeng", "2.1\u00a0points"]
    assert distance(3, Unit.PERCENT, 0, "nb") == "3\u00a0prosentpoeng"


def test_one_of_a_thing_is_singular() -> None:
    found = [distance(1, Unit.PUPILS, 0, language) for language in LANGUAGES]
    assert found == ["1\u00a0elev", "1\u00a0elev", "1\u00a0pupil"]
    assert distance(1, Unit.POINTS, 1, "en") == "1.0\u00a0points"
