"""One agreement as its pages show it: the spine, the goals, the road, the versions."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from typing import Any, Literal

from django.utils import timezone
from django.utils.translation import gettext as _

from tettpaa.core.orgs.permissions import Permission, roles
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui import formats
from tettpaa.core.ui.language import reader_language
from tettpaa.work.agreements.access import sides_of
from tettpaa.work.agreements.content import kind_name, wording_content
from tettpaa.work.agreements.enums import OPEN_WORDING, Side, State, Status, WordingState
from tettpaa.work.agreements.models import (
    Agreement,
    AgreementVersion,
    Checkpoint,
    Commitment,
    Signature,
    Wording,
)
from tettpaa.work.agreements.queries.lists import state_at, waits_for
from tettpaa.work.agreements.targets import Aim, aim_of


@dataclass(frozen=True)
class Promise:
    """A promise on the spine, with how it goes today."""

    row: Commitment
    status: Status
    may_report: bool
    may_write: bool

    @property
    def note(self) -> str:
        return self.row.status_note


@dataclass(frozen=True)
class Pair:
    """Two promises that answer each other, or one without a counterpart."""

    school: Promise | None
    owner: Promise | None

    @property
    def is_tied(self) -> bool:
        return self.school is not None and self.owner is not None


@dataclass(frozen=True)
class GoalRow:
    """A goal as it stands in the content, with its picture."""

    content: Mapping[str, Any]
    aim: Aim | None
    row: Any = None


@dataclass(frozen=True)
class Point:
    """A checkpoint on the line."""

    row: Checkpoint
    state: Literal["held", "late", "next", "later"]


@dataclass(frozen=True)
class Segment:
    """One of the six on the state line."""

    name: str
    text: str
    state: Literal["done", "now", "later"]


@dataclass(frozen=True)
class Signed:
    """A signature in words."""

    side: Side
    role: str
    at: datetime
    method: str
    version: int


@dataclass(frozen=True)
class VersionLine:
    """A sealed version in the list of versions."""

    version: AgreementVersion
    content: Mapping[str, Any]
    signatures: Sequence[Signed]
    before: int

    @property
    def by_both(self) -> bool:
        return len(self.signatures) == len(Side)


@dataclass(frozen=True)
class Page:
    """All that an agreement's page shows of one of its wordings."""

    agreement: Agreement
    wording: Wording
    kind: str
    state: State
    pairs: Sequence[Pair]
    goals: Sequence[GoalRow]
    points: Sequence[Point]
    competence: Sequence[Any]
    consultations: Sequence[Any]
    has_annex: bool
    versions: Sequence[VersionLine]
    change: Wording | None
    sides: frozenset[Side]
    signs: frozenset[Side]
    may_write: bool
    may_annex: bool

    @property
    def promises(self) -> list[Promise]:
        return [one for pair in self.pairs for one in (pair.school, pair.owner) if one]

    @property
    def late(self) -> list[Promise]:
        return [one for one in self.promises if one.status is Status.LATE]

    @property
    def well(self) -> int:
        """Promises that are done or on their way as they should."""
        return sum(one.status not in {Status.LATE, Status.NOT_DONE} for one in self.promises)

    @property
    def next_point(self) -> Checkpoint | None:
        return next((one.row for one in self.points if one.row.held_on is None), None)

    @property
    def lacks(self) -> str:
        """What must be written before the text can take its next step: a key, or empty."""
        if self.wording.state == WordingState.DRAFT:
            sides = {one.row.side for one in self.promises}
            return "side" if len(sides) < len(Side) else "" if self.goals else "goal"
        if self.wording.state == WordingState.NEGOTIATED and not self.wording.not_heard:
            first = self.wording.opened_on if self.wording.number > 1 else date.min
            return (
                "" if any(one.heard_on and one.heard_on >= first for one in self.consultations) else "heard"
            )
        return ""

    @property
    def lacking_side(self) -> Side:
        """The side that has promised nothing yet."""
        return Side.OWNER if any(one.row.side == Side.SCHOOL for one in self.promises) else Side.SCHOOL

    @property
    def waits_for(self) -> Side | None:
        return waits_for(self.change or (self.wording if self.wording.is_open else None))

    @property
    def my_turn(self) -> bool:
        """The viewer's own signature is waited for."""
        return self.waits_for in self.signs

    @property
    def standing(self) -> VersionLine | None:
        """The version in force."""
        return next((one for one in self.versions if one.version.number == self.agreement.in_force), None)


def shown_wording(agreement: Agreement) -> Wording:
    """What the agreement's page is about: the text in force, else the one being written, else the last."""
    texts = list(agreement.wordings.all())
    order = (
        lambda one: one.state == WordingState.IN_FORCE,
        lambda one: one.state in OPEN_WORDING,
    )
    for wanted in order:
        for one in reversed(texts):
            if wanted(one):
                one.agreement = agreement
                return one
    texts[-1].agreement = agreement
    return texts[-1]


def page_of(viewer: Viewer, wording: Wording, today: date | None = None) -> Page:
    """Everything on the page, in a fixed number of queries. The caller has fetched through `access`."""
    agreement, day = wording.agreement, today or timezone.localdate()
    sides = sides_of(viewer, Permission.AGREEMENTS_EDIT, agreement)
    writes = wording.state in {WordingState.DRAFT, WordingState.NEGOTIATED, WordingState.CONSULTED}
    may_write = writes and viewer.may(Permission.AGREEMENTS_EDIT, agreement.school)
    points = points_of(wording.checkpoints.all(), day)
    waiting = next((one.row.due_on for one in points if one.row.held_on is None), None)
    versions = versions_of(agreement)
    return Page(
        agreement=agreement,
        wording=wording,
        kind=kind_name(agreement.owner, agreement.kind),
        state=state_at(agreement, waiting, day) if not wording.is_open else State(wording.state),
        pairs=pairs_of(_promises(wording, sides, may_write, day)),
        goals=_goals(wording),
        points=points,
        competence=list(wording.competenceneeds.all()),
        consultations=list(wording.consultations.all()),
        has_annex=wording.annexparagraphs.exists(),
        versions=versions,
        change=_change(agreement, wording),
        sides=sides,
        signs=sides_of(viewer, Permission.AGREEMENTS_SIGN, agreement),
        may_write=may_write,
        may_annex=viewer.may(Permission.AGREEMENTS_ANNEX, agreement.school),
    )


def _change(agreement: Agreement, wording: Wording) -> Wording | None:
    if wording.is_open:
        return None
    found = agreement.wordings.filter(state__in=OPEN_WORDING).first()
    if found is not None:
        found.agreement = agreement
    return found


def _promises(wording: Wording, sides: frozenset[Side], may_write: bool, day: date) -> list[Promise]:
    rows = wording.commitments.select_related("why_goal", "initiative")
    lives = wording.state == WordingState.IN_FORCE and wording.agreement.lives
    return [Promise(row, row.status_at(day), lives and row.side in sides, may_write) for row in rows]


def pairs_of(promises: Iterable[Promise]) -> list[Pair]:
    """The rows of the spine: first those that answer each other, by the first one's number, then those alone."""
    tied: dict[int, list[Promise]] = defaultdict(list)
    alone: list[Promise] = []
    for one in promises:
        if one.row.pair:
            tied[one.row.pair].append(one)
        else:
            alone.append(one)
    pairs: list[Pair] = []
    for group in tied.values():
        schools = [one for one in group if one.row.side == Side.SCHOOL]
        owners = [one for one in group if one.row.side == Side.OWNER]
        pairs += [Pair(*both) for both in zip_longest(schools, owners)]
    pairs += [Pair(one, None) if one.row.side == Side.SCHOOL else Pair(None, one) for one in alone]
    return pairs


def points_of(rows: Iterable[Checkpoint], day: date) -> list[Point]:
    """Checkpoints in order of date; the first that is not held is late or next."""
    found: list[Point] = []
    waiting = False
    for row in rows:
        if row.held_on is not None:
            found.append(Point(row, "held"))
        elif waiting:
            found.append(Point(row, "later"))
        else:
            found.append(Point(row, "late" if row.due_on < day else "next"))
            waiting = True
    return found


def _goals(wording: Wording) -> list[GoalRow]:
    content = wording_content(wording, 0)["goals"]
    rows = {str(row.line): row for row in wording.agreementgoals.all()}
    return [GoalRow(one, aim_of(one, reader_language()), rows.get(one["line"])) for one in content]


def goals_in(content: Mapping[str, Any]) -> list[GoalRow]:
    """The same of a sealed text."""
    return [GoalRow(one, aim_of(one, reader_language())) for one in content["goals"]]


def versions_of(agreement: Agreement) -> list[VersionLine]:
    """Sealed versions, newest first, each with its signatures; `before` is the one signed by both before it."""
    rows = list(agreement.versions.prefetch_related("signatures"))
    found, standing = [], 0
    for row in rows:
        signatures = [signed(one, row.number) for one in row.signatures.all()]
        found.append(VersionLine(row, json.loads(row.text), signatures, standing))
        if len(signatures) == len(Side):
            standing = row.number
    return found[::-1]


def signed(row: Signature, number: int) -> Signed:
    """A signature with the role's name in the reader's language."""
    role = roles().get(row.role)
    name = role.names.get(reader_language(), role.names["nb"]) if role else row.role
    return Signed(Side(row.side), name, timezone.localtime(row.at), method_word(row.method), number)


def method_word(method: str) -> str:
    """How the signer proved who they were."""
    return {
        "password": _("med passord på nytt"),
        "second_factor": _("med passord og kode"),
        "passkey": _("med tilgangsnøkkel"),
        "session": _("med ny innlogging"),
    }.get(method, method)


def segments(page: Page) -> list[Segment]:
    """The state line: six steps from talks to the end (look.md "State line")."""
    names = [
        (State.NEGOTIATED, _("Forhandlet")),
        (State.CONSULTED, _("Hørt")),
        (State.SIGNED_OWNER, _("Signert av begge")),
        (State.IN_FORCE, _("I kraft")),
        (State.FULFILLED, _("Vurdert sammen")),
        (State.CLOSED, _("Avsluttet eller ny avtale")),
    ]
    reached = _reached(page)
    steps = {step.after: step.on for step in page.agreement.steps.all() if step.after}
    return [
        Segment(
            _now_name(page, name) if place == reached else name,
            _segment_text(page, key, steps, place - reached),
            "done" if place < reached else "now" if place == reached else "later",
        )
        for place, (key, name) in enumerate(names)
    ]


_PLACES = {
    State.DRAFT: 0,
    State.NEGOTIATED: 1,
    State.CONSULTED: 2,
    State.SIGNED_SCHOOL: 2,
    State.SIGNED_OWNER: 3,
    State.IN_FORCE: 3,
    State.CHECKPOINT_DUE: 3,
    State.ADJUSTED: 3,
    State.FULFILLED: 5,
    State.CLOSED: 6,
    State.TERMINATED: 6,
    State.STEPPED_UP: 6,
}


def _reached(page: Page) -> int:
    return _PLACES[page.state]


def _now_name(page: Page, name: str) -> str:
    standing = page.agreement.in_force
    names = {
        State.DRAFT: _("Forhandles"),
        State.NEGOTIATED: _("Høres"),
        State.CONSULTED: _("Venter på rektors signatur"),
        State.SIGNED_SCHOOL: _("Venter på skoleeiers signatur"),
        State.IN_FORCE: _("I kraft, versjon %(number)s") % {"number": standing},
        State.ADJUSTED: _("I kraft, versjon %(number)s") % {"number": standing},
        State.CHECKPOINT_DUE: _("I kraft, sjekkpunkt nå"),
    }
    return names.get(page.state, name)


def _segment_text(page: Page, key: State, steps: Mapping[str, date], away: int) -> str:
    if key is State.IN_FORCE and away == 0:
        held = sum(one.state == "held" for one in page.points)
        return _("%(held)s av %(all)s sjekkpunkt er holdt") % {"held": held, "all": len(page.points)}
    if key is State.CLOSED and away > 0 and page.wording.ends_on:
        return _("innen %(day)s") % {"day": formats.day(page.wording.ends_on, reader_language())}
    on = steps.get(key)
    return formats.day(on, reader_language()) if on and away < 0 else ""
