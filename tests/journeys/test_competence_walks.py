"""Two years in a browser: further education from draft to passed study, and a network's year with a waiting list."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.factories.cast import build_cast
from tests.journeys.walking import PHONE, SCHOOL, Walk, fill
from tests.work.funds.nursery import call_of, draft, employ, spoken, teach
from tests.work.offers.staff import course, network
from tettpaa.work.funds.models import Application
from tettpaa.work.offers.models import Offer

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BEGINS = datetime(2027, 2, 10, 8, tzinfo=UTC)
STEPS = (
    "Innvilget", "Fikk studieplass", "Bekreft høsten", "Høsten er utbetalt", "Bekreft våren", "Utbetalt", "Bestått",
)  # fmt: skip
MOVED = "Vik har ventet lengst."
NEED = "Vi mangler engelsk på 8. trinn."


@pytest.fixture
def walk(browser: Browser, live_server: LiveServer) -> Iterator[Walk]:
    with time_machine.travel(BEGINS, tick=True) as clock:
        made = Walk(browser, live_server.url, build_cast(), "nb", clock)
        yield made
        made.leave()


def test_a_teacher_applies_is_ranked_granted_and_passes(walk: Walk) -> None:
    call = call_of(walk.cast)
    carl = employ(walk.cast, "carl", walk.cast.nes)
    teach(carl, "engelsk")
    employ(walk.cast, "aud", walk.cast.nes, "principal")
    spoken(call, employ(walk.cast, "nils", walk.cast.vik), subject="norsk", title="Norsk 1")
    draft(call, employ(walk.cast, "liv", walk.cast.nes), title="Musikk 1")
    walk.said["call"] = str(call.pk)
    carl_applies(walk)
    aud_says_what_the_school_needs(walk)
    berit_ranks(walk)
    carl_reads_why(walk)
    berit_follows_it_to_the_end(walk)
    page = walk.enter("carl")
    walk.go(page, "competence:mine")
    walk.sees(page, "Engelsk: 30", "Engelsk 1, Høgskolen")
    assert walk.complaints == []


def carl_applies(walk: Walk) -> None:
    page = walk.enter("carl", PHONE)
    walk.go(page, "funds:funds")
    walk.follow(page, "Kompetanse for kvalitet")
    walk.follow(page, "Begynn en søknad")
    fill(
        page,
        {
            "title": "Engelsk 1",
            "institution": "Høgskolen",
            "subject": "engelsk",
            "credits": "30",
            "first_choice": "stipend",
            "talked_on": date(2027, 2, 1),
        },
    )
    walk.press(page, "Lagre")
    walk.press(page, "Send søknaden")
    walk.said["application"] = page.url
    neighbour = walk.enter("vera")
    assert neighbour.goto(page.url).status == 404  # type: ignore[union-attr]


def aud_says_what_the_school_needs(walk: Walk) -> None:
    page = walk.enter("aud")
    walk.go(page, "funds:staff", school=SCHOOL)
    walk.misses(page, "Musikk 1")  # a draft is its writer's
    walk.follow(page, "Engelsk 1")
    walk.follow(page, "Uttal deg")
    fill(page, {"supports": "ja", "words": NEED, "place": "1"})
    walk.press(page, "Lagre")
    walk.sees(page, NEED)


def berit_ranks(walk: Walk) -> None:
    walk.day("2027-03-02")
    page = walk.enter("berit")
    walk.go(page, "funds:call", call=walk.said["call"])
    walk.press(page, "Lukk og prioriter")
    row = page.locator("tbody tr", has_text="Norsk 1")
    row.locator("summary").click()
    fill(row, {"place": "1", "reason": MOVED})
    walk.press(row, "Flytt")
    assert [one.inner_text() for one in page.locator(".fund-place b").all()] == ["1", "2"]
    assert MOVED in page.locator("tbody tr").first.inner_text()
    walk.press(page, "Godkjenn rekkefølgen")


def carl_reads_why(walk: Walk) -> None:
    page = walk.enter("carl")
    page.goto(walk.said["application"])
    walk.sees(page, "Kommunen satte søknaden på plass 2.", "Kravet i engelsk er ikke oppfylt på skolen.")


def berit_follows_it_to_the_end(walk: Walk) -> None:
    walk.day("2028-06-20")
    page = walk.enter("berit")
    page.goto(walk.said["application"])
    for step in STEPS:
        walk.press(page, step)
    assert Application.objects.get(title="Engelsk 1").state == "passed"


def test_a_network_runs_a_year_with_a_waiting_list_and_certificates(walk: Walk) -> None:
    arne = employ(walk.cast, "arne", None, "adviser")
    for name in ("carl", "liv"):
        employ(walk.cast, name, walk.cast.nes)
    days = (date(2027, 3, 3), date(2027, 4, 7))
    offer = course(
        walk.cast.fjordvik,
        kind="network_series",
        network=network(walk.cast.fjordvik, arne),
        seats=1,
        days=days,
    )
    for name, button in (("carl", "Meld deg på"), ("liv", "Still deg på venteliste")):
        page = walk.enter(name, PHONE)
        walk.go(page, "offers:offer", offer=offer.pk)
        walk.press(page, button)
    leader = walk.enter("aud")
    walk.go(leader, "offers:school_staff", school=SCHOOL)
    for _one in range(2):
        walk.press(leader, "Ja")
    carl_gives_his_seat_up_and_liv_takes_it(walk, offer)
    arne_notes_who_came(walk, offer)
    arne_ends_the_year(walk, offer)
    assert walk.complaints == []


def carl_gives_his_seat_up_and_liv_takes_it(walk: Walk, offer: Offer) -> None:
    carl, liv = walk.enter("carl", PHONE), walk.enter("liv", PHONE)
    walk.go(liv, "offers:offer", offer=offer.pk)
    walk.sees(liv, "Du er først i køen.")
    walk.go(carl, "offers:offer", offer=offer.pk)
    walk.press(carl, "Meld deg av")
    walk.go(liv, "offers:mine")
    walk.press(liv, "Ja, jeg tar plassen")
    walk.sees(liv, "Plassen er din.")


def arne_notes_who_came(walk: Walk, offer: Offer) -> None:
    for day in offer.gatherings.order_by("on"):
        walk.day(day.on.isoformat(), 10)
        page: Page = walk.enter("arne", PHONE)
        walk.go(page, "offers:attendance", gathering=day.pk)
        line = page.locator("ul.attendance > li", has_text="Liv")
        for button in ("Er her", "Mellomarbeid gjort?"):
            with page.expect_navigation():
                line.get_by_role("button", name=button).click()
        walk.sees(page, "1 av 2 er her.")
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE


def arne_ends_the_year(walk: Walk, offer: Offer) -> None:
    walk.day("2027-04-08")
    page = walk.enter("arne")
    walk.go(page, "offers:offer", offer=offer.pk)
    walk.press(page, "Merk som holdt")
    walk.press(page, "Gi kursbevis til alle som har deltatt")
    liv = walk.enter("liv")
    walk.go(liv, "offers:mine")
    walk.sees(liv, "Dette har du fullført.")
    link = liv.get_by_role("link", name="Last ned kursbeviset (PDF)").get_attribute("href")
    file = liv.request.get(f"{walk.address}{link}")
    assert (file.status, file.body()[:5]) == (200, b"%PDF-")
    carl = walk.enter("carl")
    assert carl.goto(f"{walk.address}{link}").status == 404  # type: ignore[union-attr]
