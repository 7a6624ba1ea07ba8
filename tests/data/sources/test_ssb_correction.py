"""Statistics Norway's correction: worked by hand, for every parameter, and never where it does not reach."""

import csv

import pytest

from tests.data.sources.helpers import read
from tests.data.sources.test_skoleporten import NES, file
from tettpaa.data.indicators.definitions import definition
from tettpaa.data.sources.source import Cell
from tettpaa.data.sources.ssb_correction import NOTE, PARAMETERS, corrected, parameters
from tettpaa.data.suppression.kinds import Gender, Level, Status


def cell(indicator: str, period: int, value: float | None, uncertainty: float | None = None) -> Cell:
    status = Status.OK if value is not None else Status.MISSING
    return Cell(
        indicator,
        Level.SCHOOL,
        NES,
        "Nes",
        "",
        "",
        period,
        5,
        Gender.ALL,
        value,
        None,
        uncertainty,
        status,
        False,
        7,
        "J",
    )


def test_a_figure_is_corrected_as_worked_by_hand() -> None:
    # English grade 5, 2020-21: (12.52 / 9.77) · (53 - 50.26) + 51.16 = 54.6712…
    (found,) = corrected([cell("np5_engelsk", 2020, 53.0, 3.0)])
    assert found.indicator == "np5_engelsk_ssb"
    assert found.value == pytest.approx(12.52 / 9.77 * 2.74 + 51.16)
    assert found.value == pytest.approx(54.6712, abs=1e-3)
    assert found.uncertainty == pytest.approx(3.8444, abs=1e-3)
    assert (found.row, found.column, found.status) == (7, "J", Status.OK)


def test_the_old_mean_becomes_the_new_mean() -> None:
    with PARAMETERS.open(encoding="utf-8", newline="") as file_:
        rows = list(csv.reader(file_, delimiter=";"))[3:]
    assert len(rows) == len(parameters()) == 44
    for (key, period), line in parameters().items():
        (found,) = corrected([cell(key, period, line.mean_old)])
        assert found.value == pytest.approx(line.mean_new)
        (one_sd,) = corrected([cell(key, period, line.mean_old + line.sd_old)])
        assert one_sd.value == pytest.approx(line.mean_new + line.sd_new)


def test_the_parameters_are_those_of_the_published_table() -> None:
    assert parameters()["np8_regning", 2014] == (49.99, 9.94, 49.98, 9.69)
    assert parameters()["np5_engelsk", 2021] == (50.52, 9.79, 53.34, 12.67)


@pytest.mark.parametrize(
    ("indicator", "period"),
    [
        ("np9_lesing", 2018),
        ("np5_lesing", 2014),
        ("np5_lesing", 2015),
        ("np5_lesing", 2022),
        ("np5_engelsk_2007", 2010),
    ],
)
def test_what_the_correction_does_not_cover_gives_nothing(indicator: str, period: int) -> None:
    assert list(corrected([cell(indicator, period, 50.0)])) == []


def test_a_missing_figure_stays_missing() -> None:
    (found,) = corrected([cell("np5_lesing", 2016, None)])
    assert (found.value, found.uncertainty, found.status) == (None, None, Status.MISSING)


def test_every_corrected_series_is_a_valid_indicator() -> None:
    for key, period in parameters():
        assert definition(f"{key}_ssb").is_valid_in(period)
        assert definition(f"{key}_ssb").derived_from == key


def test_the_reading_itself_is_never_corrected() -> None:
    reading = read(file({}), school_names={"Nes skole": NES})
    assert [(c.indicator, c.value) for c in reading.cells] == [("np5_engelsk", 53)]
    assert "13. november 2025" in NOTE.nb
