"""A plan goes along its road as its case is treated, and those who are asked get a letter."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.cast import Cast
from tests.report.annual.staging import BERIT, owner_of
from tests.report.decisions import staging
from tettpaa.core.audit.models import Event
from tettpaa.core.jobs.models import Job
from tettpaa.core.orgs.models import Body
from tettpaa.core.orgs.viewer import load_viewer
from tettpaa.core.ui.panels import Asked
from tettpaa.report.decisions import actions, letters, panels, queries, tasks
from tettpaa.report.decisions.models import DecisionItem, Hearing, HearingLetter, PoliticalCase
from tettpaa.work.plans import pages
from tettpaa.work.plans.actions import Step, keep_hearing_open, move_plan, start_plan
from tettpaa.work.plans.enums import PlanState
from tettpaa.work.plans.models import PlanStep, PlanVersion, QualityPlan

type SignIn = Callable[[str], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: Cast) -> PoliticalCase:
    """The case of a plan, written and ready to be sent."""
    staging.road(cast)
    staging.bodies(cast)
    plan = start_plan(owner=cast.fjordvik, title="Kvalitetsplan 2026", by=BERIT)
    made = actions.start_case(owner=owner_of(cast), plan=plan, by=BERIT, at=staging.WHEN)
    for part, text in staging.TEXTS.items():
        actions.write_text(case=made, part=part, text=text, version=0, by=BERIT, at=staging.WHEN)
    return made


def state(case: PoliticalCase) -> str:
    return QualityPlan.objects.get(pk=case.plan_id).state


def send(case: PoliticalCase) -> None:
    actions.submit_case(case=case, by=staging.KAI, at=staging.WHEN)


def treat(case: PoliticalCase, key: str, outcome: str, met_on: date = date(2026, 3, 4)) -> None:
    changes = {} if outcome in {"adopted", "changed"} else {"items": ()}
    protocol = staging.new_protocol(outcome=outcome, met_on=met_on, **changes)
    actions.record_protocol(
        step=staging.step(case, key), protocol=protocol, by=staging.BERIT, at=staging.WHEN
    )


def walked(case: PoliticalCase) -> list[tuple[str, str, date, str]]:
    rows = PlanStep.objects.filter(plan=case.plan_id).order_by("pk")
    return [(row.before, row.after, row.on, row.note) for row in rows]


def test_a_plan_goes_the_whole_road_with_its_case(case: PoliticalCase) -> None:
    send(case)
    assert state(case) == PlanState.FIRST_READING
    treat(case, "utvalget", "recommended", date(2026, 3, 4))
    assert state(case) == PlanState.FIRST_READING
    hearing = staging.hearing(case, due_on=date(2026, 4, 1))
    actions.invite(
        case=case,
        body=Body.objects.get(key="fau"),
        question="Hva savner dere?",
        due_on=date(2026, 4, 15),
        on=date(2026, 2, 1),
        by=BERIT,
    )
    plan = QualityPlan.objects.get()
    assert (plan.state, plan.hearing_until) == (PlanState.HEARING, date(2026, 4, 15))
    treat(case, "formannskapet", "recommended", date(2026, 5, 4))
    assert state(case) == PlanState.SECOND_READING
    treat(case, "kommunestyret", "changed", date(2026, 6, 18))
    plan.refresh_from_db()
    assert (plan.state, plan.adopted_on) == (PlanState.ADOPTED, date(2026, 6, 18))
    assert PlanVersion.objects.get().adopted_on == date(2026, 6, 18)
    assert walked(case) == [
        ("draft", "first_reading", date(2026, 1, 12), ""),
        ("first_reading", "hearing", hearing.invited_on, ""),
        ("hearing", "second_reading", date(2026, 5, 4), "Formannskapet"),
        ("second_reading", "adopted", date(2026, 6, 18), "Kommunestyret"),
    ]
    moved = Event.objects.filter(kind="plans.plan_moved").order_by("pk")
    assert [one.by for one in moved] == [staging.KAI, BERIT, BERIT, BERIT]


def test_the_road_of_an_owner_may_be_shorter(case: PoliticalCase) -> None:
    send(case)
    treat(case, "kommunestyret", "adopted")
    assert [after for _before, after, _on, _note in walked(case)] == ["first_reading", "adopted"]
    road = {step.title: step.text for step in pages.road(QualityPlan.objects.get())}
    assert (road["På høring"], road["Andre behandling"]) == ("ikke brukt", "ikke brukt")
    assert road["Første behandling"].replace("\u00a0", " ") == "12. januar 2026"


def test_a_hearing_before_the_first_reading_lets_those_asked_read_the_plan(
    case: PoliticalCase, cast: Cast, client_of: SignIn
) -> None:
    plan = f"/9901/plan/{case.plan_id}/"
    assert client_of("odd").get(plan).status_code == 404
    hearing = staging.hearing(case)
    assert state(case) == PlanState.HEARING
    page = client_of("odd").get(reverse("decisions:hearing", args=["9901", hearing.pk])).content.decode()
    assert f'href="{plan}"' in page
    assert client_of("odd").get(plan).status_code == 200
    send(case)
    assert state(case) == PlanState.SECOND_READING
    assert pages.road(QualityPlan.objects.get())[1].text == "ikke brukt"


def test_sent_back_is_a_draft_again_and_postponed_is_not_read(case: PoliticalCase) -> None:
    send(case)
    treat(case, "utvalget", "postponed")
    assert state(case) == PlanState.FIRST_READING
    treat(case, "utvalget", "sent_back")
    assert state(case) == PlanState.DRAFT
    actions.reopen_case(case=case, by=BERIT)
    staging.hearing(case)
    send(case)
    treat(case, "utvalget", "sent_back")
    assert state(case) == PlanState.SECOND_READING, "what was heard is not heard anew because it is rewritten"


def test_a_plan_that_somebody_moved_by_hand_is_left_as_it_is(case: PoliticalCase) -> None:
    plan = case.plan
    assert plan is not None
    for to in (PlanState.FIRST_READING, PlanState.ADOPTED, PlanState.IN_FORCE):
        move_plan(plan=plan, step=Step(to=to, on=date(2026, 1, 2)), by=BERIT)
    send(case)
    staging.hearing(case)
    treat(case, "kommunestyret", "adopted")
    assert state(case) == PlanState.IN_FORCE
    assert len(walked(case)) == 3


def test_a_step_too_far_is_taken_back_on_the_plans_page(case: PoliticalCase, client_of: SignIn) -> None:
    staging.hearing(case)
    answer = client_of("berit").post(
        f"/9901/plan/{case.plan_id}/vei/", {"to": "draft", "on": "2026-02-02", "note": "For tidlig"}
    )
    assert answer.status_code == 302
    assert state(case) == PlanState.DRAFT
    assert walked(case)[-1] == ("hearing", "draft", date(2026, 2, 2), "For tidlig")


def test_a_later_deadline_alone_lengthens_a_hearing(case: PoliticalCase) -> None:
    plan = case.plan
    assert plan is not None
    keep_hearing_open(plan=plan, until=date(2026, 4, 1), by=BERIT)
    assert QualityPlan.objects.get().hearing_until is None, "a draft is not on hearing"
    staging.hearing(case, due_on=date(2026, 3, 1))
    for until in (date(2026, 2, 20), date(2026, 3, 9), date(2026, 3, 9)):
        keep_hearing_open(plan=plan, until=until, by=BERIT)
    assert QualityPlan.objects.get().hearing_until == date(2026, 3, 9)
    assert Event.objects.filter(kind="plans.hearing_extended").count() == 1


def test_only_plans_that_are_being_written_can_be_decided(case: PoliticalCase, cast: Cast) -> None:
    viewer = load_viewer(cast.users["berit"], date(2026, 1, 12))
    other = start_plan(owner=cast.fjordvik, title="En annen plan", by=BERIT)
    assert queries.plans_to_decide(viewer, cast.fjordvik) == [other]
    QualityPlan.objects.filter(pk=other.pk).update(state=PlanState.EXPIRED)
    assert queries.plans_to_decide(viewer, cast.fjordvik) == []


def test_plan_and_case_lead_to_each_other(case: PoliticalCase, client_of: SignIn) -> None:
    actions.set_number(case=case, number="26/113", by=BERIT)
    plan, page = f"/9901/plan/{case.plan_id}/", f"/9901/vedtak/sak/{case.pk}/"
    berit, dag = client_of("berit"), client_of("dag")
    told = berit.get(plan).content.decode()
    assert f'<a href="{page}">Kvalitetsplan 2026 (26/113), forberedes</a>' in told
    assert "Skriv her bare det saken ikke sier." in told
    assert f'<a href="{plan}">Les planen saken gjelder</a>' in berit.get(page).content.decode()
    assert "låses ordene" in berit.get(protocol_of(case, "kommunestyret")).content.decode()
    assert "på sin vei" in berit.get(protocol_of(case, "utvalget")).content.decode()
    assert "Planen kommer på høring" in berit.get(f"{page}horing/").content.decode()
    send(case)
    assert page in dag.get(plan).content.decode()
    assert plan in dag.get(page).content.decode()


def protocol_of(case: PoliticalCase, key: str) -> str:
    return f"/9901/vedtak/steg/{staging.step(case, key).pk}/protokoll/"


def test_a_report_and_its_case_lead_to_each_other_when_the_report_may_be_read(
    cast: Cast, client_of: SignIn
) -> None:
    made = staging.case(cast, is_frozen=False)
    PoliticalCase.objects.update(rounds=1)
    page = f"/9901/vedtak/sak/{made.pk}/"
    words = "Les meldingen saken gjelder"
    assert f'<a href="/9901/rapport/2024-25/">{words}</a>' in client_of("berit").get(page).content.decode()
    assert words not in client_of("dag").get(page).content.decode(), "what is not public is not led to"
    staging.frozen(cast)
    assert "/9901/rapport/2024-25/les/" in client_of("dag").get(page).content.decode()


def test_the_plans_page_asks_once_for_its_cases(case: PoliticalCase, cast: Cast, client_of: SignIn) -> None:
    berit = client_of("berit")
    page = f"/9901/plan/{case.plan_id}/"
    berit.get(page)
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as caught:
            berit.get(page)
        counts.append(len(caught))
        PoliticalCase.objects.create(
            owner=cast.fjordvik, subject="plan", plan=case.plan, title=f"Sak {number}", state="closed",
            started_at=staging.WHEN, started_by=BERIT,
        )  # fmt: skip
    assert counts[0] == counts[1]


def test_those_who_speak_for_a_body_get_one_letter_each_in_the_language_of_their_place(
    case: PoliticalCase, cast: Cast
) -> None:
    hearing = staging.hearing(case)
    job = Job.objects.get(kind="decisions.hearing_letters")
    assert job.arguments == {"hearing": str(hearing.pk)}
    told: list[tuple[int, int]] = []
    assert tasks.letters(job.arguments, lambda done, total: told.append((done, total))) == {"sent": len(told)}
    assert [letter.to for letter in mail.outbox] == [
        [person.email] for person, _ in letters.recipients(hearing)
    ]
    letter = next(one for one in mail.outbox if one.to == ["odd@example.test"])
    html = str(letter.alternatives[0][0])  # type: ignore[attr-defined]
    assert letter.subject == "Tett på: Si hva dere mener: Kvalitetsplan 2026"
    for text in (str(letter.body), html):
        assert "Elevrådet, Nes skole: Si hva dere mener innen søndag 1. mars 2026." in text.replace(
            "\u00a0", " "
        )
        assert "Hva mener dere om lesing?" in text
        assert reverse("decisions:hearing", args=["9901", hearing.pk]) in text
        assert f"/9901/plan/{case.plan_id}/" in text
    sent = len(mail.outbox)
    assert tasks.letters(job.arguments, lambda _done, _total: None) == {"sent": 0}
    assert len(mail.outbox) == sent == HearingLetter.objects.count()


def test_the_owners_own_body_is_written_to_at_the_owner(cast: Cast) -> None:
    made = staging.case(cast)
    hearing = staging.hearing(made, body="ungdomsrad")
    assert {place for _person, place in letters.recipients(hearing)} <= {cast.fjordvik}
    sent = letters.send_all(str(hearing.pk), progress=lambda _done, _total: None)
    assert sent == len(letters.recipients(hearing)) == len(mail.outbox)
    assert all("utkastet til plan" not in str(one.body) for one in mail.outbox)


def test_a_letter_that_did_not_go_is_tried_again(
    case: PoliticalCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    hearing: Hearing = staging.hearing(case)

    def refuse(**_parts: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(letters, "send_letter", refuse)
    with pytest.raises(ConnectionError):
        letters.send_all(str(hearing.pk), progress=lambda _done, _total: None)
    assert not HearingLetter.objects.exists()


def test_a_point_slips_until_it_is_told_done_or_why_not(cast: Cast) -> None:
    items = [
        staging.new_item(text=text, due_on=date(2026, 9, 1)) for text in ("Alt gjort", "I gang", "Ikke meldt")
    ]
    noted = staging.new_item(kind="noted", text="Til orientering", responsible_role="", due_on=None)
    staging.decided(cast, items=[*items, noted, staging.new_item(text="Har tid", due_on=date(2027, 9, 1))])
    done, going = DecisionItem.objects.order_by("number")[:2]
    for item, states in ((done, ("started", "done")), (going, ("not_done", "started"))):
        for number, to in enumerate(states):
            actions.report_back(
                item=item, state=to, text="Fordi", by=BERIT, at=staging.WHEN + timedelta(days=number)
            )
    assert [one.text for one in queries.late_items(cast.fjordvik, date(2026, 11, 22))] == [
        "I gang",
        "Ikke meldt",
    ]
    assert queries.late_items(cast.utvik, date(2026, 11, 22)) == []
    viewer = load_viewer(cast.users["berit"], date(2026, 11, 22))
    asked = Asked(viewer, cast.fjordvik, date(2026, 11, 22))
    slips = [item for item in panels.front_items(asked) if item.kind == "slipping"]
    assert [(item.title, item.when, item.mine) for item in slips] == [
        ("I gang", date(2026, 9, 1), True), ("Ikke meldt", date(2026, 9, 1), True),
    ]  # fmt: skip
    assert queries.hearings_to_answer(viewer, cast.fjordvik) == []
