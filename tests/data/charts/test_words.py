"""Numbers, years and words as a reader meets them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tettpaa.data.charts.words import (
    WORDS,
    NumberStyle,
    YearStyle,
    between_text,
    count_text,
    figure_text,
    hidden_text,
    number,
    range_text,
    say,
    short_text,
    span_text,
    value_text,
    year_text,
)
from tettpaa.data.suppression.kinds import Status

PERCENT = NumberStyle(percent=True)


@pytest.mark.parametrize(
    ("value", "decimals", "nb", "en"),
    [
        (47.4, 1, "47,4", "47.4"),
        (12345.678, 1, "12\u00a0345,7", "12,345.7"),
        (1000000, 0, "1\u00a0000\u00a0000", "1,000,000"),
        (-2.15, 1, "\u22122,1", "\u22122.1"),
        (-0.04, 1, "0,0", "0.0"),
        (0.125, 2, "0,12", "0.12"),
    ],
)
def test_number(value: float, decimals: int, nb: str, en: str) -> None:
    assert number(value, decimals, "nb") == nb
    assert number(value, decimals, "nn") == nb
    assert number(value, decimals, "en") == en


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_a_number_reads_back_as_what_was_rounded(value: float, decimals: int) -> None:
    text = number(value, decimals, "nb").replace("\u00a0", "").replace(",", ".").replace("\u2212", "-")
    assert float(text) == round(value, decimals)


def test_values_with_signs() -> None:
    assert value_text(13.8, PERCENT, "nb") == "13,8\u00a0%"
    assert value_text(13.8, PERCENT, "en") == "13.8%"
    assert short_text(50.04, NumberStyle(), "nb") == "50"
    assert short_text(50.06, NumberStyle(), "nb") == "50,1"
    assert range_text(44.2, 50.6, PERCENT, "nb") == "44,2–50,6\u00a0%"
    assert range_text(-1.0, 2.0, NumberStyle(), "en") == "\u22121.0 to 2.0"
    assert range_text(None, 2.0, NumberStyle(), "nb") == ""
    assert between_text(4.0, 4.4, NumberStyle(), "nn") == ", truleg mellom 4,0 og 4,4"
    assert between_text(4.0, None, NumberStyle(), "nn") == ""
    assert count_text(1102, "nb") == "1\u00a0102"
    assert count_text(None, "nb") == ""


@pytest.mark.parametrize(
    ("style", "one", "three"),
    [
        (YearStyle.START, "2024", "2024–26"),
        (YearStyle.END, "2025", "2025–27"),
        (YearStyle.SPAN, "2024–25", "2024–27"),
    ],
)
def test_years(style: YearStyle, one: str, three: str) -> None:
    assert year_text(2024, style) == one
    assert span_text(2024, 2024, style) == one
    assert span_text(2024, 2026, style) == three


def test_the_turn_of_the_century_keeps_two_digits() -> None:
    assert year_text(1999, YearStyle.SPAN) == "1999–00"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_missing_state_has_its_own_words(language: str) -> None:
    words = {status: figure_text(None, status, NumberStyle(), language) for status in Status}
    # The source's hiding is told apart from ours; a confidential figure looks like ours to those who may not see it.
    assert len(set(words.values())) == len(Status) - 1
    assert words[Status.CONFIDENTIAL] == words[Status.HIDDEN_BY_US]


def test_every_phrase_takes_the_same_parts_in_three_languages() -> None:
    for key, phrases in WORDS.items():
        parts = [{part.split("}")[0] for part in phrase.split("{")[1:]} for phrase in phrases]
        assert parts[0] == parts[1] == parts[2], key


def test_say_stops_at_the_unknown() -> None:
    with pytest.raises(KeyError):
        say("nothing", "nb")
    with pytest.raises(KeyError):
        say("year", "sv")


def test_hidden_text_counts() -> None:
    assert hidden_text(0, "nb") == ""
    assert hidden_text(1, "nb") == " Ett skjult tall vises ikke."
    assert hidden_text(3, "en") == " 3 hidden figures."
