"""Courses and networks: a reading network's whole year with waiting list and certificates, this year's, meetings, a catalogue."""

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from typing import Any

from tettpaa.doors.demo.year.circle import Circle, circle_of
from tettpaa.doors.demo.year.place import Place
from tettpaa.work.competence.actions.development import Told, tell_spread
from tettpaa.work.competence.models import Employee
from tettpaa.work.offers import actions
from tettpaa.work.offers.models import Network, Offer, Registration
from tettpaa.work.surveys.models import UNKNOWN
from tettpaa.work.yearwheel.rules import school_year_of

LAST = (-430, -385, -340, -290, -245, -200)  # days from today: last year's gatherings
THIS = (-70, -35, 2, 40, 80, 120)
SEATS = 8
FRIDAY = 4
LATE = 7  # the eighth did not do the tasks of the gatherings they were away from
THEMES = (
    ("Hva er en god lesetime?", "Film ti minutter av en lesetime og se den sammen med en kollega."),
    ("Elevene ber om hjelp", "La elevene be om hjelp på to måter i én time. Skriv ned hva du så."),
    ("Samtaler om tekst", "Prøv én samtale om tekst i en liten gruppe."),
    ("Lesing i alle fag", "Velg en tekst fra naturfag og les den sammen med elevene."),
    ("Hva ser vi i elevarbeidene?", "Ta med tre elevarbeid uten navn."),
    ("Hva fortsetter vi med?", ""),
)
KEYS = ("forskning", "naer-laering", "naer-praksis", "over-tid", "sammen")
YES, PARTLY, NO = "yes", "partly", "no"
FACTORS = {
    "Lesenettverket": (
        (YES, "Bygger på studier av leseopplæring med veiledning over tid."),
        (YES, "Hver samling begynner med elevarbeid."),
        (YES, "Det som prøves, prøves i egne timer."),
        (YES, "Seks samlinger gjennom et skoleår."),
        (PARTLY, "To fra hver skole der det er mulig, ellers én."),
    ),
    "Samtaler om tekst": (
        (YES, "Bygger på studier av samtaler i klasserommet."),
        (YES, "Vi ser på opptak av elevsamtaler."),
        (PARTLY, "Øvelsene kan tas med hjem, men prøves ikke på kurset."),
        (NO, "Én dag. Lesenettverket tar det videre."),
        (PARTLY, "Fint å være to fra samme trinn."),
    ),
    "Klasseledelse i praksis": (
        (YES, "PPT bygger på forskning om støtte og krav."),
        (PARTLY, "Følger elevenes ro og trivsel mellom samlingene."),
        (YES, "Veiledning i egen klasse."),
        (PARTLY, "Tre dager på to måneder."),
        (PARTLY, "Trinnet kan melde seg på samlet."),
    ),
    "Lek og språk i barnehagen": (
        (YES, "Bygger på studier av samtaler i lek."),
        (YES, "Handler om språket barna møter hver dag."),
        (YES, "Hver deltaker tar med en lek fra egen avdeling."),
        (NO, "Én dag."),
        (PARTLY, "To fra hver barnehage."),
    ),
    "Førstehjelp": (
        (YES, "Følger gjeldende retningslinjer."),
        (NO, "Handler om trygghet, ikke om læring."),
        (PARTLY, "Vi øver på det som kan skje på skolen."),
        (NO, "Én dag, og påfyll hvert annet år."),
        (YES, "Hele personalet øver sammen."),
    ),
    "Regning i alle fag": (
        (PARTLY, "Skolen har valgt oppgaver som er prøvd ut før."),
        (YES, "Vi begynner med elevenes egne løsninger."),
        (YES, "Alle prøver i egne timer."),
        (PARTLY, "Begynner med én samling. Fagteamene tar det videre."),
        (YES, "Hele personalet er med."),
    ),
    "Digital vurdering": (
        (PARTLY, "Bygger på erfaring fra andre skoler."),
        (YES, "Handler om tilbakemeldinger elevene kan bruke."),
        (YES, "Deltakerne tar med egne vurderinger."),
        (NO, "Én dag."),
        (PARTLY, "To fra hvert fag."),
    ),
}
ANSWERS = (
    (3, 3, 2, 3),
    (3, 2, 2, 3),
    (2, 2, 1, 2),
    (3, 3, 3, 3),
    (2, 1, 2, 3),
    (3, 2, UNKNOWN, 3),
    (1, 2, 2, 2),
)


def live(place: Place) -> None:
    """Everything in this order, since this year's network goes on from last year's."""
    circle = circle_of(place)
    reading = Network.objects.get(owner=place.owner, key="lesenettverket")
    by = place.by("adviser")
    actions.add_member(network=reading, employee=circle.adviser, part="leader", by=by, on=place.day(-480))
    actions.move_network(network=reading, to="running", by=by)
    _last_year(place, circle, reading)
    _this_year(place, circle, reading)
    _courses(place, circle)
    _meetings(place, circle)


def _on(place: Place, days: int) -> date:
    """That many days from today, or the Monday after: nobody meets in a weekend."""
    day = place.day(place.workday(days))
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > FRIDAY else 0)


def _year(place: Place, title: str, network: Network, days: Sequence[int], published: int) -> Offer:
    """A year of the reading network in the catalogue."""
    by = place.by("adviser")
    new = actions.NewOffer(title, "network_series", "skole", school_year_of(place.day(days[0])))
    made = actions.make_offer(
        owner=place.owner,
        offer=new,
        by=by,
        on=place.day(published),
        network=network,
        goal=place.goal("lesing"),
        area="lesing",
        about="Dere prøver én ting mellom hver samling, og deler det med kolleger på egen skole.",
        target_group="Ressurslærere i lesing, 1.–10. trinn",
        seats=SEATS,
        hours=36,
        cost=0,
        cost_note="Skolen dekker vikar.",
        held_by="Skolefaglig rådgiver",
    )
    for number, day in enumerate(days):
        theme, task = THEMES[number]
        gathering = actions.NewGathering(
            on=_on(place, day),
            title=theme,
            starts=time(13),
            ends=time(15, 30),
            where="Rådhuset, møterom 2",
            task=task,
        )
        actions.add_gathering(gathering=gathering, offer=made, by=by)
    return _publish(place, made, network.name, published)


def _publish(place: Place, offer: Offer, known_as: str, day: int) -> Offer:
    """Held against the key factors, and shown."""
    by, on = place.by("adviser"), place.day(day)
    said = [actions.FactorWord(key, *one) for key, one in zip(KEYS, FACTORS[known_as], strict=True)]
    actions.say_factors(offer=offer, factors=said, by=by, on=on)
    return actions.publish_offer(offer=offer, by=by, on=on)


def _sign(
    place: Place, offer: Offer, people: Iterable[Employee], day: int, why: str = ""
) -> list[Registration]:
    """They sign up, one after the other."""
    return [
        actions.register(offer=offer, employee=one, by=one.email, why=why, at=place.at(day, 8 + number % 10))
        for number, one in enumerate(people)
    ]


def _last_year(place: Place, circle: Circle, network: Network) -> None:
    """Eleven want eight seats; two give theirs up, one does not answer in time, and the last gets in."""
    offer = _year(place, "Lesenettverket i fjor", network, LAST, -480)
    rows = _sign(place, offer, circle.line, -470, "Jeg er ressurslærer i lesing.")
    for row in rows:
        actions.approve(registration=row.pk, by=place.by("principal"), at=place.at(-468))
    people = {row.employee_id: row for row in rows}
    actions.withdraw(registration=rows[4].pk, by=rows[4].employee.email, at=place.at(-450))
    actions.accept(registration=rows[8].pk, by=rows[8].employee.email, at=place.at(-449))
    actions.withdraw(registration=rows[5].pk, by=rows[5].employee.email, at=place.at(-445))
    actions.pass_on(offer=offer.pk, on=place.day(-441))
    actions.accept(registration=rows[10].pk, by=rows[10].employee.email, at=place.at(-440))
    seated = [rows[number].employee for number in (0, 1, 2, 3, 6, 7, 8, 10)]
    _attend(place, offer, [*seated, circle.adviser], away={(6, 3), (7, 1), (7, 2), (7, 4)})
    actions.hold_offer(offer=offer, by=place.by("adviser"), on=place.day(-198))
    actions.complete_all(offer=offer, by=place.by("adviser"), on=place.day(-190))
    instead = "Var syk på samling 4. Har gjort oppgaven og lagt den fram på egen skole."
    late = people[seated[6].pk]
    actions.complete(registration=late.pk, reason=instead, by=place.by("adviser"), on=place.day(-188))
    survey = actions.open_survey(offer=offer, by=place.by("adviser"), on=place.day(-198))
    for one, answers in zip(seated, ANSWERS, strict=False):
        actions.give_evaluation(survey=survey, employee=one, answers=answers, on=place.day(-195))
    actions.close_survey(survey=survey.pk, by=place.by("adviser"))


def _attend(place: Place, offer: Offer, people: Sequence[Employee], away: set[tuple[int, int]]) -> None:
    """Who came and did the task. `away`: (number of the person, number of the gathering)."""
    by = place.by("adviser")
    for number, day in enumerate(offer.gatherings.filter(on__lt=place.today)):
        for person, one in enumerate(people):
            came = (person, number) not in away
            actions.note(gathering=day, employee=one, came=came, by=by)
            if day.task and person != len(people) - 1 and (person != LATE or came):
                actions.note_task(gathering=day, employee=one, done=True, by=by)
        if number == 1 and people[0].school is not None:
            what = "Trinnet prøver to måter å be om hjelp på."
            told = Told(on=day.on, what=what, to_whom="Mellomtrinnet", source=f"offers.gathering:{day.pk}")
            tell_spread(school=people[0].school, told=told, by=people[0].email)


def _this_year(place: Place, circle: Circle, network: Network) -> None:
    """This year's network is under way; nobody has said whether they come to the next gathering."""
    offer = _year(place, "Lesenettverket", network, THIS, -150)
    rows = _sign(place, offer, circle.line[:10], -140, "Jeg vil fortsette.")
    for row in rows:
        actions.approve(registration=row.pk, by=place.by("principal"), at=place.at(-138))
    seated = [row.employee for row in rows[:SEATS]]
    _attend(place, offer, [*seated, circle.adviser], away={(3, 1)})
    coming = offer.gatherings.filter(on__gt=place.today).first()
    for one in (seated[0], seated[1], seated[4]):
        if coming is not None:
            actions.answer(gathering=coming, employee=one, coming=one != seated[4], by=one.email)


def _course(place: Place, title: str, kind: str, days: Sequence[int], **words: Any) -> Offer:
    """One more line of the catalogue."""
    by = place.by("adviser")
    service = words.pop("service", "skole")
    new = actions.NewOffer(title, kind, service, school_year_of(place.today))
    made = actions.make_offer(owner=place.owner, offer=new, by=by, on=place.day(-30), **words)
    for number, day in enumerate(days, start=1):
        gathering = actions.NewGathering(
            on=_on(place, day), title=f"Samling {number}" if len(days) > 1 else title, starts=time(9), ends=time(15),
            where="Rådhuset, møterom 2",
        )  # fmt: skip
        actions.add_gathering(gathering=gathering, offer=made, by=by)
    return _publish(place, made, title, -28)


def _courses(place: Place, circle: Circle) -> None:
    """A course with a seat on offer to the teacher, one that waits for the leader, and others."""
    by = place.by("adviser")
    text = _course(
        place, "Samtaler om tekst", "course", (20,), seats=2, cost=0, hours=6, goal=place.goal("lesing"),
        target_group="Lærere på mellomtrinnet", held_by="Skolefaglig rådgiver",
        about="Én dag om hvordan en klasse kan snakke seg inn i en tekst.",
    )  # fmt: skip
    first, second, *others = circle.colleagues
    rows = _sign(place, text, (first, second, circle.teacher, others[0]), -10)
    for row in rows:
        actions.approve(registration=row.pk, by=place.by("principal"), at=place.at(-9))
    actions.withdraw(registration=rows[0].pk, by=first.email, at=place.at(-1))
    led = _course(
        place, "Klasseledelse i praksis", "course_series", (15, 45, 75), seats=20, cost=1500, hours=18,
        target_group="Alle lærere", held_by="PPT", about="Tre dager, med veiledning i egen klasse mellom.",
    )  # fmt: skip
    at_school = [one for one in circle.colleagues if one.school_id == place.school.pk]
    _sign(place, led, (*at_school[:2], circle.teacher), -2, "Jeg har ny klasse i år.")
    _course(place, "Lek og språk i barnehagen", "course", (25,), service="barnehage", seats=30, cost=0,
            target_group="Ansatte i barnehagene")  # fmt: skip
    _course(place, "Førstehjelp", "course", (30,), seats=None, cost=0, needs_approval=False,
            target_group="Alle ansatte", hours=3)  # fmt: skip
    _course(place, "Regning i alle fag", "school_based", (12,), school=place.school, goal=place.goal("regning"),
            held_by="Skolen selv")  # fmt: skip
    off = _course(place, "Digital vurdering", "course", (18,), seats=15, target_group="Ungdomstrinnet")
    actions.cancel_offer(
        offer=off, why="Kursholderen er syk. Vi prøver igjen til våren.", by=by, on=place.day(-3)
    )


def _meetings(place: Place, circle: Circle) -> None:
    """The principals' meeting with minutes and actions, and the leaders' network that meets today."""
    by = place.by("head_of_schools")
    heads = Network.objects.get(owner=place.owner, key="rektormoter")
    actions.add_member(network=heads, employee=circle.head, part="leader", by=by, on=place.day(-480))
    for one in (circle.principal, circle.other_principal):
        actions.add_member(network=heads, employee=one, by=by, on=place.day(-480))
    actions.add_member(network=heads, employee=circle.adviser, part="invited", by=by, on=place.day(-480))
    actions.move_network(network=heads, to="running", by=by)
    _held(place, heads, circle)
    coming = actions.NewGathering(
        on=_on(place, 8), title="Rektormøte", starts=time(9), ends=time(11), where="Rådhuset, møterom 1"
    )
    ahead = actions.add_gathering(gathering=coming, network=heads, by=by)
    actions.add_item(
        gathering=ahead, title="Nasjonale prøver: hva ser vi?", about="Ta med skolens egne tall.", by=by
    )
    actions.add_item(gathering=ahead, title="Vikarer i lesetimene", by=by)
    leaders = Network.objects.get(owner=place.owner, key="ledernettverket")
    actions.add_member(network=leaders, employee=circle.adviser, part="leader", by=by, on=place.day(-200))
    for one in (circle.principal, circle.other_principal, circle.department_head):
        actions.add_member(network=leaders, employee=one, by=by, on=place.day(-200))
    actions.move_network(network=leaders, to="running", by=by)
    today = actions.NewGathering(
        on=place.today, title="Å lede læring", starts=time(12), ends=time(14), where="Rådhuset, møterom 2"
    )
    actions.add_gathering(gathering=today, network=leaders, by=by)
    wide = Network.objects.get(owner=place.owner, key="oppvekst")
    actions.add_member(network=wide, employee=circle.head, part="leader", by=by, on=place.day(-200))


def _held(place: Place, network: Network, circle: Circle) -> None:
    """A meeting a month ago: what was said, what somebody does, and approved minutes."""
    by = place.by("head_of_schools")
    new = actions.NewGathering(
        on=_on(place, -34), title="Rektormøte", starts=time(9), ends=time(11), where="Rådhuset, møterom 1"
    )
    day = actions.add_gathering(gathering=new, network=network, by=by)
    for title, said in (
        ("Lesenettverket", "Alle skolene sender to. Rektor setter av vikar til samlingene."),
        ("Elevundersøkelsen", "Vi gjennomfører i uke 46 og ser på svarene sammen i januar."),
    ):
        item = actions.add_item(gathering=day, title=title, by=by)
        item.said = said
        actions.write_item(item=item, version=item.version, by=by)
    for one in (circle.principal, circle.other_principal, circle.adviser):
        actions.note(gathering=day, employee=one, came=True, by=by)
    done = actions.NewFollowUp("Send ut datoene for lesenettverket", "adviser", place.day(-27))
    row = actions.add_follow_up(gathering=day, follow_up=done, by=by)
    actions.finish_follow_up(follow_up=row.pk, by=place.by("adviser"), on=place.day(-28))
    school = actions.NewFollowUp(
        "Sett av vikar til samlingen i februar", "principal", place.day(25), place.school
    )
    actions.add_follow_up(gathering=day, follow_up=school, by=by)
    actions.approve_minutes(gathering=day, by=by, at=place.at(-30))
