"""Axis limits, ticks, labels moved apart, names placed, schools in order."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tettpaa.data.charts.lettering import cut, text_width
from tettpaa.data.charts.ordering import by_name
from tettpaa.data.charts.placing import Box, place
from tettpaa.data.charts.scales import Axis, Domain, domain, rounded, spread
from tettpaa.data.charts.words import NumberStyle

PLAIN = NumberStyle()
SURVEY = NumberStyle(lowest=1, highest=5)
SHARE = NumberStyle(percent=True, lowest=0, highest=100)


def test_domain_by_hand() -> None:
    # 44.2-52.6 with a margin of 5 % on each side; ticks by two are the finest with at most five.
    assert domain([47.4, 44.2, None, 52.6], PLAIN) == Domain(43.78, 53.02, (44, 46, 48, 50, 52))


def test_domain_keeps_to_the_scale() -> None:
    assert domain([1.1, 4.9], SURVEY) == Domain(1.0, 5.0, (1, 2, 3, 4, 5))
    assert domain([0.0, 100.0], SHARE).ticks == (0, 25, 50, 75, 100)


def test_a_value_outside_the_scale_is_still_drawn() -> None:
    assert (domain([0.5, 6.0], SURVEY).low, domain([0.5, 6.0], SURVEY).high) == (0.5, 6.0)


def test_small_differences_stay_small() -> None:
    flat = domain([4.2, 4.2], SURVEY)
    assert flat.high - flat.low == pytest.approx(1.0)
    counts = domain([3.0], NumberStyle(decimals=0), from_zero=True)
    assert (counts.low, counts.high) == (0, pytest.approx(10.15))


def test_nothing_shown_uses_the_scale_itself() -> None:
    empty = domain([None, None], SURVEY)
    assert (empty.low, empty.high) == (1, 5)
    assert domain([], PLAIN).high > domain([], PLAIN).low


@given(
    st.lists(st.floats(-1000, 1000), min_size=1, max_size=30),
    st.integers(3, 7),
    st.booleans(),
)
def test_domain_holds_every_value(values: list[float], ticks: int, from_zero: bool) -> None:
    limits = domain(values, PLAIN, ticks=ticks, from_zero=from_zero)
    assert limits.low <= min(values) + 1e-6
    assert limits.high >= max(values) - 1e-6
    assert 1 <= len(limits.ticks) <= ticks
    assert all(limits.low - 1e-6 <= tick <= limits.high + 1e-6 for tick in limits.ticks)
    if from_zero:
        assert limits.low <= 0
    wide = rounded(limits)
    assert wide.low <= limits.low + 1e-6
    assert wide.high >= limits.high - 1e-6
    # A tick is told from its neighbour by its text.
    words = [wide.tick_text(tick, PLAIN, "nb") for tick in wide.ticks]
    assert len(set(words)) == len(words)


def test_scale_in_words() -> None:
    assert rounded(domain([46.0, 54.0], PLAIN)).words(PLAIN, "nb") == "44 til 56"
    assert Domain(0.25, 0.75, (0.5,)).words(NumberStyle(decimals=2, percent=True), "en") == "0.25% to 0.75%"
    assert Domain(1, 5, ()).tick_decimals == 0


def test_axis() -> None:
    upward = Axis(40, 60, 200, 0)
    assert [upward.at(40), upward.at(45), upward.at(60)] == [200, 150, 0]


def test_spread_by_hand() -> None:
    assert spread([50, 100], [14, 14], 0, 200) == [50, 100]
    assert spread([100, 102], [14, 14], 0, 200) == [94, 108]
    assert spread([2, 3, 199], [14, 14, 14], 0, 200) == [7, 21, 193]
    assert spread([], [], 0, 200) == []


@given(st.lists(st.tuples(st.floats(-50, 350), st.sampled_from([14.0, 15.0, 30.0])), max_size=8))
def test_spread_never_overlaps_and_keeps_order(wishes: list[tuple[float, float]]) -> None:
    wanted, heights = [wish for wish, _ in wishes], [height for _, height in wishes]
    placed = spread(wanted, heights, 0, 300)
    order = sorted(range(len(wishes)), key=lambda i: (wanted[i], i))
    for above, below in itertools.pairwise(order):
        assert placed[below] - placed[above] >= (heights[above] + heights[below]) / 2 - 0.11
    for middle, height in zip(placed, heights, strict=True):
        assert middle - height / 2 >= -0.1
        assert middle + height / 2 <= 300.1


def test_place_tries_the_right_side_first() -> None:
    room = Box(0, 0, 200, 100)
    first = place((50, 50), 40, [], room)
    assert first == (60, 50, "left")
    assert first is not None
    second = place((50, 50), 40, [first.box(40)], room)
    assert second is not None
    assert second.align == "right"
    assert not second.box(40).meets(first.box(40))


def test_place_gives_up_when_all_is_taken() -> None:
    assert place((50, 50), 40, [Box(0, 0, 200, 100)], Box(0, 0, 200, 100)) is None
    assert place((5, 5), 40, [], Box(0, 0, 10, 10)) is None


def test_norwegian_alphabet() -> None:
    names = ["Ås", "Vik", "Østby", "nes", "Ærfugl", "Aamot", "Nordby", "Årdal"]
    assert by_name(names, str) == ["nes", "Nordby", "Vik", "Ærfugl", "Østby", "Aamot", "Årdal", "Ås"]


@given(st.text(max_size=40), st.floats(20, 200))
def test_cut_text_fits(text: str, width: float) -> None:
    short = cut(text, width)
    assert text_width(short) <= width
    assert short == text or short.endswith("…")
