"""The agreement: drafted from the meeting's rows, negotiated, heard, and signed by both."""

from datetime import date

from tests.journeys.thread_meeting import OWNER_ROW, SCHOOL_ROW
from tests.journeys.walking import SCHOOL, Walk, at, fill

AGREED = "Elevene på 5. trinn forstår det de leser"


def the_rows_become_a_signed_agreement(walk: Walk) -> None:
    it_is_drafted_from_the_rows(walk)
    a_goal_is_added_and_it_is_negotiated(walk)
    those_who_should_be_are_heard(walk)
    both_sign(walk)
    the_promises_are_initiatives(walk)


def it_is_drafted_from_the_rows(walk: Walk) -> None:
    walk.day("2026-10-26")
    berit = walk.enter("berit")
    berit.goto(walk.said["meeting"])
    walk.press(berit, "Lag avtalen")
    walk.follow(berit, "Avtalen")
    walk.sees(berit, SCHOOL_ROW, OWNER_ROW)
    walk.said["agreement"] = berit.url
    walk.refused(["carl", "dag", "odd", "vera", "eva"], berit.url)


def a_goal_is_added_and_it_is_negotiated(walk: Walk) -> None:
    aud = walk.enter("aud")
    aud.goto(walk.said["agreement"])
    walk.follow(aud, "Skriv et mål")
    fill(
        aud,
        {
            "text": AGREED,
            "goal": walk.said["goal"],
            "measure": "np5_lesing:5",
            "target": "46",
            "target_on": date(2027, 11, 30),
        },
    )
    walk.press(aud, "Lagre")
    walk.press(aud, "Vi er ferdige med å forhandle")


def those_who_should_be_are_heard(walk: Walk) -> None:
    aud = walk.enter("aud")
    aud.goto(walk.said["agreement"])
    walk.follow(aud, "Skriv hvem som er hørt")
    aud.locator('[name="body"]').select_option(label="Elevrådet")
    fill(
        aud,
        {
            "asked_on": date(2026, 10, 20),
            "heard_on": date(2026, 10, 26),
            "said": "Vi vil velge bøker selv.",
            "changed": "Elevene velger bøkene.",
        },
    )
    walk.press(aud, "Lagre")
    walk.press(aud, "De som skal, er hørt")


def both_sign(walk: Walk) -> None:
    walk.day("2026-10-28")
    for name in ("aud", "berit"):
        page = walk.enter(name)
        page.goto(walk.said["agreement"])
        walk.follow(page, "Les og signer")
        walk.sign(page, "Signer avtalen")


def the_promises_are_initiatives(walk: Walk) -> None:
    berit = walk.enter("berit")
    walk.go(berit, "initiatives:initiatives")
    walk.sees(berit, SCHOOL_ROW, OWNER_ROW)
    berit.get_by_role("main").get_by_role("link", name=SCHOOL_ROW).first.click()
    berit.wait_for_url("**/tiltak/*-*/")
    walk.said["initiative"] = berit.url
    walk.refused(["dag", "odd", "fia", "eva"], walk.said["initiative"])
    carl = walk.enter("carl")
    carl.goto(at("agreements:open_part", school=SCHOOL, agreement=walk.said["agreement"].split("/")[-2]))
    walk.sees(carl, SCHOOL_ROW)
