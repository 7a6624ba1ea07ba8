"""The political road: last year's report decided and followed, this year's on hearing."""

from datetime import date

from tettpaa.core.orgs.queries import bodies_of
from tettpaa.doors.demo.year import words
from tettpaa.doors.demo.year.place import Place
from tettpaa.report.annual import queries as annual
from tettpaa.report.annual.actions import freeze, start_report
from tettpaa.report.annual.models import AnnualReport
from tettpaa.report.decisions import actions
from tettpaa.report.decisions.models import CaseStep, DecisionItem, Hearing, PoliticalCase

FIRST_YEAR, SECOND_YEAR = 2023, 2024


def decide(place: Place) -> None:
    """Last year's report through committee, executive and council, and what has become of its points."""
    case = _case(place, FIRST_YEAR, days=-260)
    _write(place, case, days=-250)
    actions.submit_case(case=case, by=place.by("chief_executive"), at=place.at(-200))
    meetings = [
        step for step in case.steps.order_by("order") if step.kind in {"committee", "executive", "council"}
    ]
    for number, step in enumerate(meetings):
        _protocol(place, step, days=-180 + 14 * number)
    items = DecisionItem.objects.filter(protocol__step__case=case).order_by("number")
    for item, (state, text) in zip(items, words.BACK, strict=False):
        actions.report_back(
            item=item, state=state, text=text, by=place.by("head_of_schools"), on=place.day(-20)
        )


def _protocol(place: Place, step: CaseStep, days: int) -> None:
    points = [
        actions.NewItem(
            kind=kind, text=text, responsible_role=role, due_on=place.day(due) if role else None,
            goal=place.goal(goal) if goal else None,
        )
        for kind, text, role, due, goal in words.DECISIONS
    ]  # fmt: skip
    days = place.workday(days)
    protocol = actions.NewProtocol(
        met_on=place.day(days),
        present=25 if step.decides else 9,
        outcome="adopted" if step.decides else "recommended",
        text="Innstillingen ble vedtatt." if step.decides else "Innstillingen tiltres enstemmig.",
        number=f"{41 + step.order}/{place.day(days).year % 100}",
        votes_for=24 if step.decides else 9,
        votes_against=1 if step.decides else 0,
        items=points if step.decides else (),
    )
    actions.record_protocol(step=step, protocol=protocol, by=place.by("adviser"), at=place.at(days, 18))


def hear(place: Place) -> None:
    """This year's report: written, and on hearing now; two bodies have answered, one of them has its answer."""
    case = _case(place, SECOND_YEAR, days=-30)
    _write(place, case, days=-25)
    due_on = place.day(place.workday(16))
    _on_the_road(place, case, hearing=due_on)
    bodies = {body.key: body for body in bodies_of(place.owner)}
    question = "Hva mener dere om utkastet, og hva savner dere?"
    lead = place.by("adviser")
    for key in ("ungdomsrad", "fau", "elevrad"):
        actions.invite(
            case=case, body=bodies[key], question=question, due_on=due_on, by=lead, on=place.day(-14)
        )
    for key, text, changed in words.STATEMENTS:
        hearing = Hearing.objects.get(case=case, body=bodies[key])
        school = place.school if bodies[key].level == "school" else None
        role = bodies[key].role
        made = actions.answer_hearing(
            hearing=hearing, school=school, text=text, by=place.by(role), at=place.at(-5)
        )
        if changed:
            actions.say_what_changed(statement=made, changed=changed, by=lead, at=place.at(-2))


def _on_the_road(place: Place, case: PoliticalCase, hearing: date) -> None:
    """The leaders have talked the sketch through, and the step of the hearing is the day when the bodies answer."""
    lead = place.by("adviser")
    for step in case.steps.filter(kind="sketch"):
        actions.finish_step(step=step, on=place.day(place.workday(-21)), by=lead)
    for step in case.steps.filter(kind="consultation"):
        actions.plan_step(step=step, planned_on=hearing, by=lead)


def _case(place: Place, year: int, days: int) -> PoliticalCase:
    by = place.by("adviser")
    report = AnnualReport.objects.filter(owner=place.owner, year=year).first() or start_report(
        owner=place.owner, year=year, by=by
    )
    freeze(report=report, seen=annual.seen_digest(report), by=place.by("head_of_schools"))
    return actions.start_case(owner=place.owner, report=report, by=by, at=place.at(days))


def _write(place: Place, case: PoliticalCase, days: int) -> None:
    for part, text in words.CASE_TEXTS.items():
        actions.write_text(
            case=case, part=part, text=text, version=0, by=place.by("adviser"), at=place.at(days)
        )
