"""The shipped constants, and the reader that refuses a bad table."""

from dataclasses import replace
from datetime import date

import pytest

from tettpaa.data.stats.constants import (
    UNKNOWN,
    Components,
    ConstantsError,
    components_for,
    find,
    parse,
    tables,
)
from tettpaa.data.stats.kinds import Kind
from tettpaa.data.stats.rules import Rule, rule_for

SMALL = """
key = "small"
title = "A small table"
source = "somewhere"
measured_on = 2026-11-22
method = "counted"
valid_from = 2020
valid_to = 2021
[indicator.a]
sd = 2.0
"""


@pytest.mark.parametrize(
    ("indicator", "persistent", "cohort"),
    [
        ("np5_engelsk", 4.1, 2.8),
        ("np5_lesing", 4.8, 2.8),
        ("np5_regning", 5.2, 4.9),
        ("np8_engelsk", 5.8, 0.9),
        ("np8_lesing", 4.8, 1.8),
        ("np8_regning", 6.1, 1.8),
    ],
)
def test_variances_are_those_measured(indicator: str, persistent: float, cohort: float) -> None:
    found = components_for(indicator, 2024)
    assert (found.persistent, found.cohort, found.precision, found.table) == (
        persistent,
        cohort,
        1.0,
        "np-2022",
    )
    assert found.sd is not None
    assert 8.7 <= found.sd <= 9.5


def test_grade_nine_borrows_from_grade_eight_and_says_so() -> None:
    eight, nine = components_for("np8_lesing", 2024), components_for("np9_lesing", 2024)
    assert nine == replace(eight, borrowed_from="np8_lesing")
    assert eight.borrowed_from is None


def test_old_scale_has_no_constants() -> None:
    assert components_for("np5_lesing", 2021) is UNKNOWN


def test_survey_spread_by_index_and_by_default() -> None:
    keys = ("eu_trivsel", "eu_vfl", "eu_radgivning", "foreldre_trivsel", "laerer_samarbeid")
    assert [components_for(key, 2024).sd for key in keys] == [0.77, 1.09, 0.9, 0.9, 0.9]


def test_surveys_are_never_shrunk() -> None:
    found = components_for("eu_trivsel", 2024)
    assert (found.persistent, found.cohort, found.can_shrink) == (None, None, False)


def test_unknown_indicator_has_no_constants() -> None:
    assert components_for("gs_poeng", 2024) is UNKNOWN


def test_each_shipped_table_says_where_it_comes_from() -> None:
    assert [table.key for table in tables()] == ["np-2022", "surveys-2013"]
    for table in tables():
        assert table.measured_on <= date(2026, 11, 22)
        assert table.source
        assert table.method.strip()


def test_validity_ends() -> None:
    table = parse(SMALL)
    found = [find((table,), "a", year).sd for year in (2019, 2020, 2021, 2022)]
    assert found == [None, 2.0, 2.0, None]


def test_a_default_serves_only_its_prefixes() -> None:
    table = parse(SMALL.replace("[indicator.a]", 'prefixes = ["b_"]\n[default]'))
    assert [find((table,), key, 2020).sd for key in ("b_x", "c_x")] == [2.0, None]


def test_two_tables_for_the_same_year_are_refused() -> None:
    with pytest.raises(ConstantsError, match="a in 2021 stands in small, other"):
        find((parse(SMALL), parse(SMALL.replace('"small"', '"other"'))), "a", 2021)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('source = "somewhere"', ""),
        ("sd = 2.0", "spread = 2.0"),
        ("sd = 2.0", 'same_as = "b"'),
        ("valid_to", "valid_until"),
        ("sd = 2.0", "sd = 0.0"),
        ("sd = 2.0", "cohort = -1.0"),
    ],
)
def test_a_bad_table_is_refused(old: str, new: str) -> None:
    with pytest.raises(ConstantsError):
        parse(SMALL.replace(old, new))


def test_an_area_shares_out_the_cohort_variance_and_is_not_shrunk() -> None:
    area = Components(sd=9.0, persistent=5.0, cohort=2.8).for_area(7)
    assert (area.cohort, area.persistent, area.can_shrink) == (pytest.approx(0.4), None, False)


def test_an_area_of_unknown_cohort_variance_keeps_it_unknown() -> None:
    assert Components(sd=0.9).for_area(7).cohort is None


def test_an_area_has_schools() -> None:
    with pytest.raises(ValueError, match="at least one school"):
        UNKNOWN.for_area(0)


def test_a_rule_takes_the_preset_and_lets_the_definition_overrule() -> None:
    preset = rule_for("np5_lesing", 2024, Kind.MEAN, breaks=(2022,))
    assert (preset.delta, preset.breaks, preset.window, preset.min_pupils) == (2.0, (2022,), 3, 10)
    assert rule_for("np5_lesing", 2024, Kind.MEAN, delta=3.0).delta == 3.0
    assert rule_for("eu_trivsel", 2024, Kind.MEAN).delta is None


def test_a_rule_for_an_area_changes_only_its_components() -> None:
    rule = rule_for("np5_lesing", 2024, Kind.MEAN)
    assert rule.for_area(4) == replace(rule, components=rule.components.for_area(4))


@pytest.mark.parametrize("wrong", [{"window": 0}, {"delta": -1.0}])
def test_a_rule_without_sense_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="window of at least one year"):
        Rule(Kind.MEAN, **wrong)


def test_the_latest_break_between_two_years() -> None:
    rule = Rule(Kind.MEAN, breaks=(2014, 2016, 2022))
    found = [rule.break_between(*years) for years in ((2013, 2017), (2016, 2021), (2021, 2022), (2022, 2024))]
    assert found == [2016, None, 2022, None]
