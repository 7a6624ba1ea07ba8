"""Baseline, where we stand, and whether reaching the target could be told from chance."""

from collections.abc import Callable
from datetime import date
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.doors.workspace.conftest import OWNER, cell
from tests.factories.cast import Cast
from tests.work.plans.conftest import BERIT
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.data.suppression.kinds import Gender, Status
from tettpaa.work.plans import actions
from tettpaa.work.plans.content import words_of
from tettpaa.work.plans.figures import (
    MARGIN,
    STRIP,
    Baseline,
    Followed,
    baseline_of,
    chance_of_target,
    followed,
    name_of,
    rows_for,
    strip_of,
)
from tettpaa.work.plans.models import GoalIndicator, QualityPlan

type ViewerOf = Callable[[str], Viewer]

BASE = Baseline(47.0, 45.0, 49.0, 100, 2024)


def link(
    target: float | None, key: str = "np5_lesing", base: Baseline | None = BASE, **more: object
) -> Followed:
    return Followed(key, 5, Gender.ALL, base, target, **more)  # type: ignore[arg-type]


def test_the_chance_is_that_of_a_difference_between_two_measurements() -> None:
    """By hand: half-width 2,0 gives variance (2/1,96)² plus rounding 1/12; twice, plus twice the cohorts' 2,8.

    Fjordvik has one school here, so the cohorts' variance counts whole.
    """
    variance = 2 * ((2 / 1.959964) ** 2 + 1 / 12) + 2 * 2.8
    assert 1.959964 * sqrt(variance) == pytest.approx(5.49, abs=0.01)
    far = chance_of_target(link(53), 1)
    near = chance_of_target(link(52), 1)
    assert far is not None
    assert near is not None
    assert (far.can_tell, near.can_tell) == (True, False)
    assert far.sentence == (
        "Når vi målet, kan vi si at noe er endret: veien dit er 6,0\u00a0poeng, "
        "og tilfeldigheter alene gir sjelden mer enn 5,5\u00a0poeng."
    )
    assert near.sentence == (
        "Når vi målet, kan vi likevel ikke si om noe er endret: veien dit er 5,0\u00a0poeng, "
        "og tilfeldigheter alene kan gi opptil 5,5\u00a0poeng."
    )


def test_more_schools_make_a_smaller_step_tell() -> None:
    alone, together = chance_of_target(link(51), 1), chance_of_target(link(51), 20)
    assert alone is not None
    assert together is not None
    assert (alone.can_tell, together.can_tell) == (False, True)


@given(st.floats(47.1, 79), st.floats(47.1, 79), st.integers(1, 200))
def test_a_target_further_away_is_never_harder_to_tell(one: float, other: float, schools: int) -> None:
    near, far = sorted((one, other))
    told_near, told_far = chance_of_target(link(near), schools), chance_of_target(link(far), schools)
    assert told_near is not None
    assert told_far is not None
    assert not (told_near.can_tell and not told_far.can_tell)


@pytest.mark.parametrize(
    ("asked", "start"),
    [
        (link(46), "Utgangspunktet er allerede ved målet"),
        (link(47), "Utgangspunktet er allerede ved målet"),
        (link(3, "eu_mobbing", Baseline(2.0, 1.0, 3.0, 100, 2024)), "Utgangspunktet er allerede ved målet"),
        (link(48, base=Baseline(47, 45, 49, 100, 2019)), ""),
        (link(13, "laerertetthet_2_1_4", Baseline(15, None, None, None, 2024)), "Tallet bygger på alle"),
        (link(50, base=Baseline(47, None, None, None, 2024)), "Vi vet for lite om usikkerheten"),
        (link(50, base=Baseline(47, None, None, 4, 2024)), "Vi vet for lite om usikkerheten"),
    ],
)
def test_what_cannot_be_told_says_why(asked: Followed, start: str) -> None:
    found = chance_of_target(asked, 1)
    assert found is not None
    assert found.sentence.startswith(start)


def test_a_target_on_the_other_side_of_a_break_is_not_compared() -> None:
    asked = link(50, base=Baseline(47, 45, 49, 100, 2020), target_on=date(2023, 1, 15))
    found = chance_of_target(asked, 1)
    assert found is not None
    assert (found.can_tell, found.sentence) == (
        None,
        "Tallet er laget på en ny måte siden utgangspunktet, så de to kan ikke sammenlignes.",
    )


@pytest.mark.parametrize("asked", [link(None), link(50, base=None), link(50, "finnes_ikke")])
def test_nothing_is_said_without_both_ends(asked: Followed) -> None:
    assert chance_of_target(asked, 1) is None


def test_the_strip_spans_the_interval_and_the_target() -> None:
    strip = strip_of(link(53))
    assert strip is not None
    assert (strip.low, strip.target) == (MARGIN, STRIP - MARGIN)
    assert strip.dot == pytest.approx(MARGIN + (STRIP - 2 * MARGIN) / 4)
    assert strip.width == pytest.approx((STRIP - 2 * MARGIN) / 2)
    assert strip_of(link(53, base=None)) is None
    bare = strip_of(link(None, base=Baseline(47, None, None, None, 2024)))
    assert bare is not None
    assert (bare.dot, bare.width, bare.target) == (MARGIN, 0, None)


def test_names_say_the_grade_when_there_are_several() -> None:
    assert name_of(link(None)) == "Lesing 5. trinn"
    assert name_of(Followed("eu_trivsel", 7)) == "Trivsel, 7. trinn"
    assert name_of(Followed("borte")) == "borte"


@pytest.mark.django_db
def test_the_baseline_is_the_newest_public_figure(cast: Cast, figures: Callable[..., None]) -> None:
    assert baseline_of(cast.fjordvik, "np5_lesing", 5, Gender.ALL) is None
    figures()
    found = baseline_of(cast.fjordvik, "np5_lesing", 5, Gender.ALL)
    assert found == Baseline(45.0, 43.0, 47.0, 80, 2024)
    assert baseline_of(cast.fjordvik, "np5_regning", 5, Gender.ALL) is None


@pytest.mark.django_db
def test_a_figure_that_is_not_public_is_no_baseline(cast: Cast, figures: Callable[..., None]) -> None:
    figures([cell(OWNER, 45.0, 80, status=Status.CONFIDENTIAL)])
    assert baseline_of(cast.fjordvik, "np5_lesing", 5, Gender.ALL) is None


@pytest.mark.django_db
def test_a_row_shows_baseline_now_and_certainty(
    cast: Cast, plan: QualityPlan, figures: Callable[..., None], viewer_of: ViewerOf
) -> None:
    figures()
    goal = plan.goals.get()
    row = actions.blank_indicator(goal)
    row.indicator, row.grade, row.target, row.target_on = "np5_lesing", 5, 49.0, date(2027, 12, 31)
    baseline = baseline_of(cast.fjordvik, "np5_lesing", 5, Gender.ALL)
    actions.save_indicator(link=row, version=None, fields=(), baseline=baseline, by=BERIT)
    stored = GoalIndicator.objects.get()
    assert (stored.baseline, stored.baseline_low, stored.baseline_n) == (45.0, 43.0, 80)
    links = [followed(one) for one in words_of(plan)["goals"][0]["indicators"]]
    (shown,) = rows_for(viewer_of("berit"), cast.fjordvik, links)
    assert (shown.name, shown.baseline, shown.baseline_between, shown.baseline_year, shown.target) == (
        "Lesing 5. trinn", "45", "43–47", "2024–25", "49",
    )  # fmt: skip
    assert shown.standing is not None
    assert (shown.standing.now, shown.standing.beside, shown.standing.key) == ("45", "49", "clear")
    assert shown.standing.sentence.startswith("Fjordvik ligger klart under landet.")
    assert rows_for(viewer_of("berit"), cast.fjordvik, []) == []
