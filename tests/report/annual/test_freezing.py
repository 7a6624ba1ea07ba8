"""Freezing: two editions kept for good, hashed, tied to releases and to the audit chain."""

import hashlib

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories.cast import Cast
from tests.report.annual.staging import (
    BERIT,
    SECRET,
    cell,
    owner_of,
    publish_all,
    publish_cells,
    start,
    viewer,
    write,
)
from tettpaa.core.audit.models import Event
from tettpaa.core.audit.queries import chain_head, faults
from tettpaa.data.suppression.kinds import Edition
from tettpaa.report.annual import queries
from tettpaa.report.annual.actions import ChangedSinceError, freeze
from tettpaa.report.annual.enums import State
from tettpaa.report.annual.models import AnnualReport, FrozenEdition
from tettpaa.report.export.canonical import checksum, from_json, to_json

pytestmark = pytest.mark.django_db


def frozen(report: AnnualReport) -> dict[Edition, FrozenEdition]:
    return freeze(report=report, seen=queries.seen_digest(report), by=BERIT)


def test_both_editions_are_kept_with_their_checksum(cast: Cast) -> None:
    publish_all(cast)
    report = start(cast)
    head = chain_head(owner="9901")
    rows = frozen(report)
    assert (report.version, report.state) == (1, State.FROZEN)
    for edition, row in rows.items():
        tree = from_json(row.content)
        assert (tree.edition, tree.checksum, row.sha256) == (edition.key, checksum(tree), checksum(tree))
        assert to_json(tree) == row.content
        assert (row.version, row.frozen_by, row.chain_head) == (1, BERIT, head)
        assert head in row.content
        assert tree.frozen_on is not None
        assert tree.version == "Versjon 1"
    assert rows[Edition.PUBLIC].sha256 != rows[Edition.INTERNAL].sha256
    assert str(rows[Edition.PUBLIC]).startswith("public v1 ")


def test_the_freeze_is_in_the_trail_with_both_hashes(cast: Cast) -> None:
    publish_all(cast)
    rows = frozen(start(cast))
    event = Event.objects.get(kind="annual.report_frozen")
    assert event.detail["sha256"] == {edition.key: row.sha256 for edition, row in rows.items()}
    assert event.detail["releases"] == rows[Edition.PUBLIC].releases
    assert list(faults(owner="9901")) == []


def test_the_releases_behind_the_figures_are_pinned(cast: Cast) -> None:
    publish_all(cast)
    rows = frozen(start(cast))
    assert len(rows[Edition.PUBLIC].releases) == 3
    assert rows[Edition.PUBLIC].releases == sorted(rows[Edition.PUBLIC].releases)


def test_the_public_edition_holds_nothing_confidential(cast: Cast) -> None:
    publish_all(cast)
    rows = frozen(start(cast))
    assert "37,7" in rows[Edition.INTERNAL].content
    for form in ("37,7", "37.7", str(SECRET)):
        assert form not in rows[Edition.PUBLIC].content


@pytest.mark.parametrize("statement", ["UPDATE {t} SET content = 'x'", "DELETE FROM {t}"])
def test_the_database_itself_refuses_change(cast: Cast, statement: str) -> None:
    frozen(start(cast))
    before = hashlib.sha256(FrozenEdition.objects.get(edition="public").content.encode()).hexdigest()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(t="annual_frozenedition"))
    after = hashlib.sha256(FrozenEdition.objects.get(edition="public").content.encode()).hexdigest()
    assert before == after


def test_a_change_makes_a_new_version_and_leaves_the_old(cast: Cast) -> None:
    report = start(cast)
    first = frozen(report)
    write(report, cast, "om", "deltakere", "Alle skolene")
    assert report.state == State.DRAFT
    assert queries.status_of(viewer(cast), report).may_be_frozen
    second = frozen(report)
    assert second[Edition.PUBLIC].version == 2
    assert "Alle skolene" in second[Edition.PUBLIC].content
    kept = FrozenEdition.objects.get(pk=first[Edition.PUBLIC].pk)
    assert "Alle skolene" not in kept.content
    assert [(e.version, e.edition) for e in queries.editions_of(report)] == [
        (2, "internal"), (2, "public"), (1, "internal"), (1, "public"),
    ]  # fmt: skip


def test_new_figures_after_the_freeze_allow_a_new_version(cast: Cast) -> None:
    publish_all(cast)
    report = start(cast)
    frozen(report)
    assert not queries.status_of(viewer(cast), report).may_be_frozen
    publish_cells([cell("9901", 46.0, 90)])
    status = queries.status_of(viewer(cast), report)
    assert (status.has_newer_figures, status.may_be_frozen) == (True, True)


def test_what_changed_after_it_was_seen_is_not_frozen(cast: Cast) -> None:
    publish_all(cast)
    report = start(cast)
    seen = queries.seen_digest(report)
    write(report, cast, "om", "deltakere", "Nytt")
    with pytest.raises(ChangedSinceError):
        freeze(report=report, seen=seen, by=BERIT)
    seen = queries.seen_digest(report)
    publish_cells([cell("9901", 46.0, 90)])
    with pytest.raises(ChangedSinceError):
        freeze(report=report, seen=seen, by=BERIT)
    assert FrozenEdition.objects.count() == 0


def test_a_change_while_it_is_built_is_not_frozen_either(cast: Cast) -> None:
    report = start(cast)

    def meddle(done: int, total: int) -> None:
        if done == total:
            write(report, cast, "om", "deltakere", "Midt i")

    with pytest.raises(ChangedSinceError):
        freeze(report=report, seen=queries.seen_digest(report), by=BERIT, progress=meddle)
    assert (FrozenEdition.objects.count(), AnnualReport.objects.get().version) == (0, 0)


def test_empty_boxes_are_left_out_of_both_frozen_editions(cast: Cast) -> None:
    for row in frozen(start(cast)).values():
        assert "Ikke skrevet" not in row.content
        assert "Utkast" not in row.content


def test_published_readers_see_the_newest_public_edition_only(cast: Cast) -> None:
    report = start(cast)
    dag, owner = viewer(cast, "dag"), owner_of(cast)
    assert queries.published(dag, owner) == []
    frozen(report)
    write(report, cast, "om", "deltakere", "Ny")
    frozen(report)
    found = queries.published(dag, owner)
    assert [(one.report.year, one.edition.version, one.edition.edition) for one in found] == [
        (2024, 2, "public")
    ]
    assert queries.published_in(dag, owner, 2023) is None
    assert queries.published(viewer(cast, "eva"), owner) == []
    assert queries.published(viewer(cast, "siv"), owner) == []


def test_the_same_report_gives_the_same_document(cast: Cast) -> None:
    publish_all(cast)
    first = queries.draft_context(viewer(cast), start(cast), Edition.PUBLIC)
    from tettpaa.report.annual.assembly import Stamp, document

    assert document(first, Stamp(1)).checksum == document(first, Stamp(1)).checksum


def test_progress_is_told_chapter_by_chapter(cast: Cast) -> None:
    told: list[tuple[int, int]] = []
    freeze(
        report=(report := start(cast)),
        seen=queries.seen_digest(report),
        by=BERIT,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told[0] == (1, 16)
    assert told[-1] == (16, 16)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
