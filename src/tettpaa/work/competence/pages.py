"""Words and small structures the pages show: the first lines, the roads, the faces of counts."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tettpaa.core.ui import formats
from tettpaa.core.ui.parts import Step, StepState
from tettpaa.work.competence.counts import Shown
from tettpaa.work.competence.enums import PLAN_PATHS, PlanState, Stage
from tettpaa.work.competence.models import CompetencePlan
from tettpaa.work.competence.queries.coverage import Coverage
from tettpaa.work.competence.queries.staff import Record, StaffLine
from tettpaa.work.competence.requirements import school_year

_ROAD = (PlanState.DRAFT, PlanState.DISCUSSED, PlanState.ADOPTED, PlanState.IN_USE, PlanState.EVALUATED)


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
    here = _ROAD.index(PlanState(plan.state))
    is_over = plan.state == PlanState.EVALUATED
    found = []
    for number, state in enumerate(_ROAD):
        at = (
            StepState.DONE
            if number < here or is_over
            else StepState.NOW
            if number == here
            else StepState.LATER
        )
        found.append(Step(str(state.label).capitalize(), "", at))
    return found


def plan_steps(plan: CompetencePlan) -> list[tuple[str, str]]:
    """Where the plan may go now, as choices. The evaluation has a page of its own."""
    words: Mapping[str, str] = {
        PlanState.DRAFT: _("Tilbake til utkast"),
        PlanState.DISCUSSED: _("Drøftet med de tillitsvalgte"),
        PlanState.ADOPTED: _("Vedtatt"),
        PlanState.IN_USE: _("Tatt i bruk"),
    }
    return [(to, words[to]) for to in PLAN_PATHS.get(plan.state, ()) if to in words]


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


def staff_line(lines: Sequence[StaffLine]) -> str:
    """The answer of the leader's page."""
    if not lines:
        return _("Ingen ansatte er lagt inn ennå.")
    waiting = [one for one in lines if one.is_new and one.mentoring is None]
    lacking = [one for one in lines if one.gaps]
    if waiting:
        return ngettext(
            "Én nyutdannet venter på tilbud om veiledning.",
            "%(n)s nyutdannede venter på tilbud om veiledning.",
            len(waiting),
        ) % {"n": len(waiting)}
    if lacking:
        return ngettext(
            "Én underviser i et fag uten den kompetansen loven krever.",
            "%(n)s underviser i fag uten den kompetansen loven krever.",
            len(lacking),
        ) % {"n": len(lacking)}
    return _("Alle som underviser, oppfyller kravene.")


def record_line(record: Record) -> str:
    """The answer of a record."""
    if not record.lines:
        return _("Ingen fag er lagt inn for dette skoleåret.")
    if record.lacking:
        return ngettext(
            "Ett fag mangler kompetanse.", "%(n)s fag mangler kompetanse.", len(record.lacking)
        ) % {"n": len(record.lacking)}
    return _("Kravene er oppfylt i alle fag.")
