"""Signals open nothing; a person's words lead every step; the principal answers first; nothing said is lost."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories.cast import Cast
from tests.report.annual.staging import VIK, cell, publish_cells, viewer
from tests.work.followup import staging
from tests.work.followup.staging import BERIT, REVIEW, VERA
from tettpaa.core.audit.models import Event
from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.ui.panels import Asked
from tettpaa.work.agreements.models import Agreement
from tettpaa.work.followup import access, actions, pack, panels, queries, wording
from tettpaa.work.followup.enums import CASE_PATHS, SUPPORT_PATHS, VERB_PATHS, CaseState, SupportState, Verb
from tettpaa.work.followup.models import CaseEntry, FollowUpCase, LadderStep, Signal
from tettpaa.work.followup.pack import LadderShape

pytestmark = pytest.mark.django_db
LEADER = {"by": BERIT, "role": "head_of_schools"}


def test_every_state_has_its_paths() -> None:
    for paths, states in ((CASE_PATHS, CaseState), (SUPPORT_PATHS, SupportState), (VERB_PATHS, Verb)):
        assert set(paths) == set(states.values)
        assert set().union(*paths.values()) <= set(states.values)


def test_three_weak_years_give_a_signal_that_opens_nothing(cast: Cast) -> None:
    found = staging.signals(cast)
    assert [(s.school, s.indicator, s.grade, s.period_from, s.period_to) for s in found] == [
        (cast.vik, "np5_lesing", 5, 2022, 2024)
    ]
    kept = found[0].evidence
    assert [(year["period"], year["value"], year["n"]) for year in kept["years"]] == [
        (2022, 41.0, 76), (2023, 41.0, 76), (2024, 41.0, 76),
    ]  # fmt: skip
    assert (kept["reference"], kept["side"]) == (50.0, "below")
    assert FollowUpCase.objects.count() == 0


def test_looking_again_finds_nothing_new(cast: Cast) -> None:
    staging.signals(cast)
    assert actions.find_signals(owner=staging.owner_of(cast), by=BERIT) == []
    assert Signal.objects.count() == 1


@pytest.mark.parametrize(
    ("vik", "periods"), [(41.0, (2023, 2024)), (49.5, (2022, 2023, 2024)), (58.0, (2022, 2023, 2024))]
)
def test_too_few_years_a_small_difference_or_a_good_one_is_no_signal(
    cast: Cast, vik: float, periods: tuple[int, ...]
) -> None:
    staging.weak_years(vik, periods)
    assert actions.find_signals(owner=staging.owner_of(cast), by=BERIT) == []


def test_where_low_is_good_a_high_share_is_the_signal(cast: Cast) -> None:
    publish_cells(
        [
            cell(unit, value, n, indicator="eu_mobbing", grade=7, period=period)
            for period in (2022, 2023, 2024)
            for unit, value, n in (("NO", 8.0, 56000), ("9901", 12.0, 90), (VIK, 30.0, 90))
        ]
    )
    found = actions.find_signals(owner=staging.owner_of(cast), by=BERIT)
    assert [signal.evidence["side"] for signal in found] in ([], ["above"])


def test_another_screening_can_take_the_place(cast: Cast) -> None:
    staging.weak_years()
    assert (
        actions.find_signals(owner=staging.owner_of(cast), by=BERIT, screening=lambda _lines, _ref: []) == []
    )


def test_the_sentence_says_how_sure_and_how_unsure(cast: Cast) -> None:
    signal = staging.signals(cast)[0]
    sentence = wording.signal_sentence(signal)
    assert "41,0 mot 50,0 i landet" in sentence
    assert "Sannsynligheten for at skolen egentlig ligger mer enn 2" in sentence
    assert wording.signal_doubt(signal).startswith("Nivået ligger trolig mellom")
    signal.evidence |= {"p": None}  # a figure whose spread between schools nobody has measured
    assert "Forskjellen er klart større" in wording.signal_sentence(signal)
    signal.certainty = "likely"
    assert "Forskjellen er trolig større" in wording.signal_sentence(signal)
    assert "på mindre enn 2" in wording.signal_doubt(signal)
    signal.indicator = "ukjent"
    assert "ukjent" in wording.signal_sentence(signal)


def test_a_judgement_needs_words_and_the_schools_own_signals(cast: Cast) -> None:
    found = staging.signals(cast)
    with pytest.raises(ValueError, match="words"):
        actions.assess(owner=cast.fjordvik, school=cast.vik, signals=found, text=" ", **LEADER)
    for school, signals in ((cast.nes, found), (cast.vik, [])):
        with pytest.raises(ValueError, match="of the school"):
            actions.assess(owner=cast.fjordvik, school=school, signals=signals, text="Ja.", **LEADER)
    case = actions.assess(owner=cast.fjordvik, school=cast.vik, signals=found, text="Ja.", **LEADER)
    found[0].refresh_from_db()
    assert found[0].case == case
    with pytest.raises(ValueError, match="taken up"):
        actions.assess(owner=cast.fjordvik, school=cast.vik, signals=found, text="Ja.", **LEADER)


def test_a_new_signal_joins_the_live_case(cast: Cast) -> None:
    case = staging.assessed(cast)
    again = Signal.objects.create(
        owner=cast.fjordvik, school=cast.vik, indicator="np5_regning", period_from=2022, period_to=2024,
        certainty="likely", found_on=date(2026, 10, 1),
    )  # fmt: skip
    assert (
        actions.assess(owner=cast.fjordvik, school=cast.vik, signals=[again], text="Også regning.", **LEADER)
        == case
    )
    assert [entry.kind for entry in case.entries.all()] == ["judgement", "remark"]


def test_nothing_is_decided_before_the_principal_has_answered(cast: Cast) -> None:
    case = staging.assessed(cast)
    with pytest.raises(actions.TooEarlyError):
        actions.decide_no_case(case=case, text="Ingen sak.", on=case.answer_by, **LEADER)
    step = staging.step(cast, 2)
    with pytest.raises(actions.TooEarlyError):
        actions.open_case(case=case, step=step, text="Sak.", review_on=REVIEW, on=staging.ON, **LEADER)
    actions.decide_no_case(case=case, text="Ingen sak.", on=case.answer_by + timedelta(days=1), **LEADER)
    assert (case.state, queries.live_case(cast.fjordvik, cast.vik)) == ("no_case", None)


def test_disagreement_is_kept_as_it_was_written(cast: Cast) -> None:
    case = staging.commented(cast, agrees=False)
    with pytest.raises(NotAllowedError):
        actions.comment(case=case, text="Jeg mente noe annet.", agrees=True, by=VERA)
    voices = queries.voices_of(case)
    assert [(entry.text, entry.agrees) for entry in voices.comments] == [("Vi kjenner oss igjen.", False)]
    assert voices.is_disagreed
    assert "annerledes" in wording.case_lede(voices)


@pytest.mark.parametrize("statement", ["UPDATE {t} SET text = 'x'", "DELETE FROM {t}"])
def test_words_in_a_case_stay_in_the_database_itself(cast: Cast, statement: str) -> None:
    staging.assessed(cast)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(t="followup_caseentry"))


def test_up_down_and_the_same_step_on_evidence(cast: Cast) -> None:
    case = staging.reviewed(cast)
    criterion = actions.add_criterion(case=case, text="To målinger", seen_when="i januar", by=BERIT)
    down = {"case": case, "to": staging.step(cast, 1), "text": "Bedre.", "review_on": REVIEW}
    with pytest.raises(actions.CriteriaError):
        actions.step_case(**down, **LEADER)
    with pytest.raises(ValueError, match="words"):
        actions.meet_criterion(criterion=criterion, evidence="", by=BERIT)
    actions.meet_criterion(criterion=criterion, evidence="Målt to ganger.", by=BERIT)
    actions.step_case(**down, **LEADER)
    for number, kind in ((1, "stay"), (4, "step_up")):
        actions.review(case=case, text="Sett igjen.", **LEADER)
        actions.step_case(case=case, to=staging.step(cast, number), text="Slik.", review_on=REVIEW, **LEADER)
        assert CaseEntry.objects.order_by("at").last().kind == kind  # type: ignore[union-attr]
    assert [entry.kind for entry in case.entries.all()][-5:] == [
        "step_down",
        "review",
        "stay",
        "review",
        "step_up",
    ]


def test_a_step_is_not_taken_without_a_review_or_on_anothers_ladder(cast: Cast) -> None:
    case = staging.opened(cast)
    with pytest.raises(NotAllowedError):
        actions.step_case(case=case, to=staging.step(cast, 1), text="Ned.", review_on=REVIEW, **LEADER)
    foreign = LadderStep.objects.create(owner=cast.utvik, key="x", number=1, name="X")
    actions.review(case=case, text="Sett.", **LEADER)
    with pytest.raises(ValueError, match="own ladder"):
        actions.step_case(case=case, to=foreign, text="Opp.", review_on=REVIEW, **LEADER)
    with pytest.raises(ValueError, match="own ladder"):
        actions.open_case(case=case, step=foreign, text="Opp.", review_on=REVIEW, **LEADER)


def test_a_case_is_closed_in_a_meeting_of_its_own_school(cast: Cast) -> None:
    case = staging.reviewed(cast)
    with pytest.raises(ValueError, match="own school"):
        actions.close_case(case=case, meeting=staging.meeting(cast, cast.nes), text="Ferdig.", **LEADER)
    actions.close_case(case=case, meeting=staging.meeting(cast), text="Ferdig.", **LEADER)
    assert case.state == "closed"
    with pytest.raises(NotAllowedError):
        actions.remark(case=case, text="Likevel.", **LEADER)
    assert wording.state_line(case, None)[-1].state == "now"


def test_the_step_tells_what_it_calls_for(cast: Cast) -> None:
    case = staging.opened(cast, 4)
    assert queries.missing_for_step(case) == ("meeting", "agreement")
    assert "et møte og en avtale" in wording.missing_line(queries.missing_for_step(case))
    actions.link_meeting(case=case, meeting=staging.meeting(cast), by=BERIT)
    agreement = Agreement.objects.create(
        owner=cast.fjordvik, school=cast.vik, kind="support", title="Støtte", begun_on=REVIEW, begun_by=BERIT
    )
    actions.link_agreement(case=case, agreement=agreement, by=BERIT)
    assert queries.missing_for_step(case) == ()
    assert queries.agreements_to_link(case) == []
    other = staging.meeting(cast, cast.nes)
    with pytest.raises(ValueError, match="own"):
        actions.link_meeting(case=case, meeting=other, by=BERIT)
    agreement.school = cast.nes
    with pytest.raises(ValueError, match="own"):
        actions.link_agreement(case=case, agreement=agreement, by=BERIT)


def test_advice_guidance_and_instruction_are_three_things(cast: Cast) -> None:
    case = staging.opened(cast)
    for refused in (
        actions.NewSupport("instruction", "ppt", "rektor", "Gjør dette."),
        actions.NewSupport("advice", "other", "rektor", "Prøv dette."),
    ):
        with pytest.raises(ValueError, match=r"basis|who"):
            actions.give_support(case=case, support=refused, by=BERIT)
    given = actions.give_support(
        case=case,
        support=actions.NewSupport("instruction", "ppt", "rektor", "Gjør dette.", "kl. § 13-1"),
        by=BERIT,
    )
    with pytest.raises(NotAllowedError):
        actions.move_support(support=given, to="evaluated", text="Bra.", by=BERIT)
    actions.move_support(support=given, to="acknowledged", by=VERA, on=date(2026, 10, 1))
    with pytest.raises(ValueError, match="say what"):
        actions.move_support(support=given, to="acted", by=VERA)
    actions.move_support(support=given, to="acted", text="Gjort.", by=VERA, on=date(2026, 11, 1))
    actions.move_support(support=given, to="evaluated", text="Det hjalp.", by=BERIT, on=date(2026, 12, 1))
    assert (given.acknowledged_on, given.acted_on, given.evaluated_on) == (
        date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1),
    )  # fmt: skip


def test_support_is_for_a_case_that_is_open(cast: Cast) -> None:
    with pytest.raises(NotAllowedError):
        actions.give_support(
            case=staging.commented(cast),
            support=actions.NewSupport("advice", "ppt", "rektor", "Prøv."),
            by=BERIT,
        )


def test_an_engagement_goes_through_its_steps(cast: Cast) -> None:
    made = actions.start_engagement(
        owner=cast.fjordvik, school=cast.nes, advisers="To rådgivere", goal="Lesing", by=BERIT
    )
    with pytest.raises(NotAllowedError):
        actions.move_engagement(engagement=made, to="carry_out", by=BERIT)
    actions.add_contact(engagement=made, kind="visit", text="Vi kom.", by=BERIT)
    actions.move_engagement(engagement=made, to="plan", by=BERIT)
    actions.add_contact(engagement=made, kind="contact", text="Vi ringte.", by=BERIT)
    assert {verb: len(rows) for verb, rows in queries.contacts_of(made).items()} == {
        "need": 1, "plan": 1, "carry_out": 0, "evaluate": 0,
    }  # fmt: skip
    point = actions.add_point(engagement=made, kind="strength", text="Stabile lærere", by=BERIT)
    swot, _expectations = queries.points_of(made)
    assert swot["strength"] == [point]
    actions.drop_point(point=point, by=BERIT)
    actions.move_engagement(engagement=made, to="ended", by=BERIT, on=date(2027, 6, 1))
    assert made.ends_on == date(2027, 6, 1)
    with pytest.raises(NotAllowedError):
        actions.add_contact(engagement=made, kind="note", text="Sent.", by=BERIT)
    for words in ({"advisers": " "}, {"goal": " "}):
        with pytest.raises(ValueError, match="who comes"):
            actions.start_engagement(
                owner=cast.fjordvik,
                school=cast.nes,
                by=BERIT,
                **{"advisers": "To", "goal": "Lesing", **words},
            )


def test_words_are_needed_everywhere(cast: Cast) -> None:
    case = staging.opened(cast)
    made = actions.start_engagement(
        owner=cast.fjordvik, school=cast.vik, advisers="To", goal="Lesing", by=BERIT, case=case
    )
    with pytest.raises(ValueError, match="own"):
        actions.start_engagement(
            owner=cast.fjordvik, school=cast.nes, advisers="To", goal="x", by=BERIT, case=case
        )
    for deed in (
        lambda: actions.review(case=case, text=" ", **LEADER),
        lambda: actions.remark(case=case, text=" ", **LEADER),
        lambda: actions.add_criterion(case=case, text=" ", seen_when="", by=BERIT),
        lambda: actions.add_contact(engagement=made, kind="visit", text=" ", by=BERIT),
        lambda: actions.add_point(engagement=made, kind="strength", text=" ", by=BERIT),
    ):
        with pytest.raises(ValueError, match="words"):
            deed()


def test_the_ladder_is_the_packs_or_the_default(cast: Cast) -> None:
    assert [step.number for step in actions.use_default_ladder(owner=cast.fjordvik, by=BERIT)] == [
        0,
        1,
        2,
        3,
        4,
    ]
    pack.write(owner=cast.fjordvik, path=("",), content={}, by=BERIT)
    pack.write(owner=cast.fjordvik, path=("steps", "trinn-4"), content=None, by=BERIT)
    assert [step.key for step in pack.read(cast.fjordvik).steps] == [
        "trinn-0",
        "trinn-1",
        "trinn-2",
        "trinn-3",
    ]
    assert len(actions.use_default_ladder(owner=cast.fjordvik, by=BERIT)) == 4
    twice = [{"key": "a", "number": 1, "name": "A"}, {"key": "b", "number": 1, "name": "B"}]
    with pytest.raises(ValueError, match="same number"):
        LadderShape.model_validate({"steps": twice})


def test_a_count_that_can_point_at_a_school_is_not_told(cast: Cast) -> None:
    staging.opened(cast)
    assert queries.safe_count(cast.fjordvik) is None
    assert queries.safe_count(cast.fjordvik, [cast.vik] * 20) is None


def test_a_count_that_points_at_nobody_is_told(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    staging.opened(cast)
    monkeypatch.setattr(queries, "FEWEST", 1)
    assert queries.safe_count(cast.fjordvik, [cast.vik] * 20) == 1


@pytest.mark.parametrize(
    ("name", "sees"), [("berit", 1), ("vera", 1), ("aud", 0), ("liv", 0), ("dag", 0), ("eva", 0)]
)
def test_only_those_with_access_see_anything(cast: Cast, name: str, sees: int) -> None:
    case = staging.opened(cast)
    who = viewer(cast, name)
    assert len(queries.cases(who, cast.fjordvik)) == sees
    assert (access.case_for_reading(who, cast.fjordvik, cast.vik, case.pk) is not None) == bool(sees)
    assert access.case_for_reading(who, cast.fjordvik, cast.nes, case.pk) is None
    assert access.case_for_reading(who, cast.utvik, cast.vik, case.pk) is None
    school = cast.vik if name == "vera" else None
    assert len(list(panels.front_items(Asked(who, cast.fjordvik, date(2026, 10, 1), school)))) == sees


def test_lines_of_the_front_page_say_who_is_waited_for(cast: Cast) -> None:
    def kinds(name: str, school: object = None, today: date = date(2026, 10, 1)) -> list[tuple[str, bool]]:
        asked = Asked(viewer(cast, name), cast.fjordvik, today, school)  # type: ignore[arg-type]
        return [(item.kind, item.mine) for item in panels.front_items(asked)]

    staging.signals(cast)
    assert kinds("berit") == [("attention", True)]
    assert kinds("vera", cast.vik) == [("attention", False)]
    Signal.objects.all().delete()
    case = staging.assessed(cast)
    assert kinds("vera", cast.vik) == [("late", True)]
    assert kinds("berit", today=date(2026, 9, 5)) == [("waiting", False)]
    actions.comment(case=case, text="Ja.", agrees=True, by=VERA)
    assert kinds("berit") == [("waiting", True)]


def test_the_trail_names_no_school(cast: Cast) -> None:
    staging.opened(cast)
    told = " ".join(f"{e.subject} {e.detail}" for e in Event.objects.filter(kind__startswith="followup."))
    assert "Vik" not in told
    assert "F00000002" not in told
    assert "Skolen får hjelp" not in told


def test_the_case_line_tells_where_it_is(cast: Cast) -> None:
    case = staging.assessed(cast)
    for state, word in (
        ("assessed", "spurt"), ("commented", "svart"), ("no_case", "ingen"), ("open", "støtte"),
        ("reviewed", "gjennomgått"), ("closed", "avsluttet"),
    ):  # fmt: skip
        case.state, case.review_on = state, REVIEW
        assert word in wording.case_line(case)
    assert wording.list_line(0, 0) == (
        "Ingen skoler følges opp nå.",
        "Ingen signaler venter på en vurdering.",
    )
    assert wording.list_line(2, 1)[0] == "Én skole følges opp nå."
