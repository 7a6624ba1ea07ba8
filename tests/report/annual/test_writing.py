"""Texts: nothing written is lost, changed figures are told of, last year's words stand beside."""

import pytest

from tests.factories.cast import Cast
from tests.report.annual.staging import (
    BERIT,
    VIK,
    cell,
    owner_of,
    publish_all,
    publish_cells,
    start,
    viewer,
    write,
    year_of_tests,
)
from tettpaa.core.audit.models import Event
from tettpaa.core.orgs.actions import change_owner_settings
from tettpaa.report.annual import queries
from tettpaa.report.annual.actions import start_report
from tettpaa.report.annual.chapters import chapter
from tettpaa.report.annual.enums import State
from tettpaa.report.annual.facts import Difference, differences
from tettpaa.report.annual.models import BlockText

pytestmark = pytest.mark.django_db
RESULTS = "laeringsresultater"


def box(cast: Cast, report: object, key: str = "why", block: str = RESULTS) -> queries.BoxState:
    part = chapter(block)
    assert part is not None
    state = queries.chapter_state(viewer(cast), report, part)  # type: ignore[arg-type]
    return next(one for one in state.boxes if one.spec.key == key)


def test_a_report_takes_its_name_from_the_owners_settings(cast: Cast) -> None:
    change_owner_settings(settings=owner_of(cast).settings, by="test", report_name="Kvalitetsmelding")
    report = start(cast)
    assert (report.name, report.school_year, str(report)) == (
        "Kvalitetsmelding",
        "2024-25",
        "Kvalitetsmelding 2024-25",
    )
    change_owner_settings(settings=owner_of(cast).settings, by="test", report_name="Noe annet")
    assert start_report(owner=owner_of(cast), year=2024, by=BERIT).name == "Kvalitetsmelding"
    assert Event.objects.filter(kind="annual.report_started").count() == 1


def test_a_text_is_kept_version_by_version(cast: Cast) -> None:
    report = start(cast)
    assert write(report, cast, RESULTS, "why", "Første") == []
    assert write(report, cast, RESULTS, "why", "Andre", seen=1) == []
    rows = BlockText.objects.filter(report=report).order_by("version")
    assert [(row.version, row.text, row.by) for row in rows] == [(1, "Første", BERIT), (2, "Andre", BERIT)]
    assert [str(row) for row in rows] == ["laeringsresultater/why v1", "laeringsresultater/why v2"]
    assert queries.plain_texts(queries.texts_of(report)) == {(RESULTS, "why"): "Andre"}


def test_the_same_text_again_makes_no_new_version(cast: Cast) -> None:
    report = start(cast)
    write(report, cast, RESULTS, "why", "Likt")
    write(report, cast, RESULTS, "why", "  Likt\r\n", seen=1)
    write(report, cast, RESULTS, "done", "")
    assert BlockText.objects.count() == 1
    assert Event.objects.filter(kind="annual.texts_written").count() == 1


def test_two_people_editing_lose_nothing(cast: Cast) -> None:
    report = start(cast)
    write(report, cast, RESULTS, "why", "Fra begynnelsen")
    assert write(report, cast, RESULTS, "why", "Berits", seen=1) == []
    conflicts = write(report, cast, RESULTS, "why", "Arnes", seen=1, by="arne")
    assert [(c.writing.text, c.theirs.text, c.theirs.by) for c in conflicts] == [("Arnes", "Berits", BERIT)]
    assert queries.texts_of(report)[RESULTS, "why"].text == "Berits"
    assert write(report, cast, RESULTS, "why", "Berits og Arnes", seen=2, by="arne") == []
    assert queries.texts_of(report)[RESULTS, "why"].version == 3


def test_a_first_text_does_not_run_over_another_first_text(cast: Cast) -> None:
    report = start(cast)
    write(report, cast, RESULTS, "why", "Berits")
    assert len(write(report, cast, RESULTS, "why", "Arnes", seen=0, by="arne")) == 1


def test_an_unknown_box_is_refused(cast: Cast) -> None:
    report = start(cast)
    with pytest.raises(KeyError):
        write(report, cast, RESULTS, "finnes-ikke", "Tekst")
    assert BlockText.objects.count() == 0


def test_the_trail_says_which_boxes_and_never_the_words(cast: Cast) -> None:
    report = start(cast)
    write(report, cast, RESULTS, "why", "Hemmelige ord")
    event = Event.objects.get(kind="annual.texts_written")
    assert (event.chain, event.by, event.detail) == ("9901", BERIT, {"boxes": {"why": 1}})
    assert "Hemmelige" not in event.subject


def test_a_text_is_marked_when_its_figures_change(cast: Cast) -> None:
    publish_all(cast)
    report = start(cast)
    write(report, cast, RESULTS, "why", "Fordi")
    write(report, cast, "laeringsmiljo", "why", "Trivsel")
    assert not box(cast, report).is_stale
    publish_cells([cell("9901", 46.0, 90), cell(VIK, 45.0, 76)])
    changed = box(cast, report).changed
    assert Difference("Lesing 5. trinn, Fjordvik, 2024–25", "48", "46") in changed
    assert Difference("Lesing 5. trinn, Vik skole, 2024–25", "47", "45") in changed
    assert len(changed) == 2
    status = queries.status_of(viewer(cast), report)
    assert (status.stale, status.written, status.expected) == (1, 2, 14)
    assert not box(cast, report, block="laeringsmiljo").is_stale


def test_a_release_that_changes_nothing_here_marks_nothing(cast: Cast) -> None:
    publish_all(cast)
    report = start(cast)
    write(report, cast, RESULTS, "why", "Fordi")
    publish_cells([cell("9902", 50.0, 70, municipality="9902")])
    assert queries.status_of(viewer(cast), report).stale == 0


def test_a_text_can_be_confirmed_beside_the_new_figures(cast: Cast) -> None:
    publish_all(cast)
    report = start(cast)
    write(report, cast, RESULTS, "why", "Fordi")
    publish_cells([cell("9901", 46.0, 90)])
    assert box(cast, report).is_stale
    write(report, cast, RESULTS, "why", "Fordi", seen=1, confirmed=True)
    assert not box(cast, report).is_stale
    assert queries.texts_of(report)[RESULTS, "why"].version == 2


def test_an_emptied_text_is_neither_written_nor_stale(cast: Cast) -> None:
    publish_all(cast)
    report = start(cast)
    write(report, cast, RESULTS, "why", "Fordi")
    write(report, cast, RESULTS, "why", "", seen=1)
    publish_cells([cell("9901", 46.0, 90)])
    assert not box(cast, report).is_written
    assert not box(cast, report).is_stale


def test_what_came_and_what_went_is_told(cast: Cast) -> None:
    assert differences({"a": "1", "b": "2"}, {"b": "2", "c": "3"}) == [
        Difference("c", "", "3"),
        Difference("a", "1", ""),
    ]


def test_texts_without_figures_of_their_own_are_never_stale(cast: Cast) -> None:
    report = start(cast)
    write(report, cast, "om", "deltakere", "Alle")
    publish_cells(year_of_tests(2024))
    assert queries.status_of(viewer(cast), report).stale == 0


def test_last_years_texts_stand_beside(cast: Cast) -> None:
    before, report = start(cast, 2022), start(cast)
    write(before, cast, RESULTS, "why", "I fjor")
    assert queries.last_years_texts(report)[RESULTS, "why"].text == "I fjor"
    assert queries.last_years_texts(before) == {}


def test_the_state_of_a_report(cast: Cast) -> None:
    report = start(cast)
    write(report, cast, RESULTS, "why", "Fordi")
    write(report, cast, RESULTS, "see", "Et tillegg teller ikke")
    status = queries.status_of(viewer(cast), report)
    state = next(one for one in status.chapters if one.chapter.key == RESULTS)
    assert (state.written, state.bars, status.missing) == (1, ["done", "later", "later"], 13)
    assert (status.is_frozen, status.may_be_frozen, status.last_frozen) == (False, True, None)


def test_the_overview_asks_for_the_newest_report(cast: Cast) -> None:
    assert queries.report_status(viewer(cast), owner_of(cast)) is None
    start(cast, 2023)
    start(cast, 2024)
    found = queries.report_status(viewer(cast), owner_of(cast))
    assert found is not None
    assert (found.report.year, found.written) == (2024, 0)
    assert queries.report_status(viewer(cast, "dag"), owner_of(cast)) is None


def test_only_those_with_the_permission_see_drafts(cast: Cast) -> None:
    start(cast)
    owner = owner_of(cast)
    seen = {
        name: bool(queries.reports(viewer(cast, name), owner))
        for name in ("berit", "arne", "kai", "aud", "dag", "eva")
    }
    assert seen == {"berit": True, "arne": True, "kai": True, "aud": False, "dag": False, "eva": False}


def test_years_that_may_be_begun(cast: Cast) -> None:
    from datetime import date

    start(cast, 2024)
    assert queries.years_to_start(owner_of(cast), date(2026, 8, 1)) == [2026, 2025, 2023, 2022]
    assert queries.years_to_start(owner_of(cast), date(2026, 7, 31)) == [2025, 2023, 2022, 2021]


def test_status_needs_few_queries_however_much_is_written(cast: Cast, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    publish_all(cast)
    report = start(cast)
    for key in ("why", "done", "propose"):
        write(report, cast, RESULTS, key, "Tekst")
    with django_assert_max_num_queries(4):
        queries.status_of(viewer(cast), report)
    publish_cells([cell("9901", 46.0, 90)])
    with django_assert_max_num_queries(12):
        queries.status_of(viewer(cast), report)
    assert report.state == State.DRAFT
