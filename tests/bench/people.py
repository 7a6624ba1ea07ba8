"""The lists of people at an owner with 3,000 staff at the schools and as many of its own: rows in bulk, and the pages.

Part of the bench of offers (`tests.bench.offers`), which makes the staff of the schools.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tettpaa.core.orgs.models import Unit

YEARS_BACK = 3
SUBJECTS = ("norsk", "matematikk", "engelsk", "musikk")


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each: `line` in each offer's line, `members` in each network, `own` staff of the owner itself."""

    offers: int = 300
    employees: int = 3000
    line: int = 100
    networks: int = 40
    members: int = 60
    own: int = 3000
    deviations: int = 300
    applications: int = 300


FULL = Size()


def fill(owner: "Unit", people: list[Any], size: Size) -> None:
    """Teaching with gaps, qualifications, mentoring, roles, deviations, and calls with three years behind them."""
    _own_staff(owner, size)
    _teaching(owner, people)
    _development(owner, people)
    _deviations(owner, people[: 2 * size.deviations])
    _applications(owner, people, size)


def _own_staff(owner: "Unit", size: Size) -> None:
    from tettpaa.work.competence.models import Employee

    rows = (
        Employee(
            owner=owner, service="barnehage", name=f"Barnehageansatt {number}", role="other",
            email=f"barnehage{number}@bench.example", active_from=date(2020, 8, 1),
            active_to=date(2024, 7, 31) if number % 10 == 0 else None,
        )
        for number in range(size.own)
    )  # fmt: skip
    Employee.objects.bulk_create(rows, batch_size=500)


def _teaching(owner: "Unit", people: list[Any]) -> None:
    from django.utils import timezone

    from tettpaa.work.competence.models import Qualification, Teaching
    from tettpaa.work.competence.requirements import school_year

    year = school_year(timezone.localdate())
    Teaching.objects.bulk_create(
        (
            Teaching(
                owner=owner, school=one.school, employee=one, year=year, stage="primary",
                subject=SUBJECTS[(number + nth) % 4], standing=("gap", "met", "met", "exempt")[(number + 3 * nth) % 4],
            )
            for number, one in enumerate(people)
            for nth in range(3)
        ),
        batch_size=1000,
    )  # fmt: skip
    Qualification.objects.bulk_create(
        (
            Qualification(
                owner=owner, employee=one, subject=SUBJECTS[nth], credits=Decimal(15 * (nth + 1)), source="Vitnemål"
            )
            for one in people
            for nth in range(3)
        ),
        batch_size=1000,
    )  # fmt: skip


def _development(owner: "Unit", people: list[Any]) -> None:
    from django.utils import timezone

    from tettpaa.work.competence.models import (
        Employee,
        MentorSession,
        Mentorship,
        ResourceArea,
        ResourceRole,
        Spread,
    )

    today = timezone.localdate()
    new = people[::10]
    Employee.objects.filter(pk__in=[one.pk for one in new]).update(
        newly_educated_on=today - timedelta(days=100)
    )
    made = Mentorship.objects.bulk_create(
        Mentorship(
            owner=owner,
            school=one.school,
            employee=one,
            mentor=people[at],
            state="first_year",
            offered_on=today,
        )
        for at, one in enumerate(new)
        if one != people[at]
    )
    MentorSession.objects.bulk_create(
        (
            MentorSession(owner=owner, mentorship=one, on=today, minutes=45, theme="Vurdering", by="bench")
            for one in made
            for _nth in range(20)
        ),
        batch_size=1000,
    )
    area = ResourceArea.objects.filter(owner=owner).first()
    assert area is not None
    ResourceRole.objects.bulk_create(
        ResourceRole(owner=owner, school=one.school, employee=one, area=area, state="active", starts_on=today)
        for one in people[::20]
    )
    Spread.objects.bulk_create(
        Spread(owner=owner, school=one.school, area=area, on=today, what="Delt", by="bench")
        for one in people[::5]
    )


def _deviations(owner: "Unit", people: list[Any]) -> None:
    from django.utils import timezone

    from tettpaa.work.competence.models import Deviation
    from tettpaa.work.competence.requirements import school_year

    today = timezone.localdate()
    Deviation.objects.bulk_create(
        Deviation(
            owner=owner, school=one.school, employee=one, year=school_year(today), subject="norsk", stage="primary",
            state="proposed" if number % 2 else "decided", reason="Ingen andre.", proposed_by="bench", proposed_on=today,
            decided_by="" if number % 2 else "bench", decided_on=None if number % 2 else today,
        )
        for number, one in enumerate(people)
    )  # fmt: skip


def _applications(owner: "Unit", people: list[Any], size: Size) -> None:
    """A call that is ranked, one that waits for the leaders, and three years of what was granted."""
    from django.utils import timezone

    from tettpaa.work.funds.models import Application, Call, Scheme

    year = timezone.localdate().year + 2
    scheme = Scheme.objects.create(owner=owner, key="bench", kind="study", name="Videreutdanning, måling")
    states = [("ranking", "spoken"), *(("closed", "passed") for _year in range(YEARS_BACK))]
    calls = [
        (
            Call.objects.create(
                owner=owner, scheme=scheme, year=year - back, state=state, rules=["gap", "fair"]
            ),
            of,
        )
        for back, (state, of) in enumerate(states)
    ]
    calls.append((Call.objects.create(owner=owner, scheme=scheme, year=year + 1, state="open"), "submitted"))
    Application.objects.bulk_create(
        (
            Application(
                owner=owner, school=people[at * 7].school, call=call, is_personal=True, employee=people[at * 7],
                number=at + 1, state=state, title=f"Studium {at}", subject=SUBJECTS[at % 3], credits=Decimal(30),
                first_choice="substitute", place=None if state == "submitted" else at + 1, place_reason="Etter reglene.",
            )
            for call, state in calls
            for at in range(size.applications)
        ),
        batch_size=500,
    )  # fmt: skip


def pages(owner: str, school: str, who: dict[str, str]) -> list[tuple[str, str, str]]:
    """(name, who, address); `who` has the addresses of a teacher, a principal and the head of schools."""
    from tettpaa.core.orgs.queries import unit_by_code
    from tettpaa.work.competence.models import Employee, Mentorship
    from tettpaa.work.funds.models import Call

    place = unit_by_code(school)
    one = Employee.objects.filter(school=place, name__startswith="Ansatt").first()
    mentoring = Mentorship.objects.filter(school=place, employee__name__startswith="Ansatt").first()
    call = Call.objects.get(scheme__key="bench", state="ranking")
    assert one is not None
    assert mentoring is not None
    teacher, head, chief = who["teacher"], who["principal"], who["head"]
    return [
        ("staff of a school", head, f"/{owner}/skoler/{school}/kompetanse/"),
        ("the owner's own staff", chief, f"/{owner}/kompetanse/ansatte/"),
        ("the owner's own staff, last page", chief, f"/{owner}/kompetanse/ansatte/?side=54"),
        ("coverage and roles", chief, f"/{owner}/kompetanse/dekning/"),
        ("coverage, for a reader", teacher, f"/{owner}/kompetanse/dekning/"),
        ("deviations", chief, f"/{owner}/kompetanse/fravik/"),
        ("record with gaps", head, f"/{owner}/kompetanse/ansatte/{one.pk}/"),
        ("own competence", teacher, f"/{owner}/kompetanse/min/"),
        ("mentoring", head, f"/{owner}/kompetanse/veiledning/{mentoring.pk}/"),
        ("resource roles of a school", head, f"/{owner}/skoler/{school}/kompetanse/ressurser/"),
        ("applications of a school's staff", head, f"/{owner}/skoler/{school}/midler/"),
        ("ranking board", chief, f"/{owner}/midler/runde/{call.pk}/prioriter/"),
        ("ranking board, last page", chief, f"/{owner}/midler/runde/{call.pk}/prioriter/?side=6"),
        ("applications and funds", teacher, f"/{owner}/midler/"),
    ]
