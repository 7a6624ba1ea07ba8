"""`tettpaa screen`: from file to file, and every mistake in words."""

import csv
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

HEAD = "school,test,cohort,year,n,mean"


def results(folder: Path, *lines: str, head: str = HEAD, encoding: str = "utf-8") -> Path:
    path = folder / "results.csv"
    path.write_text("\n".join((head, *lines)) + "\n", encoding=encoding)
    return path


def screened(path: Path, *more: str) -> tuple[list[dict[str, str]], str, str]:
    """The rows of FLAGS.csv, what was said, and what was said beside."""
    out, err = io.StringIO(), io.StringIO()
    target = path.with_name("flags.csv")
    call_command("screen", str(path), "--output", str(target), *more, stdout=out, stderr=err)
    with target.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file)), out.getvalue(), err.getvalue()


def history(school: str, mean: float) -> list[str]:
    return [f"{school},{test},5,{year},40,{mean}" for test in ("r", "m") for year in range(2020, 2025)]


def test_from_file_to_file(tmp_path: Path) -> None:
    path = results(tmp_path, *history("vik", 42), *history("nes", 51), "nes,e,5,2024,8,*")
    rows, said, beside = screened(path, "--sd", "9,5", "--limit", "3")
    assert [(row["school"], row["test"]) for row in rows] == [
        ("nes", "m"), ("nes", "r"), ("nes", "all"), ("vik", "m"), ("vik", "r"), ("vik", "all"),
    ]  # fmt: skip
    assert float(rows[2]["level_estimate"]) > 0 > float(rows[5]["level_estimate"])
    assert [line.split(":")[0] for line in said.splitlines()] == [
        "Nivå, alle prøver sammen", "Fall over tid", "Tidlig varsel om fall",
    ]  # fmt: skip
    assert "Filen har ikke tall for landet" in beside
    assert "1 rader uten vist resultat" in beside
    assert "6 rader er skrevet" in beside


def test_the_nation_in_the_file_is_the_reference(tmp_path: Path) -> None:
    path = results(tmp_path, *(f"{line},50" for line in history("vik", 42)), head=f"{HEAD},national")
    rows, _said, beside = screened(path)
    assert {row["level_flag"] for row in rows} == {"clear"}
    assert "landet" not in beside


def test_nothing_before_a_break_is_used(tmp_path: Path) -> None:
    path = results(tmp_path, *(f"{line},50" for line in history("vik", 42)), head=f"{HEAD},national")
    rows, _said, _beside = screened(path, "--break", "2023", "--break", "m:2024")
    assert [row["change_p"] != "" for row in rows] == [False, True, True]
    with pytest.raises(CommandError, match="etter bruddet"):
        screened(path, "--break", "2025")


def test_each_mistake_is_told_with_its_place_and_nothing_is_written(tmp_path: Path) -> None:
    path = results(tmp_path, "vik,r,5,2024,0,42", "vik,r,5,2024,20", *["x,r,5,24,1,2"] * 20)
    err = io.StringIO()
    with pytest.raises(CommandError, match="Ingenting er skrevet"):
        call_command("screen", str(path), "--output", str(tmp_path / "flags.csv"), stderr=err)
    lines = err.getvalue().splitlines()
    assert lines[0] == "results.csv, rad 2, kolonne n: Vi leste «0». Skriv antall elever, 1 eller flere."
    assert lines[1] == "results.csv, rad 3: Raden har 5 felt. Den skal ha like mange som første linje."
    assert (len(lines), lines[-1]) == (21, "results.csv: og 2 feil til.")
    assert not (tmp_path / "flags.csv").exists()


def test_a_file_that_cannot_be_read_or_written(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="kan ikke leses"):
        screened(tmp_path / "none.csv")
    with pytest.raises(CommandError, match="ikke UTF-8"):
        screened(results(tmp_path, "vik,r,5,2024,20,42,blå", encoding="latin-1"))
    path = results(tmp_path, *history("vik", 42))
    with pytest.raises(CommandError, match="Kan ikke skrive"):
        call_command(
            "screen", str(path), "--output", str(tmp_path / "no" / "flags.csv"), stderr=io.StringIO()
        )


@pytest.mark.parametrize("more", [("--sd", "0"), ("--limit", "x"), ("--break", "22"), ("--break", "r:")])
def test_a_setting_without_sense(tmp_path: Path, more: tuple[str, str]) -> None:
    with pytest.raises((CommandError, SystemExit), match="is not a"):
        screened(results(tmp_path, *history("vik", 42)), *more)
