"""Every cell of the real files, compared with a reader of its own (csv module only)."""

import csv
import io

import pytest

from tests.data.sources.helpers import (
    codes,
    independent_udir,
    national_test_files,
    read,
    real_file,
    sample,
    without_place,
)
from tettpaa.data.sources.source import Cell
from tettpaa.data.suppression.kinds import Gender, Level, Status

FAKE_NUMBERS = {
    "Auglend skole": "975280802",
    "Tastarustå skole": "974603209",
    "Åmøy skole (utgått)": "974603268",
}


def as_text(cell: Cell) -> tuple[str, str, str]:
    """A cell back to the three texts that it must have come from."""
    if cell.status == Status.OK:
        assert cell.value is not None
        assert cell.uncertainty is not None
        score = f"{cell.value:g}".replace(".", ",")
        return (
            score,
            f"{cell.uncertainty:.1f}".replace(".", ",").replace(",0", ",0"),
            f"{cell.n:,}".replace(",", " "),
        )
    return {
        Status.NO_PARTICIPANTS: ("", "", "0"),
        Status.MISSING: ("", "", ""),
        Status.HIDDEN_BY_SOURCE: ("*", "*", "*"),
    }[cell.status]


@pytest.mark.parametrize("name", national_test_files())
def test_every_cell_of_a_national_file_is_what_the_file_says(name: str) -> None:
    data = real_file(name)
    expected = {
        key: ("*", "*", "*") if texts == ("", "", "*") else texts
        for key, texts in independent_udir(data).items()
    }
    reading = read(data)
    assert reading.problems == ()
    assert reading.is_complete
    found = {(c.unit_code, c.indicator.split("_")[1], c.period, c.grade): as_text(c) for c in reading.cells}
    assert len(found) == len(reading.cells)
    assert found == {
        k: (v[0], v[1] if v[1] in {"", "*"} or "," in v[1] else f"{v[1]},0", v[2])
        for k, v in expected.items()
    }


def test_row_and_column_lead_back_to_the_cell() -> None:
    data = real_file("2024-25_20260224-1157_Nasjonale_proever_5._trinn.csv")
    lines = [line.split("\t") for line in data.decode("utf-16-le").split("\n")]
    for cell in read(data).cells[::97]:
        text = lines[cell.row - 1][ord(cell.column) - 65]
        assert (
            text == ("" if cell.status in {Status.NO_PARTICIPANTS, Status.MISSING} else as_text(cell)[0])
            or text == ""
        )
        assert lines[cell.row - 1][8].strip() in {cell.unit_name, "Alle skoler"} or cell.level < Level.SCHOOL


def test_every_row_of_skoleporten_is_what_the_file_says() -> None:
    data = real_file("nedlasting.csv")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    names = {row["Enhetsnavn"] for row in rows}
    mapping = {name: f"F{number:08d}" for number, name in enumerate(sorted(names))}
    reading = read(data, school_names=mapping)
    assert reading.problems == ()
    assert len(reading.cells) == len(rows) == 6233
    genders = {"Begge kjønn": Gender.ALL, "Jenter": Gender.GIRLS, "Gutter": Gender.BOYS}
    for row, cell in zip(rows, reading.cells, strict=True):
        assert cell.unit_code == mapping[row["Enhetsnavn"]]
        assert cell.period == int(row["Periode"][:4])
        assert cell.gender == genders[row["Kjønn"]]
        assert f"Trinn {cell.grade}" == row["Trinn"]
        assert ("." if cell.value is None else f"{cell.value:g}") == row["Verdi"]
        assert cell.indicator == indicator_of(row)


def indicator_of(row: dict[str, str]) -> str:
    subject = row["Indikator/delskår"].split(" ")[0].lower()
    if row["Statistikk"].endswith("2009-2013"):
        return f"np5_{subject}_2007"
    former = "_avgiver" if "avgiverskole" in row["Indikator/delskår"] else ""
    return f"np{row['Trinn'].split(' ')[1]}_{subject}{former}"


@pytest.mark.parametrize("name", ["np5_2024-25_utdrag.csv", "np8_2024-25_utdrag.csv"])
@pytest.mark.parametrize(
    ("encoding", "start"),
    [("utf-16-le", b""), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"), ("utf-16-be", b""), ("utf-8", b""),
     ("utf-8", b"\xef\xbb\xbf"), ("cp1252", b"")],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", ["\t", ";", "|", ","])
@pytest.mark.parametrize("told", [True, False])
def test_a_resaved_copy_gives_the_same_cells(
    name: str, encoding: str, start: bytes, end: str, separator: str, told: bool
) -> None:
    original = sample(name)
    rows = [line.split("\t") for line in original.decode("utf-16-le").split("\n")[1:-1]]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=end).writerows(rows)
    text = (f"sep={separator}{end}" if told else "") + out.getvalue()
    reading = read(start + text.encode(encoding))
    assert codes(reading) == []
    assert without_place(reading.cells) == without_place(read(original).cells)


def test_leading_zeros_lost_in_a_spreadsheet_are_put_back() -> None:
    rows = [
        line.split("\t") for line in sample("np5_2024-25_utdrag.csv").decode("utf-16-le").split("\n")[1:-1]
    ]
    for row in rows[1:]:
        row[2], row[3] = row[2].lstrip("0") or "0", row[3].lstrip("0") or "0"
    text = "\r\n".join(";".join(row) for row in rows) + "\r\n"
    assert without_place(read(text.encode("cp1252")).cells) == without_place(
        read(sample("np5_2024-25_utdrag.csv")).cells
    )


def test_the_sample_of_skoleporten_needs_a_number_for_every_name() -> None:
    refused = read(sample("skoleporten_utdrag.csv"))
    assert codes(refused) == ["unknown_school_alone"] * 3
    assert [problem.found for problem in refused.problems] == sorted(
        FAKE_NUMBERS, key=lambda n: (n != "Auglend skole", n)
    )
    assert len(read(sample("skoleporten_utdrag.csv"), school_names=FAKE_NUMBERS).cells) == 415
