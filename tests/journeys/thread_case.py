"""Weak figures, a person's judgement, the principal's answer, and a case on a step."""

from datetime import date

from tests.journeys.walking import SCHOOL, Walk, at, fill, visible

JUDGEMENT = "Jeg tror utslaget er reelt: to lærere sluttet, og lesetimene falt ut."
ANSWER = "Vi kjenner oss igjen. Vi trenger hjelp til lesing i alle fag."
REASON = "Skolen får en støtteavtale om lesing."


def weak_figures_become_a_case(walk: Walk) -> None:
    a_signal_is_found_and_assessed(walk)
    the_principal_answers(walk)
    the_case_is_opened_on_a_step(walk)
    nobody_else_sees_it(walk)


def a_signal_is_found_and_assessed(walk: Walk) -> None:
    berit = walk.enter("berit")
    walk.go(berit, "followup:cases")
    walk.press(berit, "Se etter nye signaler")
    shown = visible(berit)
    assert "Nes skole" in shown
    assert "Vik skole" not in shown
    walk.follow_part(berit, "Vurder for %(school)s", school="Nes skole")
    fill(berit, {"signals": "", "text": JUDGEMENT, "answer_by": date(2026, 9, 4)})
    walk.press(berit, "Lagre og spør rektor")
    walk.sees(berit, JUDGEMENT, "Ingenting er besluttet")
    walk.said["case"] = berit.url


def the_principal_answers(walk: Walk) -> None:
    walk.day("2026-08-27")
    aud = walk.enter("aud")
    walk.go(aud, "followup:school_cases", school=SCHOOL)
    aud.goto(walk.said["case"])
    walk.sees(aud, JUDGEMENT)
    walk.follow(aud, "Svar på vurderingen")
    fill(aud, {"text": ANSWER, "agrees": "ja"})
    walk.press(aud, "Send svaret")
    walk.sees(aud, ANSWER)


def the_case_is_opened_on_a_step(walk: Walk) -> None:
    walk.day("2026-08-31")
    berit = walk.enter("berit")
    berit.goto(walk.said["case"])
    walk.sees(berit, ANSWER)
    walk.follow(berit, "Beslutt")
    berit.get_by_label("2. Støtteavtale").check()
    fill(berit, {"text": REASON, "review_on": date(2027, 4, 15)})
    walk.press(berit, "Lagre beslutningen")
    walk.sees(berit, REASON, "Støtteavtale")


def nobody_else_sees_it(walk: Walk) -> None:
    """A case is for the owner's leaders, its advisers and the school's principal."""
    walk.refused(
        ["carl", "dag", "odd", "fia", "vera", "eva"],
        walk.said["case"],
        at("followup:school_cases", school=SCHOOL),
        at("followup:cases"),
    )
