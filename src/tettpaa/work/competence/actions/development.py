"""Mentoring, leaders' studies, trade certificates, resource roles and what is spread at the school."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.states import NotAllowedError, move
from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.actions.telling import tell
from tettpaa.work.competence.enums import (
    MENTORSHIP_PATHS,
    RANKS,
    ROLE_PATHS,
    STUDY_PATHS,
    TRADE_PATHS,
    MentorshipState,
    RoleState,
    StudyState,
    TradeRoute,
    TradeState,
)
from tettpaa.work.competence.models import (
    AssistantQualification,
    Employee,
    LeaderStudy,
    MentorSession,
    Mentorship,
    ResourceArea,
    ResourceRole,
    Spread,
)

FULL_PRACTICE: Final = (
    60  # months: five years, a quarter more than an apprentice (OL § 23-2; practice.md § 7.3)
)
MOST_SCHOOLING: Final = 24
GOING: Final = (MentorshipState.OFFERED, MentorshipState.FIRST_YEAR, MentorshipState.SECOND_YEAR)


class NoMentorError(Exception):
    """Mentoring begins when there is a mentor, who is not the person or the person's own leader."""


class TooShortError(Exception):
    """The practice is shorter than the route asks. `lacking` is in months."""

    def __init__(self, lacking: int) -> None:
        super().__init__(str(lacking))
        self.lacking = lacking


class NotHereError(Exception):
    """The person does not belong to this place."""


@dataclass(frozen=True)
class MentorPlan:
    """What mentoring is to be. `hours` are the mentor's, for the two years together."""

    mentor: Employee | None
    plan: str = ""
    hours: int = 0


@transaction.atomic
def offer_mentoring(*, employee: Employee, wanted: MentorPlan, on: date | None = None, by: str) -> Mentorship:
    """Offer a newly educated teacher mentoring; the one that is offered or going stands. Raises NoMentorError."""
    standing = employee.mentorships.filter(state__in=GOING).first()
    if standing is not None:
        return standing
    _check_mentor(employee, wanted.mentor)
    row = Mentorship.objects.create(
        owner=employee.owner,
        school=employee.school,
        employee=employee,
        mentor=wanted.mentor,
        plan=wanted.plan,
        hours_planned=wanted.hours,
        offered_on=on or timezone.localdate(),
    )
    tell("competence.mentoring_offered", row.owner, "veiledning", row.pk, by)
    return row


def _check_mentor(employee: Employee, mentor: Employee | None) -> None:
    if mentor is None:
        return
    leads = mentor.role in RANKS and mentor.school_id == employee.school_id
    if mentor.pk == employee.pk or mentor.owner_id != employee.owner_id or leads:
        raise NoMentorError


@transaction.atomic
def write_mentoring(*, row: Mentorship, wanted: MentorPlan, by: str) -> Mentorship:
    """Change mentor, plan or hours. Raises NoMentorError."""
    _check_mentor(row.employee, wanted.mentor)
    row.mentor, row.plan, row.hours_planned = wanted.mentor, wanted.plan, wanted.hours
    row.version += 1
    row.save()
    tell("competence.mentoring_written", row.owner, "veiledning", row.pk, by)
    return row


@transaction.atomic
def move_mentoring(*, row: Mentorship, to: str, on: date | None = None, by: str) -> Mentorship:
    """One step: accepted (first year), second year, completed; declined or ended. NotAllowedError, NoMentorError."""
    held = (
        Mentorship.objects.select_for_update(of=("self",)).select_related("owner", "employee").get(pk=row.pk)
    )
    before = move(held, to, paths=MENTORSHIP_PATHS)
    day = on or timezone.localdate()
    if to == MentorshipState.FIRST_YEAR:
        if held.mentor_id is None:
            raise NoMentorError
        held.started_on = day
    if to in (MentorshipState.COMPLETED, MentorshipState.ENDED, MentorshipState.DECLINED):
        held.ended_on = day
    held.version += 1
    held.save()
    tell("competence.mentoring_moved", held.owner, "veiledning", held.pk, by, {"from": before, "to": to})
    return held


@dataclass(frozen=True)
class Talk:
    """One session; the note is for the two of them."""

    on: date
    minutes: int
    theme: str
    note: str = ""


@transaction.atomic
def add_session(*, row: Mentorship, talk: Talk, by: str) -> MentorSession:
    """The mentor writes down a talk while the mentoring is going. Raises NotAllowedError."""
    if row.state not in (MentorshipState.FIRST_YEAR, MentorshipState.SECOND_YEAR):
        raise NotAllowedError(row.state, "session")
    made = MentorSession.objects.create(
        owner=row.owner,
        mentorship=row,
        on=talk.on,
        minutes=talk.minutes,
        theme=talk.theme,
        note=talk.note,
        by=by,
    )
    tell("competence.mentoring_held", row.owner, "veiledning", row.pk, by, {"on": talk.on.isoformat()})
    return made


@dataclass(frozen=True)
class Study:
    """A leader's study. Credits are known from the programme: 30 for the principals' education, 15 for a module."""

    kind: str
    institution: str = ""
    credits: Decimal | None = None


@transaction.atomic
def start_study(*, employee: Employee, study: Study, on: date | None = None, by: str) -> LeaderStudy:
    """Somebody with responsibility for staff applies for the principals' education or a module."""
    row = LeaderStudy.objects.create(
        owner=employee.owner,
        school=employee.school,
        employee=employee,
        kind=study.kind,
        institution=study.institution,
        credits=study.credits,
        applied_on=on or timezone.localdate(),
    )
    tell("competence.study_started", row.owner, "rektorutdanning", row.pk, by, {"kind": study.kind})
    return row


@transaction.atomic
def move_study(*, row: LeaderStudy, to: str, on: date | None = None, by: str) -> LeaderStudy:
    """One step of a leader's study. Raises NotAllowedError."""
    held = LeaderStudy.objects.select_for_update(of=("self",)).select_related("owner").get(pk=row.pk)
    before = move(held, to, paths=STUDY_PATHS)
    day = on or timezone.localdate()
    if to == StudyState.STARTED:
        held.started_on = day
    if to in (StudyState.COMPLETED, StudyState.DROPPED, StudyState.REFUSED):
        held.ended_on = day
    held.version += 1
    held.save()
    tell("competence.study_moved", held.owner, "rektorutdanning", held.pk, by, {"from": before, "to": to})
    return held


@transaction.atomic
def start_trade_route(
    *,
    employee: Employee,
    route: str,
    practice_months: int = 0,
    schooling_months: int = 0,
    on: date | None = None,
    by: str,
) -> AssistantQualification:
    """An assistant sets out for a trade certificate. Schooling beyond 24 months is not deducted."""
    row = AssistantQualification.objects.create(
        owner=employee.owner,
        school=employee.school,
        employee=employee,
        route=route,
        practice_months=practice_months,
        schooling_months=min(schooling_months, MOST_SCHOOLING),
        registered_on=on or timezone.localdate(),
    )
    tell("competence.trade_started", row.owner, "fagbrev", row.pk, by, {"route": route})
    return row


def lacking_months(row: AssistantQualification) -> int:
    """Months of practice an experience candidate still lacks; the other route's length is the county's contract."""
    if row.route != TradeRoute.EXPERIENCE:
        return 0
    return max(0, FULL_PRACTICE - row.practice_months - min(row.schooling_months, MOST_SCHOOLING))


@transaction.atomic
def move_trade_route(
    *, row: AssistantQualification, to: str, on: date | None = None, by: str
) -> AssistantQualification:
    """One step on the way. Raises NotAllowedError, or TooShortError before the practice is long enough."""
    held = (
        AssistantQualification.objects.select_for_update(of=("self",)).select_related("owner").get(pk=row.pk)
    )
    before = move(held, to, paths=TRADE_PATHS[held.route])
    day = on or timezone.localdate()
    if to == TradeState.PRACTICE_APPROVED:
        if lacking_months(held):
            raise TooShortError(lacking_months(held))
        held.practice_on = day
    if to == TradeState.THEORY_PASSED:
        held.theory_on = day
    if to in (TradeState.PASSED, TradeState.STOPPED):
        held.ended_on = day
    held.version += 1
    held.save()
    tell("competence.trade_moved", held.owner, "fagbrev", held.pk, by, {"from": before, "to": to})
    return held


@dataclass(frozen=True)
class Appointment:
    """A resource role as it is given. An empty mandate means the area's own."""

    area: ResourceArea
    starts_on: date
    ends_on: date | None = None
    share: Decimal | None = None
    mandate: str = ""


@transaction.atomic
def appoint(*, employee: Employee, role: Appointment, by: str) -> ResourceRole:
    """Give somebody at a school a resource role. Raises NotHereError for somebody without a school, or an area of
    another owner."""
    if employee.school is None or role.area.owner_id != employee.owner_id:
        raise NotHereError
    row = ResourceRole.objects.create(
        owner=employee.owner,
        school=employee.school,
        employee=employee,
        area=role.area,
        mandate=role.mandate or role.area.text,
        share=role.share,
        starts_on=role.starts_on,
        ends_on=role.ends_on,
    )
    tell("competence.role_given", row.owner, "ressursrolle", row.pk, by, {"area": role.area.key})
    return row


@transaction.atomic
def move_role(*, row: ResourceRole, to: str, on: date | None = None, by: str) -> ResourceRole:
    """Begin or end a role. Raises NotAllowedError."""
    held = ResourceRole.objects.select_for_update(of=("self",)).select_related("owner").get(pk=row.pk)
    before = move(held, to, paths=ROLE_PATHS)
    if to == RoleState.ENDED:
        held.ends_on = max(on or timezone.localdate(), held.starts_on)
    held.version += 1
    held.save()
    tell("competence.role_moved", held.owner, "ressursrolle", held.pk, by, {"from": before, "to": to})
    return held


@dataclass(frozen=True)
class Told:
    """What was spread: when, what, to whom (a group, never a name)."""

    on: date
    what: str
    to_whom: str = ""
    area: ResourceArea | None = None
    source: str = ""


@transaction.atomic
def tell_spread(*, school: Unit, told: Told, role: ResourceRole | None = None, by: str) -> Spread:
    """Write down what was spread at a school; with a `source` once a person. Raises NotHereError."""
    if school.parent is None or (role is not None and role.school_id != school.pk):
        raise NotHereError
    area = told.area or (role.area if role else None)
    values: dict[str, object] = {"owner": school.parent, "role": role, "area": area, "on": told.on}
    values |= {"what": told.what, "to_whom": told.to_whom}
    if told.source:
        row, made = Spread.objects.get_or_create(school=school, source=told.source, by=by, defaults=values)
    else:
        row, made = Spread.objects.create(school=school, by=by, **values), True
    if made:
        tell("competence.spread_told", row.owner, "spredning", row.pk, by)
    return row
