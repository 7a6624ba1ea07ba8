"""What may be shown of a count of people. No database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tettpaa.work.competence.counts import EDGE, Shown, at_least, shown


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (0, 0, Shown("none", whole=0)),
        (2, 4, Shown("hidden")),
        (0, 5, Shown("few", whole=5)),
        (2, 8, Shown("few", whole=8)),
        (3, 8, Shown("exact", 3, 8)),
        (5, 8, Shown("exact", 5, 8)),
        (6, 8, Shown("nearly_all", whole=8)),
        (8, 8, Shown("nearly_all", whole=8)),
    ],
)
def test_faces(part: int, whole: int, expected: Shown) -> None:
    assert shown(part, whole, 5) == expected


def test_who_may_see_small_counts_sees_them() -> None:
    assert shown(1, 2, 5, small=True) == Shown("exact", 1, 2)
    assert (at_least(2, 5, small=True), at_least(2, 5), at_least(0, 5), at_least(5, 5)) == (2, None, 0, 5)


def test_a_part_is_never_more_than_the_whole() -> None:
    with pytest.raises(ValueError, match="9 of 8"):
        shown(9, 8, 5)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(5, 20))
def test_nobody_near_an_edge_can_be_told_from_the_others_there(part: int, whole: int, floor: int) -> None:
    """Where a part is not told exactly, at least three neighbouring parts look the same."""
    if part > whole:
        return
    found = shown(part, whole, floor)
    alike = [other for other in range(whole + 1) if shown(other, whole, floor) == found]
    assert found.face in ("exact", "none") or len(alike) >= min(EDGE, whole + 1)
    assert found.percent is None or 0 < found.percent < 100
    assert (found.face == "exact") == (found.part is not None)
