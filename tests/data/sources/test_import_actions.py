"""A file's way: received, checked, compared, published, or refused and thrown away."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.data.sources.template_files import NES, UTVIK, VIK, line, template
from tests.factories.cast import Cast
from tettpaa.core.audit.models import Event
from tettpaa.core.jobs.actions import run
from tettpaa.core.jobs.models import Job
from tettpaa.data.indicators.models import PublishedValue, Release
from tettpaa.data.sources import actions, files, queries
from tettpaa.data.sources.enums import State
from tettpaa.data.sources.models import Import, NameMapping, StoredFile
from tettpaa.data.sources.reading import read_file
from tettpaa.data.sources.source import Reading, ReadOptions
from tettpaa.data.suppression.kinds import Edition

pytestmark = pytest.mark.django_db
ARNE = "arne@example.test"
type Receive = Callable[..., Import]


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: object) -> Path:
    settings.FILE_STORE = tmp_path / "store"  # type: ignore[attr-defined]
    return tmp_path / "store"


@pytest.fixture(autouse=True)
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limited child has tests of its own; starting one for each file here would only take time."""
    monkeypatch.setattr("tettpaa.data.sources.examine.read_in_child", read_here)


def read_here(path: Path, *, options: ReadOptions, on_progress: Callable[[float, int], None]) -> Reading:
    on_progress(0.5, 1)
    return read_file(path, options=options)


@pytest.fixture
def receive(cast: Cast) -> Receive:
    """Receive a file as Arne and let the worker check it."""

    def do(
        content: bytes, *, owner: object = None, name: str = "tall.csv", key: UUID | None = None
    ) -> Import:
        place = owner or cast.fjordvik
        row = actions.receive_file(owner=place, chunks=[content], file_name=name, by=ARNE, key=key)  # type: ignore[arg-type]
        work(row)
        return Import.objects.get(pk=row.pk)

    return do


def work(row: Import) -> None:
    """What the worker does with the import's job."""
    assert row.job is not None
    run(row.job)


def publish(row: Import) -> Import:
    actions.order_publishing(row=row, version=row.version, by=ARNE)
    work(Import.objects.get(pk=row.pk))
    return Import.objects.get(pk=row.pk)


def shown() -> list[tuple[str, int, float | None]]:
    rows = PublishedValue.objects.filter(superseded_by=None, edition=Edition.PUBLIC)
    return sorted(rows.values_list("unit__code", "period", "value"))


def test_a_good_file_goes_all_the_way(receive: Receive, cast: Cast) -> None:
    row = receive(template(line(), line(NES, verdi="3,9")))
    assert (row.state, row.source, row.rows, row.problems) == (State.COMPARED, "open_template", 2, [])
    assert row.difference["counts"] == {"figures": 2, "new": 2}
    assert row.difference["fresh"] == [["eu_trivsel", 2024, 2]]
    assert shown() == []
    row = publish(row)
    assert row.state == State.PUBLISHED
    assert row.release is not None
    assert (row.release.owner, row.release.file_sha256) == (cast.fjordvik, row.file and row.file.sha256)
    assert shown() == [(NES, 2024, 3.9), (VIK, 2024, 4.2)]
    kinds = Event.objects.filter(chain="9901").values_list("kind", flat=True)
    assert [kind for kind in kinds if kind.startswith(("sources", "indicators"))] == [
        "sources.file_received",
        "indicators.release_published",
    ]


def test_the_bytes_lie_in_the_store_as_they_came(receive: Receive) -> None:
    content = template(line())
    row = receive(content, name="C:\\mine filer\\tall\u202e.csv")
    assert row.file is not None
    assert files.path_of(row.file.sha256).read_bytes() == content
    assert (row.file.size, row.file_name) == (len(content), "tall.csv")
    assert [
        p for p in files.path_of(row.file.sha256).parents[1].rglob("*") if p.parent.name == "incoming"
    ] == []


def test_the_same_form_twice_is_one_import(receive: Receive) -> None:
    key = uuid4()
    first = receive(template(line()), key=key)
    second = receive(template(line()), key=key)
    assert first.pk == second.pk == key
    assert (Import.objects.count(), Job.objects.count()) == (1, 1)


def test_a_foreign_form_number_does_not_lead_to_a_foreign_import(receive: Receive, cast: Cast) -> None:
    key = uuid4()
    mine = receive(template(line()), key=key)
    theirs = receive(template(line(UTVIK)), key=key, owner=cast.utvik)
    assert mine.pk == key != theirs.pk
    assert (mine.owner, theirs.owner) == (cast.fjordvik, cast.utvik)


def test_publishing_twice_is_published_once(receive: Receive) -> None:
    row = receive(template(line()))
    actions.order_publishing(row=row, version=row.version, by=ARNE)
    with pytest.raises(actions.StaleError):
        actions.order_publishing(row=row, version=row.version, by="berit@example.test")
    for job in Job.objects.filter(kind="sources.publish"):
        run(job.pk)
    assert Release.objects.count() == 1
    actions.publish_import(import_id=row.pk, by=ARNE, progress=lambda *_: None)
    assert Release.objects.count() == 1


def test_only_what_was_seen_is_published(receive: Receive) -> None:
    row = receive(template(line()))
    with pytest.raises(actions.StaleError):
        actions.order_publishing(row=row, version=row.version - 1, by=ARNE)
    other = publish(receive(template(line(verdi="3,0"))))
    assert other.state == State.PUBLISHED
    row = publish(row)
    assert (row.state, row.was_renewed, row.release) == (State.COMPARED, True, None)
    assert row.difference["counts"] == {"changed": 1, "figures": 1}
    assert shown() == [(VIK, 2024, 3.0)]
    assert Event.objects.filter(kind="sources.preview_renewed").count() == 1
    assert publish(row).state == State.PUBLISHED
    assert shown() == [(VIK, 2024, 4.2)]


def test_a_bad_file_is_refused_with_every_error_and_an_excerpt(receive: Receive) -> None:
    row = receive(template(line(verdi="4 9,1"), line(NES), line("F0000000"), line(UTVIK), line(n="mange")))
    assert (row.state, row.problem_count, row.rows) == (State.REJECTED, 4, 5)
    assert [(p["code"], p["row"], p["column"]) for p in row.problems] == [
        ("not_a_number", 2, "H"),
        ("bad_unit", 4, "A"),
        ("foreign_unit", 5, "A"),
        ("not_a_number", 6, "I"),
    ]
    assert row.excerpt["letters"] == ["A", "B", "C", "D", "E", "H", "I"]
    assert [number for number, _ in row.excerpt["rows"]] == [1, 2, 3, 4, 5, 6]
    assert row.excerpt["rows"][1][1] == [VIK, "Skole", "2024-25", "7", "eu_trivsel", "4 9,1", "40"]
    assert (row.columns, shown(), row.difference) == (14, [], {})


def test_an_owners_own_file_may_not_speak_of_others(receive: Receive) -> None:
    row = receive(template(line(), line(UTVIK), line("9902"), line("NO", trinn="7"), line("9901")))
    assert row.state == State.REJECTED
    assert [(p["code"], p["row"], p["column"], p["found"]) for p in row.problems] == [
        ("foreign_unit", 3, "A", UTVIK),
        ("foreign_unit", 4, "A", "9902"),
        ("foreign_unit", 5, "A", "NO"),
    ]
    assert row.problems[0]["params"] == {"unit": "Skole", "owner": "Fjordvik"}
    assert shown() == []


def test_a_new_school_of_the_owner_is_shown_first(receive: Receive, cast: Cast) -> None:
    row = receive(template(line("N00000009", skole="Ny skole")))
    assert row.difference["new_units"] == [["school", "N00000009", "Ny skole"]]
    row = publish(row)
    assert row.release is not None
    unit = PublishedValue.objects.select_related("unit").get().unit
    assert (unit.name, unit.path) == ("Ny skole", f"{cast.fjordvik.path}N00000009/")


@pytest.mark.parametrize("content", [b"", b"\x00" * 300, b"%PDF-1.7", b"hei\n", template()])
def test_what_is_no_table_is_refused_in_words(receive: Receive, content: bytes) -> None:
    row = receive(content)
    assert row.state == State.REJECTED
    assert row.problem_count >= 1
    assert shown() == []


def test_too_large_a_file_leaves_nothing(cast: Cast, settings: object, store: Path) -> None:
    settings.MAX_UPLOAD_BYTES = 10  # type: ignore[attr-defined]
    with pytest.raises(files.TooLargeError):
        actions.receive_file(owner=cast.fjordvik, chunks=[b"12345", b"6789012"], file_name="x", by=ARNE)
    assert (Import.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert [path for path in store.rglob("*") if path.is_file()] == []


def test_an_unlikely_number_is_a_warning(receive: Receive) -> None:
    publish(receive(template(line(skoleaar="2023-24", n="41"))))
    row = receive(template(line(n="470")))
    assert row.state == State.COMPARED
    assert [(w["code"], w["row"], w["params"]["now"], w["params"]["before"]) for w in row.warnings] == [
        ("unlikely_n", 2, "470", "41")
    ]


def test_a_confidential_number_stays_inside(receive: Receive) -> None:
    publish(receive(template(line(verdi="4,2*", status="konfidensiell"))))
    rows = PublishedValue.objects.order_by("edition").values_list("edition", "value", "status")
    assert list(rows) == [(Edition.PUBLIC, None, 1), (Edition.INTERNAL, 4.2, 6)]
    again = receive(template(line(verdi="4,3*", status="konfidensiell")))
    assert again.difference["counts"] == {"hidden_by_source": 1, "internal": 1, "same": 1}
    assert publish(again).state == State.PUBLISHED
    assert PublishedValue.objects.get(edition=Edition.INTERNAL, superseded_by=None).value == 4.3


def test_few_pupils_are_hidden_and_the_preview_says_so(receive: Receive) -> None:
    row = receive(template(line(n="3"), line(NES)))
    assert row.difference["hidden"] == [[VIK, "Vik skole", 2024, 1]]
    assert "4.2" not in str(row.difference)
    publish(row)
    assert shown() == [(NES, 2024, 4.2), (VIK, 2024, None)]


def test_discarding_removes_the_bytes_unless_another_file_is_the_same(receive: Receive, store: Path) -> None:
    bad = template(line(verdi="x"))
    first, second = receive(bad), receive(bad)
    assert first.file is not None
    path = files.path_of(first.file.sha256)
    actions.discard_import(row=first, by=ARNE)
    assert path.exists()
    with pytest.raises(actions.StaleError):
        actions.discard_import(row=first, by=ARNE)
    actions.discard_import(row=second, by=ARNE)
    assert StoredFile.objects.count() == 0
    assert set(Import.objects.values_list("state", "file", "finished_by")) == {(State.DISCARDED, None, ARNE)}


@pytest.mark.django_db(transaction=True)
def test_discarded_bytes_are_gone_after_the_transaction(cast: Cast) -> None:
    row = actions.receive_file(
        owner=cast.fjordvik, chunks=[template(line(verdi="x"))], file_name="x", by=ARNE
    )
    work(row)
    row = Import.objects.select_related("file").get()
    assert row.file is not None
    path = files.path_of(row.file.sha256)
    assert path.exists()
    actions.discard_import(row=row, by=ARNE)
    assert not path.exists()


def test_names_are_asked_for_saved_and_used_again(receive: Receive, cast: Cast) -> None:
    content = skoleporten("Nes  skole", "Ukjent skule", "Borte skole")
    row = receive(content)
    assert [(p["code"], p["found"]) for p in row.problems] == [
        ("unknown_school_alone", "Ukjent skule"),
        ("unknown_school", "Borte skole"),
    ]
    codes = {"Ukjent skule": VIK, "Borte skole": ""}
    assert actions.save_school_names(owner=cast.fjordvik, source=row.source, codes=codes, by=ARNE) == 2
    actions.recheck(row=row, by=ARNE)
    row = Import.objects.get()
    work(row)
    row = publish(Import.objects.get())
    assert row.state == State.PUBLISHED
    assert {code for code, _, _ in shown()} == {NES, VIK}
    saved = dict(NameMapping.objects.values_list("name", "code"))
    assert saved == {"Nes  skole": NES, "Ukjent skule": VIK, "Borte skole": ""}
    assert actions.save_school_names(owner=cast.fjordvik, source=row.source, codes=codes, by=ARNE) == 0
    assert actions.save_school_names(
        owner=cast.fjordvik, source=row.source, codes={"Borte skole": NES}, by=ARNE
    )
    assert queries.read_options(cast.utvik).school_names == {}
    assert queries.read_options(None).school_names["Borte skole"] == NES


def test_owners_who_disagree_about_a_name_decide_nothing_for_all(cast: Cast) -> None:
    for owner, code in ((cast.fjordvik, NES), (cast.utvik, UTVIK)):
        actions.save_school_names(owner=owner, source="skoleporten", codes={"Skolen": code}, by=ARNE)
    options = queries.read_options(None, {"Her": VIK})
    assert options.school_names == {"Her": VIK}
    assert set(options.known_schools) == {NES, VIK, UTVIK}
    assert set(queries.read_options(cast.utvik).known_schools) == {UTVIK}


def skoleporten(*names: str) -> bytes:
    heads = "Enhetsnavn;Skoletype;Vurderingsområde;Statistikk;Indikator/delskår;Periode;Eierform;Trinn;Kjønn;Verdi;Måleenhet"
    rows = [
        f"{name};Grunnskole;Læringsresultater;Nasjonale prøver 5. trinn;Lesing;2014-2015;Offentlig;Trinn 5;"
        "Begge kjønn;53;Skalapoeng"
        for name in names
    ]
    return "\r\n".join([heads, *rows, ""]).encode("utf-8-sig")


def test_withdrawing_is_for_the_owner_whose_release_it_is(receive: Receive, cast: Cast) -> None:
    first = publish(receive(template(line())))
    second = publish(receive(template(line(verdi="3,0"))))
    assert first.release is not None
    assert second.release is not None
    with pytest.raises(actions.NotWithdrawableError):
        actions.withdraw_release(owner=cast.utvik, release=second.release, reason="x", by=ARNE)
    with pytest.raises(actions.NotWithdrawableError):
        actions.withdraw_release(owner=cast.fjordvik, release=first.release, reason="x", by=ARNE)
    actions.withdraw_release(owner=cast.fjordvik, release=second.release, reason="Feil år", by=ARNE)
    assert shown() == [(VIK, 2024, 4.2)]


def test_work_that_stopped_can_be_tried_again(
    receive: Receive, monkeypatch: pytest.MonkeyPatch, cast: Cast
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("strøm")

    with monkeypatch.context() as patch:
        patch.setattr("tettpaa.data.sources.actions.check.examine", broken)
        row = receive(template(line()))
    assert row.state == State.FAILED
    actions.recheck(row=row, by=ARNE)
    work(Import.objects.get())
    row = Import.objects.get()
    with monkeypatch.context() as patch:
        patch.setattr("tettpaa.data.sources.actions.publish.examine", broken)
        row = publish(row)
    assert (row.state, shown()) == (State.FAILED, [])
    actions.recheck(row=row, by=ARNE)
    work(Import.objects.get())
    assert publish(Import.objects.get()).state == State.PUBLISHED


def test_a_worker_that_died_for_good_leaves_a_file_that_can_be_tried_again(
    receive: Receive, cast: Cast
) -> None:
    row = receive(template(line()))
    Import.objects.update(state=State.PUBLISHING)
    Job.objects.update(state="failed", finished_at="2026-11-22T10:00:00Z")
    found = queries.import_of(cast.fjordvik, row.pk)
    assert found is not None
    assert found.state is State.FAILED
    actions.recheck(row=found.item, by=ARNE)
    work(Import.objects.get())
    assert Import.objects.get().state == State.COMPARED


def test_a_crash_while_publishing_leaves_the_import_and_the_figures_together(
    receive: Receive, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = receive(template(line()))

    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("strøm")

    monkeypatch.setattr("tettpaa.data.sources.actions.publish.remember_matches", crash)
    assert publish(row).state == State.FAILED
    assert (shown(), Release.objects.count()) == ([], 0)


def test_two_files_of_a_source_are_not_published_at_once(receive: Receive) -> None:
    first, second = receive(template(line())), receive(template(line(NES)))
    actions.order_publishing(row=first, version=first.version, by=ARNE)
    with pytest.raises(actions.StaleError):
        actions.order_publishing(row=second, version=second.version, by=ARNE)
    assert Import.objects.get(pk=second.pk).state == State.COMPARED


def test_a_published_import_has_its_release(receive: Receive) -> None:
    row = receive(template(line()))
    with pytest.raises(IntegrityError), transaction.atomic():
        Import.objects.filter(pk=row.pk).update(state=State.PUBLISHED)


def test_the_sweeper_takes_only_what_no_row_names(receive: Receive, store: Path) -> None:
    row = receive(template(line()))
    assert row.file is not None
    orphan = files.keep([b"foreldrelos"], limit=100)
    draft = store / "incoming" / "abc"
    draft.write_bytes(b"halv")
    assert files.sweep(queries.stored_hashes()) == 0
    for path in (files.path_of(orphan.sha256), files.path_of(row.file.sha256), draft):
        os.utime(path, (0, 0))
    assert files.sweep(queries.stored_hashes()) == 2
    assert files.path_of(row.file.sha256).exists()
    with pytest.raises(ValueError, match="SHA-256"):
        files.path_of("../../etc/passwd")


def test_a_write_that_fails_leaves_no_draft(store: Path) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"halvveis"
        raise OSError("disken er full")

    with pytest.raises(OSError, match="disken"):
        files.keep(chunks(), limit=1000)
    assert [path for path in store.rglob("*") if path.is_file()] == []


def test_a_file_thrown_away_while_it_was_checked_stays_thrown_away(receive: Receive, cast: Cast) -> None:
    row = actions.receive_file(owner=cast.fjordvik, chunks=[template(line())], file_name="x", by=ARNE)
    Import.objects.filter(pk=row.pk).update(state=State.DISCARDED)
    work(row)
    assert Import.objects.get().state == State.DISCARDED
