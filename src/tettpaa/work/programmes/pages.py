"""What the pages of the room are made of: words for places where a sentence depends on what is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tettpaa.core.orgs.models import Unit
from tettpaa.core.ui.language import reader_language
from tettpaa.work.initiatives.queries import responsible_roles, role_name
from tettpaa.work.programmes import queries
from tettpaa.work.programmes.enums import ENDED, PATHS, MilestoneState, Scope, State
from tettpaa.work.programmes.models import Milestone, Programme

_STEPS: Final = {
    State.MANDATED: gettext_lazy("Gi mandat"),
    State.RUNNING: gettext_lazy("Sett i gang"),
    State.REPORTED: gettext_lazy("Meld som rapportert"),
    State.CLOSED: gettext_lazy("Avslutt"),
    State.STOPPED: gettext_lazy("Stopp"),
}
_ROAD: Final = (State.PROPOSED, State.MANDATED, State.RUNNING, State.REPORTED, State.CLOSED)


def years(first: int | None, last: int | None) -> str:
    """`2016–2018`, `fra 2024`, `til 2018`; empty when neither is known."""
    if first and last:
        return str(first) if first == last else f"{first}–{last}"
    if first:
        return _("fra %(year)s") % {"year": first}
    return _("til %(year)s") % {"year": last} if last else ""


@dataclass(frozen=True, slots=True)
class Line:
    """A programme on the overview."""

    programme: Programme
    years: str
    who: str
    partners: str
    led: str
    plans: str
    money: str


def lines(found: Sequence[Programme]) -> list[Line]:
    """The lines of the overview; all parts are prefetched."""
    return [
        Line(
            programme=one,
            years=years(one.first_year, one.last_year),
            who=_who(one),
            partners=_names(one.partners),
            led=_names(one.groups),
            plans=_names(one.plans),
            money=_names(one.grants),
        )
        for one in found
    ]


def _who(programme: Programme) -> str:
    if programme.scope == Scope.NONE:
        return ""
    if programme.scope != Scope.CHOSEN:
        return programme.get_scope_display()
    return ", ".join(row.label for row in programme.participants.all())


def _names(rows: Any) -> str:
    return ", ".join(str(row) for row in rows.all())


def first_line(found: queries.Overview) -> tuple[str, str]:
    """The answer of the overview, and the rest of it."""
    if not (found.ongoing or found.ended or found.proposed):
        return _("Her kommer alt kommunen er med på."), ""
    going = len(found.ongoing)
    first = (
        ngettext(
            "Kommunen er med på ett program eller prosjekt nå.",
            "Kommunen er med på %(count)s programmer og prosjekter nå.",
            going,
        )
        % {"count": going}
        if going
        else _("Ingen programmer pågår nå.")
    )
    ended = len(found.ended)
    return first, ngettext("Ett er avsluttet.", "%(count)s er avsluttet.", ended) % {
        "count": ended
    } if ended else ""


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """A milestone with its state in words."""

    row: Milestone
    kind: str
    said: str
    role: str


def milestones(found: Sequence[Milestone], today: date) -> list[MilestoneLine]:
    """Milestones by date; late, coming, reached or dropped."""
    return [MilestoneLine(one, *_said(one, today), role_name(one.role, reader_language())) for one in found]


def _said(milestone: Milestone, today: date) -> tuple[str, str]:
    if milestone.state == MilestoneState.COMING and milestone.due_on < today:
        return "late", _("Skulle vært nådd")
    kind = {MilestoneState.REACHED: "done", MilestoneState.DROPPED: "withdrawn"}
    return kind.get(MilestoneState(milestone.state), "planned"), milestone.get_state_display()


@dataclass(frozen=True, slots=True)
class Step:
    """A step that may be taken now."""

    key: str
    label: str


def steps(programme: Programme) -> list[Step]:
    """The steps that are drawn from where it is."""
    return [Step(key, str(_STEPS[State(key)])) for key in PATHS.get(programme.state, ())]


def road(programme: Programme) -> list[str]:
    """How far it has come: done, now or later for each step of the road."""
    if programme.state == State.STOPPED:
        return []
    here = _ROAD.index(State(programme.state))
    is_over = programme.state in ENDED
    return [
        "done" if at < here or (is_over and at == here) else "now" if at == here else "later"
        for at in range(len(_ROAD))
    ]


def choices(owner: Unit, programme: Programme | None) -> dict[str, Any]:
    """What the form of a programme chooses among."""
    return {
        "parents": queries.parents_for(owner, programme),
        "roles": responsible_roles(reader_language()),
        **queries.plan_choices(owner),
    }


@dataclass(frozen=True, slots=True)
class School:
    """A school that takes part; `row` is None where it is reckoned from the register."""

    name: str
    years: str
    row: Any


def participants(found: Sequence[queries.TakesPart]) -> list[School]:
    """The schools with their years in words."""
    return [School(one.name, years(one.first_year, one.last_year), one.row) for one in found]
