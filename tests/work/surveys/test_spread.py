"""What a distribution says: worked examples, and what holds for every one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tettpaa.work.surveys.spread import Spread, is_told_apart, spread

COUNTS = st.lists(st.integers(0, 40), min_size=2, max_size=7)


@pytest.mark.parametrize(
    ("counts", "unknown", "word"),
    [
        ([1, 2, 9, 0], 0, Spread.DIVIDED),  # 3 of 12 below the middle, 9 above
        ([4, 0, 0, 8], 0, Spread.DIVIDED),  # two thirds on one step, and a third at the other end
        ([0, 1, 9, 2], 0, Spread.AGREED),
        ([0, 2, 5, 5], 0, Spread.NEAR),
        ([0, 0, 6, 6], 1, Spread.NEAR),
        ([1, 4, 4, 4, 1], 0, Spread.DIVIDED),
        ([0, 3, 3, 5, 0, 0, 0], 0, Spread.NEAR),
        ([2, 2, 9, 2, 2], 0, Spread.SCATTERED),  # the middle step belongs to neither side
        ([0, 1, 7, 0], 4, Spread.UNKNOWN),  # 4 of 12 do not know
        ([0, 0, 0, 0], 5, Spread.UNKNOWN),
        ([0, 1, 7, 1], 4, Spread.AGREED),
    ],
)
def test_worked_examples(counts: list[int], unknown: int, word: Spread) -> None:
    assert spread(counts, unknown) is word


@pytest.mark.parametrize(("counts", "unknown"), [([5], 0), ([0, 0], 0)])
def test_nothing_to_say_is_refused(counts: list[int], unknown: int) -> None:
    with pytest.raises(ValueError, match="two steps and one answer"):
        spread(counts, unknown)


@given(counts=COUNTS, unknown=st.integers(0, 40))
def test_turning_the_scale_round_changes_nothing(counts: list[int], unknown: int) -> None:
    if sum(counts) + unknown:
        assert spread(counts, unknown) is spread(counts[::-1], unknown)


@given(counts=COUNTS, unknown=st.integers(0, 10), times=st.integers(2, 5))
def test_only_shares_count(counts: list[int], unknown: int, times: int) -> None:
    if sum(counts) + unknown:
        assert spread(counts, unknown) is spread([times * one for one in counts], times * unknown)


@given(counts=COUNTS, unknown=st.integers(0, 40))
def test_told_apart_means_two_different_answers(counts: list[int], unknown: int) -> None:
    answers = {step for step, count in enumerate([*counts, unknown]) if count}
    assert is_told_apart(counts, unknown) == (len(answers) > 1)
