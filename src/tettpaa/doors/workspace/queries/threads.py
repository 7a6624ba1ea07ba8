"""The golden thread: one goal at one school from intention to decision, and all the owner's threads at a glance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, takewhile
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.panels import Asked, Knot, Link, Threads, thread, threads
from tettpaa.core.ui.templatetags.thread import NAMES
from tettpaa.work.plans.access import goal_for_reading
from tettpaa.work.plans.queries import goals_of

ACROSS = (60, 82, 40, 76, 46, 84, 38, 64, 56, 70)  # of 120: where each knot lies, so that the thread swings
_AT = tuple(10 + 40 * number for number in range(len(Link)))  # where a small thread has its dots
# The links a school makes itself; plan, competence plan, report and decision are the owner's, and lie in every thread.
OWN = (Link.ASSESSMENT, Link.MEETING, Link.AGREEMENT, Link.INITIATIVE, Link.EFFECT)


@dataclass(frozen=True)
class Step:
    """A row of the thread: the knot, where it lies, and the curve down to the next."""

    knot: Knot
    name: str | Promise
    place: int
    curve: str
    curve_state: str
    strands: tuple[str, ...]


@dataclass(frozen=True)
class Mini:
    """A thread as one line of a list; the drawing is made for the lines that a page shows."""

    owner: str
    school: Unit
    goal: tuple[UUID, str]
    states: tuple[str, ...]
    is_here: bool

    @property
    def lacks(self) -> str:
        """The missing links by name; empty when the thread is whole so far."""
        return ", ".join(
            str(NAMES[link]).lower()
            for link, state in zip(Link, self.states, strict=True)
            if state == "missing"
        )

    @property
    def address(self) -> str:
        return reverse(
            "workspace:thread", kwargs={"owner": self.owner, "school": self.school.code, "goal": self.goal[0]}
        )

    @property
    def lines(self) -> dict[str, str]:
        """The pieces between the links, by state: one path for all pieces of a state, for a page has hundreds."""
        drawn: dict[str, str] = {}
        for (at, to), states in zip(pairwise(_AT), pairwise(self.states), strict=True):
            state = _line(*states)
            drawn[state] = f"{drawn.get(state, '')}M{at} 8H{to}"
        return drawn

    @property
    def dots(self) -> dict[str, str]:
        """The links by state, circles drawn as two half turns each."""
        drawn: dict[str, str] = {}
        for at, state in zip(_AT, self.states, strict=True):
            drawn[state] = f"{drawn.get(state, '')}M{at - 4.5} 8a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0"
        return drawn


@dataclass(frozen=True)
class ThreadPage:
    """`first` and `second` say how far the thread holds."""

    owner: Unit
    school: Unit
    goal: str
    first: str
    second: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class ThreadsPage:
    """All threads of the owner that the viewer may follow, schools alphabetically."""

    owner: Unit
    first: str
    second: str
    rows: tuple[Mini, ...]


def thread_page(viewer: Viewer, owner: Unit, school: Unit, goal: UUID, today: date) -> ThreadPage:
    """Raises Http404 for a goal that is not this owner's or may not be read."""
    found = goal_for_reading(viewer, owner, goal)
    knots = thread(Asked(viewer=viewer, owner=owner, today=today, school=school, goal=found.pk))
    first, second = _said(knots)
    steps = tuple(_step(number, knots) for number in range(len(knots)))
    return ThreadPage(owner, school, found.text, first, second, steps)


def _said(knots: list[Knot]) -> tuple[str, str]:
    missing = [knot for knot in knots if knot.state == "missing"]
    there = [knot for knot in knots if knot.state == "there"]
    unbroken = list(takewhile(lambda knot: knot.state == "there", knots))
    if missing:
        broken = str(NAMES[missing[0].link]).lower()
        first = _("Tråden ryker ved %(link)s.") % {"link": broken}
    elif unbroken:
        first = _("Tråden er hel til og med %(link)s.") % {"link": str(NAMES[unbroken[-1].link]).lower()}
    else:
        first = _("Tråden er ikke begynt.")
    if len(there) == len(Link):
        return first, _("Hele veien fra mål til vedtak kan følges.")
    parts = {"there": len(there), "all": len(Link)}
    return first, _("%(there)s av %(all)s ledd finnes.") % parts


def _step(number: int, knots: list[Knot]) -> Step:
    knot, here = knots[number], ACROSS[number]
    following = knots[number + 1] if number + 1 < len(knots) else None
    state = _between(knot.state, following.state if following else "")
    curve: str = ""
    strands: tuple[str, ...] = ()
    if following:
        there = ACROSS[number + 1]
        curve = f"M{here} 0C{here} 50 {there} 50 {there} 100"
        if state == "frayed":
            curve = f"M{here} 0C{here} 20 {here + 2} 30 {here} 48"
            strands = tuple(
                f"M{here} 46C{here} 54 {here + away} 56 {here + away} 68" for away in (-9, -3, 4, 10)
            )
    return Step(knot, NAMES[knot.link], number, curve, state, strands)


def _between(state: str, following: str) -> str:
    """How the piece between two knots is drawn: whole, frayed where a link is missing, dotted where not due."""
    if state == "there":
        return {"there": "there", "missing": "frayed"}.get(following, "later")
    return "later"


def threads_page(
    viewer: Viewer, owner: Unit, today: date, here: tuple[int, UUID] | None = None
) -> ThreadsPage:
    """Schools × goals that anything has happened in beyond the plan; a constant number of queries."""
    asked = Asked(viewer=viewer, owner=owner, today=today)
    states = threads(asked)
    goals = {goal.pk: goal.text for goal in goals_of(owner)}
    schools = [school for school in asked.schools if viewer.may(Permission.INITIATIVES_READ, school)]
    begun = {place for link in OWN for place in states[link]}
    rows = tuple(
        _mini(owner, school, (goal, text), states, is_here=(school.pk, goal) == here)
        for school in schools
        for goal, text in goals.items()
        if (school.pk, goal) in begun
    )
    return ThreadsPage(owner, *_all_said(rows), rows)


def _mini(
    owner: Unit, school: Unit, goal: tuple[UUID, str], states: Mapping[Link, Threads], *, is_here: bool
) -> Mini:
    found = [states[link].get((school.pk, goal[0]), "later") for link in Link]
    last = max((n for n, link in enumerate(Link) if link in OWN and found[n] == "there"), default=-1)
    # What lies before the school's last link and is not there, is lacking; what lies after is not due. A link that
    # nobody in the municipality has come to, like one that no room keeps yet, is nothing a school lacks.
    found = [
        "missing" if state == "later" and number < last and states[link] else state
        for number, (link, state) in enumerate(zip(Link, found, strict=True))
    ]
    return Mini(owner.code, school, goal, tuple(found), is_here)


def _line(state: str, following: str) -> str:
    if "missing" in {state, following}:
        return "missing"
    return "there" if state == following == "there" else "later"


def _all_said(rows: tuple[Mini, ...]) -> tuple[str, str]:
    broken = [row for row in rows if "missing" in row.states]
    if not rows:
        return _("Ingen tråder er begynt."), _("En tråd begynner når en skole arbeider med et mål i planen.")
    if not broken:
        return _("Alle trådene er hele."), _("De er like lange som arbeidet har kommet.")
    parts = {"broken": len(broken), "all": len(rows)}
    return _("%(broken)s av %(all)s tråder har et brudd.") % parts, _("Skolene står alfabetisk.")
