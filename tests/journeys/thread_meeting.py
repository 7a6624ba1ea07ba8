"""The dialogue meeting: planned, prepared by both sides, held on a phone, and its minutes approved."""

from datetime import date

from playwright.sync_api import Page

from tests.journeys.walking import PHONE, SCHOOL, Walk, fill

PROPOSAL = "Lekser i lesing hjemme"
TAKEN = "Dette hører sammen med lesingen, så vi tar det i møtet."
WORRIED = "Elevene leser for lite i naturfag og samfunnsfag."
SAID = "Vi leste tallene sammen, og ingen var overrasket."
CONCLUDED = "Lesing skal være med i alle fag fra november."
SECRET = "Et avsnitt om en enkelt sak, som bare de rette får lese."
SCHOOL_ROW = "ha to lærere i lesetimene på 5. trinn"
OWNER_ROW = "gi skolen en lesespesialist én dag i uka"


def the_meeting_is_prepared(walk: Walk) -> None:
    it_is_planned_and_people_are_invited(walk)
    the_package_opens(walk)
    the_parents_propose(walk)
    the_head_answers(walk)
    the_principal_writes_and_shares(walk)
    the_head_asks_the_school(walk)
    the_package_is_frozen_and_the_agenda_sent(walk)


def the_meeting_is_held_and_its_minutes_approved(walk: Walk) -> None:
    it_is_written_on_a_phone(walk)
    the_draft_is_commented(walk)
    both_approve(walk)
    the_public_minutes_are_out(walk)


def it_is_planned_and_people_are_invited(walk: Walk) -> None:
    walk.day("2026-09-01")
    berit = walk.enter("berit")
    walk.go(berit, "dialogue:year")
    fill(berit, {f"day_{SCHOOL}": date(2026, 10, 15), f"clock_{SCHOOL}": "09:00", f"place_{SCHOOL}": "Nes"})
    walk.press(berit, "Sett opp møtene")
    berit.get_by_role("main").get_by_role("link", name="Nes skole").first.click()
    berit.wait_for_url("**/moter/*-*/")
    walk.said["meeting"] = berit.url
    walk.follow(berit, "Tid, mål og deltakere")
    fill(berit, {"goal": walk.said["goal"]})
    walk.press(berit, "Lagre målet")
    berit.goto(walk.said["meeting"])
    walk.press(berit, "Send innkallingen")
    walk.sees(berit, "Innkallingen er sendt.")


def the_package_opens(walk: Walk) -> None:
    walk.day("2026-09-17")
    berit = walk.enter("berit")
    berit.goto(walk.said["meeting"])
    walk.press(berit, "Åpne møtepakken")
    walk.sees(berit, "Pakken er åpen.")


def the_parents_propose(walk: Walk) -> None:
    walk.day("2026-09-20")
    fia = walk.enter("fia")
    fia.goto(walk.said["meeting"])
    walk.follow(fia, "Foreslå en sak")
    fill(fia, {"title": PROPOSAL, "text": "Mange vet ikke hvordan de kan hjelpe."})
    walk.press(fia, "Send forslaget")
    walk.sees(fia, PROPOSAL, "Venter på svar")


def the_head_answers(walk: Walk) -> None:
    berit = walk.enter("berit")
    berit.goto(walk.said["meeting"])
    line = berit.locator("#forslag li", has_text=PROPOSAL)
    fill(line, {"answer": TAKEN})
    walk.press(line, "Ta det med i møtet")
    fia = walk.enter("fia")
    fia.goto(walk.said["meeting"])
    walk.sees(fia, TAKEN)
    odd = walk.enter("odd")
    odd.goto(walk.said["meeting"])
    walk.misses(odd, TAKEN)


def the_principal_writes_and_shares(walk: Walk) -> None:
    walk.day("2026-09-25")
    aud = walk.enter("aud")
    aud.goto(walk.said["meeting"])
    walk.follow(aud, "Skriv skolens analyse")
    walk.said["analysis"] = aud.url
    fill(aud, {"proud": "Det er ro i timene.", "worried": WORRIED})
    walk.press(aud, "Lagre")
    berit = walk.enter("berit")
    assert berit.goto(walk.said["analysis"]).status == 404  # type: ignore[union-attr]
    walk.press(aud, "Del med alle i møtet")
    berit.goto(walk.said["analysis"])
    walk.sees(berit, WORRIED)


def the_head_asks_the_school(walk: Walk) -> None:
    berit = walk.enter("berit")
    berit.goto(walk.said["meeting"])
    walk.follow(berit, "Skriv spørsmålene")
    fill(berit, {"text": "Hva trenger dere av oss for å få det til?"})
    walk.press(berit, "Lagre")
    walk.press(berit, "Del med alle i møtet")
    walk.sees(berit, "Delt med alle i møtet.")


def the_package_is_frozen_and_the_agenda_sent(walk: Walk) -> None:
    walk.day("2026-10-06")
    berit = walk.enter("berit")
    berit.goto(walk.said["meeting"])
    walk.press(berit, "Lås pakken nå")
    walk.press(berit, "Send saklista")
    walk.sees(berit, "Saklista er sendt.")
    package = f"{walk.said['meeting']}pakke/"
    berit.goto(package)
    walk.sees(berit, WORRIED, "Dette er pakken alle møter med")
    walk.refused(["carl", "dag", "vera", "eva"], walk.said["meeting"], package)
    walk.refused(["odd", "fia"], package)


def it_is_written_on_a_phone(walk: Walk) -> None:
    walk.day("2026-10-15", 7)
    phone = walk.enter("berit", width=PHONE)
    phone.goto(walk.said["meeting"])
    walk.follow(phone, "Åpne møtet")
    walk.follow(phone, "Begynn med sak 1")
    wide = phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0
    walk.said["entry"] = phone.url
    fill(phone, {"said-text": SAID})
    walk.press(phone.locator("form:has([name=said-text])"), "Lagre")
    fill(phone, {"conclusion-text": CONCLUDED})
    walk.press(phone.locator("form:has([name=conclusion-text])"), "Lagre")
    an_exempt_paragraph_is_written(walk, phone)
    a_promise_is_written(walk, phone, SCHOOL_ROW, "school", "principal")
    aud = walk.enter("aud", width=PHONE)
    aud.goto(walk.said["entry"])
    walk.sees(aud, SCHOOL_ROW)
    a_promise_is_written(walk, aud, OWNER_ROW, "owner", "head_of_schools")
    walk.follow(aud, "Les avtalen høyt")
    walk.sees(aud, SCHOOL_ROW, OWNER_ROW)


def an_exempt_paragraph_is_written(walk: Walk, phone: Page) -> None:
    place = phone.locator("form:has([name=said-text])")
    place.locator("summary").click()
    fill(place, {"said-text": SECRET})
    place.locator('[name="said-basis"]').select_option(index=1)
    walk.press(place, "Lagre")


def a_promise_is_written(walk: Walk, page: Page, what: str, side: str, who: str) -> None:
    form = page.locator("#ny-linje form")
    fill(
        form,
        {
            "side": side,
            "what": what,
            "goal": walk.said["goal"],
            "why": "Resultatene i lesing er svake tre år på rad.",
            "who": who,
            "due_on": date(2026, 12, 10),
            "sign": "elevene sier at de skjønner fagtekster",
        },
    )
    walk.press(form, "Legg til linja")


def the_draft_is_commented(walk: Walk) -> None:
    walk.day("2026-10-16")
    berit = walk.enter("berit")
    minutes = walk.said["minutes"] = f"{walk.said['meeting']}referat/"
    berit.goto(minutes)
    berit.locator("summary", has_text=walk.words("Møtet er holdt")).click()
    walk.press(berit, "Møtet er holdt")
    walk.press(berit, "Send referatet til kommentar")
    aud = walk.enter("aud")
    aud.goto(minutes)
    fill(aud, {"text": "Vi er enige i dette."})
    walk.press(aud, "Legg ved kommentaren")
    walk.day("2026-10-22")
    berit = walk.enter("berit")
    berit.goto(minutes)
    walk.sees(berit, "Vi er enige i dette.")
    walk.press(berit, "Gjør klart til godkjenning")


def both_approve(walk: Walk) -> None:
    walk.leave()
    for name in ("aud", "berit"):
        page = walk.enter(name)
        page.goto(walk.said["minutes"])
        walk.sign(page, "Godkjenn referatet")
        walk.sees(page, "Du har godkjent referatet.")


def the_public_minutes_are_out(walk: Walk) -> None:
    berit = walk.enter("berit")
    berit.goto(walk.said["minutes"])
    walk.press(berit, "Publiser det offentlige referatet")
    public = f"{walk.said['meeting']}offentlig/"
    for name in ("fia", "odd", "tor"):
        page = walk.enter(name)
        page.goto(public)
        walk.sees(page, CONCLUDED)
        walk.misses(page, SECRET)
    walk.refused(["carl", "dag", "vera", "eva"], public, walk.said["minutes"])
    walk.refused(["fia", "odd"], walk.said["minutes"], walk.said["entry"])
