"""Words and small structures the pages show: the first lines, the roads, the faces of counts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui import formats
from tettpaa.core.ui.language import reader_language
from tettpaa.core.ui.parts import Step, StepState
from tettpaa.work.competence.access import is_answering, is_one_of_two
from tettpaa.work.competence.counts import Shown
from tettpaa.work.competence.enums import (
    MENTORSHIP_ANSWERS,
    MENTORSHIP_PATHS,
    PLAN_PATHS,
    RANKS,
    ROLE_PATHS,
    STUDY_PATHS,
    TRADE_PATHS,
    WALK_PATHS,
    GuidanceState,
    MentorshipState,
    NeedSource,
    PlanState,
    RoleState,
    StaffRole,
    Stage,
    Standing,
    StudyState,
    TradeState,
    WalkState,
)
from tettpaa.work.competence.models import (
    ClassroomWalk,
    CompetencePlan,
    Employee,
    Mentorship,
    PeerGuidance,
    PlanNeed,
    ResourceRole,
)
from tettpaa.work.competence.queries.coverage import Coverage
from tettpaa.work.competence.queries.staff import Record, StaffCounts
from tettpaa.work.competence.requirements import school_year, subject_name

_STATES = (PlanState.DRAFT, PlanState.DISCUSSED, PlanState.ADOPTED, PlanState.IN_USE, PlanState.EVALUATED)


def face(one: Shown, language: str) -> str:
    """A count of a group as it may be told, in words."""
    whole = formats.number(one.whole, 0, language=language) if one.whole is not None else ""
    if one.face == "none":
        return _("ingen")
    if one.face == "hidden":
        return _("skjermet, for få til å vises")
    if one.face == "few":
        return _("høyst 2 av %(whole)s") % {"whole": whole}
    if one.face == "nearly_all":
        return _("alle eller nesten alle av %(whole)s") % {"whole": whole}
    return _("%(part)s av %(whole)s") % {"part": one.part, "whole": whole}


def count(number: int | None) -> str:
    """A count of people, or that it is too small to be shown."""
    return _("skjermet, for få til å vises") if number is None else str(number)


def stage_name(stage: str) -> str:
    return str(Stage(stage).label)


def plan_line(plan: CompetencePlan) -> tuple[str, str]:
    """The answer of a plan's page: what it is, and how far it has come."""
    lines: Mapping[str, str] = {
        PlanState.DRAFT: _("Planen er et utkast. De tillitsvalgte skal drøfte den før den vedtas."),
        PlanState.DISCUSSED: _("Planen er drøftet med de tillitsvalgte, og kan vedtas."),
        PlanState.ADOPTED: _("Planen er vedtatt."),
        PlanState.IN_USE: _("Den er i bruk nå."),
        PlanState.EVALUATED: _("Året er over, og planen er evaluert."),
    }
    return f"{plan.title}.", lines[plan.state]


def plan_road(plan: CompetencePlan) -> list[Step]:
    """The plan's road as steps."""
    return _road(plan.state, _STATES)


def plan_steps(plan: CompetencePlan) -> list[tuple[str, str]]:
    """Where the plan may go now, as choices. The evaluation has a page of its own."""
    words: Mapping[str, str] = {
        PlanState.DRAFT: _("Tilbake til utkast"),
        PlanState.DISCUSSED: _("Drøftet med de tillitsvalgte"),
        PlanState.ADOPTED: _("Vedtatt"),
        PlanState.IN_USE: _("Tatt i bruk"),
    }
    return [(to, words[to]) for to in PLAN_PATHS.get(plan.state, ()) if to in words]


def need_told(one: Mapping[str, Any]) -> str:
    """One need of a plan as everybody may be told it. `one` is a row of `content.open_needs`."""
    if one["source"] == NeedSource.GAP:
        # Plans that were sealed earlier name the subject alone.
        stage = f", {stage_name(one['stage'])}" if one.get("stage") else ""
        words = {
            "subject": f"{subject_name(one['subject'], reader_language())}{stage}",
            "told": face(Shown(one["face"], one["part"], one["whole"]), reader_language()),
        }
        return _("%(subject)s: %(told)s som underviser, mangler kompetanse.") % words
    if one["source"] == NeedSource.GOAL:
        return _("Mål i planen: %(goal)s") % {"goal": one["text"]}
    n = one["schools"]
    if one["source"] == NeedSource.AGREEMENT:
        return ngettext(
            "Én skole har avtalt kompetanse med kommunen.",
            "%(n)s skoler har avtalt kompetanse med kommunen.",
            n,
        ) % {"n": n}
    return ngettext(
        "Én skole har meldt behov med egne ord.", "%(n)s skoler har meldt behov med egne ord.", n
    ) % {"n": n}


def need_words(need: PlanNeed) -> str:
    """A need in a line: the subject and stage of a gap, else the school and its words."""
    if need.source == NeedSource.GAP:
        return f"{subject_name(need.subject, reader_language())}, {stage_name(need.stage)}"
    return f"{need.school.label}: {need.text}" if need.school else need.text


def years_to_start(plans: Sequence[CompetencePlan], today: date, language: str) -> list[tuple[int, str]]:
    """This school year and the next, where there is no plan yet."""
    taken = {plan.year for plan in plans}
    now = school_year(today)
    return [
        (year, formats.school_year(year, language=language)) for year in (now, now + 1) if year not in taken
    ]


def coverage_line(found: Coverage) -> str:
    """The answer of the coverage page."""
    if found.is_empty:
        return _("Ingen har lagt inn kompetanse ennå.")
    short = [one for one in found.subjects if one.lacking.face not in ("few", "none", "hidden")]
    if found.small:
        short = [one for one in found.subjects if one.lacking.part]
    if not short:
        return _("Vi ser ingen fag der mange mangler kompetanse.")
    return ngettext(
        "I ett fag underviser flere uten den kompetansen loven krever.",
        "I %(n)s fag underviser flere uten den kompetansen loven krever.",
        len(short),
    ) % {"n": len(short)}


def staff_line(found: StaffCounts) -> str:
    """The answer of the leader's page."""
    if not found.people:
        return _("Ingen ansatte er lagt inn ennå.")
    if found.waiting:
        return ngettext(
            "Én nyutdannet venter på tilbud om veiledning.",
            "%(n)s nyutdannede venter på tilbud om veiledning.",
            found.waiting,
        ) % {"n": found.waiting}
    if found.lacking:
        return ngettext(
            "Én underviser i et fag uten den kompetansen loven krever.",
            "%(n)s underviser i fag uten den kompetansen loven krever.",
            found.lacking,
        ) % {"n": found.lacking}
    if not found.teaching:
        return ngettext("Én ansatt er lagt inn.", "%(n)s ansatte er lagt inn.", found.people) % {
            "n": found.people
        }
    return _("Alle som underviser, oppfyller kravene.")


def record_line(record: Record) -> str:
    """The answer of a record."""
    if not record.lines:
        return _("Ingen fag er lagt inn for dette skoleåret.")
    if record.lacking:
        return ngettext(
            "Ett fag mangler kompetanse.", "%(n)s fag mangler kompetanse.", len(record.lacking)
        ) % {"n": len(record.lacking)}
    standings = [line.judged.standing for line in record.lines]
    deviations = standings.count(Standing.DEVIATION)
    if deviations:
        return ngettext("Fravik er vedtatt i ett fag.", "Fravik er vedtatt i %(n)s fag.", deviations) % {
            "n": deviations
        }
    if set(standings) == {Standing.MET}:
        return _("Kravene er oppfylt i alle fag.")
    return _("Ingen fag mangler kompetanse.")


def roles_below(rank: int, *, is_school: bool) -> list[tuple[str, str]]:
    """What a leader may employ somebody as: what ranks below, at a school or at the owner."""
    away = {StaffRole.ADVISER, StaffRole.UNIT_LEADER} if is_school else {StaffRole.DEPARTMENT_HEAD}
    return [
        (role.value, str(role.label).capitalize())
        for role in StaffRole
        if RANKS.get(role, 0) < rank and role not in away
    ]


def with_own(roles: list[tuple[str, str]], employee: Employee) -> list[tuple[str, str]]:
    """The choices, with the one that the person has."""
    own = (employee.role, str(employee.get_role_display()).capitalize())
    return roles if own in roles else [own, *roles]


def is_mentoring(row: Mentorship) -> bool:
    return row.state in (MentorshipState.FIRST_YEAR, MentorshipState.SECOND_YEAR)


def _road(state: str, states: Sequence[Any]) -> list[Step]:
    """Drawn states as steps; empty when the row has left the road."""
    keys = [one.value for one in states]
    if state not in keys:
        return []
    here = keys.index(state)
    is_over = here == len(keys) - 1
    found = []
    for number, one in enumerate(states):
        at = (
            StepState.DONE
            if number < here or is_over
            else StepState.NOW
            if number == here
            else StepState.LATER
        )
        found.append(Step(str(one.label).capitalize(), "", at))
    return found


def _next(state: str, paths: Mapping[str, Collection[str]], names: Any) -> list[tuple[str, str]]:
    """Where a row may go, with the word of each state."""
    return [(str(to), str(names(to).label).capitalize()) for to in paths.get(state, ())]


def mentoring_road(row: Mentorship) -> list[Step]:
    states = (
        MentorshipState.OFFERED,
        MentorshipState.FIRST_YEAR,
        MentorshipState.SECOND_YEAR,
        MentorshipState.COMPLETED,
    )
    return _road(row.state, states)


def mentoring_steps(row: Mentorship, viewer: Viewer) -> list[tuple[str, str]]:
    """The leader's next steps, or the new teacher's answer to the offer; none for the mentor."""
    if is_answering(viewer, row):
        words = (_("Ja takk, jeg vil ha veiledning"), _("Nei takk"))
        return [(str(to), word) for to, word in zip(MENTORSHIP_ANSWERS, words, strict=True)]
    return [] if is_one_of_two(viewer, row) else _next(row.state, MENTORSHIP_PATHS, MentorshipState)


def walk_road(walk: ClassroomWalk) -> list[Step]:
    states = (WalkState.PLANNED, WalkState.NOTIFIED, WalkState.DONE, WalkState.TALKED, WalkState.CLOSED)
    return _road(walk.state, states)


def walk_steps(walk: ClassroomWalk) -> list[tuple[str, str]]:
    return _next(walk.state, WALK_PATHS, WalkState)


@dataclass(frozen=True)
class Roads:
    """The rows of a record that may go on, each with its next steps."""

    studies: list[tuple[Any, list[tuple[str, str]]]]
    trade: list[tuple[Any, list[tuple[str, str]]]]
    roles: list[tuple[Any, list[tuple[str, str]]]]


def roads_of(record: Record) -> Roads:
    """A person reads one's own rows without steps: they are the leader's to take."""
    may = not record.is_own
    return Roads(
        [(row, _next(row.state, STUDY_PATHS, StudyState) if may else []) for row in record.studies],
        [(row, _next(row.state, TRADE_PATHS[row.route], TradeState) if may else []) for row in record.trade],
        [(row, _next(row.state, ROLE_PATHS, RoleState) if may else []) for row in record.roles],
    )


def may_tell(mine: Employee | None, roles: Sequence[ResourceRole]) -> bool:
    """Whether the reader has a resource role at the school, and tells what was spread."""
    return mine is not None and any(role.employee_id == mine.pk for role in roles)


def teachers_in(people: Sequence[Employee]) -> list[Employee]:
    return [one for one in people if one.role == StaffRole.TEACHER]


def may_hand_over(viewer: Viewer, walk: ClassroomWalk) -> bool:
    """The one who walked writes the note, once the walk is held."""
    return walk.walker == viewer.email and walk.state in (WalkState.DONE, WalkState.TALKED)


def is_concluded(guidance: PeerGuidance) -> bool:
    return guidance.state == GuidanceState.CONCLUDED
