"""The pages: who gets in, what each sees of a result, and that no page holds two schools or two years together."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.cast import Cast
from tests.work.surveys.conftest import AUD, WORDS, Hold, Plan
from tettpaa.core.accounts.models import User
from tettpaa.core.orgs.models import SentForm
from tettpaa.core.orgs.viewer import Viewer, load_viewer
from tettpaa.work.plans.models import Goal
from tettpaa.work.surveys import actions, queries
from tettpaa.work.surveys.enums import State
from tettpaa.work.surveys.models import UNKNOWN, AssessmentRound, AssessmentScale, Ballot, Count, Look

NES, VIK = "F00000001", "F00000002"
MIXED = [0, 0, 1, 3, 3, 3, UNKNOWN]
type SignIn = Callable[[str], Client]


def at(name: str, *args: object, school: str = NES) -> str:
    return reverse(f"surveys:{name}", args=["9901", school, *args])


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def viewer(cast: Cast, name: str) -> Viewer:
    return load_viewer(cast.users[name], timezone.localdate())


def test_the_result_is_the_schools_until_the_head_shares(hold: Hold, client_of: SignIn) -> None:
    made = hold(MIXED)
    address = at("round", made.pk)
    for name in ("aud", "liv", "carl", "tor"):
        page = text(client_of(name), address)
        assert "7 svar er telt opp." in page
        assert "Dere er uenige: 3 av 7 svarer i nedre del, 3 i øvre del." in page
        assert all(f">{word}<" in page for word in (*WORDS, "Vet ikke"))
    for name in ("berit", "arne", "kai"):
        page = text(client_of(name), address)
        assert "Skolen har ikke delt svarene." in page
        assert "Dere er uenige" not in page
        assert "telt opp" not in page
    for name in ("vera", "eva", "fia", "odd", "dag", "unn"):
        assert client_of(name).get(address).status_code == 404


def test_the_page_shows_the_thread_the_reader_came_by(
    hold: Hold, client_of: SignIn, goals: list[Goal]
) -> None:
    made, aud = hold(MIXED), client_of("aud")
    assert "Den røde tråden" not in text(aud, at("round", made.pk))
    assert "Den røde tråden" not in text(aud, f"{at('round', made.pk)}?mal=tull")
    page = text(aud, f"{at('round', made.pk)}?mal={goals[1].pk}")
    assert "<b>Alle har det trygt</b>" in page
    assert f'href="/9901/trad/{NES}/{goals[1].pk}/"' in page


def test_sharing_and_withdrawing_tells_who_has_seen_it(hold: Hold, client_of: SignIn) -> None:
    made = hold(MIXED)
    aud, berit, address = client_of("aud"), client_of("berit"), at("round", made.pk)
    aud.post(at("move", made.pk), {"do": "complete", "comment": "Vi vil snakke om lesing i fagene."})
    aud.post(at("move", made.pk), {"do": "share"})
    assert "Ingen hos skoleeier har sett svarene." in text(aud, address)
    page = text(berit, address)
    assert "Dere er uenige" in page
    assert "Vi vil snakke om lesing i fagene." in page
    text(berit, address)
    assert Look.objects.count() == 1
    assert "Nes skole" in text(berit, reverse("surveys:shared", args=["9901"]))
    page = aud.post(at("move", made.pk), {"do": "withdraw"}, follow=True).content.decode()
    assert "Skolesjef, " in page
    assert "Delingen er trukket tilbake" in page
    assert "Dere er uenige" not in text(berit, address)
    assert "Ingen skole har delt" in text(berit, reverse("surveys:shared", args=["9901"]))
    assert "Dere er uenige" in text(client_of("carl"), address)
    assert "Skolesjef, " not in text(client_of("carl"), address)
    aud.post(at("move", made.pk), {"do": "archive"})
    assert AssessmentRound.objects.get().state == State.ARCHIVED
    assert "Dere er uenige" in text(aud, address)
    assert "Dere er uenige" not in text(berit, address)


def test_too_few_and_all_the_same_are_not_shown(hold: Hold, client_of: SignIn, cast: Cast) -> None:
    few = hold([0, 1, 3, 3])
    page = text(client_of("aud"), at("round", few.pk))
    assert "For få har svart til at svarene kan vises." in page
    assert not any(f">{word}<" in page for word in WORDS)
    same = hold([2] * 6, school=cast.vik)
    page = text(client_of("vera"), at("round", same.pk, school=VIK))
    first, second = page.split("Alle svarte likt.")
    assert not any(f">{word}<" in first for word in WORDS)
    assert "Da viser vi ikke hva" in second


def test_a_few_answers_under_a_raised_number_stay_hidden(hold: Hold, cast: Cast, client_of: SignIn) -> None:
    made = hold(MIXED)
    AssessmentRound.objects.update(smallest=8)
    found = queries.assessment_of(viewer(cast, "aud"), cast.nes)
    assert found is not None
    assert {(one.hidden, one.bars, one.sentence) for one in found.distributions} == {("few", (), "")}
    assert "For få har svart" in text(client_of("aud"), at("round", made.pk))


def test_no_page_holds_two_schools_or_two_years(
    hold: Hold, client_of: SignIn, cast: Cast, goals: list[Goal]
) -> None:
    """The source forbids it: each result has a page of its own, and the lists hold none."""
    last = hold(MIXED, school_year=2025)
    User.objects.filter(email__startswith="larer").delete()
    this = hold([3, 3, 3, 2, 2], school_year=2026)
    there = hold([0, 1, 0, 1, 3], school=cast.vik)
    for one in (last, this, there):
        actions.complete_round(round=one, comment="Vi er i gang.", by=AUD)
        actions.share_round(round=one, by=AUD)
    berit = client_of("berit")
    pages = [
        at("rounds"), at("round", last.pk), at("round", this.pk), at("rounds", school=VIK),
        at("round", there.pk, school=VIK), reverse("surveys:shared", args=["9901"]),
    ]  # fmt: skip
    for address in pages:
        page = text(berit, address)
        tables = page.count('class="assessment-bars"')
        assert tables == (2 if re.search(r"/[0-9a-f-]{36}/$", address) else 0), address
        assert not ("Nes skole" in page and "Vik skole" in page and tables)
        assert not ("2025–26" in page and "2026–27" in page and tables)
    found = queries.assessment_of(viewer(cast, "berit"), cast.nes)
    assert found is not None
    assert (found.school_year, found.school) == (2026, "Nes skole")
    before = queries.assessment_of(viewer(cast, "berit"), cast.nes, year=2025)
    assert before is not None
    assert before.round == last.pk


def test_the_result_of_one_goal_for_the_package(hold: Hold, cast: Cast, goals: list[Goal]) -> None:
    made = hold(MIXED)
    for goal in (goals[0], goals[0].pk):
        found = queries.assessment_of(viewer(cast, "aud"), cast.nes, goal)
        assert found is not None
        (only,) = found.distributions
        assert (only.goal, only.goal_text, only.unknown_percent) == (
            goals[0].pk,
            "Alle leser med forståelse",
            14,
        )
        assert [(bar.word, bar.count, bar.percent, bar.is_unknown) for bar in only.bars] == [
            ("I liten grad", 2, 29, False), ("I noen grad", 1, 14, False), ("I stor grad", 0, 0, False),
            ("I svært stor grad", 3, 43, False), ("Vet ikke", 1, 14, True),
        ]  # fmt: skip
    assert found is not None
    assert (found.round, found.answered, found.about_answered) == (
        made.pk,
        7,
        "Omtrent 70 prosent har svart.",
    )
    for name in ("berit", "vera", "fia", "eva"):
        assert queries.assessment_of(viewer(cast, name), cast.nes) is None
    assert queries.assessment_of(viewer(cast, "aud"), cast.nes, year=2020) is None
    assert queries.assessment_of(viewer(cast, "vera"), cast.vik) is None


@pytest.mark.parametrize(
    ("first", "sentence"),
    [
        ([0, 1, 2, UNKNOWN, UNKNOWN], "Mange vet ikke: 2 av 5. Spør hverandre hva dere har sett."),
        ([2, 2, 2, 2, 3, 3], "Dere er ganske enige: de fleste svarer «I stor grad»."),
        ([2, 2, 2, 3, 3, 3], "De fleste svarer «I stor grad» eller «I svært stor grad»."),
    ],
)
def test_one_sentence_on_agreement(hold: Hold, cast: Cast, first: list[int], sentence: str) -> None:
    hold(first)
    found = queries.assessment_of(viewer(cast, "aud"), cast.nes)
    assert found is not None
    assert found.distributions[0].sentence == sentence


def test_a_scattered_answer_has_its_sentence(hold: Hold, cast: Cast) -> None:
    made = hold([0, 1, 2, 3, 3])
    AssessmentRound.objects.filter(pk=made.pk).update(steps=["a", "b", "c", "d", "e"])
    question = made.questions.first()
    assert question is not None
    Count.objects.filter(question=question).delete()
    Count.objects.bulk_create(
        Count(question=question, step=step, count=count) for step, count in enumerate([2, 2, 9, 2, 2])
    )
    found = queries.assessment_of(viewer(cast, "aud"), cast.nes)
    assert found is not None
    assert found.distributions[0].sentence.startswith("Svarene er spredt over hele skalaen.")


def answers_for(goals: list[Goal], step: int = 2) -> dict[str, str]:
    return {str(goal.pk): str(step) for goal in goals}


def test_one_answers_on_one_page_and_once(plan: Plan, client_of: SignIn, goals: list[Goal]) -> None:
    made = actions.open_round(round=plan(), by=AUD)
    carl, address = client_of("carl"), at("answer", made.pk)
    page = text(carl, address)
    assert "2 spørsmål. Ingen ser hva du svarer." in page
    assert page.count('type="radio"') == 2 * (len(WORDS) + 1)
    assert 'name="once"' not in page
    missing = carl.post(address, {str(goals[0].pk): "2"}).content.decode()
    assert "Velg ett svar. «Vet ikke» er også et svar." in missing
    assert "checked" in missing
    assert not Ballot.objects.exists()
    for _time in range(2):
        carl.post(address, answers_for(goals))
    page = text(carl, address)
    assert "Takk. Du har svart." in page
    assert 'type="radio"' not in page
    assert (Ballot.objects.count(), SentForm.objects.count()) == (1, 0)
    assert "Svar nå" not in text(carl, at("round", made.pk))
    assert "Svar nå" in text(client_of("liv"), at("round", made.pk))


def test_two_tabs_at_once_give_one_answer(
    plan: Plan, client_of: SignIn, goals: list[Goal], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = actions.open_round(round=plan(), by=AUD)
    carl, address = client_of("carl"), at("answer", made.pk)
    carl.post(address, answers_for(goals))
    monkeypatch.setattr(queries, "has_answered", lambda *_: False)  # as the second tab saw it
    carl.post(address, answers_for(goals, 0))
    assert Ballot.objects.count() == 1


def test_who_may_answer(plan: Plan, client_of: SignIn, goals: list[Goal], cast: Cast) -> None:
    made = plan()
    assert "Egenvurderingen er ikke åpen." in text(client_of("carl"), at("answer", made.pk))
    actions.open_round(round=made, by=AUD)
    for name in ("tor", "fia", "odd", "berit", "vera", "eva", "dag"):
        address = at("answer", made.pk)
        assert client_of(name).get(address).status_code == 404, name
        assert client_of(name).post(address, answers_for(goals)).status_code == 404, name
    assert not Ballot.objects.exists()
    assert client_of("vera").get(at("answer", made.pk, school=VIK)).status_code == 404


def test_only_the_head_and_deputies_run_it(plan: Plan, client_of: SignIn) -> None:
    made = plan()
    for name in ("carl", "tor", "berit", "arne", "vera", "fia", "eva"):
        assert client_of(name).post(at("move", made.pk), {"do": "open"}).status_code == 404, name
        assert client_of(name).get(at("plan")).status_code == 404, name
    assert client_of("vera").post(at("move", made.pk, school=VIK), {"do": "open"}).status_code == 404
    assert AssessmentRound.objects.get().state == State.PLANNED
    client_of("liv").post(at("move", made.pk), {"do": "open"})
    assert AssessmentRound.objects.get().state == State.OPEN


def test_a_round_from_plan_to_closing(
    client_of: SignIn, goals: list[Goal], scale: AssessmentScale, cast: Cast
) -> None:
    aud, today = client_of("aud"), timezone.localdate()
    assert "Skolen har ikke vurdert seg selv ennå." in text(aud, at("rounds"))
    assert "Alle leser med forståelse – Hvor langt" in text(aud, at("plan"))
    days = {"opens_on": today.isoformat(), "closes_on": (today + timedelta(days=7)).isoformat()}
    year = today.year if today.month > 7 else today.year - 1
    new = days | {"school_year": str(year), "goals": [str(goals[1].pk), str(goals[0].pk)], "once": "a"}
    wrong = aud.post(at("plan"), new | {"closes_on": "2020-01-01"}).content.decode()
    assert "Dagen den lukkes, må komme etter dagen den åpner." in wrong
    for _time in range(2):
        aud.post(at("plan"), new)
    made = AssessmentRound.objects.get()
    assert [one.goal for one in made.questions.all()] == goals
    assert "Egenvurderingen åpner " in text(aud, at("rounds"))
    assert "Dette spør vi om." in text(aud, at("round", made.pk))
    page = aud.post(at("move", made.pk), {"do": "open"}, follow=True).content.decode()
    assert "Omtrent 0 prosent har svart." in page
    assert "Egenvurderingen er åpen til" in text(aud, at("rounds"))
    page = aud.post(at("move", made.pk), {"do": "open"}, follow=True).content.decode()
    assert "Noen andre har flyttet egenvurderingen." in page
    aud.post(at("plan"), new | {"once": "b"})
    second = AssessmentRound.objects.get(state=State.PLANNED)
    page = aud.post(at("move", second.pk), {"do": "open"}, follow=True).content.decode()
    assert "Skolen har en annen egenvurdering som er åpen." in page
    page = aud.post(at("move", made.pk), {"do": "tull"}, follow=True).content.decode()
    assert "Velg et av stegene på siden." in page
    page = aud.post(at("move", made.pk), {"do": "close"}, follow=True).content.decode()
    assert "For få har svart" in page
    assert f"{year}" in text(aud, at("rounds"))


def test_what_is_missing_before_one_can_plan_is_said(client_of: SignIn, cast: Cast) -> None:
    assert "Planen har ingen mål med spørsmål" in text(client_of("aud"), at("rounds"))


def test_no_scale_no_round(client_of: SignIn, plan: Plan) -> None:
    made = plan()
    AssessmentScale.objects.all().delete()
    assert "Kommunen har ikke valgt ord for skalaen ennå." in text(client_of("aud"), at("rounds"))
    page = client_of("aud").post(at("move", made.pk), {"do": "open"}, follow=True).content.decode()
    assert "Kommunen må velge ord for skalaen" in page


def test_the_scale_is_chosen_in_words(client_of: SignIn, cast: Cast) -> None:
    address = reverse("surveys:scale", args=["9901"])
    berit = client_of("berit")
    assert "Skalaen er ikke valgt ennå." in text(berit, reverse("surveys:shared", args=["9901"]))
    new = {"steps": "I liten grad\n\n I stor grad ", "unknown": "Usikker", "smallest": "7"}
    for wrong, said in (
        ({"steps": "Bare ett"}, "En skala har fra to til ti trinn."),
        ({"steps": "Likt\nlikt"}, "To trinn har samme ord."),
        ({"steps": f"{'x' * 61}\ny"}, "Et trinn kan ha høyst 60 tegn."),
        ({"smallest": "4"}, "smallest"),
    ):
        assert said in berit.post(address, new | wrong).content.decode()
    assert not AssessmentScale.objects.exists()
    berit.post(address, new)
    berit.post(address, new | {"steps": "I stor grad\nI liten grad\n!!!\n???"})
    scale = queries.scale_of(cast.fjordvik)
    assert scale is not None
    assert [(step.key, step.word) for step in scale.steps.all()] == [
        ("i-stor-grad", "I stor grad"), ("i-liten-grad", "I liten grad"), ("trinn-3", "!!!"), ("trinn-4", "???"),
    ]  # fmt: skip
    assert (scale.unknown, scale.smallest, queries.smallest_of(cast.fjordvik)) == ("Usikker", 7, 7)
    assert queries.smallest_of(cast.utvik) == 5
    for name in ("aud", "carl", "kai", "dag", "eva"):
        assert client_of(name).get(address).status_code == 404


def test_the_owners_list_costs_the_same_for_one_and_three(hold: Hold, client_of: SignIn, cast: Cast) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    berit, address, costs = client_of("berit"), reverse("surveys:shared", args=["9901"]), []
    for school in (cast.nes, cast.vik):
        made = hold(MIXED, school=school)
        actions.complete_round(round=made, comment="", by=AUD)
        actions.share_round(round=made, by=AUD)
        berit.get(address)
        with CaptureQueriesContext(connection) as found:
            berit.get(address)
        costs.append(len(found))
    assert costs[0] == costs[1]
