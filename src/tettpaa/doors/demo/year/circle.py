"""People of the story about courses and networks, by role: resource teachers, and those of the demo who can sign in."""

from collections.abc import Sequence
from dataclasses import dataclass

from tettpaa.core.accounts.queries import user_by_email
from tettpaa.core.orgs.models import Unit
from tettpaa.doors.demo.people import DOMAIN
from tettpaa.doors.demo.year.place import Place
from tettpaa.work.competence.actions import NewEmployee, add_employee
from tettpaa.work.competence.models import Employee

COLLEAGUES = 10
ROLES = {
    "head_of_schools": "other",
    "adviser": "adviser",
    "principal": "principal",
    "department_head": "department_head",
    "other_principal": "principal",
    "teacher": "teacher",
}


@dataclass(frozen=True)
class Circle:
    """Who the story is about. `colleagues` are teachers at the school of the story and the others, in turn."""

    adviser: Employee
    head: Employee
    principal: Employee
    other_principal: Employee
    department_head: Employee
    colleagues: Sequence[Employee]
    teacher: Employee

    @property
    def line(self) -> list[Employee]:
        """Those who sign up for the reading network, in the order they do it: the teacher of the demo is the third."""
        first, second, *rest = self.colleagues
        return [first, second, self.teacher, *rest]


def circle_of(place: Place) -> Circle:
    """Everybody as staff; those who are there already stay as they are."""
    schools = [place.school, *place.others]
    colleagues = [_colleague(place, schools[number % len(schools)], number) for number in range(COLLEAGUES)]
    other = place.others[0] if place.others else place.school
    found = {
        role: _account(place, role, school)
        for role, school in (
            ("head_of_schools", None),
            ("adviser", None),
            ("principal", place.school),
            ("other_principal", other),
            ("department_head", place.school),
        )
    }
    return Circle(
        adviser=found["adviser"],
        head=found["head_of_schools"],
        principal=found["principal"],
        other_principal=found["other_principal"],
        department_head=found["department_head"],
        colleagues=colleagues,
        teacher=_account(place, "teacher", place.school)
        if "teacher" in place.people
        else _colleague(place, place.school, COLLEAGUES),
    )


def _account(place: Place, role: str, school: Unit | None) -> Employee:
    """Somebody who signs in, as one of the staff."""
    email = place.by(role)
    user = user_by_email(email)
    return _employ(place, school, user.name if user else email, email, ROLES[role])


def _employ(place: Place, school: Unit | None, name: str, email: str, role: str = "teacher") -> Employee:
    return add_employee(
        owner=place.owner,
        school=school,
        name=name,
        email=email,
        role=role,
        by=place.by("adviser"),
        more=NewEmployee(active_from=place.day(-1500)),
    )


def _colleague(place: Place, school: Unit, number: int) -> Employee:
    """A resource teacher, by role and place. Nobody signs in as them."""
    email = f"ressurslaerer{number + 1}.{place.owner.code}@{DOMAIN}"
    return _employ(place, school, f"Ressurslærer {number + 1}, {school.label}", email)
