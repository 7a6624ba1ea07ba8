"""What this room shows on others' pages: the thread's goal and indicator, and lines of the front pages."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Literal
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from tettpaa.core.orgs.enums import Kind
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.queries import above
from tettpaa.core.ui.formats import day, school_year
from tettpaa.core.ui.language import reader_language
from tettpaa.core.ui.panels import Asked, Item, Knot, Link, Threads, Words
from tettpaa.data.stats.kinds import Certainty
from tettpaa.data.stats.sentences import Against, certainty_word
from tettpaa.data.suppression.kinds import Gender
from tettpaa.work.plans.access import may_read_draft
from tettpaa.work.plans.enums import GoalState, PlanState, SchoolPlanState
from tettpaa.work.plans.figures import Followed, Standing, lines_for, name_of, standing
from tettpaa.work.plans.models import Goal, GoalIndicator, QualityPlan, SchoolPlan
from tettpaa.work.yearwheel.rules import school_year_of

type ItemKind = Literal["late", "due", "waiting"]
OPEN = frozenset({SchoolPlanState.DRAFT, SchoolPlanState.HEARD})
SOON = timedelta(days=270)  # a plan takes the better part of a year to write


def goal_states(asked: Asked) -> Threads:
    """Every goal that was adopted begins a thread at every school. Two queries."""
    rows = Goal.objects.filter(owner=asked.owner).exclude(state=GoalState.DRAFT)
    return _everywhere(asked, list(rows.values_list("pk", flat=True)))


def indicator_states(asked: Asked) -> Threads:
    """The goals that are followed by a figure. Two queries."""
    rows = GoalIndicator.objects.filter(goal__owner=asked.owner)
    return _everywhere(asked, list(rows.values_list("goal", flat=True).distinct()))


def _everywhere(asked: Asked, goals: list[UUID]) -> Threads:
    return {(school.pk, goal): "there" for school in asked.schools for goal in goals}


def goal_knot(asked: Asked) -> Knot | None:
    """`Vi vil at alle elever skal lese godt.`"""
    goal = _goal(asked)
    if goal is None:
        return None
    text = goal.text.rstrip(".")
    facts = [goal.area.title] if goal.area else []
    facts.append(str(goal.plan))
    return Knot(
        Link.GOAL,
        "there",
        (Words(_("Vi vil at ")), Words(text[:1].lower() + text[1:], _address(goal)), Words(".")),
        tuple(facts),
    )


def indicator_knot(asked: Asked) -> Knot | None:
    """`Vi ser det på Lesing 5. trinn. Nes skole ligger trolig under kommunen.`"""
    goal = _goal(asked)
    if goal is None:
        return None
    links = [_followed(row) for row in goal.indicators.all()]
    if not links:
        may_edit = asked.viewer.may(Permission.PLANS_EDIT, asked.owner)
        act = Words(_("Velg en indikator"), _address(goal)) if may_edit and goal.plan.is_open else None
        return Knot(Link.INDICATOR, "missing", (), whose=_("Skoleeier"), act=act)
    link, found = _first_with_figures(asked, links)
    start = (Words(_("Vi ser det på ")), Words(name_of(link), f"{_address(goal)}#indikatorer"), Words("."))
    if found is None:
        return Knot(Link.INDICATOR, "there", start, (_("Ingen tall å vise ennå"),))
    place = (asked.school or asked.owner).label
    tail = (Words(f" {place} {found.phrase}."),) if found.phrase else ()
    return Knot(Link.INDICATOR, "there", start + tail, _facts(found, len(links)))


def _facts(found: Standing, count: int) -> tuple[str, ...]:
    facts = [_("%(value)s i %(year)s") % {"value": found.now, "year": found.year}]
    if found.beside:
        facts.append(f"{found.beside_name}: {found.beside}")
    if found.key:
        facts.append(certainty_word(Certainty(found.key), reader_language()))
    if count > 1:
        facts.append(_("Målet følges med %(count)s indikatorer") % {"count": count})
    return tuple(facts)


def _first_with_figures(asked: Asked, links: list[Followed]) -> tuple[Followed, Standing | None]:
    """The first link that has a shown figure here; the school against the municipality, the owner against the nation."""
    if asked.school is not None:
        unit, reference, against, schools = asked.school, asked.owner, Against.MUNICIPALITY, 0
    else:
        nation = next((one for one in above(asked.owner) if one.kind == Kind.NATION), asked.owner)
        schools = max(1, len(asked.schools))
        unit, reference, against = asked.owner, nation, Against.NATION
    lines = lines_for(asked.viewer, [unit, reference], links)
    for link in links:
        found = standing(link, lines, unit, reference, schools=schools, against=against)
        if found is not None:
            return link, found
    return links[0], None


def _goal(asked: Asked) -> Goal | None:
    """The goal that is asked for, when it is this owner's and the viewer may read it."""
    if asked.goal is None or not asked.viewer.may(Permission.PLANS_READ, asked.owner):
        return None
    goal = (
        Goal.objects.filter(pk=asked.goal, owner=asked.owner)
        .select_related("plan", "plan__owner", "area")
        .prefetch_related("indicators")
        .first()
    )
    if goal is None or (goal.state == GoalState.DRAFT and not may_read_draft(asked.viewer, goal.plan)):
        return None
    return goal


def _followed(row: GoalIndicator) -> Followed:
    return Followed(row.indicator, row.grade, Gender(row.gender))


def _address(goal: Goal) -> str:
    return reverse("plans:goal", args=[goal.plan.owner.code, goal.pk])


def items(asked: Asked) -> list[Item]:
    """A plan on hearing, a plan that runs out, and a school's plan that waits for its next step."""
    found = list(_of_owner(asked)) if asked.viewer.may(Permission.PLANS_READ, asked.owner) else []
    return [*found, *_of_schools(asked)]


def _of_owner(asked: Asked) -> Iterator[Item]:
    plans = list(QualityPlan.objects.filter(owner=asked.owner).exclude(state=PlanState.EXPIRED))
    may_edit = asked.viewer.may(Permission.PLANS_EDIT, asked.owner)
    for plan in plans:
        address = reverse("plans:one", args=[asked.owner.code, plan.pk])
        if plan.state == PlanState.HEARING:
            until = plan.hearing_until
            is_late = until is not None and until < asked.today
            note = _("Fristen er %(day)s.") % {"day": day(until, reader_language())} if until else ""
            title = _("Planen er på høring: %(plan)s") % {"plan": plan}
            if is_late:
                title = _("Høringen av planen er over: %(plan)s") % {"plan": plan}
            kind: ItemKind = "waiting" if until is None else "due"
            if is_late and not may_edit:
                continue
            kind = "late" if is_late else kind
            yield Item(kind, title, address, when=until, note=note, mine=is_late)
        elif may_edit and len(plans) == 1 and _runs_out(plan, asked):
            title = _("Planen går ut, og ingen ny er begynt: %(plan)s") % {"plan": plan}
            kind = "late" if plan.ends_on and plan.ends_on < asked.today else "due"
            yield Item(kind, title, address, when=plan.ends_on, mine=True)


def _runs_out(plan: QualityPlan, asked: Asked) -> bool:
    is_last_year = plan.ends_on is not None and plan.ends_on <= asked.today + SOON
    return plan.state == PlanState.IN_FORCE and is_last_year


def _of_schools(asked: Asked) -> Iterator[Item]:
    """For those who write a school's plan. Two queries, however many schools."""
    places = [asked.school] if asked.school else asked.schools
    mine = [school for school in places if asked.viewer.may(Permission.SCHOOL_PLANS_EDIT, school)]
    if not mine:
        return
    year = school_year_of(asked.today)
    plans = {plan.school_id: plan for plan in SchoolPlan.objects.filter(school__in=mine, year=year)}
    for school in mine:
        plan = plans.get(school.pk)
        where = {"year": school_year(year, reader_language())}
        if plan is None:
            title = _("Skolens plan for %(year)s er ikke begynt") % where
            address = reverse("plans:school_plans", args=[asked.owner.code, school.code])
        elif plan.state in OPEN:
            address = reverse("plans:school_plan", args=[asked.owner.code, school.code, plan.pk])
            title = (
                _("Skolens plan for %(year)s er et utkast")
                if plan.state == SchoolPlanState.DRAFT
                else _("Skolens plan for %(year)s er hos organene")
            ) % where
        else:
            continue
        yield Item("waiting", title, address, place=school.label, mine=True)
