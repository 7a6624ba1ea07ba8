"""Money in a browser: a school's development funds from goal to report, and a state scheme from need to report.

Who writes at length does so without scripts.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from playwright.sync_api import Browser, Locator, Page
from pytest_django.live_server_helper import LiveServer

from tests.factories.cast import build_cast
from tests.journeys.walking import OWNER, SCHOOL, Walk, at, fill, visible
from tettpaa.core.packs.actions import load_pack
from tettpaa.core.packs.queries import founding_pack
from tettpaa.work.funds.models import Application, Call, Scheme
from tettpaa.work.plans.queries import goal_by_key
from tettpaa.work.yearwheel.models import Task

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BEGINS = datetime(2027, 8, 16, 8, tzinfo=UTC)
OTHER = "F00000002"
FUNDS = "Utviklingsmidler"
NES, VIK = "Lesekveld for hele skolen", "Leseklubb på Vik"
WHY = "Vi ser at få leser hjemme."
SPENT = "Seks kvelder med foreldre og elever. Flere låner bøker."
RAN_OUT = "Rammen rakk ikke til begge."
STATE = "Tilskuddsordning for kollektiv kompetanseutvikling i barnehage og grunnskole"
NEED = "Lesing i alle fag, sammen"
FORUM = "Forumet vil gi støtte i begge årene."
DECISION = "Statsforvalteren gir 300 000 kroner i 2028."
RESULT = "Alle trinn planlegger lesing i alle fag."


@pytest.fixture
def walk(browser: Browser, live_server: LiveServer) -> Iterator[Walk]:
    """Fjordvik with its pack: the plan and its goals, and the schemes with their dates and rules."""
    with time_machine.travel(BEGINS, tick=True) as clock:
        made = Walk(browser, live_server.url, build_cast(), "nb", clock)
        load_pack(owner=made.cast.fjordvik, pack=founding_pack("fjordvik"), by="test")
        goal = goal_by_key(made.cast.fjordvik, "lesing")
        assert goal is not None
        made.said |= {"goal": str(goal.pk), "goal text": goal.text}
        yield made
        made.leave()


def test_a_school_gets_development_funds_anchored_in_a_goal(walk: Walk) -> None:
    berit_announces_the_funds(walk)
    walk.said["nes"] = a_school_applies(walk, "aud", SCHOOL, NES)
    walk.said["vik"] = a_school_applies(walk, "vera", OTHER, VIK)
    neither_reads_the_other(walk)
    berit_puts_them_in_order(walk)
    berit_answers(walk)
    the_schools_read_why(walk)
    nes_tells_what_came_of_it(walk)
    everybody_sees_what_nes_got_and_nothing_more(walk)
    assert walk.complaints == []


def berit_announces_the_funds(walk: Walk) -> None:
    page = walk.enter("berit")
    walk.go(page, "funds:funds")
    walk.follow(page, FUNDS)
    walk.follow(page, "Lys ut en runde")
    fill(page, {"year": "2027", "budget": "60000", "terms": "Pengene brukes dette skoleåret."})
    walk.press(page, "Lagre")
    walk.said["call"] = page.url
    aud = walk.enter("aud")
    aud.goto(page.url)
    assert aud.get_by_role("link", name="Søk for skolen").count() == 0  # not open yet
    walk.press(page, "Åpne for søknader")


def a_school_applies(walk: Walk, name: str, school: str, title: str) -> str:
    """A principal writes, is told that a goal is missing, chooses it and sends. Answers the address."""
    page = walk.enter(name, scripts=False)
    walk.go(page, "funds:staff", school=school)
    walk.follow(page, f"Søk om {FUNDS}")
    fill(page, {"title": title, "sought": "40000", "why": WHY})
    walk.press(page, "Lagre")
    walk.sees(page, "Ikke valgt ennå. Søknaden kan ikke sendes uten.")
    walk.press(page, "Send søknaden")
    walk.sees(page, "Velg målet i planen som søknaden er forankret i.")
    address = page.url
    walk.go(page, "workspace:now")
    walk.follow_part(page, f"Send søknaden: {title}")
    walk.follow(page, "Endre")
    fill(page, {"goal": walk.said["goal"]})
    walk.press(page, "Lagre")
    berit = walk.enter("berit")
    assert status(berit, address) == 404  # a draft is its school's
    walk.press(page, "Send søknaden")
    walk.sees(page, walk.said["goal text"], "Sendt")
    return address


def status(page: Page, address: str) -> int:
    answer = page.goto(address)
    assert answer is not None
    return answer.status


def neither_reads_the_other(walk: Walk) -> None:
    walk.refused(["vera", "carl", "tor", "dag", "fia", "eva"], walk.said["nes"])
    walk.refused(["aud", "carl", "dag", "eva"], walk.said["vik"])
    walk.refused(["aud", "vera", "dag"], walk.said["call"] + "prioriter/")
    vera = walk.enter("vera")
    walk.go(vera, "funds:staff", school=OTHER)
    walk.sees(vera, VIK)
    walk.misses(vera, NES)


def berit_puts_them_in_order(walk: Walk) -> None:
    walk.day("2027-09-16")
    page = walk.enter("berit")
    page.goto(walk.said["call"])
    walk.press(page, "Lukk og prioriter")
    walk.sees(page, "Pengene rekker til 1 av 2.", f"Gjelder målet «{walk.said['goal text']}».")
    assert [row.inner_text().split("\n")[0] for row in titles(page)] == [NES, VIK]
    walk.press(page, "Godkjenn rekkefølgen")
    call = Call.objects.get()
    assert {task.state for task in Task.objects.filter(source=f"funds.call:{call.pk}:rank")} == {"done"}


def titles(page: Page) -> list[Locator]:
    return page.locator("tbody th[scope=row]").all()


def berit_answers(walk: Walk) -> None:
    page = walk.enter("berit")
    page.goto(walk.said["nes"])
    fill(page, {"granted": "40000"})
    walk.press(page, "Innvilget")
    page.goto(walk.said["vik"])
    fill(page, {"reason": RAN_OUT})
    walk.press(page, "Avslått")
    page.goto(walk.said["nes"])
    walk.press(page, "Utbetalt")


def the_schools_read_why(walk: Walk) -> None:
    vera = walk.enter("vera")
    vera.goto(walk.said["vik"])
    walk.sees(vera, "Kommunen satte søknaden på plass 2.", RAN_OUT)
    aud = walk.enter("aud")
    aud.goto(walk.said["nes"])
    walk.sees(aud, "Kommunen satte søknaden på plass 1.", "Søknaden gjelder et mål i planen.", "40 000 kr")
    assert aud.get_by_role("button", name="Avslutt").count() == 0  # the owner's step


def nes_tells_what_came_of_it(walk: Walk) -> None:
    walk.day("2028-06-01")
    aud = walk.enter("aud")
    walk.go(aud, "workspace:now")
    walk.follow_part(aud, f"Skriv rapport: {NES}")
    walk.follow(aud, "Skriv rapport")
    fill(aud, {"report": SPENT, "spent": "38000"})
    walk.press(aud, "Lagre")
    walk.go(aud, "workspace:now")
    walk.misses(aud, NES)
    berit = walk.enter("berit")
    berit.goto(walk.said["nes"])
    walk.sees(berit, SPENT, "38 000 kr")
    walk.press(berit, "Avslutt")
    assert Application.objects.get(title=NES).state == "closed"


def everybody_sees_what_nes_got_and_nothing_more(walk: Walk) -> None:
    for name in ("dag", "carl", "vera"):
        page = walk.enter(name)
        walk.go(page, "funds:funds")
        walk.sees(page, "Nes skole", walk.said["goal text"], "40 000 kr")
        walk.misses(page, SPENT, WHY, NES, VIK, RAN_OUT)
        assert name == "vera" or "Vik skole" not in visible(page)  # she has a link to her own school's


def test_a_state_scheme_goes_from_need_to_report(walk: Walk) -> None:
    arne_writes_in_what_the_state_has_announced(walk)
    arne_begins_the_notice(walk)
    the_notice_is_agreed_and_sent(walk)
    forum_and_state_answer(walk)
    the_years_have_a_plan_and_money(walk)
    who_takes_part_reads_it_and_changes_nothing(walk)
    arne_reports(walk)
    assert walk.complaints == []


def arne_writes_in_what_the_state_has_announced(walk: Walk) -> None:
    """The product knows neither the own share nor the dates of the scheme from 2026: the owner writes them in."""
    page = walk.enter("arne", scripts=False)
    walk.go(page, "funds:funds")
    walk.follow(page, STATE)
    walk.sees(page, "Ikke kjent", "Ingen datoer er satt ennå.")
    walk.said["scheme"] = page.url
    walk.follow(page, "Endre")
    fill(page, {"own_share": "30", "forum": "Samarbeidsforum i Fjordfylket", "most_years": "3"})
    walk.press(page, "Lagre")
    walk.follow(page, "Endre datoene")
    fill(page, {"day_need": "31", "month_need": "2"})
    page.get_by_role("button", name="Lagre", exact=True).click()
    walk.sees(page, "Måneden har ikke så mange dager.")
    fill(
        page,
        {"day_need": "1", "month_need": "3", "day_report": "15", "month_report": "1", "after_report": "on"},
    )
    walk.press(page, "Lagre")
    walk.sees(page, "1. mars", "15. januar året etter", "30 % av tilskuddet")
    walk.refused(["aud", "carl", "dag"], f"{walk.said['scheme']}datoer/", f"{walk.said['scheme']}endre/")


def arne_begins_the_notice(walk: Walk) -> None:
    page = walk.enter("arne", scripts=False)
    page.goto(walk.said["scheme"])
    walk.follow(page, "Ny behovsmelding")
    scheme = Scheme.objects.get(owner=walk.cast.fjordvik, name=STATE)
    words = {
        "scheme": str(scheme.pk),
        "first_year": "2028",
        "last_year": "2029",
        "title": NEED,
        "goal": walk.said["goal"],
        "analysis": "Prøvene og samtalene med skolene viser det.",
        "staff_part": "Drøftet i personalmøtet på hver skole.",
    }
    fill(page, words)
    page.locator(f'[name="schools"][value="{SCHOOL}"]').check()
    walk.press(page, "Lagre")
    walk.sees(
        page,
        "Behovsmeldingen er begynt, og fristen står i årshjulet.",
        "innen 1. mars 2028",
        "30 % av tilskuddet",
    )
    walk.said["need"] = page.url
    walk.go(page, "workspace:now")
    assert Task.objects.get(title=f"{STATE}: Behovsmelding innen"[:200]).due_on == date(2028, 3, 1)


def the_notice_is_agreed_and_sent(walk: Walk) -> None:
    page = walk.enter("arne", scripts=False)
    page.goto(walk.said["need"])
    walk.press(page, "Vi er enige med partneren")
    walk.sees(page, "Skriv hvem partneren er.")
    walk.follow(page, "Endre")
    fill(
        page,
        {
            "partner": "Høgskolen i Fjordfylket",
            "partner_kind": "university",
            "others": "Utvik kommune",
            "common_goals": "Lærerne planlegger lesing sammen.",
        },
    )
    walk.press(page, "Lagre")
    walk.press(page, "Vi er enige med partneren")
    walk.press(page, "Behovsmeldingen er sendt")
    walk.sees(page, "Utvik kommune", "Lærerne planlegger lesing sammen.")
    assert Task.objects.get(title=f"{STATE}: Behovsmelding innen"[:200]).state == "done"


def forum_and_state_answer(walk: Walk) -> None:
    walk.day("2028-04-20")
    page = walk.enter("arne")
    page.goto(walk.said["need"])
    walk.press(page, "Forumet har den")
    walk.press(page, "Forumet har innstilt")
    walk.sees(page, "Skriv hva forumet innstiller på.")
    fill(page, {"recommendation": FORUM})
    walk.press(page, "Forumet har innstilt")
    fill(page, {"decision": DECISION, "decision_reference": "2028/117"})
    walk.press(page, "Innvilget")
    walk.sees(page, FORUM, DECISION, "2028/117")


def the_years_have_a_plan_and_money(walk: Walk) -> None:
    page = walk.enter("arne")
    page.goto(walk.said["need"])
    walk.follow_part(page, ": 2028")
    fill(page, {"plan": "Alle trinn prøver ut.", "sought": "400000", "granted": "300000"})
    walk.press(page, "Lagre")
    walk.sees(page, "Søkt 400 000 kr.", "Innvilget 300 000 kr.", "Vi skal legge inn 90 000 kr.")
    walk.follow_part(page, ": 2029")
    fill(page, {"plan": "Vi deler med de andre skolene."})
    walk.press(page, "Lagre")
    walk.press(page, "Pengene er utbetalt")
    walk.press(page, "Vi er i gang")
    reports = Task.objects.filter(title=f"{STATE}: Rapport innen"[:200]).order_by("due_on")
    assert [row.due_on for row in reports] == [date(2029, 1, 15), date(2030, 1, 15)]


def who_takes_part_reads_it_and_changes_nothing(walk: Walk) -> None:
    aud = walk.enter("aud")
    walk.go(aud, "funds:funds")
    walk.follow(aud, NEED)
    walk.sees(aud, "Høgskolen i Fjordfylket", "Nes skole", DECISION, "Vi skal legge inn 90 000 kr.")
    walk.misses(aud, "Neste steg", "Endre")
    walk.refused(["aud", "carl", "dag"], f"{walk.said['need']}endre/", f"{walk.said['need']}ar/2028/")
    walk.refused(["fia", "odd", "eva"], walk.said["need"], at("funds:funds"))
    eva = walk.enter("eva")
    assert status(eva, walk.said["need"].replace(f"/{OWNER}/", "/9902/")) == 404


def arne_reports(walk: Walk) -> None:
    walk.day("2030-01-10")
    page = walk.enter("arne")
    page.goto(walk.said["need"])
    walk.press(page, "Rapportert")
    walk.sees(page, "Skriv rapporten først.")
    walk.follow_part(page, ": 2028")
    fill(page, {"own": "90000", "spent": "388000"})
    walk.press(page, "Lagre")
    fill(page, {"report": RESULT})
    walk.press(page, "Rapportert")
    walk.sees(page, RESULT, "Lagt inn 90 000 kr.", "Brukt 388 000 kr.")
    reports = Task.objects.filter(title=f"{STATE}: Rapport innen"[:200])
    assert {row.state for row in reports} == {"done"}
    dag = walk.enter("dag")
    walk.go(dag, "funds:funds")
    walk.follow(dag, NEED)
    walk.sees(dag, RESULT)
