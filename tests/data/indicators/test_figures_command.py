"""`tettpaa figures`: published figures as CSV, for each edition, with nothing hidden in it."""

import csv
import io
from argparse import ArgumentTypeError
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test.utils import CaptureQueriesContext

from tests.data.indicators.test_releases import NES, VIK, cell, put
from tests.factories.cast import Cast
from tettpaa.core.orgs.models import Unit
from tettpaa.data.indicators.figure_csv import COLUMNS, Selection, figure_rows
from tettpaa.data.indicators.management.commands.figures import school_year
from tettpaa.data.suppression.kinds import Edition, Gender, Status

pytestmark = pytest.mark.django_db


def figures(*arguments: str) -> list[list[str]]:
    out = io.StringIO()
    call_command("figures", *arguments, stdout=out)
    return list(csv.reader(io.StringIO(out.getvalue())))


def test_a_figure_in_a_spreadsheet(cast: Cast) -> None:
    release = put([cell(), cell("9901", 49.5, 100), cell(VIK, 48.0, 22, gender=Gender.GIRLS)])
    assert figures() == [
        list(COLUMNS),
        ["9901", "Fjordvik", "np5_lesing", "2024-25", "5", "all", "49.5", "47.5", "51.5", "100", "ok", "open_template", str(release.pk)],
        [VIK, "Vik skole", "np5_lesing", "2024-25", "5", "all", "50", "48", "52", "40", "ok", "open_template", str(release.pk)],
        [VIK, "Vik skole", "np5_lesing", "2024-25", "5", "girls", "48", "46", "50", "22", "ok", "open_template", str(release.pk)],
    ]  # fmt: skip
    assert (
        ",".join(COLUMNS)
        == "unit,unit_name,indicator,school_year,grade,gender,value,low,high,n,status,source,release"
    )


def test_a_hidden_figure_has_no_value_and_says_why(cast: Cast) -> None:
    put([cell(NES, 44.0, 4), cell(VIK, None, None, status=Status.HIDDEN_BY_SOURCE)])
    assert [row[6:11] for row in figures("--edition", "internal")[1:]] == [
        ["", "", "", "", "hidden_by_us"],
        ["", "", "", "", "hidden_by_source"],
    ]


def test_a_confidential_figure_stands_in_the_internal_edition_only(cast: Cast) -> None:
    put([cell(VIK, 47.0, 12, status=Status.CONFIDENTIAL), cell(NES, 44.0, 20)])
    assert [row[6:11] for row in figures()[1:]] == [
        ["44", "42", "46", "20", "ok"],
        ["", "", "", "", "hidden_by_source"],
    ]
    assert [row[6:11] for row in figures("--edition", "internal")[1:]] == [
        ["44", "42", "46", "20", "ok"],
        ["47", "45", "49", "12", "confidential"],
    ]


def test_it_can_be_narrowed(cast: Cast) -> None:
    put(
        [
            cell(),
            cell(NES, 44.0, 20),
            cell(period=2023, value=49.0),
            cell(indicator="np5_regning", value=47.0),
        ]
    )
    assert [row[0] for row in figures("--unit", NES)[1:]] == [NES]
    assert len(figures("--unit", NES, "--unit", VIK)) == 5
    assert [row[3] for row in figures("--year", "2023-24")[1:]] == ["2023-24"]
    assert [row[2] for row in figures("--indicator", "np5_regning")[1:]] == ["np5_regning"]
    assert figures("--unit", "1234") == [list(COLUMNS)]
    with pytest.raises(CommandError, match="unknown indicator 'tull'"):
        figures("--indicator", "tull")


def test_only_what_holds_now_is_written(cast: Cast) -> None:
    put([cell(value=10.0)])
    second = put([cell(value=51.0)])
    assert [(row[6], row[12]) for row in figures()[1:]] == [("51", str(second.pk))]


def test_a_name_cannot_become_a_formula(cast: Cast) -> None:
    Unit.objects.filter(code=VIK).update(display_name="=cmd|' /C calc'!A0")
    put([cell()])
    assert figures()[1][1] == "'=cmd|' /C calc'!A0"


def test_it_writes_a_file_whole_or_not_at_all(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put([cell(cell().unit_code)])
    path = tmp_path / "tall.csv"
    call_command("figures", output=str(path))
    assert path.read_bytes().startswith(b"unit,unit_name,")
    assert b"\r" not in path.read_bytes()
    assert "1 figures written" in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["tall.csv"]
    with pytest.raises(CommandError, match="cannot write"):
        call_command("figures", output=str(tmp_path / "borte" / "tall.csv"))


@pytest.mark.parametrize("text", ["2024", "2024-26", "2024-2025", "x", "24-25"])
def test_a_wrong_school_year_is_refused(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="2024-25"):
        school_year(text)
    assert school_year(" 1999-00 ") == 1999


def test_it_streams_by_indicator_and_year(cast: Cast, django_assert_num_queries: object) -> None:
    put([cell(period=year) for year in range(2020, 2025)])
    with CaptureQueriesContext(__import__("django.db").db.connection) as caught:
        assert len(list(figure_rows(Selection(edition=Edition.INTERNAL)))) == 5
    assert len(caught) == 1 + 1 + 5
