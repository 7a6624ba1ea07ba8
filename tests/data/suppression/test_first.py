"""Suppression, first form: thresholds, cover, genders, and the invariant of the real files."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tettpaa.data.suppression import first
from tettpaa.data.suppression.figure import SafeFigure, UnsafeFigureError, safe_figure
from tettpaa.data.suppression.first import Candidate, protect
from tettpaa.data.suppression.kinds import Edition, Gender, Status


def figure(
    unit: str, n: int | None, parent: str = "K", gender: Gender = Gender.ALL, **rest: object
) -> Candidate:
    values = {"family": ("np5_lesing", 2024, 5), "count": None, "smallest": 10, "status": Status.OK} | rest
    return Candidate(unit=unit, parent=parent, gender=gender, n=n, **values)  # type: ignore[arg-type]


def hidden(candidates: list[Candidate], small_count: int = 0) -> set[str]:
    return {
        f"{candidates[i].unit}{candidates[i].gender or ''}"
        for i in protect(candidates, small_count=small_count)
    }


MUNICIPALITY = figure("K", 100, parent="F")


def test_a_small_school_takes_the_smallest_sibling_as_cover() -> None:
    assert hidden([MUNICIPALITY, figure("a", 9), figure("b", 30), figure("c", 20), figure("d", 41)]) == {
        "a",
        "c",
    }


def test_two_small_schools_that_make_a_group_need_no_cover() -> None:
    assert hidden([MUNICIPALITY, figure("a", 9), figure("b", 5), figure("c", 86)]) == {"a", "b"}


def test_two_tiny_schools_that_make_no_group_take_a_third() -> None:
    assert hidden([MUNICIPALITY, figure("a", 3), figure("b", 2), figure("c", 95)]) == {"a", "b", "c"}


def test_the_only_school_takes_its_municipality_with_it() -> None:
    assert hidden([figure("K", 8, parent="F"), figure("a", 8)]) == {"K", "a"}
    assert hidden([figure("K", 17, parent="F"), figure("a", 8)]) == {"K", "a"}


def test_pupils_outside_the_listed_schools_mix_in() -> None:
    assert hidden([figure("F", 900, parent="NO"), figure("K", 8, parent="F")]) == {"K"}
    assert hidden([figure("F", 17, parent="NO"), figure("K", 8, parent="F")]) == {"F", "K"}
    assert hidden([figure("F", None, parent="NO"), figure("K", 8, parent="F")]) == {"F", "K"}


def test_the_smallest_group_itself_is_shown() -> None:
    assert hidden([MUNICIPALITY, figure("a", 10), figure("b", 90)]) == set()


def test_a_hidden_gender_takes_the_other() -> None:
    split = [figure("a", 30), figure("a", 24, gender=Gender.GIRLS), figure("a", 6, gender=Gender.BOYS)]
    assert hidden(split) == {"a1", "a2"}


def test_a_cover_that_hides_the_total_hides_its_parts() -> None:
    parts = [figure("b", 12, gender=Gender.GIRLS), figure("b", 11, gender=Gender.BOYS)]
    assert hidden([MUNICIPALITY, figure("a", 5), figure("b", 23), *parts, figure("c", 72)]) == {
        "a",
        "b",
        "b1",
        "b2",
    }


def test_what_the_source_hid_counts_as_hidden() -> None:
    by_source = figure("a", None, status=Status.HIDDEN_BY_SOURCE)
    assert hidden([MUNICIPALITY, by_source, figure("b", 9), figure("c", 91)]) == {"b", "c"}
    assert hidden([MUNICIPALITY, by_source, figure("b", 29), figure("c", 71)]) == set()


@pytest.mark.parametrize(
    ("count", "gone"), [(0, True), (4, True), (5, False), (45, False), (46, True), (50, True)]
)
def test_small_counts_their_complement_and_zero_are_hidden_alike(count: int, gone: bool) -> None:
    found = hidden([figure("a", 50, count=count)], small_count=5)
    assert found == ({"a"} if gone else set())


def test_nothing_is_known_about_a_figure_without_pupils() -> None:
    assert hidden([figure("a", None, count=3)]) == set()


sizes = st.lists(st.integers(0, 40), min_size=1, max_size=12)


@given(sizes)
def test_never_exactly_one_hidden_school_under_a_shown_municipality(schools: list[int]) -> None:
    candidates = [
        figure("K", sum(schools), parent="F"),
        *(figure(f"s{i:02}", n) for i, n in enumerate(schools)),
    ]
    gone = protect(candidates)
    assert {i for i, c in enumerate(candidates) if c.n is not None and c.n < 10} <= gone
    below = [i for i in gone if i]
    if 0 not in gone:
        assert len(below) != 1
        assert not below or sum(candidates[i].n or 0 for i in below) >= 10


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=6))
def test_of_all_girls_and_boys_never_exactly_one_is_hidden(schools: list[tuple[int, int]]) -> None:
    candidates = [
        figure(f"s{i}", n, gender=gender)
        for i, (girls, boys) in enumerate(
            [(sum(g for g, _ in schools), sum(b for _, b in schools)), *schools]
        )
        for gender, n in ((Gender.ALL, girls + boys), (Gender.GIRLS, girls), (Gender.BOYS, boys))
    ]
    gone = protect(candidates)
    split: dict[str, list[bool]] = defaultdict(list)
    for i, candidate in enumerate(candidates):
        split[candidate.unit].append(i in gone)
    assert all(sum(flags) != 1 for flags in split.values())
    assert protect(candidates) == gone


def test_giving_up_is_loud(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first, "_MAX_ROUNDS", 0)
    with pytest.raises(RuntimeError):
        protect([figure("a", 3)])


PARTS = {"id": 1, "unit": "a", "indicator": "np5_lesing", "period": 2024, "grade": 5, "gender": 0, "low": 47.0,
         "high": 51.0, "n": 30, "release": 1}  # fmt: skip


def test_a_figure_shows_only_what_its_edition_may() -> None:
    shown = safe_figure(**PARTS, value=49.0, status=Status.OK, edition=Edition.PUBLIC)  # type: ignore[arg-type]
    assert (shown.value, shown.n, shown.school_year, shown.is_shown) == (49.0, 30, "2024-25", True)
    secret = safe_figure(**PARTS, value=49.0, status=Status.CONFIDENTIAL, edition=Edition.PUBLIC)  # type: ignore[arg-type]
    assert (secret.value, secret.low, secret.high, secret.n) == (None, None, None, None)
    inside = safe_figure(**PARTS, value=49.0, status=Status.CONFIDENTIAL, edition=Edition.INTERNAL)  # type: ignore[arg-type]
    assert inside.value == 49.0
    assert (Status.OK.key, Edition.PUBLIC.key, Gender.GIRLS.key) == ("ok", "public", "girls")


def test_a_figure_cannot_be_made_or_changed_elsewhere() -> None:
    shown = safe_figure(**PARTS, value=49.0, status=Status.OK, edition=Edition.PUBLIC)  # type: ignore[arg-type]
    for attempt in (
        lambda: SafeFigure(*shown),
        lambda: SafeFigure._make(shown),
        lambda: shown._replace(value=1.0),
    ):
        with pytest.raises(UnsafeFigureError):
            attempt()
    with pytest.raises(AttributeError):
        shown.value = 1.0  # type: ignore[misc]
