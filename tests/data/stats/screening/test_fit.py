"""The variance parts: found again where the truth is known, alike from everywhere, and equal to statsmodels'."""

from dataclasses import replace

import numpy as np
import pytest

from tests.data.stats.screening.world import TRUE, without, world
from tettpaa.data.stats.constants import ConstantsError
from tettpaa.data.stats.screening.fit import MOST_RHO, fit
from tettpaa.data.stats.screening.parts import Parts, parse, shipped
from tettpaa.data.stats.screening.results import Result, Results, gather

START = Parts(sd=10.0, school=3.0, test=3.0, cohort=3.0, own=1.0, rho=0.2)


def test_the_parts_are_found_again() -> None:
    true = replace(TRUE, own=0.5)
    found = fit(world(700, 3, true).results, START)
    off = (np.array(found.parts.free) - true.free) / found.errors
    assert np.abs(off).max() < 3
    assert found.errors[0] < 0.5  # and the answer is worth something
    assert found.schools == 700


def test_the_answer_does_not_depend_on_where_one_begins() -> None:
    results = world(150, 4).results
    ends = [
        fit(results, first).parts.free for first in (START, replace(START, school=12.0, cohort=0.1, rho=0.8))
    ]
    assert ends[0] == pytest.approx(ends[1], abs=2e-3)


def test_results_that_are_missing_do_not_bend_the_answer() -> None:
    found = fit(without(world(700, 3).results, 0.3, 1), START)
    off = (np.array(found.parts.free[:3]) - TRUE.free[:3]) / found.errors[:3]
    assert np.abs(off).max() < 3


def test_equal_schools_have_no_lasting_part() -> None:
    equal = Parts(10.0, school=0.0, test=0.0, cohort=1.44, own=0.0, rho=0.6)
    found = fit(world(300, 5, equal).results, START).parts
    assert (found.school, found.test) == (pytest.approx(0, abs=0.05), pytest.approx(0, abs=0.05))


def test_a_part_that_would_go_below_nothing_is_held_at_nothing() -> None:
    """Means that vary less than chance gives: every variance is at its edge."""
    results = world(40, 6).results
    found = fit(replace(results, deviation=results.deviation / 1e3), START).parts
    assert found.free[:4] == (0.0, 0.0, 0.0, 0.0)


def test_rho_has_a_ceiling() -> None:
    """Nine copies of the same test are one test."""
    made = world(200, 7, replace(TRUE, school=0.0, test=0.0, cohort=0.0, rho=0.999))
    assert fit(made.results, replace(START, own=0.0)).parts.rho == MOST_RHO


def test_the_shipped_parts_decide_for_a_few_schools_and_not_for_a_nation() -> None:
    prior = shipped().on_scale(10.0)
    true = replace(TRUE, school=3 * prior.school)
    few, many = (fit(world(n, 8, true).results, prior, prior=prior).parts.school for n in (5, 700))
    assert abs(few - prior.school) < abs(few - true.school)
    assert many == pytest.approx(true.school, rel=0.2)


def small_nation(schools: int, seed: int) -> Results:
    """Four tests of two cohorts in three years, the same pupils everywhere, chance independent from test to test."""
    draw = np.random.default_rng(seed)
    rows = []
    for school in range(schools):
        lasting = 2.2 * draw.standard_normal()
        on_test = 1.1 * draw.standard_normal(4)
        for year in range(2022, 2025):
            cohort = 1.5 * draw.standard_normal(2)
            for test in range(4):
                mean = lasting + on_test[test] + cohort[test // 2] + 2.0 * draw.standard_normal()
                rows.append(Result(f"s{school:03}", f"t{test}", f"c{test // 2}", year, 25, mean, 0.0))
    return gather(rows)


def test_statsmodels_finds_the_same_variances_and_levels() -> None:
    """MixedLM by maximum likelihood with crossed parts; its residual is chance (100/25) plus our `own`."""
    import statsmodels.formula.api as smf
    from pandas import DataFrame

    from tettpaa.data.stats.screening.levels import levels

    results = small_nation(36, 11)
    places = np.argwhere(results.seen)
    frame = DataFrame({
        "mean": results.deviation[results.seen], "school": places[:, 0], "test": places[:, 1],
        "group": 10 * places[:, 2] + results.cohort[results.seen],
    })  # fmt: skip
    model = smf.mixedlm(
        "mean ~ 0", frame, groups="school", re_formula="1",
        vc_formula={"test": "0 + C(test)", "cohort": "0 + C(group)"},
    )  # fmt: skip
    theirs = model.fit(reml=False)
    first = replace(
        START, sd=6.0
    )  # 36 / 25: less chance than there is, so that `own` is inside and not at its edge
    # Chance does not covary in this world, and MixedLM has no word for it: rho is held at 0 by a very sure prior.
    ours = fit(results, first, prior=None).parts
    held = _without_rho(results, first)
    assert ours.rho * 36 / 25 + ours.cohort == pytest.approx(held.cohort, rel=0.05)
    known = [float(np.asarray(theirs.cov_re)[0, 0]), *theirs.vcomp[::-1]]
    assert [held.school, held.test, held.cohort] == pytest.approx(known, rel=0.02)
    assert held.own + 36 / 25 == pytest.approx(theirs.scale, rel=0.01)
    level = levels(results, held).estimate
    theirs_level = [float(theirs.random_effects[school].iloc[0]) for school in range(36)]
    tests = [[float(theirs.random_effects[s][f"test[C(test)[{t}]]"]) for t in range(4)] for s in range(36)]
    assert level[:, :4] == pytest.approx(np.array(theirs_level)[:, None] + np.array(tests), abs=0.01)


def _without_rho(results: Results, first: Parts) -> Parts:
    """With all groups of one size, rho and cohort are one and the same: what rho took is given back."""
    found = fit(results, first).parts
    shared = found.rho * first.sd**2 / 25
    return replace(found, cohort=found.cohort + shared, own=found.own - shared, rho=0.0)


def test_shipped_parts_say_what_they_are() -> None:
    found = shipped()
    assert 8.5 < found.sd < 9.5
    assert found.school > found.test > 0
    assert found.on_scale(2 * found.sd).school == pytest.approx(4 * found.school)


@pytest.mark.parametrize("text", ["", "[parts]\nsd = 9.0", "[parts]\nspread = 1.0"])
def test_a_table_that_lacks_something_is_refused(text: str) -> None:
    with pytest.raises(ConstantsError, match="lacks or misspells"):
        parse(text)


@pytest.mark.parametrize(("name", "value"), [("sd", 0.0), ("school", -1.0), ("rho", 1.0)])
def test_impossible_parts_are_refused(name: str, value: float) -> None:
    with pytest.raises(ConstantsError, match="impossible"):
        replace(TRUE, **{name: value})
