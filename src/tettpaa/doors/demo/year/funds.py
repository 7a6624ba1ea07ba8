"""Applications and money in the story: a teacher who applied, was ranked, granted and passed; a year's further education
under way; stipends one can apply for now; development funds granted, reported and being ranked; two notices to the state;
and the programmes' milestones and money. Roles and schools, no invented persons."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from tettpaa.core.orgs.models import Unit
from tettpaa.doors.demo.year import funds_words as words
from tettpaa.doors.demo.year.place import Place
from tettpaa.work.competence.models import Employee
from tettpaa.work.funds import actions
from tettpaa.work.funds.actions import Said, Word
from tettpaa.work.funds.enums import CallState, NeedState, State
from tettpaa.work.funds.models import Application, Call, Scheme
from tettpaa.work.programmes import actions as programmes
from tettpaa.work.programmes.models import Programme

BUDGET: Final = Decimal(250_000)


def live(place: Place) -> None:
    """Everything, oldest first."""
    _studied(place)
    _studying(place)
    _reported_funds(place)
    _ranked_funds(place)
    _stipends(place)
    _needs(place)
    _programmes(place)


def _scheme(place: Place, key: str) -> Scheme:
    return Scheme.objects.get(owner=place.owner, key=key)


def _call(place: Place, key: str, year: int, opened: date, **values: Any) -> Call:
    """An open call of a year."""
    by = place.by("adviser")
    made = actions.plan_call(
        scheme=_scheme(place, key), year=year, values={"terms": words.TERMS[key]} | values, by=by
    )
    return actions.move_call(call=made, to=CallState.OPEN, by=by, on=opened)


def _teachers(place: Place, *starts: str) -> list[Employee]:
    """Teachers at the school of the story by the beginning of their title."""
    rows = Employee.objects.filter(owner=place.owner, school=place.school).select_related("school", "owner")
    return [rows.get(name__startswith=f"{start},") for start in starts]


def _by(place: Place, person: Employee) -> str:
    """Who signs in as the person; somebody without an account is written in by the principal."""
    return person.email or place.head(person.school)


def _study(place: Place, call: Call, person: Employee, number: int, supports: bool = True) -> Application:
    """Drafted, talked about, sent, and the leader's word."""
    said, year = words.STUDIES[number], call.year
    sent = date(year, 2, 12 + number)
    values: Mapping[str, Any] = {
        "title": said.title,
        "institution": said.institution,
        "subject": said.subject,
        "credits": Decimal(30),
        "first_choice": said.form,
        "second_choice": "stipend" if said.form == "substitute" else "",
        "why": said.why,
        "need": said.need,
        "talked_on": date(year, 2, 5),
        "goal": place.goal(said.goal) if said.goal else None,
    }
    by = _by(place, person)
    made = actions.draft_application(call=call, applicant=person, values=values, by=by, on=date(year, 2, 6))
    made = actions.submit_application(application=made, by=by, on=sent)
    word = Word(supports, said.word, number + 1)
    return actions.speak(application=made, word=word, by=place.head(person.school), on=date(year, 3, 4))


def _move(place: Place, application: Application, *steps: tuple[str, date], reason: str = "") -> Application:
    for state, on in steps:
        if on <= place.today:
            said = Said(reason=reason, on=on)
            application = actions.move_application(
                application=application, to=state, by=place.by("adviser"), said=said
            )
    return application


def _studied(place: Place) -> None:
    """The first teacher applied two springs ago, studied for a year and passed: the credits stand in the record."""
    year = place.school_year - 1
    [teacher] = _teachers(place, "Lærer 1")
    call = _call(place, "kompetanse-for-kvalitet", year, date(year, 2, 1), discussed_on=date(year, 1, 14))
    made = _study(place, call, teacher, 0)
    lead = place.by("head_of_schools")
    call = actions.move_call(call=call, to=CallState.RANKING, by=lead, on=date(year, 3, 5))
    call = actions.move_call(call=call, to=CallState.RANKED, by=lead, on=date(year, 3, 12))
    _move(
        place,
        made,
        (State.GRANTED, date(year, 4, 28)),
        (State.ADMITTED, date(year, 5, 29)),
        (State.CONFIRMED_AUTUMN, date(year, 9, 1)),
        (State.PAID_AUTUMN, date(year, 11, 6)),
        (State.CONFIRMED_SPRING, date(year + 1, 3, 13)),
        (State.PAID, date(year + 1, 5, 20)),
        (State.PASSED, date(year + 1, 6, 19)),
    )
    actions.move_call(call=call, to=CallState.CLOSED, by=lead, on=date(year + 1, 6, 20))


def _studying(place: Place) -> None:
    """Last spring's call: one row was moved up with a reason, one was not approved, one withdrew, two study now."""
    year, lead = place.school_year, place.by("head_of_schools")
    call = _call(
        place, "kompetanse-for-kvalitet", year, date(year, 2, 1), places=3, discussed_on=date(year, 1, 15)
    )
    made = [
        _study(place, call, person, number, supports=number != 4)
        for number, person in enumerate(_teachers(place, "Lærer 3", "Lærer 4", "Lærer 5", "Lærer 7"), start=1)
    ]
    others = [_teacher_at(school) for school in place.others]
    made += [_study(place, call, person, 5) for person in others if person is not None]
    actions.move_call(call=call, to=CallState.RANKING, by=lead, on=date(year, 3, 6))
    actions.reject(application=made[3], reason=words.REJECTED, by=lead, on=date(year, 3, 9))
    actions.move_row(application=made[2], to=1, reason=words.MOVED, by=lead, on=date(year, 3, 9))
    actions.move_call(call=call, to=CallState.RANKED, by=lead, on=date(year, 3, 13))
    for application in made[:2]:
        _move(
            place,
            application,
            (State.GRANTED, date(year, 4, 29)),
            (State.ADMITTED, date(year, 5, 28)),
            (State.CONFIRMED_AUTUMN, date(year, 9, 1)),
        )
    _move(place, made[2], (State.WITHDRAWN, date(year, 4, 2)), reason=words.WITHDREW)
    for application in made[4:]:
        _move(place, application, (State.REFUSED, date(year, 4, 29)), reason=words.REFUSED)


def _teacher_at(school: Unit) -> Employee | None:
    rows = Employee.objects.filter(school=school, name__startswith="Lærer 4,")
    return rows.select_related("school", "owner").first()


def _funds(place: Place, call: Call, school: Unit, said: words.Project, on: date) -> Application:
    """A school's own application, anchored in a goal, and sent."""
    by = place.head(school)
    values = {
        "title": said.title,
        "why": said.why,
        "need": said.need,
        "goal": place.goal(said.goal),
        "sought": said.sought,
        "own_share": said.own,
    }
    made = actions.draft_application(call=call, applicant=school, values=values, by=by, on=on)
    return actions.submit_application(application=made, by=by, on=on)


def _reported_funds(place: Place) -> None:
    """The school of the story got funds, used them and reported."""
    year, lead = place.school_year - 1, place.by("head_of_schools")
    call = _call(place, "utviklingsmidler", year, date(year, 8, 15), budget=Decimal(150_000))
    made = _funds(place, call, place.school, words.FIRST, date(year, 9, 10))
    actions.move_call(call=call, to=CallState.RANKING, by=lead, on=date(year, 9, 16))
    call = actions.move_call(call=call, to=CallState.RANKED, by=lead, on=date(year, 9, 28))
    said = Said(on=date(year, 10, 8), granted=Decimal(80_000), reason=words.GRANTED)
    actions.move_application(application=made, to=State.GRANTED, by=lead, said=said)
    _move(place, made, (State.PAID, date(year, 10, 20)))
    actions.report_use(
        application=made,
        report=words.REPORT,
        spent=Decimal(78_500),
        by=place.by("principal"),
        on=date(year + 1, 6, 10),
    )
    actions.move_call(call=call, to=CallState.CLOSED, by=lead, on=date(year + 1, 6, 20))


def _ranked_funds(place: Place) -> None:
    """A round that lies to be ranked now, with a frame that does not reach to all."""
    by, year = place.by("adviser"), place.school_year + 1
    call = _call(place, "utviklingsmidler", year, place.day(-40), budget=BUDGET)
    dates = {"opens": -40, "apply": -6, "rank": 8, "decide": 20}
    call.refresh_from_db()
    actions.edit_call(
        call=call, version=call.version, dates={kind: place.day(days) for kind, days in dates.items()}, by=by
    )
    for number, school in enumerate([place.school, *place.others]):
        _funds(place, call, school, words.PROJECTS[number % len(words.PROJECTS)], place.day(-12 + number))
    actions.move_call(call=call, to=CallState.RANKING, by=place.by("head_of_schools"), on=place.day(-5))


def _stipends(place: Place) -> None:
    """One is a draft, one waits for the leader; there are two weeks left."""
    by = place.by("adviser")
    call = _call(place, "stipend", place.school_year, place.day(-20), budget=Decimal(40_000))
    dates = {"opens": -20, "apply": 14, "rank": 28}
    call.refresh_from_db()
    actions.edit_call(
        call=call, version=call.version, dates={kind: place.day(days) for kind, days in dates.items()}, by=by
    )
    first, second = _teachers(place, "Lærer 1", "Lærer 3")
    values = {"title": words.STIPEND, "why": words.STIPEND_WHY, "sought": Decimal(12_000)}
    actions.draft_application(
        call=call, applicant=first, values=values, by=_by(place, first), on=place.day(-3)
    )
    values = {"title": words.SECOND_STIPEND, "why": words.STIPEND_WHY, "sought": Decimal(9_000)}
    sent = actions.draft_application(
        call=call,
        applicant=second,
        values=values | {"talked_on": place.day(-8)},
        by=_by(place, second),
        on=place.day(-7),
    )
    actions.submit_application(application=sent, by=_by(place, second), on=place.day(-6))


def _needs(place: Place) -> None:
    """Two years in the old scheme, from need to report; and next year's in the new one, now in the forum."""
    by = place.by("adviser")
    schools = [place.school, *place.others]
    old = actions.start_need(
        scheme=_scheme(place, "dekom"),
        years=(2024, 2025),
        values={**words.OLD_NEED, "goal": place.goal("lesing")},
        schools=schools,
        by=by,
        on=date(2023, 12, 4),
    )
    for to, on, said in words.OLD_ROAD:
        old = actions.move_need(need=old, to=to, values=said, by=by, on=on)
    for row in old.years.all():
        actions.set_year(need=old, year=row, values=words.OLD_YEARS[row.year], by=by)
    year = place.today.year + 1
    new = actions.start_need(
        scheme=_scheme(place, "kollektiv-kompetanseutvikling"),
        years=(year, year + 1),
        values={**words.NEW_NEED, "goal": place.goal("regning")},
        schools=schools,
        by=by,
        on=place.day(-60),
    )
    for row in new.years.all():
        actions.set_year(
            need=new, year=row, values={"plan": words.NEW_PLAN, "sought": Decimal(450_000)}, by=by
        )
    for state, days in ((NeedState.PARTNERED, -40), (NeedState.SUBMITTED, -20), (NeedState.IN_FORUM, -9)):
        new = actions.move_need(need=new, to=state, by=by, on=place.day(days))


def _programmes(place: Place) -> None:
    """The project's schools, milestones and money; the schools of the partnership."""
    by = place.by("adviser")
    project = Programme.objects.get(owner=place.owner, key="leseloftet")
    partners = Programme.objects.get(owner=place.owner, key="ovingsskoler")
    for programme, schools in ((project, [place.school, *place.others[:2]]), (partners, [place.school])):
        for school in schools:
            _part(place, programme, "deltaker", {"school": school, "first_year": programme.first_year})
    steering = project.groups.get(name="Styringsgruppe")
    grant = project.grants.get()
    for title, days, is_reached in words.MILESTONES:
        values = {"title": title, "due_on": place.day(days), "group": steering, "role": "adviser"}
        row = _part(place, project, "milepel", values)
        if is_reached:
            programmes.move_milestone(milestone=row, to="reached", by=by, on=place.day(days))
    for what, days, amount in words.SPENDING:
        values = {"what": what, "on": place.day(days), "amount": Decimal(amount), "grant": grant}
        _part(place, project, "bruk", values)


def _part(place: Place, programme: Programme, kind: str, values: Mapping[str, Any]) -> Any:
    return programmes.add_part(
        programme=programme, kind=kind, values=values, by=place.by("adviser"), on=place.day(-5)
    )


def is_there(place: Place) -> bool:
    """Whether the story has been told."""
    return Application.objects.filter(owner=place.owner).exists()
