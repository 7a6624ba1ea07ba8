"""What the pages say: first lines, the road as steps, goals under their areas, and what may be done next."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tettpaa.core.ui.formats import day, school_year
from tettpaa.core.ui.parts import Step, StepState
from tettpaa.work.plans.content import Difference, differences
from tettpaa.work.plans.enums import (
    GOAL_PATHS,
    PLAN_PATHS,
    GoalKind,
    GoalState,
    PlanState,
    SchoolPlanState,
    SignView,
)
from tettpaa.work.plans.models import Goal, PlanStep, PlanVersion, QualityPlan, SchoolPlan
from tettpaa.work.plans.queries import Shown
from tettpaa.work.yearwheel.rules import school_year_of

ROAD: Final = (
    PlanState.DRAFT,
    PlanState.FIRST_READING,
    PlanState.HEARING,
    PlanState.SECOND_READING,
    PlanState.ADOPTED,
    PlanState.IN_FORCE,
)
SCHOOL_ROAD: Final = tuple(SchoolPlanState)


def _day(value: date | None) -> str:
    return day(value, get_language() or "nb") if value else ""


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal as the plan's page lists it."""

    words: Mapping[str, Any]
    kind: str
    signs: int

    @property
    def indicators(self) -> int:
        return len(self.words["indicators"])


@dataclass(frozen=True, slots=True)
class AreaLine:
    """An area with its goals; without `words` the goals that belong to none."""

    words: Mapping[str, Any] | None
    goals: tuple[GoalLine, ...]


def areas_of(words: Mapping[str, Any]) -> list[AreaLine]:
    """Goals under their areas, in the plan's order; those without an area last."""
    lines = [_goal_line(goal) for goal in words["goals"]]
    keys = {area["key"] for area in words["areas"]}
    found = [
        AreaLine(area, tuple(line for line in lines if line.words["area"] == area["key"]))
        for area in words["areas"]
    ]
    loose = tuple(line for line in lines if line.words["area"] not in keys)
    return [*found, AreaLine(None, loose)] if loose else found


def _goal_line(goal: Mapping[str, Any]) -> GoalLine:
    return GoalLine(
        goal, str(GoalKind(goal["kind"]).label), sum(len(texts) for texts in goal["signs"].values())
    )


def first_line(shown: Shown) -> str:
    """The answer of the plan's page."""
    areas, goals = len(shown.words["areas"]), len(shown.words["goals"])
    if not goals:
        return _("Planen har ingen mål ennå.")
    of_goals = ngettext("ett mål", "%(count)s mål", goals) % {"count": goals}
    if not areas:
        return _("Planen har %(goals)s.") % {"goals": of_goals}
    of_areas = ngettext("ett område", "%(count)s områder", areas) % {"count": areas}
    return _("Planen har %(areas)s og %(goals)s.") % {"areas": of_areas, "goals": of_goals}


def second_line(shown: Shown, today: date) -> str:
    """Where the plan is on its road, in a sentence."""
    plan = shown.plan
    if shown.is_draft and shown.version is None and plan.versions.exists():
        return _("Dette er utkastet til en revisjon.")
    if plan.state == PlanState.REVISION or (shown.version is not None and plan.is_open):
        return _("Den gjelder, og den er under revisjon.")
    if plan.state == PlanState.HEARING and plan.hearing_until:
        if plan.hearing_until < today:
            return _("Høringen er over.")
        return _("Den er på høring til %(day)s.") % {"day": _day(plan.hearing_until)}
    if plan.state == PlanState.IN_FORCE and plan.ends_on:
        return _("Den gjelder til og med %(day)s.") % {"day": _day(plan.ends_on)}
    return str(_SECOND()[PlanState(plan.state)])


def _SECOND() -> dict[PlanState, str]:  # noqa: N802 - a table, made in the reader's language
    return {
        PlanState.DRAFT: _("Den er et utkast."),
        PlanState.FIRST_READING: _("Den er til første behandling."),
        PlanState.HEARING: _("Den er på høring."),
        PlanState.SECOND_READING: _("Den er til andre behandling."),
        PlanState.ADOPTED: _("Den er vedtatt, men ikke i kraft ennå."),
        PlanState.IN_FORCE: _("Den gjelder nå."),
        PlanState.REVISION: _("Den gjelder, og den er under revisjon."),
        PlanState.EXPIRED: _("Den gjelder ikke lenger."),
    }


def road(plan: QualityPlan) -> list[Step]:
    """The six steps with the day of each that has been taken in this round."""
    state = PlanState(plan.state)
    walked = list(plan.steps.all())
    taken = {step.after: step.on for step in walked}
    if plan.adopted_on:
        taken.setdefault(PlanState.ADOPTED, plan.adopted_on)
    if plan.in_force_on:
        taken.setdefault(PlanState.IN_FORCE, plan.in_force_on)
    passed_over = _passed_over(walked)
    shown = PlanState.IN_FORCE if state in {PlanState.REVISION, PlanState.EXPIRED} else state
    here = ROAD.index(shown)
    steps = []
    for place, one in enumerate(ROAD):
        when = StepState.DONE if place < here else StepState.NOW if place == here else StepState.LATER
        label = str(one.label if one != shown else state.label)
        text = _day(taken.get(state if one == shown else one)) if place <= here else ""
        text = _("ikke brukt") if one in passed_over and one != shown else text
        steps.append(Step(label[:1].upper() + label[1:], text, when))
    return steps


def _passed_over(walked: list[PlanStep]) -> set[PlanState]:
    """Steps of the road that the plan went past in its last step over them: not every owner uses them all."""
    found: set[PlanState] = set()
    for step in walked:
        if step.before in ROAD and step.after in ROAD:
            first, last = ROAD.index(PlanState(step.before)), ROAD.index(PlanState(step.after))
            found |= set(ROAD[first + 1 : last])
        found.discard(PlanState(step.after))
    return found


def next_steps(plan: QualityPlan) -> list[tuple[str, str]]:
    """What may be decided now, as a person would say it."""
    words = {
        PlanState.DRAFT: _("Sendt tilbake som utkast"),
        PlanState.FIRST_READING: _("Lagt fram til første behandling"),
        PlanState.HEARING: _("Sendt på høring"),
        PlanState.SECOND_READING: _("Lagt fram til andre behandling"),
        PlanState.ADOPTED: _("Vedtatt"),
        PlanState.IN_FORCE: _("Satt i kraft"),
        PlanState.REVISION: _("Skal revideres"),
        PlanState.EXPIRED: _("Utløpt"),
    }
    return [(str(to), words[PlanState(to)]) for to in PLAN_PATHS[plan.state]]


def outcomes(goal: Goal) -> list[tuple[str, str]]:
    """What may be said of a goal now. Taking out and in needs an open plan; a draft is adopted with its plan."""
    words = {
        GoalState.ADOPTED: _("Ta det inn igjen"),
        GoalState.ACHIEVED: _("Vi nådde det"),
        GoalState.PARTLY: _("Vi nådde det delvis"),
        GoalState.NOT_ACHIEVED: _("Vi nådde det ikke"),
        GoalState.DROPPED: _("Ta målet ut av planen"),
    }
    found = []
    for to in GOAL_PATHS[goal.state]:
        needs_open = to == GoalState.DROPPED or goal.state == GoalState.DROPPED
        if goal.state == GoalState.DRAFT and to == GoalState.ADOPTED:
            continue
        if not needs_open or goal.plan.is_open:
            found.append((str(to), words[GoalState(to)]))
    return found


def signs_of(words: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """The four views in their order, empty ones too."""
    return [(str(view.label), words["signs"].get(str(view), [])) for view in SignView]


def words_in(version: PlanVersion) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(version.content)
    return found


def since_sealed(shown: Shown) -> list[Difference]:
    """What the draft changes in the version that was last sealed."""
    last = shown.plan.versions.last()
    return differences(words_in(last), shown.words) if last else []


def differences_from(before: PlanVersion | None, after: PlanVersion) -> list[Difference]:
    """What a version changed in the one before; nothing for the first."""
    return differences(words_in(before), words_in(after)) if before else []


def school_first_line(plan: SchoolPlan) -> str:
    count = plan.goals.count()
    if not count:
        return _("Skolens plan har ingen mål ennå.")
    return ngettext("Skolen har ett mål dette året.", "Skolen har %(count)s mål dette året.", count) % {
        "count": count
    }


def school_second_line(plan: SchoolPlan) -> str:
    words = {
        SchoolPlanState.DRAFT: _("Planen er et utkast som bare skolens ledelse ser."),
        SchoolPlanState.HEARD: _("Planen er hos organene."),
        SchoolPlanState.ADOPTED: _("Planen er vedtatt."),
        SchoolPlanState.MIDYEAR: _("Vi har sett på den midtveis."),
        SchoolPlanState.EVALUATED: _("Året er evaluert."),
    }
    return words[SchoolPlanState(plan.state)]


def school_road(plan: SchoolPlan) -> list[Step]:
    here = SCHOOL_ROAD.index(SchoolPlanState(plan.state))
    days = {
        SchoolPlanState.ADOPTED: plan.adopted_on,
        SchoolPlanState.MIDYEAR: plan.midyear_on,
        SchoolPlanState.EVALUATED: plan.evaluated_on,
    }
    steps = []
    for place, one in enumerate(SCHOOL_ROAD):
        when = StepState.DONE if place < here else StepState.NOW if place == here else StepState.LATER
        label = str(one.label)
        steps.append(Step(label[:1].upper() + label[1:], _day(days.get(one)), when))
    return steps


@dataclass(frozen=True, slots=True)
class Next:
    """The next step of a school's plan: `to` with its words, the way back, or the status page."""

    to: str
    label: str
    back: str = ""
    is_status: bool = False


def school_next(plan: SchoolPlan) -> Next | None:
    state = SchoolPlanState(plan.state)
    if state == SchoolPlanState.DRAFT:
        return Next(SchoolPlanState.HEARD, _("Send planen til organene"))
    if state == SchoolPlanState.HEARD:
        return Next(SchoolPlanState.ADOPTED, _("Vedta planen"), back=SchoolPlanState.DRAFT)
    if state == SchoolPlanState.ADOPTED:
        return Next(SchoolPlanState.MIDYEAR, _("Skriv hvordan det går midtveis"), is_status=True)
    if state == SchoolPlanState.MIDYEAR:
        return Next(SchoolPlanState.EVALUATED, _("Evaluer året"), is_status=True)
    return None


def is_open(plan: SchoolPlan) -> bool:
    return plan.state in {SchoolPlanState.DRAFT, SchoolPlanState.HEARD}


def is_with_bodies(plan: SchoolPlan) -> bool:
    return plan.state == SchoolPlanState.HEARD


def awaits_status(plan: SchoolPlan) -> bool:
    return plan.state in {SchoolPlanState.ADOPTED, SchoolPlanState.MIDYEAR}


def is_last_status(plan: SchoolPlan) -> bool:
    return plan.state == SchoolPlanState.MIDYEAR


def years_to_start(plans: Sequence[SchoolPlan], today: date) -> list[tuple[int, str]]:
    """This school year and the next, when there is no plan yet."""
    have, now = {plan.year for plan in plans}, school_year_of(today)
    return [(year, school_year(year, get_language() or "nb")) for year in (now, now + 1) if year not in have]
