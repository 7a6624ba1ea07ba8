"""The report and the political road: frozen, submitted, decided, reported back, and there again next year."""

from datetime import date

from tests.journeys.thread_agreement import AGREED
from tests.journeys.thread_case import JUDGEMENT
from tests.journeys.walking import SCHOOL, Walk, at, fill, visible
from tettpaa.core.jobs.actions import run
from tettpaa.core.jobs.models import Job
from tettpaa.report.annual.blocks import focus, meetings, summary
from tettpaa.report.annual.counting import few
from tettpaa.report.annual.wording import tell

POINT = "Alle skoler skal ha to lærere i lesetimene på 5. trinn."
PAPER = {
    "kort": "Kommunestyret får meldingen for skoleåret og blir bedt om ett vedtak.",
    "bakgrunn": "Meldingen legges fram hvert år etter opplæringsloven.",
    "vurdering": "Lesing er viktigst. Vi vet ikke ennå om tiltakene virker.",
    "innstilling": POINT,
}
TOLD = "Fem av seks skoler har to lærere. Den siste får det i januar."


def the_report_is_written_and_decided(walk: Walk) -> None:
    the_report_counts_the_work(walk)
    it_is_frozen(walk)
    a_case_is_written(walk)
    the_chief_executive_submits_it(walk)
    the_bodies_treat_it(walk)


def next_year_begins_with_what_became_of_it(walk: Walk) -> None:
    the_point_became_an_initiative(walk)
    it_is_reported_back(walk)
    the_next_report_opens_with_it(walk)
    the_thread_holds(walk)


def the_report_counts_the_work(walk: Walk) -> None:
    walk.day("2027-03-01")
    berit = walk.enter("berit")
    walk.go(berit, "annual:reports")
    fill(berit, {"year": "2026"})
    walk.press(berit, "Begynn rapporten")
    walk.said["report"] = berit.url
    walk.follow(berit, "Les utkastet")
    shown = visible(berit)
    for block in (focus, meetings):
        assert block.CHAPTER.title.in_language(walk.language) in shown
    held = tell(meetings.TEXTS, "held", walk.language)
    assert f"{held}\t{few(1, walk.language)}" in shown
    for secret in (JUDGEMENT, AGREED):
        assert secret not in shown
    walk.refused(["dag", "carl", "odd", "aud", "eva"], berit.url)


def it_is_frozen(walk: Walk) -> None:
    berit = walk.enter("berit")
    berit.goto(walk.said["report"])
    walk.press(berit, "Frys begge utgavene")
    run(Job.objects.get(kind="annual.freeze").pk)
    berit.goto(walk.said["report"])
    walk.sees(berit, "Frosne versjoner")
    dag = walk.enter("dag")
    assert walk.go(dag, "annual:read", year="2026-27") == 200
    walk.misses(dag, JUDGEMENT, AGREED, "Nes skole lover")


def a_case_is_written(walk: Walk) -> None:
    walk.day("2027-03-10")
    arne = walk.enter("arne")
    walk.go(arne, "decisions:decisions")
    walk.press(arne, "Begynn en sak")
    walk.said["political case"] = arne.url
    walk.refused(["dag", "odd", "fia", "eva"], arne.url)
    for step in ("Skisse i ledergruppen for oppvekst", "Høring i skolene, elevrådene, FAU og ungdomsrådet"):
        walk.follow_part(arne, "Før inn: %(step)s", step=step)
        fill(arne, {"on": date(2027, 3, 10), "note": "Gjennomført."})
        walk.press(arne, "Lagre steget")
    walk.follow(arne, "Skriv saksframlegget")
    fill(arne, PAPER)
    walk.press(arne, "Lagre saksframlegget")
    assert arne.get_by_role("button", name=walk.words("Send saken")).count() == 0


def the_chief_executive_submits_it(walk: Walk) -> None:
    walk.day("2027-05-03")
    kai = walk.enter("kai")
    kai.goto(walk.said["political case"])
    walk.sign(kai, "Send saken")
    dag = walk.enter("dag")
    dag.goto(walk.said["political case"])
    walk.follow(dag, "Les saksframlegget")
    walk.sees(dag, POINT)
    walk.misses(dag, JUDGEMENT)


def the_bodies_treat_it(walk: Walk) -> None:
    for on, body, outcome in (
        ("2027-05-18", "Utvalg for oppvekst", "recommended"),
        ("2027-06-01", "Formannskapet", "recommended"),
        ("2027-06-15", "Kommunestyret", "adopted"),
    ):
        met_on = walk.day(on)
        arne = walk.enter("arne")
        arne.goto(walk.said["political case"])
        walk.follow_part(arne, "Før inn: %(step)s", step=body)
        fill(arne, {"met_on": met_on, "present": "9", "outcome": outcome, "votes_for": "9"})
        fill(arne, {"votes_against": "0", "text": POINT})
        if outcome == "adopted":
            fill(
                arne,
                {
                    "item-0-text": POINT,
                    "item-0-kind": "decision",
                    "item-0-responsible_role": "head_of_schools",
                    "item-0-due_on": date(2027, 12, 1),
                    "item-0-becomes": "initiative",
                    "item-0-goal": walk.said["goal"],
                },
            )
        walk.press(arne, "Lagre protokollen")
        walk.sees(arne, "Protokollen er lagret og kan ikke endres.")


def the_point_became_an_initiative(walk: Walk) -> None:
    dag = walk.enter("dag")
    walk.go(dag, "decisions:decisions")
    walk.follow(dag, POINT)
    walk.said["point"] = dag.url
    berit = walk.enter("berit")
    berit.goto(walk.said["point"])
    walk.sees(berit, "Ble til tiltaket")
    walk.follow(berit.locator("dl.facts"), POINT)
    walk.sees(berit, POINT, "Bestemt")
    walk.refused(["dag"], berit.url)


def it_is_reported_back(walk: Walk) -> None:
    walk.day("2027-10-04")
    berit = walk.enter("berit")
    berit.goto(walk.said["point"])
    fill(berit, {"state": "started", "on": date(2027, 10, 4), "text": TOLD})
    walk.press(berit, "Meld tilbake")
    dag = walk.enter("dag")
    walk.go(dag, "decisions:decisions")
    walk.sees(dag, POINT, TOLD)


def the_next_report_opens_with_it(walk: Walk) -> None:
    berit = walk.enter("berit")
    walk.go(berit, "annual:reports")
    fill(berit, {"year": "2027"})
    walk.press(berit, "Begynn rapporten")
    walk.follow(berit, "Les utkastet")
    shown = visible(berit)
    for text in (tell(summary.TEXTS, "last_time", walk.language), POINT, TOLD):
        assert text in shown, shown[:3000]


def the_thread_holds(walk: Walk) -> None:
    berit = walk.enter("berit")
    walk.go(berit, "workspace:thread", school=SCHOOL, goal=walk.said["goal"])
    links = berit.locator("ol.thread > li")
    there = [
        link.get_attribute("id") for link in links.all() if "there" in (link.get_attribute("class") or "")
    ]
    assert there == [
        "goal", "indicator", "assessment", "meeting", "agreement", "initiative", "effect", "report", "decision",
    ]  # fmt: skip
    for name in ("carl", "dag"):
        page = walk.enter(name)
        page.goto(at("workspace:thread", school=SCHOOL, goal=walk.said["goal"]))
        walk.misses(page, JUDGEMENT, AGREED)
    walk.refused(["eva"], at("workspace:thread", school=SCHOOL, goal=walk.said["goal"]))
