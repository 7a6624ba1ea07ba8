"""What a form lets people choose between: goals, indicators with a figure, bodies, roles."""

from dataclasses import dataclass
from typing import Any

from tettpaa.core.orgs.enums import BodyLevel
from tettpaa.core.orgs.models import Body, Unit
from tettpaa.core.orgs.queries import bodies_of
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.language import reader_language
from tettpaa.data.indicators.definitions import definition
from tettpaa.data.indicators.queries import Wanted, figures
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.data.suppression.kinds import Edition
from tettpaa.work.agreements.content import kind_name
from tettpaa.work.agreements.enums import Kind, Side
from tettpaa.work.agreements.models import Commitment, Wording
from tettpaa.work.agreements.targets import frozen
from tettpaa.work.initiatives.queries import responsible_roles
from tettpaa.work.plans.models import Goal
from tettpaa.work.plans.queries import goals_of


@dataclass(frozen=True)
class Around:
    """What a form needs to know of where it stands."""

    viewer: Viewer
    wording: Wording

    @property
    def owner(self) -> Unit:
        return self.wording.agreement.owner

    @property
    def school(self) -> Unit:
        return self.wording.agreement.school


def kinds(owner: Unit) -> list[tuple[str, str]]:
    """Kinds with the owner's names."""
    return [(kind.value, kind_name(owner, kind)) for kind in Kind]


def goals(owner: Unit, kept: str = "") -> dict[str, Goal]:
    """Goals of the plan in force by key, and the one that was chosen before (`kept`), whatever became of its plan."""
    found = {str(goal.pk): goal for goal in goals_of(owner)}
    if kept and kept not in found:
        found |= {str(goal.pk): goal for goal in Goal.objects.filter(owner=owner, pk=kept)}
    return found


def indicators(viewer: Viewer, school: Unit, kept: str = "") -> list[tuple[str, str]]:
    """Indicators with an open figure at the school, `np5_lesing:5` → `Lesing, 5. trinn`, and the one chosen before."""
    newest: dict[tuple[str, int], SafeFigure] = {}
    for figure in figures(viewer, [school], edition=Edition.PUBLIC):
        if figure.is_shown:
            newest[(figure.indicator, figure.grade)] = figure
    last = max((figure.period for figure in newest.values()), default=0)
    found = [
        (f"{key}:{grade}", _named(key, grade))
        for (key, grade), figure in newest.items()
        if figure.period >= last - 2
    ]
    if kept and kept not in dict(found):
        key, _colon, grade = kept.partition(":")
        found.append((kept, _named(key, int(grade))))
    return sorted(found, key=lambda pair: pair[1])


def baseline(viewer: Viewer, school: Unit, indicator: str, grade: int) -> dict[str, Any]:
    """The newest open figure with its interval, frozen; the newest hidden one when none is shown; else empty."""
    if not indicator:
        return {}
    wanted = Wanted(indicators=(indicator,), grades=(grade,))
    rows = list(figures(viewer, [school], wanted, edition=Edition.PUBLIC))
    shown = [row for row in rows if row.is_shown] or rows
    return frozen(shown[-1]) if shown else {}


def bodies(owner: Unit) -> list[Body]:
    """The owner's bodies, those at the schools first."""
    return sorted(bodies_of(owner), key=lambda body: (body.level != BodyLevel.SCHOOL, body.order))


def roles() -> list[tuple[str, str]]:
    """Roles that can answer for a promise."""
    return list(responsible_roles(reader_language()).items())


def counterparts(wording: Wording, side: Side) -> list[Commitment]:
    """The other side's promises, which one of this side's can answer."""
    return list(wording.commitments.filter(side=side.other))


def _named(key: str, grade: int) -> str:
    name = definition(key).names.in_language(reader_language())
    return f"{name}, {grade}. trinn" if grade else name


def counterpart(row: Commitment) -> str:
    """The key of the promise that this one answers; empty for none."""
    if not row.pair:
        return ""
    rows = Commitment.objects.filter(wording=row.wording_id, pair=row.pair).exclude(side=row.side)
    return str(rows.values_list("pk", flat=True).first() or "")
