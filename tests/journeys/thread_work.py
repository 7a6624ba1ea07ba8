"""The work that was agreed: a reminder finished from the letter, a checkpoint, and a look at the effect."""

import re
from datetime import date

from django.core import mail

from tests.journeys.thread_ground import this_years_test
from tests.journeys.thread_meeting import SCHOOL_ROW
from tests.journeys.walking import Walk, fill
from tettpaa.core.jobs.actions import run, start_rounds
from tettpaa.core.jobs.models import Job

SCHOOL_SAYS = "Vi har hatt to lærere i seks av åtte uker."
OWNER_SAYS = "Lesespesialisten er på plass hver torsdag."
SEEN = "Tallet er litt høyere, men gruppen er liten."


def the_promises_are_worked_on(walk: Walk) -> None:
    the_initiative_begins(walk)
    a_reminder_is_finished_by_its_link(walk)
    a_checkpoint_is_held(walk)
    the_initiative_is_done(walk)
    the_effect_is_reviewed(walk)
    another_checks_the_review(walk)


def the_initiative_begins(walk: Walk) -> None:
    walk.day("2026-11-02")
    aud = walk.enter("aud")
    aud.goto(walk.said["initiative"])
    walk.press(aud, "Sett i gang")


def a_reminder_is_finished_by_its_link(walk: Walk) -> None:
    walk.day("2026-11-27")
    mail.outbox.clear()
    start_rounds()
    run(Job.objects.get(kind="yearwheel.round", arguments__day="2026-11-27").pk)
    letters = [one for one in mail.outbox if one.to == ["aud@example.test"] and SCHOOL_ROW in one.subject]
    assert letters, [(one.to, one.subject) for one in mail.outbox]
    found = re.search(r"/svar/\S+/ja/", str(letters[0].body))
    assert found, letters[0].body
    nobody = walk.enter("")
    nobody.goto(found[0])
    walk.sees(nobody, "Ja, det er gjort.")
    walk.press(nobody, "Send svaret")
    walk.sees(nobody, "Takk, vi har skrevet det ned.")
    nobody.goto(found[0])
    assert nobody.get_by_role("button", name=walk.words("Send svaret")).count() == 0


def a_checkpoint_is_held(walk: Walk) -> None:
    walk.day("2026-12-16")
    aud = walk.enter("aud")
    aud.goto(walk.said["agreement"])
    walk.follow(aud, "Forbered sjekkpunktet")
    fill(aud, {"school_says": SCHOOL_SAYS})
    walk.press(aud, "Lagre")
    berit = walk.enter("berit")
    berit.goto(aud.url)
    walk.sees(berit, SCHOOL_SAYS)
    fill(berit, {"owner_says": OWNER_SAYS})
    walk.press(berit, "Lagre")
    fill(berit, {"outcome": "on_track", "held_on": date(2026, 12, 16)})
    walk.press(berit, "Sjekkpunktet er holdt")
    walk.sees(berit, "Sjekkpunktet er holdt.", OWNER_SAYS)


def the_initiative_is_done(walk: Walk) -> None:
    walk.day("2027-01-11")
    this_years_test()
    aud = walk.enter("aud")
    aud.goto(walk.said["initiative"])
    walk.press(aud, "Meld gjennomført")


def the_effect_is_reviewed(walk: Walk) -> None:
    aud = walk.enter("aud")
    aud.goto(walk.said["initiative"])
    walk.follow(aud, "Planlegg en effektvurdering")
    values = {"indicator": "np5_lesing:5", "before": "2025", "after": "2026", "planned_on": "2027-01-11"}
    fill(aud, values)
    walk.press(aud, "Planlegg")
    walk.said["review"] = aud.url
    walk.press(aud, "Tallene er klare")
    walk.follow(aud, "Skriv vurderingen")
    fill(aud, {"seen": SEEN, "conclusion": "unknown", "certainty": "unknown"})
    aud.locator('[name="explanations"][value="chance"]').check()
    walk.press(aud, "Lagre vurderingen")
    walk.sees(aud, "Nå må en annen enn du lese den og stå inne for den.")


def another_checks_the_review(walk: Walk) -> None:
    walk.refused(["dag", "odd", "fia", "eva"], walk.said["review"])
    berit = walk.enter("berit")
    berit.goto(walk.said["review"])
    walk.sees(berit, SEEN, "Vi vet ikke om tiltaket virket")
    walk.press(berit, "Jeg har lest og står inne for den")
    walk.press(berit, "Bruk i meldingen")
    carl = walk.enter("carl")
    assert walk.go(carl, "agreements:agreements") == 200
    walk.misses(carl, SEEN, SCHOOL_SAYS)
