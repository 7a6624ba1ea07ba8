"""Chapters 6, 7 and 9, last year's decisions and the priorities: what the work rooms told, and nothing that points."""

from dataclasses import replace
from datetime import date

import pytest

from tests.factories.cast import Cast
from tests.report.annual.staging import BERIT, context, owner_of, publish_all, start, viewer, write
from tests.report.decisions import staging as decided
from tettpaa.report.annual import queries, work
from tettpaa.report.annual.assembly import Stamp, document
from tettpaa.report.annual.blocks import assessment, focus, meetings, participation, summary
from tettpaa.report.annual.counting import few, share
from tettpaa.report.annual.golden import thread_figure
from tettpaa.report.annual.work import (
    AreaFacts,
    DecidedFacts,
    Followed,
    GoalFacts,
    Priority,
    StatementFacts,
    Work,
)
from tettpaa.report.decisions import actions
from tettpaa.report.decisions.models import DecisionItem
from tettpaa.report.export.tree import Section, Table
from tettpaa.work.agreements.queries import Counts

pytestmark = pytest.mark.django_db
READING = Followed("np5_lesing", 5, 0, 46.0, 1.0, 90, 2022, 50.0, date(2027, 12, 31))
GOAL = GoalFacts("lesing", "Alle leser godt.", (READING,), (("started", 2), ("done", 1)))
AREAS = (
    AreaFacts("Lesing", "Fordi.", (GOAL,)),
    AreaFacts("", "", (GoalFacts("ro", "Ro i klassen.", (), ()),)),
)


def tables(section: Section) -> dict[str, list[list[str]]]:
    found = {
        block.caption: [[cell.text for cell in row] for row in block.rows]
        for block in section.blocks
        if isinstance(block, Table)
    }
    for part in section.subsections:
        found |= tables(part)
    return found


def test_a_report_without_work_has_no_empty_chapters(cast: Cast) -> None:
    tree = document(context(cast), Stamp(1))
    assert {section.number for section in tree.sections} & {"6", "7", "9"} == set()
    assert thread_figure(context(cast)) is None


def test_a_goal_is_told_from_where_it_began_to_where_it_is(cast: Cast) -> None:
    publish_all(cast)
    made = _with(context(cast), Work(plan="Kvalitetsplan", areas=AREAS, assessed_schools=6))
    found = tables(focus.build(made))
    row = found["Lesing: mål og tall"][0]
    assert row[:5] == ["Alle leser godt.", row[1], "46 (2022–23)", "50 innen 2027", "48 (2024–25)"]
    assert row[5][0] in "●◐○◌"
    assert found["Lesing: tiltak"] == [["Alle leser godt.", "2 i gang og 1 gjennomført"]]
    assert found["Andre mål: mål og tall"] == [
        ["Ro i klassen.", "ingen tall, se egenvurderingen", "–", "–", "–", "–"]
    ]
    assert focus.told(made)["Alle leser godt."] == "2 i gang og 1 gjennomført"


def test_meetings_and_promises_are_counted_and_small_counts_are_words(cast: Cast) -> None:
    counts = Counts(
        signed=3, fulfilled=0, in_force=3, school_promises=4, school_kept=3, owner_promises=16, owner_kept=12
    )
    made = _with(
        context(cast), Work(meetings=(8, 6, 2), themes=(("Alle leser godt.", 5),), agreements=counts)
    )
    found = tables(meetings.build(made))
    assert found["Dialogmøtene"] == [
        ["Planlagt", "8"],
        ["Holdt", "6"],
        ["Referat godkjent av begge", "Færre enn fem"],
    ]
    assert found["Det møtene handlet om"] == [["Alle leser godt.", "5"]]
    assert [row[1] for row in found["Avtaler og løfter"]] == [
        "Færre enn fem", "Ingen", "for få til å telles opp", "12 av 16",
    ]  # fmt: skip
    assert meetings.told(made)["Holdt"] == "6"


def test_small_counts() -> None:
    assert [few(n, "nb") for n in (0, 1, 4, 5)] == ["Ingen", "Færre enn fem", "Færre enn fem", "5"]
    assert [share(2, 4, "nb"), share(2, 5, "nn")] == ["for få til å telles opp", "2 av 5"]


def test_participation_says_what_each_statement_changed(cast: Cast) -> None:
    said = (
        StatementFacts("FAU", "Hva mener dere?", "Leksehjelp er med."),
        StatementFacts("Elevrådet", "Hva?", ""),
    )
    made = _with(context(cast), Work(statements=said, proposals=(("FAU", 7, 6, 1),)))
    found = tables(participation.build(made))
    assert found["Uttalelser, og hva de endret"] == [
        ["FAU", "Hva mener dere?", "Leksehjelp er med."], ["Elevrådet", "Hva?", "ikke besvart ennå"],
    ]  # fmt: skip
    assert found["Forslag til dialogmøtene, og hva som ble av dem"] == [["FAU", "7", "6", "Færre enn fem"]]
    only = _with(made, Work(proposals=(("FAU", 1, 0, 0),)))
    assert "Ingen uttalelser" in participation.build(only).blocks[0].text  # type: ignore[union-attr]
    assert participation.told(made)["FAU"] == "7 6 1"


def test_the_report_opens_with_what_became_of_last_years_decisions(cast: Cast) -> None:
    rows = (
        DecidedFacts("Alle skoler får en lesespesialist.", "done", "head_of_schools", "Fem av fem."),
        DecidedFacts("Leksehjelp.", "not_done", "chief_executive", "Ingen penger."),
    )
    section = summary.build(_with(context(cast), Work(decided=rows)))
    assert section.subsections[0].number == "0.1"
    found = tables(section)["Dette ble vedtatt sist, og dette ble gjort"]
    assert [row[1] for row in found] == ["Gjort", "Ikke gjort"]
    assert section.subsections[0].blocks[0].text == "1 av 2 vedtak er gjennomført."  # type: ignore[union-attr]


def test_the_rooms_above_give_last_years_decisions_and_statements(cast: Cast) -> None:
    made = decided.sent(cast, 2023)
    said = actions.answer_hearing(hearing=decided.hearing(made), school=cast.nes, text="Ja.", by="odd")
    actions.say_what_changed(statement=said, changed="Mye.", by=BERIT)
    actions.record_protocol(
        step=decided.step(made, "kommunestyret"), protocol=decided.new_protocol(), by=BERIT
    )
    actions.report_back(item=DecisionItem.objects.get(), state="done", text="Fem av fem.", by=BERIT)
    this, last = work.work_of(owner_of(cast), 2024), work.work_of(owner_of(cast), 2023)
    assert [(row.state, row.told) for row in this.decided] == [("done", "Fem av fem.")]
    assert last.decided == ()
    assert [(row.body, row.changed) for row in last.statements] == [("Elevrådet", "Mye.")]
    assert this.digest != last.digest


def test_priorities_and_the_thread_stand_in_the_last_chapter(cast: Cast) -> None:
    goals = Work(
        areas=AREAS,
        priorities=(Priority("Alle leser godt.", "Lesespesialist", "adviser", date(2027, 1, 15)),),
    )
    made = _with(context(cast), goals)
    assert tables(assessment.build(made))["Det kommunen selv skal gjøre"] == [
        ["Alle leser godt.", "Lesespesialist", "Rådgiver", "15.01.2027"]
    ]
    drawn = thread_figure(made)
    assert drawn is not None
    assert "2 mål" in drawn.alt
    assert drawn.svg.count("<circle") == 9


def test_a_text_is_marked_when_the_work_it_speaks_of_changes(cast: Cast) -> None:
    report = start(cast)
    write(report, cast, "medvirkning", "stemmer", "Elevrådet er hørt.")
    assert queries.status_of(viewer(cast), report).stale == 0
    case = actions.start_case(owner=owner_of(cast), report=report, by=BERIT)
    decided.bodies(cast)
    asked = decided.hearing(case)
    actions.answer_hearing(hearing=asked, school=cast.nes, text="Vi er ikke hørt.", by="odd")
    assert queries.status_of(viewer(cast), report).stale == 1


def test_a_freeze_sees_that_the_work_has_changed(cast: Cast) -> None:
    report = start(cast)
    seen = queries.seen_digest(report)
    decided.goal(cast)
    case = actions.start_case(owner=owner_of(cast), report=report, by=BERIT)
    decided.bodies(cast)
    actions.answer_hearing(hearing=decided.hearing(case), school=cast.nes, text="Ja.", by="odd")
    assert queries.seen_digest(report) != seen


def _with(made, told: Work):  # type: ignore[no-untyped-def]
    return replace(made, work=told)
