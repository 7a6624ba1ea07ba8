"""The case: its road, its document, what is refused with a reason, and two people at once."""

from datetime import date
from io import BytesIO

import docx
import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories.cast import Cast
from tests.report.annual.staging import BERIT, owner_of, start
from tests.report.decisions import staging
from tests.report.decisions.staging import KAI, WHEN
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.models import Body
from tettpaa.report.decisions import access, actions, paper, queries, road
from tettpaa.report.decisions.enums import (
    CASE_PATHS,
    ITEM_PATHS,
    STATEMENT_PATHS,
    CaseState,
    ItemState,
    StatementState,
)
from tettpaa.report.decisions.models import CasePaper, DecisionItem, PoliticalCase, Protocol, Statement
from tettpaa.report.export import docx as word
from tettpaa.work.initiatives.models import Initiative
from tettpaa.work.yearwheel.models import Task

pytestmark = pytest.mark.django_db


def test_every_state_has_its_paths() -> None:
    for paths, states in (
        (CASE_PATHS, CaseState),
        (ITEM_PATHS, ItemState),
        (STATEMENT_PATHS, StatementState),
    ):
        assert set(paths) == set(states.values)
        assert set().union(*paths.values()) <= set(states.values)


def test_a_road_proposes_dates_round_the_deciding_step(cast: Cast) -> None:
    made = staging.case(cast, is_frozen=False)
    assert [(row.key, row.planned_on) for row in queries.steps_of(made)] == [
        ("skisse", date(2026, 2, 23)),
        ("horing", date(2026, 4, 6)),
        ("utvalget", date(2026, 5, 18)),
        ("formannskapet", date(2026, 6, 1)),
        ("kommunestyret", date(2026, 6, 15)),
        ("etterarbeid", date(2026, 8, 10)),
    ]


def test_months_before_and_after_the_deciding_one_fall_in_their_year() -> None:
    class Step:
        def __init__(self, month: int | None, *, decides: bool = False) -> None:
            self.month, self.weeks, self.decides = month, None, decides

    steps = [Step(11), Step(3, decides=True), Step(5), Step(None)]
    assert road.proposed_dates(steps, date(2026, 9, 1)) == [
        date(2026, 11, 15), date(2027, 3, 15), date(2027, 5, 15), None,
    ]  # fmt: skip
    assert road.proposed_dates([Step(11), Step(None)], date(2026, 12, 1)) == [date(2027, 11, 15), None]


def test_a_case_is_begun_once_and_only_for_the_owners_own(cast: Cast) -> None:
    made = staging.case(cast, is_frozen=False)
    assert actions.start_case(owner=owner_of(cast), report=made.report, by=BERIT) == made
    with pytest.raises(ValueError, match="its owner"):
        actions.start_case(owner=cast.utvik, report=made.report, by=BERIT)
    with pytest.raises(ValueError, match="report or about a plan"):
        actions.start_case(owner=cast.fjordvik, by=BERIT)


def test_a_plan_can_be_the_subject(cast: Cast) -> None:
    plan = staging.goal(cast).plan
    made = actions.start_case(owner=owner_of(cast), plan=plan, by=BERIT)
    assert made.title == str(plan)
    assert "not_frozen" not in queries.missing_before_sending(made)
    assert queries.attached_of(made) is None


def test_planned_days_stand_in_the_wheel_until_held(cast: Cast) -> None:
    made = staging.case(cast, is_frozen=False)
    sketch = staging.step(made, "skisse")
    actions.plan_step(step=sketch, planned_on=date(2026, 2, 2), by=BERIT)
    task = Task.objects.get(source=f"decisions.step:{sketch.pk}")
    assert task.due_on == date(2026, 2, 2)
    actions.finish_step(step=sketch, on=date(2026, 2, 3), note="Ledergruppa er enig.", by=BERIT)
    task.refresh_from_db()
    assert task.state == "done"
    with pytest.raises(ValueError, match="protocol"):
        actions.finish_step(step=staging.step(made, "utvalget"), on=date(2026, 2, 3), by=BERIT)


@pytest.mark.parametrize(
    ("points", "is_votable"),
    [
        ((), False),
        (("Meldingen tas til orientering.",), False),
        (("Kommunestyret tek meldinga til vitande",), False),
        (("Saken tas til etterretning", "Meldingen tas til orientering"), False),
        (("Kommunestyret ber om en ny sak om lesing og tar meldingen til orientering.",), True),
        (("Meldingen tas til orientering.", "Alle skoler får en lesespesialist."), True),
    ],
)
def test_only_taking_note_is_not_a_recommendation(points: tuple[str, ...], is_votable: bool) -> None:
    assert paper.can_be_voted_on(points) is is_votable


def test_every_reason_is_told_at_once(cast: Cast) -> None:
    made = staging.case(cast, is_frozen=False)
    actions.write_text(
        case=made, part="innstilling", text="Meldingen tas til orientering.", version=0, by=BERIT
    )
    assert queries.missing_before_sending(made) == [
        "part_kort", "part_bakgrunn", "part_vurdering", "only_noted", "not_frozen",
    ]  # fmt: skip
    with pytest.raises(actions.NotReadyError):
        actions.submit_case(case=made, by=KAI)
    made.refresh_from_db()
    assert (made.state, made.rounds) == ("prepared", 0)


def test_a_report_that_is_held_back_is_not_attached(cast: Cast) -> None:
    made = staging.written(cast)
    assert made.report is not None
    actions.plan_publication(report=made.report, planned_for=WHEN, by=BERIT)
    made.refresh_from_db()
    assert queries.missing_before_sending(PoliticalCase.objects.get(pk=made.pk)) == ["not_public"]


def test_the_paper_has_its_parts_and_only_the_public_edition(cast: Cast) -> None:
    made = staging.written(cast)
    asked = staging.hearing(made, "fau")
    said = actions.answer_hearing(hearing=asked, school=cast.nes, text="Vi vil ha leksehjelp.", by="fia")
    actions.say_what_changed(statement=said, changed="Leksehjelp er med.", by=BERIT)
    row = actions.submit_case(case=made, by=KAI, at=WHEN)
    tree = queries.sent_document(row)
    assert [section.title for section in tree.sections] == [
        "Saken i korte trekk", "Bakgrunn", "Saksopplysninger", "Vurdering", "Høring og medvirkning",
        "Kommunedirektørens innstilling", "Vedlegg",
    ]  # fmt: skip
    said.refresh_from_db()
    assert said.state == "attached"
    assert row.attached["version"] == 1
    text = "\n".join(
        p.text for p in docx.Document(BytesIO(word.render(tree, lambda _figure: b""))).paragraphs
    )
    assert "Vi vil ha leksehjelp." in text
    assert "offentlig utgave, versjon 1" in text
    assert "intern" not in text


def test_what_was_sent_cannot_be_changed(cast: Cast) -> None:
    made = staging.sent(cast)
    with pytest.raises(actions.NotReadyError):
        actions.write_text(case=made, part="kort", text="Nytt.", version=1, by=BERIT)
    with pytest.raises(NotAllowedError):
        actions.submit_case(case=made, by=KAI)
    assert CasePaper.objects.filter(case=made).count() == 1


def test_the_second_writer_loses_nothing(cast: Cast) -> None:
    made = staging.written(cast)
    actions.write_text(case=made, part="kort", text="Berits.", version=1, by=BERIT)
    with pytest.raises(ConflictError):
        actions.write_text(case=made, part="kort", text="Arnes.", version=1, by="arne")
    with pytest.raises(actions.ClashError) as clash:
        actions.write_paper(case=made, writings=[("bakgrunn", "Arnes.", 1), ("kort", "Arnes.", 1)], by="arne")
    assert [(one.part, one.mine, one.theirs.text) for one in clash.value.clashes] == [
        ("kort", "Arnes.", "Berits.")
    ]
    assert queries.texts_of(made)["bakgrunn"].text == staging.TEXTS["bakgrunn"]
    with pytest.raises(KeyError):
        actions.write_text(case=made, part="noe-annet", text="", version=0, by=BERIT)


def test_a_case_that_is_sent_back_is_written_again(cast: Cast) -> None:
    made = staging.sent(cast)
    back = staging.new_protocol(outcome="sent_back", items=())
    actions.record_protocol(step=staging.step(made, "utvalget"), protocol=back, by=BERIT)
    made.refresh_from_db()
    actions.reopen_case(case=made, by=BERIT)
    actions.write_text(case=made, part="kort", text="Bedre.", version=1, by=BERIT)
    assert actions.submit_case(case=made, by=KAI).round == 2


def test_a_body_answers_once_from_where_it_is(cast: Cast) -> None:
    made = staging.case(cast, is_frozen=False)
    school, own = staging.hearing(made), staging.hearing(made, "ungdomsrad")
    actions.answer_hearing(hearing=school, school=cast.nes, text="Ja.", by="odd")
    actions.answer_hearing(hearing=school, school=cast.vik, text="Nei.", by="odd")
    with pytest.raises(NotAllowedError):
        actions.answer_hearing(hearing=school, school=cast.nes, text="Likevel.", by="odd")
    for hearing, place in ((school, None), (own, cast.nes), (school, cast.units["U00000001"])):
        with pytest.raises(ValueError, match="speaks from where"):
            actions.answer_hearing(hearing=hearing, school=place, text="Ja.", by="odd")
    assert [line.awaited for line in queries.hearing_lines(made, [cast.nes, cast.vik])] == [(), ("Fjordvik",)]
    with pytest.raises(ValueError, match="speaks for"):
        staging.hearing(made, "utvalget")


def test_nothing_is_adopted_before_each_statement_is_answered(cast: Cast) -> None:
    made = staging.sent(cast)
    said = actions.answer_hearing(hearing=staging.hearing(made), school=cast.nes, text="Ja.", by="odd")
    with pytest.raises(actions.NotHeardError):
        actions.record_protocol(
            step=staging.step(made, "kommunestyret"), protocol=staging.new_protocol(), by=BERIT
        )
    actions.say_what_changed(statement=said, changed="Ingenting, fordi …", by=BERIT)
    actions.record_protocol(
        step=staging.step(made, "kommunestyret"), protocol=staging.new_protocol(), by=BERIT
    )
    with pytest.raises(NotAllowedError):
        staging.hearing(PoliticalCase.objects.get(pk=made.pk))


def test_each_point_becomes_work_with_its_link(cast: Cast) -> None:
    goal = staging.goal(cast)
    items = [
        staging.new_item(goal=goal, school=cast.nes),
        staging.new_item(text="Halvårsstatus.", becomes="task"),
        staging.new_item(
            kind="noted", text="Meldingen tas til orientering.", responsible_role="", due_on=None
        ),
        staging.new_item(text="En svært lang tekst om lesing " * 12),
    ]
    staging.decided(cast, items=items)
    rows = list(DecisionItem.objects.order_by("number"))
    first, second, third, fourth = rows
    assert first.initiative is not None
    assert (first.initiative.goal, first.initiative.school, first.initiative.source) == (
        goal, cast.nes, f"decisions.item:{first.pk}",
    )  # fmt: skip
    assert second.task is not None
    assert second.task.due_on == date(2027, 1, 15)
    assert (third.initiative, third.task) == (None, None)
    assert fourth.initiative is not None
    assert len(fourth.initiative.title) <= 160
    assert Initiative.objects.count() == 2


@pytest.mark.parametrize(
    ("key", "changes", "error"),
    [
        ("kommunestyret", {"items": ()}, ValueError),
        ("kommunestyret", {"outcome": "postponed"}, ValueError),
        ("utvalget", {}, NotAllowedError),
        ("skisse", {}, ValueError),
        ("kommunestyret", {"items": [staging.new_item(due_on=None)]}, ValueError),
        ("kommunestyret", {"items": [staging.new_item(responsible_role="")]}, ValueError),
    ],
)
def test_a_protocol_that_does_not_hold_is_refused(
    cast: Cast, key: str, changes: dict[str, object], error: type[Exception]
) -> None:
    made = staging.sent(cast)
    with pytest.raises(error):
        actions.record_protocol(
            step=staging.step(made, key), protocol=staging.new_protocol(**changes), by=BERIT
        )
    assert Protocol.objects.count() == 0


def test_another_owners_goal_or_school_is_refused(cast: Cast) -> None:
    made = staging.sent(cast)
    goal = staging.goal(cast)
    goal.owner = cast.utvik
    goal.save()
    for item in (staging.new_item(goal=goal), staging.new_item(school=cast.units["U00000001"])):
        with pytest.raises(ValueError, match="its owner"):
            actions.record_protocol(
                step=staging.step(made, "kommunestyret"),
                protocol=staging.new_protocol(items=[item]),
                by=BERIT,
            )


def test_a_postponed_case_is_held_again(cast: Cast) -> None:
    made = staging.sent(cast)
    council = staging.step(made, "kommunestyret")
    later = staging.new_protocol(outcome="postponed", items=())
    actions.record_protocol(step=council, protocol=later, by=BERIT)
    made.refresh_from_db()
    assert (made.state, staging.step(made, "kommunestyret").held_on) == ("postponed", None)
    actions.record_protocol(step=council, protocol=staging.new_protocol(), by=BERIT)
    made.refresh_from_db()
    assert (made.state, made.decided_on) == ("decided", date(2026, 6, 18))


def test_what_became_of_a_point_is_told_and_kept(cast: Cast) -> None:
    staging.decided(cast, items=[staging.new_item(becomes="task")])
    item = DecisionItem.objects.get()
    case = item.protocol.case
    with pytest.raises(actions.NotReadyError):
        actions.close_case(case=case, by=BERIT)
    with pytest.raises(ValueError, match="reason"):
        actions.report_back(item=item, state="not_done", text=" ", by=BERIT)
    actions.report_back(item=item, state="not_done", text="Ikke satt av penger.", by=BERIT)
    actions.report_back(item=item, state="started", text="Nå er det penger.", by=BERIT)
    actions.report_back(item=item, state="done", text="Ferdig.", by=BERIT)
    with pytest.raises(NotAllowedError):
        actions.report_back(item=item, state="started", text="Igjen.", by=BERIT)
    assert [row.state for row in item.reports.all()] == ["not_done", "started", "done"]
    assert Task.objects.get(source=f"decisions.item:{item.pk}").state == "done"
    actions.close_case(case=case, by=BERIT)
    assert PoliticalCase.objects.get().state == "closed"


@pytest.mark.parametrize("model", ["casepaper", "protocol", "decisionitem", "reportback"])
@pytest.mark.parametrize("statement", ["DELETE FROM {t}", "UPDATE {t} SET id = id"])
def test_what_was_decided_stays_in_the_database_itself(cast: Cast, model: str, statement: str) -> None:
    staging.decided(cast)
    actions.report_back(item=DecisionItem.objects.get(), state="started", text="I gang.", by=BERIT)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(t=f"decisions_{model}"))


def test_rows_of_another_owner_are_not_there(cast: Cast) -> None:
    from tests.report.annual.staging import viewer

    staging.decided(cast)
    made, item = PoliticalCase.objects.get(), DecisionItem.objects.get()
    berit, eva = viewer(cast), viewer(cast, "eva")
    assert access.case_for_reading(berit, cast.fjordvik, made.pk) == made
    assert access.case_for_reading(berit, cast.utvik, made.pk) is None
    assert access.case_for_reading(eva, cast.fjordvik, made.pk) is None
    assert access.item_for_reading(eva, cast.utvik, item.pk) is None
    assert access.item_for_reading(eva, cast.fjordvik, item.pk) is None
    assert queries.cases(eva, cast.fjordvik) == []
    assert Body.objects.filter(owner=cast.utvik).count() == 0
    assert Statement.objects.count() == 0
    assert start(cast, 2023) in queries.reports_to_decide(berit, cast.fjordvik)
    assert queries.reports_to_decide(viewer(cast, "dag"), cast.fjordvik) == []
