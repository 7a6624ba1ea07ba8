"""Staff, schemes, calls and applications for the tests, by the rooms' own actions."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from tests.factories.cast import Cast
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import Viewer, load_viewer
from tettpaa.work.competence.actions import add_employee, set_teaching
from tettpaa.work.competence.models import Employee
from tettpaa.work.funds import actions
from tettpaa.work.funds.actions import Said, Word
from tettpaa.work.funds.enums import CallState, Form, SchemeKind, State
from tettpaa.work.funds.models import Application, Call, Scheme, SchemeDate

BERIT, AUD, CARL, VERA = (f"{name}@example.test" for name in ("berit", "aud", "carl", "vera"))
WITHIN = date(2027, 2, 10)  # inside the call of 2027


def at(name: str, *args: object) -> str:
    return reverse(f"funds:{name}", args=["9901", *args])


def viewer_of(cast: Cast, name: str) -> Viewer:
    return load_viewer(cast.users[name], WITHIN)


def employ(cast: Cast, name: str, school: Unit | None, role: str = "teacher") -> Employee:
    """Somebody on the staff; of the cast when the name is there."""
    return add_employee(
        owner=cast.fjordvik,
        school=school,
        name=name.title(),
        email=f"{name}@example.test",
        role=role,
        by=BERIT,
    )


def teach(person: Employee, subject: str, year: int = 2026) -> None:
    """The person teaches the subject in grades 8-10 without any credits: a gap."""
    set_teaching(employee=person, year=year, rows=[(subject, "lower_secondary")], by=BERIT)


def scheme_of(cast: Cast, kind: SchemeKind = SchemeKind.STUDY, **changes: Any) -> Scheme:
    values = {"name": "Kompetanse for kvalitet", "rules": ["gap", "goal", "fair", "school"]} | changes
    dates = [
        SchemeDate(kind="opens", month=2, day=1),
        SchemeDate(kind="apply", month=3, day=1),
        SchemeDate(kind="rank", month=3, day=15),
        SchemeDate(kind="pay_autumn", month=10),
        SchemeDate(kind="confirm_spring", month=3, day=15, years_after=1),
    ]
    return actions.add_scheme(
        owner=cast.fjordvik, key=f"{kind}", kind=kind, values=values, dates=dates, by=BERIT
    )


def call_of(cast: Cast, kind: SchemeKind = SchemeKind.STUDY, year: int = 2027, **values: Any) -> Call:
    """An open call with its scheme."""
    scheme = Scheme.objects.filter(owner=cast.fjordvik, key=f"{kind}").first() or scheme_of(cast, kind)
    made = actions.plan_call(scheme=scheme, year=year, values=values, by=BERIT)
    return actions.move_call(call=made, to=CallState.OPEN, by=BERIT)


STUDY: dict[str, Any] = {
    "title": "Engelsk 1", "institution": "Høgskolen", "subject": "engelsk", "credits": Decimal(30),
    "first_choice": Form.SUBSTITUTE, "second_choice": Form.STIPEND, "why": "Jeg vil lære mer.", "talked_on": date(2027, 2, 1),
}  # fmt: skip


def draft(call: Call, applicant: Employee | Unit, by: str = CARL, **changes: Any) -> Application:
    values = STUDY | changes if call.scheme.kind == SchemeKind.STUDY else changes
    return actions.draft_application(
        call=call, applicant=applicant, values={"title": "Søknad"} | values, by=by, on=WITHIN
    )


def send(call: Call, applicant: Employee | Unit, by: str = CARL, **changes: Any) -> Application:
    return actions.submit_application(application=draft(call, applicant, by, **changes), by=by, on=WITHIN)


def spoken(call: Call, person: Employee, place: int | None = None, **changes: Any) -> Application:
    """Sent, and the leader has said yes."""
    made = send(call, person, **changes)
    return actions.speak(application=made, word=Word(True, "Skolen trenger det.", place), by=AUD, on=WITHIN)


def ranked(call: Call) -> Call:
    """The call lies ready to be ranked."""
    return actions.move_call(call=call, to=CallState.RANKING, by=BERIT, on=date(2027, 3, 2))


def approved(call: Call) -> Call:
    return actions.move_call(call=ranked(call), to=CallState.RANKED, by=BERIT, on=date(2027, 3, 14))


def walk(application: Application, *states: State, **said: Any) -> Application:
    """Take the steps one after the other."""
    for state in states:
        application = actions.move_application(
            application=application, to=state, by=BERIT, said=Said(reason="Fordi", after_drop="repay", **said)
        )
    return application
