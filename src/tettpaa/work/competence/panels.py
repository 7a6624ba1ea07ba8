"""What the room shows on others' pages: its link of the thread, lines of the front pages, a part of the package."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.ui.panels import Asked, Item, Knot, Link, PackagePart, Words
from tettpaa.work.agreements.enums import LIVING, WordingState
from tettpaa.work.agreements.models import CompetenceNeed
from tettpaa.work.competence import shelves
from tettpaa.work.competence.access import is_union, may_decide, rank_at
from tettpaa.work.competence.counts import shown
from tettpaa.work.competence.enums import (
    MENTORED,
    PUBLISHED_PLANS,
    DeviationState,
    MentorshipState,
    PlanState,
    Standing,
    WalkState,
)
from tettpaa.work.competence.models import (
    ClassroomWalk,
    CompetencePlan,
    Deviation,
    Employee,
    Mentorship,
    PlanArea,
    ResourceRole,
    Spread,
    Teaching,
    WalkRound,
)
from tettpaa.work.competence.queries.counting import gaps
from tettpaa.work.competence.queries.coverage import newly_educated, roles_on
from tettpaa.work.competence.queries.frame import frame_of, resource_areas
from tettpaa.work.competence.requirements import school_year

type State = Literal["there", "missing", "later"]
TALK_WITHIN = timedelta(hours=48)
SUMMER = timedelta(days=60)


def competence_knot(asked: Asked) -> Knot | None:
    """`Vi lærer mer om Lesing i alle fag.` An agreement that asks for competence nobody plans is what is missing."""
    if asked.goal is None or not asked.viewer.may(Permission.COMPETENCE_READ, asked.owner):
        return None
    area = _areas(asked).filter(goal=asked.goal).first()
    if area is not None:
        address = reverse("competence:one", args=[asked.owner.code, area.plan_id]) + "#omraader"
        words = (Words(_("Vi lærer mer om ")), Words(area.title, address), Words("."))
        return Knot(Link.COMPETENCE, "there", words, tuple(_facts(asked)))
    if asked.goal not in {goal for _school, goal in _asked_for(asked)}:
        return None
    may_edit = asked.viewer.may(Permission.COMPETENCE_EDIT, asked.owner)
    act = Words(_("Legg det inn i kompetanseplanen"), reverse("competence:plans", args=[asked.owner.code]))
    return Knot(Link.COMPETENCE, "missing", (), whose=_("Skoleeier"), act=act if may_edit else None)


def _facts(asked: Asked) -> Iterator[str]:
    year = school_year(asked.today)
    lines = shelves.offers(asked.viewer, asked.owner, year)
    serving = sum(1 for line in lines if line.goal == asked.goal)
    if serving:
        yield ngettext("%(n)s tilbud i år", "%(n)s tilbud i år", serving) % {"n": serving}
    if asked.school is not None:
        told = Spread.objects.filter(school=asked.school, on__gte=date(year, 8, 1)).count()
        if told:
            yield ngettext("Delt på skolen én gang i år", "Delt på skolen %(n)s ganger i år", told) % {
                "n": told
            }


def _areas(asked: Asked) -> Any:
    """Areas of this school year's adopted plan, and of the one before it."""
    year = school_year(asked.today)
    rows = PlanArea.objects.filter(owner=asked.owner, plan__state__in=sorted(PUBLISHED_PLANS))
    return (
        rows.filter(plan__year__in=[year, year - 1]).select_related("plan").order_by("-plan__year", "order")
    )


def _asked_for(asked: Asked) -> set[tuple[int, UUID]]:
    """(school, goal) of living agreements that say that somebody must learn something. One query."""
    rows = CompetenceNeed.objects.filter(
        wording__agreement__owner=asked.owner,
        wording__agreement__state__in=LIVING,
        wording__state=WordingState.IN_FORCE,
        wording__agreementgoals__goal__isnull=False,
    )
    if asked.school is not None:
        rows = rows.filter(wording__agreement__school=asked.school)
    if not asked.viewer.may(Permission.AGREEMENTS_READ, asked.school or asked.owner):
        return set()
    return set(rows.values_list("wording__agreement__school", "wording__agreementgoals__goal").distinct())


def competence_states(asked: Asked) -> dict[tuple[int, UUID], State]:
    """Every thread whose goal an area of the plan serves, and those whose agreement asks for what is not planned.
    Two queries, and the schools."""
    if not asked.viewer.may(Permission.COMPETENCE_READ, asked.owner):
        return {}
    found: dict[tuple[int, UUID], State] = dict.fromkeys(_asked_for(asked), "missing")
    goals = set(_areas(asked).filter(goal__isnull=False).values_list("goal", flat=True))
    schools = [asked.school] if asked.school else asked.schools
    found |= {(school.pk, goal): "there" for school in schools for goal in goals}
    return found


def items(asked: Asked) -> list[Item]:
    """What waits: for oneself, for the leader (counts, no names), for the owner's head, for the unions."""
    found = [*_own(asked), *_of_plan(asked)]
    if may_decide(asked.viewer, asked.owner) and asked.school is None:
        found += _to_decide(asked)
    if asked.school is not None and rank_at(asked.viewer, asked.owner, asked.school):
        found += _of_leader(asked, asked.school)
    return found


def _own(asked: Asked) -> Iterator[Item]:
    """A walk one has been told of, an offer of mentoring to answer, and talks with somebody one mentors."""
    if not asked.viewer.email:
        return
    yield from _mentoring(asked)
    mine = ClassroomWalk.objects.filter(
        owner=asked.owner, teacher__email=asked.viewer.email.lower(), state=WalkState.NOTIFIED
    )
    for walk in mine.select_related("round", "school"):
        address = reverse("competence:walk", args=[asked.owner.code, walk.school.code, walk.pk])
        title = _("Klassevandring: %(theme)s") % {"theme": walk.round.theme}
        yield Item("due", title, address, when=walk.on, place=walk.school.label)


def _mentoring(asked: Asked) -> Iterator[Item]:
    """For the new teacher an offer with a mentor; for the mentor a mentoring that goes and has had no talk yet."""
    email = asked.viewer.email.lower()
    offer = Q(employee__email=email, state=MentorshipState.OFFERED, mentor__isnull=False)
    begun = Q(mentor__email=email, state=MentorshipState.FIRST_YEAR, sessions=None)
    for row in Mentorship.objects.filter(offer | begun, owner=asked.owner).select_related("employee"):
        address = reverse("competence:mentoring", args=[asked.owner.code, row.pk])
        if row.state == MentorshipState.OFFERED:
            title = _("Svar på tilbudet om veiledning")
            yield Item("waiting", title, address, when=row.offered_on, mine=True)
        else:
            title = _("Hold den første veiledningen med %(name)s") % {"name": row.employee.name}
            yield Item("waiting", title, address, mine=True)


def _of_plan(asked: Asked) -> Iterator[Item]:
    """The plan on its road, for those whose turn it is."""
    if asked.school is not None and not is_union(asked.viewer, asked.owner):
        return
    plan = CompetencePlan.objects.filter(
        owner=asked.owner, state__in=[PlanState.DRAFT, PlanState.DISCUSSED]
    ).first()
    if plan is None:
        return
    address = reverse("competence:one", args=[asked.owner.code, plan.pk])
    if plan.state == PlanState.DRAFT and is_union(asked.viewer, asked.owner):
        if not plan.discussions.filter(by=asked.viewer.email).exists():
            title = _("Kompetanseplanen er til drøfting: %(plan)s") % {"plan": plan}
            yield Item("waiting", title, address, mine=True)
    elif plan.state == PlanState.DISCUSSED and asked.viewer.may(Permission.COMPETENCE_ADOPT, asked.owner):
        yield Item("waiting", _("Kompetanseplanen kan vedtas: %(plan)s") % {"plan": plan}, address, mine=True)


def _to_decide(asked: Asked) -> Iterator[Item]:
    """Deviations that wait, and those that run out on 31 July."""
    address = reverse("competence:deviations", args=[asked.owner.code])
    rows = Deviation.objects.filter(owner=asked.owner)
    waiting = rows.filter(state=DeviationState.PROPOSED).count()
    if waiting:
        title = ngettext(
            "Ett fravik fra kompetansekrav venter på svar",
            "%(n)s fravik fra kompetansekrav venter på svar",
            waiting,
        )
        yield Item("waiting", title % {"n": waiting}, address, mine=True)
    year = school_year(asked.today)
    ends = date(year + 1, 7, 31)
    ending = rows.filter(state=DeviationState.DECIDED, year=year).count()
    if ending and ends - asked.today <= SUMMER:
        title = ngettext("Ett fravik faller bort", "%(n)s fravik faller bort", ending) % {"n": ending}
        yield Item("due", title, address, when=ends, note=_("De må vurderes på nytt for neste skoleår."))


def _of_leader(asked: Asked, school: Unit) -> Iterator[Item]:
    """A leader's own school: newly educated without an offer, gaps nobody has answered, talks that are late."""
    address = reverse("competence:staff", args=[asked.owner.code, school.code])
    new = Employee.objects.filter(newly_educated(asked.owner, asked.today), school=school)
    waiting = new.filter(mentorships=None).count()
    if waiting:
        title = ngettext(
            "Én nyutdannet venter på tilbud om veiledning",
            "%(n)s nyutdannede venter på tilbud om veiledning",
            waiting,
        )
        yield Item("waiting", title % {"n": waiting}, address, place=school.label, mine=True)
    lacking = Teaching.objects.filter(
        school=school, year=school_year(asked.today), standing=Standing.GAP
    ).count()
    if lacking:
        title = ngettext(
            "Kompetansekravet er ikke oppfylt ett sted",
            "Kompetansekravet er ikke oppfylt %(n)s steder",
            lacking,
        )
        yield Item("attention", title % {"n": lacking}, address, place=school.label, mine=True)
    yield from _late_talks(asked, school)


def _late_talks(asked: Asked, school: Unit) -> Iterator[Item]:
    """A talk comes within 48 hours of a walk."""
    rows = ClassroomWalk.objects.filter(
        school=school,
        walker=asked.viewer.email,
        state=WalkState.DONE,
        done_at__lt=timezone.now() - TALK_WITHIN,
    )
    for walk in rows:
        address = reverse("competence:walk", args=[asked.owner.code, school.code, walk.pk])
        yield Item(
            "late", _("Samtalen etter klassevandringen er ikke holdt"), address, when=walk.on, mine=True
        )


def package_part(asked: Asked) -> PackagePart | None:
    """The competence picture of a school for a meeting. Everybody in the meeting reads it, also years later: only
    what may be shown to all, whoever asks."""
    if asked.school is None:
        return None
    content = _content(asked, asked.school)
    if not any(
        content[key] for key in ("gaps", "roles", "lacking_roles", "spreads", "pattern", "areas", "new")
    ):
        return None
    return PackagePart("competence", _("Kompetanse"), 65, "competence/part.html", content)


def _content(asked: Asked, school: Unit) -> dict[str, Any]:
    """Plain values, to be sealed."""
    floor = frame_of(asked.owner).share_floor
    found = [
        (row, shown(row.lacking, row.total - row.unknown, floor))
        for row in gaps(asked.owner, school, asked.today)
    ]
    new = Employee.objects.filter(newly_educated(asked.owner, asked.today), school=school)
    whole, part = new.count(), new.filter(mentorships__state__in=MENTORED).distinct().count()
    mentored = shown(part, whole, floor)
    roles = ResourceRole.objects.filter(roles_on(asked.today), school=school)
    held = set(roles.values_list("area__title", flat=True))
    wanted = {area.title for area in resource_areas(asked.owner) if area.everywhere}
    year = school_year(asked.today)
    spreads = Spread.objects.filter(school=school, on__gte=date(year, 8, 1), on__lte=asked.today)
    pattern = WalkRound.objects.filter(school=school).exclude(pattern="").order_by("-pattern_on").first()
    return {
        "gaps": [
            {
                "subject": row.subject,
                "stage": row.stage,
                "face": one.face,
                "part": one.part,
                "whole": one.whole,
            }
            for row, one in found
        ],
        "new": {"face": mentored.face, "part": mentored.part, "whole": mentored.whole} if whole else {},
        "roles": sorted(held),
        "lacking_roles": sorted(wanted - held),
        "spreads": [{"on": row.on.isoformat(), "what": row.what} for row in spreads[:10]],
        "pattern": {"theme": pattern.theme, "text": pattern.pattern} if pattern else {},
        "areas": [area.title for area in _areas(asked).filter(goal=asked.goal)] if asked.goal else [],
    }
