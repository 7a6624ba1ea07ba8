"""`tettpaa estimate`: Udir's files in, constants and report out."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tettpaa.data.stats.screening.parts import parse

SAMPLES = Path(__file__).parent / "samples"


def two_years(folder: Path) -> list[Path]:
    """The sample of one year, and the same a year earlier."""
    text = (SAMPLES / "np5_2024-25_utdrag.csv").read_bytes().decode("utf-16-le")
    found = []
    for year in ("2023-24", "2024-25"):
        path = folder / f"np5_{year}.csv"
        path.write_bytes(text.replace("2024-25", year).encode("utf-16-le"))
        found.append(path)
    return found


def estimated(paths: list[Path], target: Path) -> str:
    out = io.StringIO()
    call_command("estimate", *map(str, paths), "--output", str(target), stdout=out)
    return out.getvalue()


def test_constants_and_report_are_written(tmp_path: Path) -> None:
    target = tmp_path / "np-2023.toml"
    said = estimated(two_years(tmp_path), target)
    assert "Konstantene står i" in said
    found = parse(target.read_text(encoding="utf-8"))
    assert 7 < found.sd < 11
    report = (tmp_path / "np-2023.md").read_text(encoding="utf-8")
    assert "| np5_2023-24.csv | `" in report
    assert "school years 2023 to 2024" in report


def test_one_year_is_too_little(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="for få tall"):
        estimated([SAMPLES / "np5_2024-25_utdrag.csv"], tmp_path / "x.toml")


def test_a_file_of_another_kind_is_told_with_its_place(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"other\.csv: "):
        estimated([other], tmp_path / "x.toml")
    with pytest.raises(CommandError, match="kan ikke leses"):
        estimated([tmp_path / "none.csv"], tmp_path / "x.toml")


def test_where_the_answer_goes(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"slutter på \.toml"):
        estimated(two_years(tmp_path), tmp_path / "x.csv")
    with pytest.raises(CommandError, match="Kan ikke skrive"):
        estimated(two_years(tmp_path), tmp_path / "no" / "x.toml")
