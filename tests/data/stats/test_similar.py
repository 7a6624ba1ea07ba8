"""Similar schools: same grades, about the same size, never a ranking."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tettpaa.data.stats.similar import SchoolSize, similar_schools

NES = SchoolSize("974567001", 1, 7, 200)


def others(*pupils: int, first: int = 1, last: int = 7) -> list[SchoolSize]:
    return [SchoolSize(f"9745670{i:02d}", first, last, n) for i, n in enumerate(pupils, start=10)]


def test_between_two_thirds_and_one_and_a_half_times_the_pupils() -> None:
    found = similar_schools(NES, others(132, 134, 200, 300, 301, 250, 180))
    assert found == ("974567011", "974567012", "974567013", "974567015", "974567016")


def test_other_grades_are_another_kind_of_school() -> None:
    mixed = [*others(200, 210, 220), *others(200, 210, 220, last=10), *others(200, 210, first=5)]
    assert similar_schools(NES, mixed, at_least=4) == ()


def test_the_school_is_not_similar_to_itself() -> None:
    assert similar_schools(NES, [NES, *others(200, 201, 202, 203)]) == ()
    assert similar_schools(NES, [NES, *others(200, 201, 202, 203)], at_least=4) == tuple(
        f"9745670{i}" for i in (10, 11, 12, 13)
    )


def test_the_nearest_are_kept_and_come_in_order_of_id() -> None:
    found = similar_schools(NES, others(290, 205, 150, 199, 280, 201), at_most=3, at_least=3)
    assert found == ("974567011", "974567013", "974567015")


def test_ties_are_settled_by_id() -> None:
    found = similar_schools(NES, others(210, 210, 210, 210), at_most=2, at_least=2)
    assert found == ("974567010", "974567011")


def test_a_school_without_pupils_has_no_likes_and_is_nobodys() -> None:
    assert similar_schools(SchoolSize("1", 1, 7, 0), others(0, 0, 0, 0, 0)) == ()
    assert similar_schools(NES, others(0, 0, 0, 0, 0)) == ()


def test_a_factor_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="the factor is at least 1"):
        similar_schools(NES, [], factor=0.5)


SIZES = st.lists(st.integers(1, 900), min_size=2, max_size=12)


@given(SIZES, st.randoms())
def test_order_of_candidates_does_not_matter(pupils: list[int], random: Random) -> None:
    pool = others(*pupils)
    shuffled = list(pool)
    random.shuffle(shuffled)
    assert similar_schools(NES, pool, at_least=1) == similar_schools(NES, shuffled, at_least=1)


@given(SIZES)
def test_similarity_goes_both_ways(pupils: list[int]) -> None:
    pool = others(*pupils)
    for one in pool:
        for other in similar_schools(one, pool, at_least=1):
            match = next(school for school in pool if school.id == other)
            assert one.id in similar_schools(match, pool, at_least=1)
