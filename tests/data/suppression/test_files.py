"""The plain files and the two commands: what a bad file is told, what the checker finds, what is lost."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.data.suppression.attack import read
from tests.data.suppression.publishing import K, publish, small, truth_of
from tests.data.suppression.tables import HIERARCHY, country, regrouped
from tettpaa.data.suppression import command
from tettpaa.data.suppression.check import check
from tettpaa.data.suppression.engine import suppress
from tettpaa.data.suppression.files import FileError, sha256
from tettpaa.data.suppression.table import Cell, Earlier, Rules, Sum, Table
from tettpaa.data.suppression.words import SAYS, say


def suppress_text(folder: Path, text: str | bytes, **more: object) -> None:
    path = folder / "table.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    options: dict[str, object] = {"hierarchy": "school", "dimensions": "gender", "output": folder / "out.csv"}
    call_command("suppress", path, **options | more)


GOOD = "school,gender,n\nA,F,30\nA,M,20\nB,F,9\nB,M,8\n"


@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        ("", {}, "har ingen rader"),
        ("school,gender,n\n", {}, "har ingen rader"),
        (b"school,gender,n\n\xff,F,3\n", {}, r"kan ikke leses \(UTF-8\)"),
        ("school,n\nA,3\n", {}, "mangler kolonnen «gender». Filen har: school, n"),
        ("school,gender,n,more\nA,F,3,1\n", {}, "kolonnen «more» er ikke nevnt"),
        ("school,gender,n\nA,F\n", {}, "linje 2: har 2 felter, men overskriften har 3"),
        ("school,gender,n\n\nA,,3\n", {}, "linje 3, kolonne «gender»: er tom"),
        ("school,gender,n\nA,Total,3\n", {}, "linje 2, kolonne «gender»: «Total» er reservert"),
        ("school,gender,n\nA,F,3.5\n", {}, "linje 2, kolonne «n»: «3.5» er ikke et helt tall"),
        ("school,gender,n\nA,F,-3\n", {}, "«-3» er ikke et helt tall"),
        ("school,gender,n\nA,F,3\nA,F,4\n", {}, "linje 3: samme celle står på linje 2"),
        (GOOD, {"dimensions": "school"}, "Kolonnen «school» er nevnt to ganger"),
        (GOOD, {"threshold": 0}, "--threshold 0: grensen må være minst 1"),
        (GOOD, {"sum": ["gender"]}, "--sum «gender»: skriv slik"),
        (GOOD, {"sum": ["gender:Total=F+M"]}, "skriv slik"),
        (GOOD, {"sum": ["grade:x=F+M"]}, "mangler kolonnen «grade»"),
        (GOOD, {"sum": ["gender:F=F+M"]}, "koden finnes i filen"),
        (GOOD, {"sum": ["gender:all=F+X"]}, "ingen slik kode"),
        (GOOD, {"output": Path("/nowhere/out.csv")}, "kan ikke skrives"),
    ],
)
def test_a_bad_file_is_told_by_line_and_column_and_nothing_is_written(
    tmp_path: Path, text: str | bytes, more: dict[str, object], said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        suppress_text(tmp_path, text, **more)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["table.csv"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("school,gender,n,status\nA,F,x,shown\n", "line 2, column “n”: “x” is not a whole number"),
        ("school,gender,n,status\nA,F,,maybe\n", "line 2, column “status”: “maybe” is neither"),
        ("school,gender,n\nA,F,3\n", "has no column “status”"),
        ("gender,n,status\nF,3,shown\n", "has no column “school”"),
    ],
)
def test_a_bad_earlier_release_is_told_too(tmp_path: Path, text: str, said: str) -> None:
    earlier = tmp_path / "earlier.csv"
    earlier.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=said):
        suppress_text(tmp_path, GOOD, previous=[earlier], language="en")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="kan ikkje lesast"):
        call_command(
            "suppress", tmp_path / "none.csv", hierarchy="school", output=tmp_path / "o.csv", language="nn"
        )


def test_a_fault_says_itself_in_bokmaal_unless_asked() -> None:
    assert str(FileError("empty", file="a.csv")) == say("empty", file="a.csv")


def test_every_text_stands_in_three_languages_with_the_same_fields() -> None:
    for key, words in SAYS.items():
        fields = {tuple(sorted(part.split("}")[0] for part in text.split("{")[1:])) for text in words}
        assert len(fields) == 1, key
        assert len(set(words)) == 3, key
    assert say("loss", "en", hidden=3) == "As the table is, 3 % of the numbers are hidden."


def test_the_refusal_names_cells_and_the_coarser_table(tmp_path: Path) -> None:
    """Four pupils in all, and that is out: neither gender can have five."""
    earlier = tmp_path / "earlier.csv"
    earlier.write_text("school,n,status\nA,4,shown\n", encoding="utf-8")
    with pytest.raises(
        CommandError, match=r"Ingenting er skrevet.*A / F.*Uten «gender» kan tabellen publiseres"
    ):
        suppress_text(
            tmp_path,
            "school,gender,n\nA,F,3\nA,M,1\n",
            previous=[earlier],
            certificates=tmp_path / "c.jsonl",
        )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["earlier.csv", "table.csv"]


def test_where_nothing_helps_it_is_said(tmp_path: Path) -> None:
    """An earlier release gave the girls away by itself: no table beside it can be proved."""
    earlier = tmp_path / "earlier.csv"
    earlier.write_text(
        "school,gender,n,status\nA,F,,hidden\nA,M,20,shown\nA,Total,22,shown\n", encoding="utf-8"
    )
    text = "school,gender,n\nA,F,2\nA,M,20\nB,F,30\nB,M,31\n"
    with pytest.raises(CommandError, match=r"A / F\. Heller ingen grovere tabell"):
        suppress_text(tmp_path, text, previous=[earlier])


def test_a_small_number_that_is_out_already_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = tmp_path / "earlier.csv"
    earlier.write_text("school,gender,n,status\nB,M,3,shown\n", encoding="utf-8")
    suppress_text(tmp_path, GOOD.replace("B,M,8", "B,M,3"), previous=[earlier])
    said = capsys.readouterr().err
    assert "1 små celler er allerede vist i en tidligere publisering, blant dem B / M" in said
    assert "Kontrollert" in said


def test_what_is_lost_is_told_with_and_without_each_breakdown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(tmp_path, country(3, 2), breakdowns=True, language="en")
    lines = capsys.readouterr().err.splitlines()
    first = [line.split(" ")[0] for line in lines]
    assert first == ["Checked:", "sha256", "As", "Without", "Without", "Without", "Much"]
    shares = [int("".join(filter(str.isdigit, line))) for line in lines[2:6]]
    least = min(range(1, 4), key=lambda i: shares[i])
    assert lines[-1].endswith(f"without “{('grade', 'gender', 'level')[least - 1]}”.")


def test_a_table_without_which_nothing_can_be_published_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = command.suppress

    def refusing(table: Table, *rest: object, **more: object) -> object:
        pattern = real(table, *rest, **more)  # type: ignore[arg-type]
        return pattern if table.dimensions else replace(pattern, refused=(Cell(("A",)),))

    monkeypatch.setattr(command, "suppress", refusing)
    suppress_text(tmp_path, GOOD, breakdowns=True)
    said = capsys.readouterr().err.splitlines()
    assert said[1:] == [
        "Slik tabellen er, skjules 0 % av tallene.",
        "Uten «gender» kan tabellen ikke publiseres.",
    ]


def test_the_checker_finds_each_kind_of_fault(tmp_path: Path) -> None:
    table = regrouped(country(3, 2), (1, 2)).without("gender")
    files = publish(tmp_path, table)
    truth, cells = truth_of(table), read(files[1])[1]
    published, lines = files[1].read_text().splitlines(), files[2].read_text().splitlines()
    hidden = next(c for c, v in cells.items() if v is None and 0 < truth[c] < K)
    shown = next(c for c, v in cells.items() if v is not None)

    def found(rows: list[str] = published, proofs: list[str] = lines) -> list[str]:
        (tmp_path / "p.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        (tmp_path / "c.jsonl").write_text("\n".join(proofs) + "\n", encoding="utf-8")
        return list(check(str(files[0]), str(tmp_path / "p.csv"), str(tmp_path / "c.jsonl")))

    def with_row(codes: tuple[str, ...], ending: str) -> list[str]:
        head = ",".join(codes) + ","
        return [head + ending if row.startswith(head) else row for row in published]

    assert found() == []
    assert any(
        "moves it" in line and str(hidden) in line
        for line in found(with_row(hidden, f"{truth[hidden]},shown"))
    )
    assert found(with_row(shown, f"{truth[shown] + 1},shown")) == [f"{shown}: shows {truth[shown] + 1}"]
    assert found([*published, published[-1]])[0].endswith("published twice")
    assert found([row for row in published if row != published[1]])[0].endswith("not published")
    assert f"{hidden}: can be proved to be under 5" in found(proofs=lines[:1])
    assert f"{hidden}: can be proved to be {truth[hidden]} or more" in found(proofs=lines[:1])
    inner = next(c for c in table.codes if truth[c] == 0)
    assert f"{inner}: below 0 in line 2" in found(proofs=[lines[0], json.dumps([[*inner, -1]])])
    nowhere = (*inner[:-1], "9")
    assert f"{nowhere}: line 2 moves what is no group" in found(
        proofs=[lines[0], json.dumps([[*nowhere, 5]])]
    )


def test_the_command_names_the_failing_cell_and_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(path) for path in publish(tmp_path, country(2, 2).without("gender"))]
    call_command("suppress-check", *files, language="en")
    assert "all counter-tables add up" in capsys.readouterr().out
    head = (tmp_path / "certificates.jsonl").read_text().splitlines()[0]
    (tmp_path / "certificates.jsonl").write_text(head + "\n")
    with pytest.raises(CommandError, match="can be proved to be under 5") as caught:
        call_command("suppress-check", *files)
    assert caught.value.returncode == 1


@pytest.mark.parametrize(
    ("which", "text", "said"),
    [
        (2, None, "kan ikke leses"),
        (2, "", "linje 1: er ikke en mot-tabell"),
        (2, "{}\n", "linje 1: er ikke en mot-tabell"),
        (2, "HEAD\n{\n", "linje 2: er ikke en mot-tabell"),
        (2, 'HEAD\n[["A"]]\n', "linje 2: er ikke en mot-tabell"),
        (2, 'HEAD\n[["A", 1]]\n', "certificates.jsonl, linje ?"),
        (0, "fylke,kommune,school,grade,level,n\n01,0001,S1,5,1,x\n", "linje 2, kolonne «n»: «x»"),
        (1, "fylke,kommune,school,grade,level,n,status\n01,0001,S1,5,1,x,shown\n", "linje 2, kolonne «n»"),
    ],
)
def test_a_file_that_cannot_be_checked_is_told_by_line(
    tmp_path: Path, which: int, text: str | None, said: str
) -> None:
    files = publish(tmp_path, country(2, 2).without("gender"))
    head = files[2].read_text().splitlines()[0]
    if text is None:
        files[2].unlink()
    else:
        files[which].write_text(text.replace("HEAD", head), encoding="utf-8")
    with pytest.raises(CommandError, match=said.replace("?", r"\?")):
        call_command("suppress-check", *map(str, files))


def test_the_checker_holds_an_earlier_publication_too(tmp_path: Path) -> None:
    """A counter-table that moves what was shown before is no proof, though it moves nothing that is shown now."""
    table = country(3, 3).without("gender")
    files = publish(tmp_path, table)
    cells, truth = read(files[1])[1], truth_of(table)
    covered = next(c for c, v in cells.items() if v is None and truth[c] >= K and "Total" in c)
    old = tmp_path / "old.csv"
    head = [*table.columns, "gender", "n", "status"]
    rows = [
        [*c, "Total", truth[c] if c == covered else "", "shown" if c == covered else "hidden"] for c in truth
    ]
    rows.append([*covered[:-1], covered[-1], "F", truth[covered], "shown"])  # finer: binds nothing here
    old.write_text("\n".join(",".join(map(str, row)) for row in [head, *rows]) + "\n", encoding="utf-8")
    failed = list(check(*map(str, files), [str(old)]))
    assert failed
    assert all(line.startswith(f"{covered}: shown, but line") for line in failed)
    with pytest.raises(CommandError, match="moves it"):
        call_command("suppress-check", *map(str, files), previous=[old])
    (tmp_path / "empty.csv").write_text("n,status\n", encoding="utf-8")
    assert list(check(*map(str, files), [str(tmp_path / "empty.csv")])) == []


def test_sums_are_in_the_file_and_in_its_proofs(tmp_path: Path) -> None:
    table = country(2, 4).without("gender")
    files = publish(tmp_path, table, sum=["level:low=1+2"])
    assert {codes[-1] for codes in read(files[1])[1]} == {"1", "2", "3", "4", "5", "low", "Total"}
    assert list(check(*map(str, files))) == []
    assert json.loads(files[2].read_text().splitlines()[0])["sums"] == [["level", "low", ["1", "2"]]]
    assert len(sha256(files[2])) == 64


@pytest.mark.parametrize(
    ("hierarchy", "codes", "counts"),
    [((), ((),), [1]), (("s",), (("A", "B"),), [1]), (("s",), (("A",), ("A",)), [1, 2]), (("s",), (("A",),), [-1])],
)  # fmt: skip
def test_a_table_that_is_none_is_refused(
    hierarchy: tuple[str, ...], codes: tuple[tuple[str, ...], ...], counts: list[int]
) -> None:

    with pytest.raises(ValueError, match="a "):
        Table(hierarchy, (), codes, np.array(counts))


def test_leaving_out_a_dimension_adds_up() -> None:
    table = small({("A", "F", "1"): 3, ("A", "M", "1"): 4}, ("school",), ("gender", "level"))
    coarser = table.without("gender")
    assert (coarser.codes, coarser.counts.tolist()) == ((("A", "1"),), [7])
    with pytest.raises(ValueError, match="only a dimension"):
        table.without("school")
    with pytest.raises(ValueError, match="at least 1"):
        Rules(0)


def test_the_country_is_a_piece_when_it_is_one_school() -> None:
    table = small({("A", "F"): 3, ("A", "M"): 40}, ("school",), ("gender",))
    assert suppress(table).refused == ()
    assert HIERARCHY[-1] == "school"
    assert Sum("a", "b", frozenset()).members == frozenset()
    assert Earlier(("a",), {}).name == ""
