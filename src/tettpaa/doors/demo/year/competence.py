"""Competence in the story: people at every school, a gap and a deviation, a new teacher with a mentor, a resource
teacher, walks, the plan of the year and the next. Roles and schools, no invented persons."""

from datetime import date, timedelta
from decimal import Decimal

from tettpaa.core.orgs.models import Unit
from tettpaa.doors.demo.year import competence_words as words
from tettpaa.doors.demo.year.place import Place
from tettpaa.work.competence import actions
from tettpaa.work.competence.actions import NewEmployee
from tettpaa.work.competence.enums import Employment, WalkState
from tettpaa.work.competence.models import ClassroomWalk, CompetencePlan, Employee, ResourceArea
from tettpaa.work.competence.queries import plan_areas
from tettpaa.work.plans.models import Goal

BEGAN = date(2019, 8, 1)
TEACHERS = (7, 4)  # at the school of the story, and at each of the others
ENOUGH = Decimal(60)


def employ(place: Place) -> None:
    """Everybody who works at the schools, what they teach, and what they hold."""
    lead = place.by("head_of_schools")
    for role, kind in (("head_of_schools", "unit_leader"), ("adviser", "adviser")):
        _add(place, None, words.TITLES[role], place.by(role), kind)
    for school in [place.school, *place.others]:
        head = place.head(school)
        is_first = school.pk == place.school.pk
        email = head if is_first or _is_free(place, head) else ""
        _add(place, school, f"Rektor, {school.label}", email, "principal")
        for number in range(1, TEACHERS[not is_first] + 1):
            _teacher(place, school, number, "" if not is_first else _email(place, number), head)
        _add(place, school, f"Assistent, {school.label}", "", "assistant")
    _add(
        place,
        place.school,
        f"Avdelingsleder, {place.school.label}",
        place.by("department_head"),
        "department_head",
    )
    _leaders(place, lead)


def _is_free(place: Place, email: str) -> bool:
    """One e-mail is one person: the second principal of the story stands at the first of the other schools."""
    return not Employee.objects.filter(owner=place.owner, email=email).exists()


def _email(place: Place, number: int) -> str:
    """The first teacher at the school of the story signs in; the others answer self-assessments."""
    if number == 1:
        return place.people.get("teacher", "")
    return place.staff[number - 2].email if number - 2 < len(place.staff) else ""


def _add(
    place: Place, school: Unit | None, name: str, email: str, role: str, more: NewEmployee | None = None
) -> Employee:
    return actions.add_employee(
        owner=place.owner,
        school=school,
        name=name,
        email=email,
        role=role,
        by=place.head(school),
        more=more or NewEmployee(active_from=BEGAN),
    )


def _teacher(place: Place, school: Unit, number: int, email: str, by: str) -> None:
    """Each teaches three subjects. Number 2 is newly educated, 3 and 4 lack credits in one, 5 is a general teacher,
    6 is a substitute."""
    new = place.day(-150) if number == 2 else None
    is_substitute = number == 6
    begun = {2: place.day(-100), 6: date(place.school_year, 8, 1)}
    more = NewEmployee(
        active_from=begun.get(number, BEGAN),
        newly_educated_on=new,
        employment=Employment.TEMPORARY if is_substitute else Employment.PERMANENT,
        employment_until=date(place.school_year + 1, 7, 31) if is_substitute else None,
        has_teacher_education=not is_substitute,
    )
    row = _add(place, school, f"Lærer {number}, {school.label}", email, "teacher", more)
    stage = "lower_secondary" if (school.grade_from or 1) >= 8 else "primary"
    subjects = ("norsk", "matematikk", "engelsk")
    held = [subject for subject in subjects if not _lacks(number, subject)]
    for subject in held:
        actions.add_qualification(
            employee=row, subject=subject, credits=ENOUGH, source="Lærerutdanning", by=by, obtained_on=BEGAN
        )
    if number == 5:
        actions.add_exemption(employee=row, ground="general_teacher", documented_by="Vitnemål", by=by)
    actions.set_teaching(
        employee=row, year=place.school_year, rows=[(subject, stage) for subject in subjects], by=by
    )


def _lacks(number: int, subject: str) -> bool:
    return (number, subject) in {(3, "matematikk"), (4, "engelsk"), (5, "norsk"), (6, "norsk")}


def _leaders(place: Place, by: str) -> None:
    """Three principals have the principals' education, one is taking it; an assistant is on the way."""
    heads = list(Employee.objects.filter(owner=place.owner, role="principal"))
    study = actions.Study("state", "", Decimal(30))
    for number, head in enumerate(heads):
        made = actions.start_study(employee=head, study=study, on=place.day(-700), by=by)
        made = actions.move_study(row=made, to="granted", on=place.day(-640), by=by)
        made = actions.move_study(row=made, to="started", on=place.day(-450), by=by)
        if number < 3:
            actions.move_study(row=made, to="completed", on=place.day(-120), by=by)
    for number, assistant in enumerate(Employee.objects.filter(owner=place.owner, role="assistant")):
        route = "experience" if number % 2 == 0 else "on_the_job"
        row = actions.start_trade_route(
            employee=assistant, route=route, practice_months=62, on=place.day(-300), by=by
        )
        if number < 2:
            actions.move_trade_route(row=row, to="practice_approved", on=place.day(-200), by=by)


def deviate(place: Place) -> None:
    """One deviation is decided for the year, one waits for the owner."""
    lead = place.by("head_of_schools")
    first = Employee.objects.get(owner=place.owner, school=place.school, name__startswith="Lærer 3,")
    asked = actions.Proposed(place.school_year, "matematikk", "primary", words.REASON, words.TRIED)
    made = actions.propose_deviation(employee=first, asked=asked, on=place.day(-90), by=place.by("principal"))
    actions.decide_deviation(deviation=made, to="decided", reason=words.DECISION, on=place.day(-80), by=lead)
    if place.others:
        school = place.others[0]
        other = Employee.objects.get(owner=place.owner, school=school, name__startswith="Lærer 4,")
        stage = other.teaching.filter(subject="engelsk").values_list("stage", flat=True)[0]
        asked = actions.Proposed(place.school_year, "engelsk", stage, words.REASON)
        actions.propose_deviation(employee=other, asked=asked, on=place.day(-6), by=place.head(school))


def mentor(place: Place) -> None:
    """The new teachers are offered mentoring; at the story's school it has gone on since August."""
    for school in [place.school, *place.others]:
        new = Employee.objects.get(owner=place.owner, school=school, name__startswith="Lærer 2,")
        old = Employee.objects.get(owner=place.owner, school=school, name__startswith="Lærer 1,")
        wanted = actions.MentorPlan(old, words.MENTOR_PLAN, 60)
        row = actions.offer_mentoring(employee=new, wanted=wanted, on=place.day(-95), by=place.head(school))
        row = actions.move_mentoring(row=row, to="first_year", on=place.day(-90), by=place.head(school))
        for days, theme in words.TALKS:
            talk = actions.Talk(place.day(days), 45, theme, words.TALK_NOTE)
            actions.add_session(row=row, talk=talk, by=old.email or place.head(school))


def give_roles(place: Place) -> None:
    """Reading advisers at the schools, and what they have spread."""
    area = ResourceArea.objects.get(owner=place.owner, key="lesing")
    for school in [place.school, *place.others][:4]:
        person = Employee.objects.get(owner=place.owner, school=school, name__startswith="Lærer 1,")
        role = actions.Appointment(area, place.day(-110), share=Decimal(10))
        row = actions.appoint(employee=person, role=role, by=place.head(school))
        row = actions.move_role(row=row, to="active", by=place.head(school))
        for days, what, whom in words.SPREADS:
            told = actions.Told(place.day(days), what, whom)
            actions.tell_spread(school=school, told=told, role=row, by=person.email or place.head(school))


def walk(place: Place) -> None:
    """A round of walks that staff and unions have agreed on; six are talked through, one is told of."""
    by = place.by("principal")
    wanted = actions.NewRound(*words.ROUND, place.day(-70), place.day(60))
    row = actions.start_round(owner=place.owner, school=place.school, wanted=wanted, by=by)
    row = actions.agree_round(row=row, with_staff=place.day(-75), with_unions=place.day(-73), by=by)
    people = Employee.objects.filter(owner=place.owner, school=place.school, role="teacher").order_by("name")
    for number, teacher in enumerate(people[:6]):
        made = actions.plan_walk(
            row=row,
            teacher=teacher,
            wanted=actions.NewWalk(place.day(place.workday(-40 + 4 * number)), 5),
            by=by,
        )
        _finish(made, number, by)
    actions.tell_pattern(row=row, text=words.PATTERN, on=place.day(-8), by=by)
    again = actions.plan_walk(
        row=row, teacher=people[0], wanted=actions.NewWalk(place.day(place.workday(9)), 5), by=by
    )
    actions.move_walk(walk=again, to=WalkState.NOTIFIED, by=by)


def _finish(made: ClassroomWalk, number: int, by: str) -> None:
    made = actions.move_walk(walk=made, to=WalkState.NOTIFIED, by=by)
    made = actions.move_walk(walk=made, to=WalkState.DONE, by=by)
    actions.hand_over_note(walk=made, seen=words.SEEN, worked=words.WORKED, question=words.QUESTION, by=by)
    step = words.NEXT_STEPS[number % len(words.NEXT_STEPS)]
    made = actions.move_walk(walk=made, to=WalkState.TALKED, next_step=step, by=by)
    actions.move_walk(walk=made, to=WalkState.CLOSED, by=by)


def guide(place: Place) -> None:
    """Two colleagues guide each other."""
    names = ("Lærer 1,", "Lærer 3,")
    members = [
        Employee.objects.get(owner=place.owner, school=place.school, name__startswith=name) for name in names
    ]
    by = members[0].email or place.by("principal")
    row = actions.start_guidance(members=members, theme=words.GUIDANCE, on=place.day(-30), by=by)
    actions.add_peer_session(row=row, kind="before", on=place.day(-28), by=by)
    actions.add_peer_session(row=row, kind="observation", on=place.day(-21), by=by)
    actions.write_peer_note(row=row, author=members[0], text=words.PEER_NOTE, by=by)


def plan(place: Place) -> None:
    """Last year's plan is evaluated, this year's is in use, and next year's is begun."""
    lead, year = place.by("head_of_schools"), place.school_year
    last = _adopted(place, year - 1, place.day(-500))
    last = actions.move_plan(plan=last, to="in_use", by=lead)
    outcomes = {area.pk: words.OUTCOME for area in plan_areas(place.owner, year - 1)}
    judged = actions.Judged(words.EVALUATION, place.day(-150), outcomes)
    actions.evaluate_plan(plan=last, judged=judged, by=lead)
    now = _adopted(place, year, place.day(-160))
    actions.move_plan(plan=now, to="in_use", by=lead)
    coming = actions.start_plan(owner=place.owner, year=year + 1, by=lead)
    actions.gather_needs(plan=coming, by=lead)
    actions.tell_need(plan=coming, school=place.school, text=words.NEED, by=place.by("principal"))


def _adopted(place: Place, year: int, on: date) -> CompetencePlan:
    """A plan with its areas tied to the goals, discussed and adopted."""
    lead = place.by("head_of_schools")
    made = actions.start_plan(owner=place.owner, year=year, by=lead)
    goals: dict[str, Goal | None] = {"stotte": place.goal("stotte"), "lesing": place.goal("lesing")}
    for area in plan_areas(place.owner, year):
        area.goal, area.what = goals.get(area.key), words.WHAT.get(area.key, "")
        actions.save_area(area=area, version=area.version, fields=("goal", "what"), by=lead)
    actions.gather_needs(plan=made, on=on - timedelta(days=40), by=lead)
    talked = actions.Talked(on - timedelta(days=20), "De tillitsvalgte", words.SAID, words.CHANGED)
    actions.discuss(plan=made, talked=talked, by=lead)
    actions.move_plan(plan=made, to="discussed", by=lead)
    return actions.move_plan(plan=made, to="adopted", on=on, by=lead)


def live(place: Place) -> None:
    """The whole of it, in the order in which it is lived."""
    for step in (employ, deviate, mentor, give_roles, walk, guide, plan):
        step(place)


def is_there(place: Place) -> bool:
    return CompetencePlan.objects.filter(owner=place.owner).exists()
