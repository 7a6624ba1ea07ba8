"""What the competence room tells the report: coverage as anybody may read it, and the plan. Never who."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.counts import Shown
from tettpaa.work.competence.enums import PUBLISHED_PLANS
from tettpaa.work.competence.queries import Coverage, coverage, plan_areas, plan_of
from tettpaa.work.yearwheel.rules import last_day

NOBODY: Final = Shown("none", whole=0)


@dataclass(frozen=True, slots=True)
class SubjectFacts:
    """One subject at a stage: who meets the requirement, of those who teach it."""

    subject: str
    stage: str
    met: Shown
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class CompetenceFacts:
    """Chapter 8. Counts as they may be shown; None is a count too small to be told."""

    plan: str = ""
    areas: tuple[str, ...] = ()
    subjects: tuple[SubjectFacts, ...] = ()
    deviations: int | None = 0
    mentored: Shown = NOBODY
    principals: Shown = NOBODY
    studying: int | None = 0
    trade: tuple[tuple[str, int | None, int | None], ...] = ()  # route, on the way, passed
    roles: tuple[tuple[str, int], ...] = ()  # area, schools that have somebody
    schools: int = 0
    spread_schools: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to make a chapter of."""
        people = self.mentored.whole or self.principals.whole or self.mentored.face == "hidden"
        return not (
            self.plan or self.subjects or people or self.spread_schools or any(n for _a, n in self.roles)
        )


def competence_of(owner: Unit, year: int, today: date) -> CompetenceFacts:
    """The school year's competence work, at its last day or today. A fixed number of queries."""
    found = coverage(None, owner, min(today, last_day(year)))
    plan = plan_of(owner, year)
    is_open = plan is not None and plan.state in PUBLISHED_PLANS
    return CompetenceFacts(
        plan=plan.title if plan is not None and is_open else "",
        areas=tuple(area.title for area in plan_areas(owner, year)) if is_open else (),
        subjects=tuple(
            SubjectFacts(one.subject, one.stage, one.met, one.is_confirmed) for one in found.subjects
        ),
        deviations=found.deviations,
        mentored=found.mentored,
        principals=found.principals,
        studying=found.studying,
        trade=tuple((route, *numbers) for route, numbers in found.trade.items()),
        roles=_roles(found),
        schools=len(found.schools),
        spread_schools=sum(1 for one in found.schools if one.spreads),
    )


def _roles(found: Coverage) -> tuple[tuple[str, int], ...]:
    """How many schools have somebody in each area."""
    return tuple(
        (area.title, sum(1 for one in found.schools if area.key in one.areas)) for area in found.areas
    )
