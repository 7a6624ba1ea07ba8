"""While an agreement is in force: status of promises, checkpoints, endings, lists and counts."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories.cast import Cast
from tests.work.agreements import making
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.viewer import Viewer, load_viewer
from tettpaa.work.agreements import actions, queries
from tettpaa.work.agreements.actions import NotCompleteError
from tettpaa.work.agreements.enums import Side, State, Status
from tettpaa.work.agreements.models import Agreement, Checkpoint, Commitment
from tettpaa.work.initiatives.models import Initiative
from tettpaa.work.yearwheel.models import Task

BY = "aud@example.test"
TODAY = date(2026, 5, 1)


def viewer(cast: Cast, name: str) -> Viewer:
    return load_viewer(cast.users[name], TODAY)


def promise(agreement: Agreement, number: int) -> Commitment:
    return Commitment.objects.get(wording__agreement=agreement, wording__state="in_force", number=number)


def point(agreement: Agreement) -> Checkpoint:
    return making.wording(agreement).checkpoints.filter(held_on=None)[0]


@pytest.mark.parametrize(
    ("said", "due", "shown"),
    [
        (Status.PLANNED, date(2026, 4, 30), Status.LATE),
        (Status.PLANNED, TODAY, Status.PLANNED),
        (Status.ON_TRACK, date(2026, 4, 30), Status.LATE),
        (Status.ON_TRACK, None, Status.ON_TRACK),
        (Status.LATE, date(2027, 1, 1), Status.LATE),
        (Status.DONE, date(2026, 1, 1), Status.DONE),
        (Status.NOT_DONE, date(2026, 1, 1), Status.NOT_DONE),
    ],
)
def test_what_is_not_done_by_its_date_is_late(said: Status, due: date | None, shown: Status) -> None:
    assert Commitment(status=said, due_on=due).status_at(TODAY) is shown


def test_a_promise_kept_finishes_its_initiative_and_its_date(cast: Cast) -> None:
    agreement = making.in_force(cast)
    actions.report_status(commitment=promise(agreement, 1), status=Status.DONE, by=BY, on=TODAY)
    actions.report_status(
        commitment=promise(agreement, 3), status=Status.DONE, by="arne@example.test", on=TODAY
    )
    assert Initiative.objects.get(title="ha to lærere i lesetimene").state == "done"
    assert Task.objects.get(source__startswith="agreements.commitment").state == "done"
    row = promise(agreement, 1)
    assert (row.status, row.status_on, row.status_by) == ("done", TODAY, BY)
    assert [(r.status, r.on) for r in agreement.status_reports.all()] == [("done", TODAY), ("done", TODAY)]


def test_a_promise_given_up_needs_a_reason_and_stops_its_initiative(cast: Cast) -> None:
    agreement = making.in_force(cast)
    with pytest.raises(NotCompleteError, match="reason"):
        actions.report_status(commitment=promise(agreement, 2), status=Status.NOT_DONE, by=BY)
    actions.report_status(commitment=promise(agreement, 2), status=Status.NOT_DONE, note="Ingen søkte", by=BY)
    assert Initiative.objects.get(title="gi skolen 20 % lesespesialist").state == "stopped"
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(number=1).update(status="not_done")


def test_a_promise_taken_up_again_has_its_date_back(cast: Cast) -> None:
    agreement = making.in_force(cast)
    actions.report_status(commitment=promise(agreement, 3), status=Status.LATE, note="Sykdom", by=BY)
    assert Task.objects.get(source__startswith="agreements.commitment").due_on == date(2026, 10, 1)
    assert [r.note for r in agreement.status_reports.all()] == ["Sykdom"]


def test_a_checkpoint_is_held_when_both_have_spoken(cast: Cast) -> None:
    agreement = making.in_force(cast)
    first = point(agreement)
    with pytest.raises(NotCompleteError, match="both_say"):
        actions.hold_checkpoint(checkpoint=first, outcome="on_track", by=BY)
    first = actions.write_checkpoint(checkpoint=first, values={"school_says": "Bra"}, version=1, by=BY)
    with pytest.raises(ConflictError):
        actions.write_checkpoint(
            checkpoint=first, values={"owner_says": "Sent"}, version=1, by="berit@example.test"
        )
    actions.write_checkpoint(
        checkpoint=first, values={"owner_says": "Sent"}, version=2, by="berit@example.test"
    )
    actions.hold_checkpoint(checkpoint=first, outcome="delayed", on=date(2026, 2, 24), by=BY)
    held = Checkpoint.objects.get(pk=first.pk)
    assert (held.school_says, held.owner_says, held.outcome, held.held_on) == (
        "Bra", "Sent", "delayed", date(2026, 2, 24),
    )  # fmt: skip
    assert Task.objects.get(source=f"agreements.checkpoint:{first.line}").state == "done"
    with pytest.raises(NotAllowedError):
        actions.hold_checkpoint(checkpoint=first, outcome="on_track", by=BY)
    with pytest.raises(NotAllowedError):
        actions.write_checkpoint(checkpoint=held, values={"school_says": "Nei"}, version=held.version, by=BY)


def test_nothing_is_said_of_an_agreement_that_is_not_in_force(cast: Cast) -> None:
    agreement = making.draft(cast)
    text = making.wording(agreement)
    with pytest.raises(NotAllowedError):
        actions.report_status(commitment=text.commitments.all()[0], status=Status.DONE, by=BY)
    with pytest.raises(NotAllowedError):
        actions.hold_checkpoint(checkpoint=text.checkpoints.all()[0], outcome="on_track", by=BY)


@pytest.mark.parametrize(
    ("to", "lacking"),
    [
        (State.FULFILLED, "promises"),
        (State.CLOSED, "evaluation"),
        (State.TERMINATED, "reason"),
        (State.STEPPED_UP, "reason"),
    ],
)
def test_what_each_ending_needs(cast: Cast, to: State, lacking: str) -> None:
    agreement = making.in_force(cast)
    with pytest.raises(NotCompleteError, match=lacking):
        actions.end_agreement(agreement=agreement, to=to, by="berit@example.test")
    for number in (1, 2, 3):
        actions.report_status(commitment=promise(agreement, number), status=Status.DONE, by=BY)
    actions.open_change(agreement=agreement, by=BY)
    ended = actions.end_agreement(
        agreement=agreement,
        to=to,
        reason="Slik ble det",
        evaluation="Vi vet ikke",
        by="berit@example.test",
        on=TODAY,
    )
    assert (ended.state, ended.ended_on, ended.evaluation) == (to, TODAY, "Vi vet ikke")
    assert [w.state for w in ended.wordings.all()] == ["in_force", "dropped"]
    assert set(Task.objects.filter(source__startswith="agreements.").values_list("state", flat=True)) == {
        "done", "dropped",
    }  # fmt: skip
    last = ended.steps.last()
    assert (last.before, last.after) == ("in_force", to)


def test_fulfilled_may_be_evaluated_later_and_the_day_stays(cast: Cast) -> None:
    agreement = making.in_force(cast)
    for number in (1, 2, 3):
        actions.report_status(commitment=promise(agreement, number), status=Status.DONE, by=BY)
    actions.end_agreement(agreement=agreement, to=State.FULFILLED, by=BY, on=TODAY)
    ended = actions.end_agreement(
        agreement=agreement, to=State.CLOSED, evaluation="Det virket", by=BY, on=date(2026, 6, 1)
    )
    assert (ended.state, ended.ended_on) == ("closed", TODAY)
    with pytest.raises(NotAllowedError):
        actions.end_agreement(agreement=agreement, to=State.TERMINATED, reason="x", by=BY)


def test_a_draft_cannot_end_as_if_it_had_lived(cast: Cast) -> None:
    agreement = making.draft(cast)
    with pytest.raises(NotAllowedError):
        actions.end_agreement(agreement=agreement, to=State.TERMINATED, reason="x", by=BY)


# --- lists -------------------------------------------------------------------------------------------------------


def test_the_list_tells_both_sides_lateness_alike(cast: Cast) -> None:
    agreement = making.in_force(cast)
    actions.report_status(commitment=promise(agreement, 3), status=Status.DONE, by=BY)
    (line,) = queries.agreements_of(viewer(cast, "berit"), cast.fjordvik, today=TODAY)
    assert (line.promises, line.done, dict(line.late), line.state) == (
        3, 1, {Side.SCHOOL: 1, Side.OWNER: 1}, State.CHECKPOINT_DUE,
    )  # fmt: skip
    assert (line.next_checkpoint, line.waits_for, line.changing) == (date(2026, 2, 23), None, False)


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("berit", ["Nes i kraft", "Nes utkast", "Vik utkast"]),
        ("kai", ["Nes i kraft", "Nes utkast", "Vik utkast"]),
        ("aud", ["Nes i kraft", "Nes utkast"]),
        ("liv", ["Nes i kraft", "Nes utkast"]),
        ("vera", ["Nes i kraft", "Vik utkast"]),
        *[(name, ["Nes i kraft"]) for name in ("carl", "fia", "odd", "tor", "dag", "unn")],
        ("siv", []),
        ("eva", []),
    ],
)
def test_who_sees_which_agreements(cast: Cast, name: str, titles: list[str]) -> None:
    making.in_force(cast, title="Nes i kraft", source="a:1")
    making.draft(cast, title="Nes utkast", source="a:2")
    making.draft(cast, title="Vik utkast", source="a:3", school=cast.vik)
    lines = queries.agreements_of(viewer(cast, name), cast.fjordvik, today=TODAY)
    assert sorted(line.agreement.title for line in lines) == titles
    whole = {"berit", "kai", "aud", "liv"}
    assert {line.whole for line in lines if line.agreement.title == "Nes i kraft"} <= {name in whole}


def test_the_package_gets_the_last_agreements_promises(cast: Cast) -> None:
    agreement = making.in_force(cast, goal=making.a_goal(cast))
    actions.report_status(commitment=promise(agreement, 2), status=Status.LATE, note="Ingen søkte", by=BY)
    with CaptureQueriesContext(connection) as caught:
        lines = queries.status_lines(viewer(cast, "berit"), cast.nes, today=TODAY)
    asked = [one for one in caught if "agreements_commitment" in one["sql"]]
    assert len(asked) == 1, "the words come with the promises"
    assert [(line.side, line.what, line.status, line.note) for line in lines] == [
        ("school", "ha to lærere i lesetimene", "late", ""),
        ("owner", "gi skolen 20 % lesespesialist", "late", "Ingen søkte"),
        ("owner", "dekke vikar ved to kursdager", "planned", ""),
    ]
    assert lines[0].content["due_on"] == "2026-02-01"
    assert [line.note for line in queries.status_lines(viewer(cast, "fia"), cast.nes, today=TODAY)] == [
        "",
        "",
        "",
    ]
    assert queries.status_lines(viewer(cast, "eva"), cast.nes, today=TODAY) == []
    actions.end_agreement(agreement=agreement, to=State.TERMINATED, reason="x", by=BY, on=TODAY)
    assert len(queries.status_lines(viewer(cast, "berit"), cast.nes, today=TODAY)) == 3
    assert queries.status_lines(viewer(cast, "berit"), cast.vik, today=TODAY) == []


def test_the_report_gets_counts_and_no_school(cast: Cast) -> None:
    agreement = making.in_force(cast)
    making.draft(cast, source="a:2")
    actions.report_status(commitment=promise(agreement, 2), status=Status.DONE, by=BY)
    found = queries.counts(cast.fjordvik, date(2026, 1, 1), date(2026, 6, 30))
    assert found == queries.Counts(
        signed=1, fulfilled=0, in_force=1, school_promises=1, school_kept=0, owner_promises=1, owner_kept=1
    )
