"""The limited child: same cells as in-process, progress, and every way to die becomes a problem in words."""

import gc
import io
import json
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.data.sources.helpers import codes, national_test_files, read, real_file, sample
from tests.data.sources.hostile import BOOKS, packed, parts
from tests.data.sources.test_open_template import template
from tettpaa.data.sources import bytes_in, child, run, wire
from tettpaa.data.sources.problems import render
from tettpaa.data.sources.run import read_in_child, stored_reading
from tettpaa.data.sources.source import ReadOptions, Tally
from tettpaa.data.sources.xlsx_in import unpacked_size

NAMES = {"Auglend skole": "F00000001", "Tastarustå skole": "F00000002", "Åmøy skole (utgått)": ""}


@pytest.fixture
def national(tmp_path: Path) -> Path:
    path = tmp_path / "national.csv"
    path.write_bytes(real_file(national_test_files()[0]))
    return path


def test_the_child_brings_home_what_the_reader_finds(tmp_path: Path, national: Path) -> None:
    assert read_in_child(national) == read(national.read_bytes())
    path = tmp_path / "skoleporten.csv"
    path.write_bytes(sample("skoleporten_utdrag.csv"))
    for options in ({"school_names": NAMES}, {"known_schools": {"F00000001": "Auglend skule"}}):
        assert read_in_child(path, options=ReadOptions(**options)) == read(path.read_bytes(), **options)
    path.write_bytes(template({"verdi": "x"}, {}))
    assert read_in_child(path) == read(path.read_bytes())


def test_progress_grows_to_the_end(national: Path) -> None:
    seen: list[tuple[float, int]] = []
    read_in_child(national, on_progress=lambda share, rows: seen.append((share, rows)))
    assert seen
    assert seen == sorted(seen)
    assert all(0 <= share < 1 for share, _ in seen)


def test_cells_can_be_had_in_chunks(national: Path) -> None:
    with stored_reading(national) as stored:
        chunks = list(stored.chunks())
        assert stored.reading.is_complete
        assert stored.reading.cells == ()
    assert tuple(cell for chunk in chunks for cell in chunk) == read(national.read_bytes()).cells
    assert [len(chunk) for chunk in chunks] == [7503]


def test_a_file_with_problems_has_no_chunks(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(template(*[{"trinn": str(grade)} for grade in (5, 6, 7)], {"verdi": "x"}))
    with stored_reading(path) as stored:
        assert list(stored.chunks()) == []
        assert stored.reading.problem_count == 1


def test_memory_is_limited(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(many_rows(60_000))
    assert codes(read_in_child(path, memory=8_000_000)) == ["too_much_memory"]
    assert len(read_in_child(path).cells) == 60_000


def many_rows(count: int) -> bytes:
    good = template({})[:-2].decode().split("\r\n")
    return "\n".join(
        [good[0], *(good[1].replace("F00000001", f"F{i:08d}") for i in range(count)), ""]
    ).encode()


def test_time_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "SECONDS", 0.02)
    monkeypatch.setattr(run, "BYTES_A_SECOND", 10**12)
    path = tmp_path / "slow.csv"
    path.write_bytes(many_rows(60_000))
    start = time.monotonic()
    reading = read_in_child(path)
    assert codes(reading) == ["too_slow"]
    assert time.monotonic() - start < 10


def test_a_file_too_large_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "MAX_BYTES", 10)
    monkeypatch.setattr(bytes_in, "MAX_BYTES", 10)
    path = tmp_path / "large.csv"
    path.write_bytes(template({}))
    assert codes(read_in_child(path)) == codes(read(path.read_bytes())) == ["file_too_large"]


@pytest.mark.parametrize(
    ("code", "in_time", "problem"),
    [
        (0, True, None),
        (0, False, "too_slow"),
        (-signal.SIGKILL, False, "too_slow"),
        (-signal.SIGXCPU, True, "too_slow"),
        (-signal.SIGXFSZ, True, "too_many_figures"),
        (-signal.SIGSEGV, True, "reader_died"),
        (1, True, "reader_died"),
    ],
)
def test_every_death_has_words(code: int, in_time: bool, problem: str | None) -> None:
    found = run._problem_of(code, 4.5, in_time=in_time)
    assert (found.code if found else None) == problem
    if found is not None:
        assert str(render(found, "en"))


def test_a_child_that_leaves_nothing_behind_has_died(tmp_path: Path) -> None:
    assert codes(run._home(tmp_path / "none", None)) == ["reader_died"]
    (tmp_path / "half").write_bytes(wire.MAGIC + b"\x00\x00\x00\x00\xff\x00\x00\x00{")
    assert codes(run._home(tmp_path / "half", None)) == ["reader_died"]


def test_the_child_gets_no_secrets(national: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hemmelig")
    given: list[list[str]] = []
    popen = subprocess.Popen

    def watched(command: list[str], **settings: Any) -> "subprocess.Popen[bytes]":
        given.append(sorted(settings["env"]))
        return popen(command, **settings)

    monkeypatch.setattr(subprocess, "Popen", watched)
    assert read_in_child(national).is_complete
    assert given == [["LANG", "PATH"]]


def test_a_crash_in_the_child_becomes_a_problem(national: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "BYTES_A_SECOND", 1000)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert codes(read_in_child(national)) == ["reader_died"]


def test_the_limits_are_set_and_never_raised() -> None:
    code = (
        "import resource as r; from tettpaa.data.sources.child import set_limits, _held; held = _held(); "
        "set_limits(50_000_000, 7, 1000); set_limits(900_000_000, 70, 10_000); "
        "print(r.getrlimit(r.RLIMIT_AS)[1] - held < 60_000_000, r.getrlimit(r.RLIMIT_CPU), r.getrlimit(r.RLIMIT_FSIZE))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "True (7, 7) (1000, 1000)"


def test_limits_are_set_one_by_one_even_if_the_system_refuses_some(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[int, tuple[int, int]] = {}

    def setrlimit(kind: int, limits: tuple[int, int]) -> None:
        if kind == resource.RLIMIT_AS:
            raise ValueError
        asked[kind] = limits

    monkeypatch.setattr(
        resource, "getrlimit", lambda kind: (5, 5 if kind == resource.RLIMIT_CPU else resource.RLIM_INFINITY)
    )
    monkeypatch.setattr(resource, "setrlimit", setrlimit)
    child.set_limits(1, 9, 3)
    assert asked == {resource.RLIMIT_CPU: (5, 5), resource.RLIMIT_FSIZE: (3, 3), resource.RLIMIT_CORE: (0, 0)}


def test_the_child_runs_as_its_task_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    limits: list[tuple[int, int, int]] = []
    monkeypatch.setattr(child, "set_limits", lambda *given: limits.append(given))
    monkeypatch.setattr(gc, "disable", lambda: None)
    path = tmp_path / "in.csv"
    path.write_bytes(template({}, {"trinn": "8"}))
    output = tmp_path / "out"
    task = {
        "path": str(path),
        "output": str(output),
        "school_names": {},
        "known_schools": {},
        "memory": 1,
        "cpu": 2,
        "output_size": 3,
    }
    (tmp_path / "task.json").write_text(json.dumps(task), encoding="utf-8")
    assert child.main([str(tmp_path / "task.json")]) == 0
    assert limits == [(1, 2, 3)]
    assert capsys.readouterr().out.endswith(" 0\n")
    with output.open("rb") as file:
        cells, summary = wire.read_blocks(file)
    assert isinstance(summary, dict)
    assert tuple(cells) == read(path.read_bytes()).cells
    assert summary["count"] == 0


@pytest.mark.parametrize("first_good", [True, False])
def test_cells_are_dropped_from_the_first_problem_on(tmp_path: Path, first_good: bool) -> None:
    rows: list[dict[str, str]] = [{"trinn": str(grade)} for grade in (5, 6)]
    rows.insert(2 if first_good else 0, {"verdi": "x"})
    path = tmp_path / "in.csv"
    path.write_bytes(template(*rows))
    out = io.BytesIO()
    child.run(path, ReadOptions(), wire.Writer(out))
    out.seek(0)
    (summary,) = wire.read_blocks(out)
    assert isinstance(summary, dict)
    assert [p["code"] for p in summary["problems"]] == ["not_a_number"]


def test_the_child_stops_at_a_file_that_is_wrong_throughout(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(many_rows(6_000).replace(b";ok;", b";?;"))
    out = io.BytesIO()
    child.run(path, ReadOptions(), wire.Writer(out))
    out.seek(0)
    assert wire.summary(out)["count"] == 5_000


def test_running_out_of_memory_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(child, "read_stream", greedy)
    path = tmp_path / "in.csv"
    path.write_bytes(template({}))
    out = io.BytesIO()
    child.run(path, ReadOptions(), wire.Writer(out))
    out.seek(0)
    assert wire.summary(out)["problems"][0]["code"] == "too_much_memory"


def test_blocks_come_back_whole(monkeypatch: pytest.MonkeyPatch, national: Path) -> None:
    monkeypatch.setattr(wire, "BLOCK", 1_000)
    cells = read(national.read_bytes()).cells
    out = io.BytesIO()
    writer = wire.Writer(out)
    for cell in cells:
        writer.add(cell)
    writer.finish(wire.summary_of(Tally(source="x", rows=5), [], 0))
    out.seek(0)
    *blocks, summary = wire.read_blocks(out)
    assert tuple(cell for block in blocks for cell in block) == cells
    assert [len(block) for block in blocks] == [1_000] * 7 + [503]
    out.seek(0)
    assert wire.summary(out) == summary
    assert summary["tally"]["rows"] == 5


@pytest.mark.parametrize("cut", [0, 4, 12, 30, 200, 90_000])
def test_a_cut_answer_is_never_taken_for_whole(tmp_path: Path, national: Path, cut: int) -> None:
    with stored_reading(national) as stored:
        data = stored.file.read_bytes()
    for reader in (lambda file: list(wire.read_blocks(file)), wire.summary):
        with pytest.raises(wire.WireError):
            reader(io.BytesIO(data[:cut]))


def test_an_answer_that_makes_no_sense_is_refused() -> None:
    nonsense = wire.MAGIC + b"\x00\x00\x00\x00\x02\x00\x00\x00[]"
    with pytest.raises(wire.WireError):
        wire.summary(io.BytesIO(nonsense))
    with pytest.raises(wire.WireError):
        wire.summary(io.BytesIO(wire.MAGIC + b"\x00\x00\x00\x00\x02\x00\x00\x00[x"))
    wild = wire.MAGIC + b"\x01\x00\x00\x00\x02\x00\x00\x00[]" + b"\xff" * 200
    with pytest.raises(wire.WireError):
        list(wire.read_blocks(io.BytesIO(wild)))


def test_time_for_a_workbook_goes_by_what_it_unpacks_to(tmp_path: Path) -> None:
    path = tmp_path / "book"
    path.write_bytes(packed(parts()))

    def seconds(size: int) -> float:
        with path.open("rb") as stream:
            return run.seconds_for(stream, size)

    small = seconds(path.stat().st_size)
    path.write_bytes(BOOKS["200,000 rows"][0]())
    assert seconds(path.stat().st_size) > small + 1
    path.write_bytes(b"PK\x03\x04 nothing")
    assert seconds(12) == run.SECONDS
    assert unpacked_size(io.BytesIO(b"PK"), 2) == 0


def test_a_national_file_is_read_fast(national: Path) -> None:
    """Measured 0.2 s with the start of the process; three times that in processor time before this fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    read_in_child(national)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 0.6


def test_the_reader_needs_neither_django_nor_numpy() -> None:
    code = (
        "import sys, tettpaa.data.sources.child; from tettpaa.data.sources.registry import sources; sources(); "
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'django', 'numpy', 'openpyxl', 'duckdb', 'lxml'}))"
    )
    out = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_held_memory_is_known_here() -> None:
    assert 1_000_000 < child._held() < 100_000_000_000
    assert resource.getpagesize() > 0
