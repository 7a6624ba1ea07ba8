"""Numbers and dates in three languages; a missing one is a word."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tettpaa.core.ui import formats

THIN, HARD = "\u202f", "\u00a0"
NOVEMBER = date(2026, 11, 17)


@pytest.mark.parametrize(
    ("value", "decimals", "language", "expected"),
    [
        (1234.5, 1, "nb", f"1{THIN}234,5"),
        (1234.5, 1, "nn", f"1{THIN}234,5"),
        (1234.5, 1, "en", "1,234.5"),
        (1234567, 0, "nb", f"1{THIN}234{THIN}567"),
        (-0.04, 1, "nb", "0,0"),
        (-1.25, 1, "nb", "\u22121,2"),
        (47.44, 1, "nb-NO", "47,4"),
        (0, 0, "de", "0"),
        (None, 1, "nb", "mangler"),
        (None, 1, "nn", "manglar"),
        (None, 1, "en", "missing"),
    ],
)
def test_number(value: float | None, decimals: int, language: str, expected: str) -> None:
    assert formats.number(value, decimals, language) == expected


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_a_norwegian_number_reads_back(value: float, decimals: int) -> None:
    text = formats.number(value, decimals, "nb").replace(THIN, "").replace(",", ".").replace("\u2212", "-")
    assert float(text) == pytest.approx(round(value, decimals), abs=10**-decimals)


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_languages_differ_only_in_their_signs(value: float, decimals: int) -> None:
    norwegian = formats.number(value, decimals, "nn")
    assert norwegian.replace(",", ".").replace(THIN, ",") == formats.number(value, decimals, "en")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(NOVEMBER, f"17.{HARD}nov."), (date(2025, 12, 4), f"4.{HARD}des. 2025"), (None, "mangler")],
)
def test_a_day_of_another_year_says_which(value: date | None, expected: str) -> None:
    assert formats.near_day(value, NOVEMBER) == expected


@time_machine.travel(NOVEMBER)
def test_a_list_says_the_year_of_a_day_long_past() -> None:
    made = Template("{% load formats %}{{ day|near_day }}").render(Context({"day": date(2025, 12, 4)}))
    assert made == f"4.{HARD}des. 2025"


def test_percent_between_and_school_year() -> None:
    assert formats.percent(13.84) == f"13,8{HARD}%"
    assert formats.percent(13.84, 1, "en") == "13.8%"
    assert formats.percent(None, 1, "nn") == "manglar"
    assert formats.between(46.24, 49.8) == "46,2–49,8"
    assert formats.between(-1.2, 3.4) == f"\u22121,2{HARD}til{HARD}3,4"
    assert formats.between(-1.2, 3.4, 1, "en") == f"\u22121.2{HARD}to{HARD}3.4"
    assert formats.between(None, 3.4) == "mangler"
    assert formats.school_year(2024) == "2024–25"
    assert formats.school_year(2099) == "2099–00"
    assert formats.school_year(None, "en") == "missing"


@pytest.mark.parametrize(
    ("language", "long", "short", "weekday", "moment"),
    [
        ("nb", "17.~november 2026", "17.~nov.", "tirsdag 17.~november 2026", "17.~november 2026 kl.~09.14"),
        ("nn", "17.~november 2026", "17.~nov.", "tysdag 17.~november 2026", "17.~november 2026 kl.~09.14"),
        ("en", "17~November 2026", "17~Nov", "Tuesday 17~November 2026", "17~November 2026 at~09:14"),
    ],
)
def test_dates(language: str, long: str, short: str, weekday: str, moment: str) -> None:
    written = [
        formats.day(NOVEMBER, language),
        formats.short_day(NOVEMBER, language),
        formats.weekday(NOVEMBER, language),
        formats.moment(datetime(2026, 11, 17, 9, 14, tzinfo=UTC), language),
    ]
    assert written == [text.replace("~", HARD) for text in (long, short, weekday, moment)]


@pytest.mark.parametrize("function", [formats.day, formats.short_day, formats.weekday, formats.moment])
def test_a_missing_date_is_a_word(function: object) -> None:
    assert function(None, "nn") == "manglar"  # type: ignore[operator]


@pytest.mark.parametrize(
    ("days", "nb", "nn", "en"),
    [
        (-3, "3 dager over", "3 dagar over", "3 days overdue"),
        (-1, "1 dag over", "1 dag over", "1 day overdue"),
        (0, "i dag", "i dag", "today"),
        (1, "i morgen", "i morgon", "tomorrow"),
        (9, "om 9 dager", "om 9 dagar", "in 9 days"),
    ],
)
def test_days_until(days: int, nb: str, nn: str, en: str) -> None:
    today = date.fromordinal(NOVEMBER.toordinal() - days)
    assert [formats.days_until(NOVEMBER, today, language) for language in ("nb", "nn", "en")] == [nb, nn, en]


def test_days_until_nothing_is_a_word() -> None:
    assert formats.days_until(None, NOVEMBER) == "mangler"


def rendered(source: str, **values: object) -> str:
    return Template("{% load formats %}" + source).render(Context(values))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nb", f"1{THIN}234,5|13,8{HARD}%|46,2–49,8|2024–25|mangler"),
        ("nn", f"1{THIN}234,5|13,8{HARD}%|46,2–49,8|2024–25|manglar"),
        ("en", "1,234.5|13.8%|46.2–49.8|2024–25|missing"),
    ],
)
def test_filters_follow_the_active_language(language: str, expected: str) -> None:
    source = "{{ a|number:1 }}|{{ b|percent }}|{% between 46.2 49.8 1 %}|{{ y|school_year }}|{{ n|number:1 }}"
    with translation.override(language):
        assert rendered(source, a=1234.5, b=13.8, y=2024, n=None) == expected


@time_machine.travel(datetime(2026, 11, 16, 12, tzinfo=UTC))
def test_date_filters_use_the_sites_time_zone() -> None:
    """Half past eleven at night in London is the next day in Oslo."""
    late = datetime(2026, 11, 16, 23, 30, tzinfo=UTC)
    with translation.override("nb"):
        text = rendered(
            "{{ t|moment }}|{{ t|day }}|{{ t|short_day }}|{{ d|weekday }}|{{ t|days_until }}",
            t=late,
            d=NOVEMBER,
        )
    assert text.replace(HARD, " ") == (
        "17. november 2026 kl. 00.30|17. november 2026|17. nov.|tirsdag 17. november 2026|i morgen"
    )
