"""From a draft to two signatures: what each step asks, every path and every non-path."""

from datetime import date

import pytest

from tests.factories.cast import Cast
from tests.work.agreements import making
from tettpaa.core.audit.queries import events
from tettpaa.core.audit.states import NotAllowedError, move
from tettpaa.work.agreements import actions
from tettpaa.work.agreements.actions import NewCommitment, NotCompleteError
from tettpaa.work.agreements.enums import PATHS, WORDING_PATHS, LineKind, Side, State, WordingState
from tettpaa.work.agreements.models import Agreement, Commitment, Wording

BY = "aud@example.test"


def states(agreement: Agreement) -> tuple[str, str]:
    return Agreement.objects.get(pk=agreement.pk).state, making.wording(agreement).state


def test_a_draft_has_both_sides_promises_and_three_checkpoints(cast: Cast) -> None:
    agreement = making.draft(cast)
    text = making.wording(agreement)
    rows = [(r.number, r.side, r.pair, r.role) for r in text.commitments.all()]
    assert rows == [
        (1, "school", 1, "principal"),
        (2, "owner", 1, "head_of_schools"),
        (3, "owner", 0, "adviser"),
    ]
    assert [r.due_on for r in text.checkpoints.all()] == [
        date(2026, 2, 23),
        date(2026, 7, 6),
        date(2027, 1, 4),
    ]
    assert (text.starts_on, text.ends_on) == (date(2026, 1, 5), date(2027, 1, 4))
    assert states(agreement) == ("draft", "draft")
    assert [e.kind for e in events(owner="9901")][:2] == [
        "agreements.agreement_drafted",
        "agreements.wording_moved",
    ]


def test_one_draft_a_source(cast: Cast) -> None:
    first = making.draft(cast, source="dialogue.meeting:1")
    again = making.draft(cast, source="dialogue.meeting:1", title="Noe annet")
    assert (again.pk, again.title, Agreement.objects.count()) == (first.pk, first.title, 1)


def test_another_owners_school_or_goal_is_refused(cast: Cast) -> None:
    with pytest.raises(ValueError, match="owner's"):
        making.draft(cast, school=cast.units["U00000001"])
    goal = making.a_goal(cast)
    goal.owner = cast.utvik
    goal.save()
    with pytest.raises(ValueError, match="owner's"):
        making.draft(cast, goal=goal)


def test_every_path_and_non_path_of_an_agreement() -> None:
    assert set(PATHS) == set(State) - {State.CHECKPOINT_DUE}
    for current in PATHS:
        for wanted in State:
            one = Agreement(state=current)
            if wanted in PATHS[current]:
                assert (move(one, wanted, paths=PATHS), one.state) == (current, wanted)
                continue
            with pytest.raises(NotAllowedError):
                move(one, wanted, paths=PATHS)
            assert one.state == current


def test_every_path_and_non_path_of_a_text() -> None:
    assert set(WORDING_PATHS) == set(WordingState)
    for current in WordingState:
        for wanted in WordingState:
            one = Wording(state=current)
            if wanted in WORDING_PATHS[current]:
                assert (move(one, wanted, paths=WORDING_PATHS), one.state) == (current, wanted)
                continue
            with pytest.raises(NotAllowedError):
                move(one, wanted, paths=WORDING_PATHS)


def test_both_must_promise_and_there_must_be_a_goal(cast: Cast) -> None:
    agreement = making.draft(cast, rows=[NewCommitment(Side.SCHOOL, "lese mer")])
    with pytest.raises(NotCompleteError, match="both_sides"):
        actions.negotiate(wording=making.wording(agreement), by=BY)
    actions.write_line(
        wording=making.wording(agreement),
        kind=LineKind.COMMITMENT,
        values={"side": "owner", "what": "hjelpe"},
        by=BY,
    )
    with pytest.raises(NotCompleteError, match="goal"):
        actions.negotiate(wording=making.wording(agreement), by=BY)
    making.add_goal(agreement)
    actions.negotiate(wording=making.wording(agreement), by=BY)
    assert states(agreement) == ("negotiated", "negotiated")


def negotiated(cast: Cast) -> Agreement:
    agreement = making.draft(cast)
    making.add_goal(agreement)
    actions.negotiate(wording=making.wording(agreement), by=BY)
    return agreement


def test_somebody_must_be_heard_or_it_says_why_not(cast: Cast) -> None:
    agreement = negotiated(cast)
    with pytest.raises(NotCompleteError, match="heard"):
        actions.consulted(wording=making.wording(agreement), by=BY)
    text = making.wording(agreement)
    actions.write_terms(wording=text, values={"not_heard": "Ferie"}, version=text.version, by=BY)
    actions.consulted(wording=making.wording(agreement), by=BY)
    assert states(agreement) == ("consulted", "consulted")


@pytest.mark.parametrize(("lacking", "values"), [("period", {"ends_on": None}), ("checkpoint", {})])
def test_period_and_checkpoints_are_needed(cast: Cast, lacking: str, values: dict[str, None]) -> None:
    agreement = negotiated(cast)
    text = making.wording(agreement)
    actions.write_terms(wording=text, values={"not_heard": "Ferie", **values}, version=text.version, by=BY)
    if lacking == "checkpoint":
        for row in text.checkpoints.all():
            actions.remove_line(wording=text, kind=LineKind.CHECKPOINT, row=row.pk, by=BY)
    with pytest.raises(NotCompleteError, match=lacking):
        actions.consulted(wording=making.wording(agreement), by=BY)


def test_a_text_changed_after_the_hearing_goes_back_to_talks(cast: Cast) -> None:
    agreement = making.ready(cast)
    row = making.wording(agreement).commitments.first()
    actions.write_line(
        wording=making.wording(agreement), kind=LineKind.COMMITMENT, row=row.pk, version=row.version,
        values={"what": "ha tre lærere"}, by=BY, on=date(2026, 1, 12),
    )  # fmt: skip
    assert states(agreement) == ("negotiated", "negotiated")
    last = agreement.steps.last()
    assert (last.before, last.after, bool(last.reason)) == ("consulted", "negotiated", True)


def test_a_body_heard_late_does_not_undo_the_hearing(cast: Cast) -> None:
    agreement = making.ready(cast)
    actions.write_line(
        wording=making.wording(agreement), kind=LineKind.CONSULTATION, values={"name": "Elevrådet"}, by=BY
    )
    assert states(agreement) == ("consulted", "consulted")


def test_back_to_draft_and_dropped(cast: Cast) -> None:
    agreement = making.ready(cast)
    actions.back_to_draft(wording=making.wording(agreement), reason="Mer å si", by=BY)
    assert states(agreement) == ("draft", "draft")
    actions.drop(wording=making.wording(agreement), reason="Ble ikke noe av", by=BY, on=date(2026, 2, 2))
    found = Agreement.objects.get(pk=agreement.pk)
    assert (found.state, found.ended_on, found.ending) == ("terminated", date(2026, 2, 2), "Ble ikke noe av")
    with pytest.raises(NotAllowedError):
        making.add_goal(agreement)


def test_what_the_school_has_signed_can_be_written_only_when_it_is_opened_again(cast: Cast) -> None:
    agreement = making.ready(cast)
    with pytest.raises(NotAllowedError):
        actions.reopen(wording=making.wording(agreement), reason="", by=BY)
    making.sign_school(agreement)
    with pytest.raises(NotAllowedError):
        making.add_goal(agreement)
    with pytest.raises(NotAllowedError):
        actions.write_terms(wording=making.wording(agreement), values={"title": "X"}, version=1, by=BY)
    actions.reopen(wording=making.wording(agreement), reason="Feil frist", by=BY)
    making.add_goal(agreement)
    assert states(agreement) == ("negotiated", "negotiated")


def test_tying_and_untying_promises(cast: Cast) -> None:
    agreement = making.draft(cast)
    text = making.wording(agreement)
    school, owner, alone = text.commitments.all()

    def tie(row: Commitment, other: Commitment | None) -> list[int]:
        fresh = Commitment.objects.get(pk=row.pk)
        actions.write_line(
            wording=text, kind=LineKind.COMMITMENT, row=row.pk, version=fresh.version, by=BY,
            values={"answers": other.pk if other else None},
        )  # fmt: skip
        return [r.pair for r in text.commitments.all()]

    assert tie(alone, school) == [1, 0, 1]
    assert tie(school, None) == [0, 0, 0]
    assert tie(owner, school) == [1, 1, 0]
    with pytest.raises(Commitment.DoesNotExist):
        tie(owner, alone)
    actions.remove_line(wording=text, kind=LineKind.COMMITMENT, row=school.pk, by=BY)
    assert [r.pair for r in text.commitments.all()] == [0, 0]
