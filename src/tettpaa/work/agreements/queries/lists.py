"""Agreements for a viewer: the list, the lines of a meeting's package, and what the report counts."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.queries import alphabetical, schools_of
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.agreements.addresses import address_of
from tettpaa.work.agreements.enums import (
    ENDED,
    LIVING,
    OPEN_WORDING,
    Side,
    State,
    Status,
    WordingState,
    status_at,
)
from tettpaa.work.agreements.models import Agreement, Checkpoint, Commitment, Wording

SETTLED = frozenset({Status.DONE, Status.NOT_DONE})


@dataclass(frozen=True)
class AgreementLine:
    """An agreement in a list. `whole` is False when the viewer reads only the open part.

    `waits_for` is the side whose signature is lacking; `changing`: a new text is on its way.
    """

    agreement: Agreement
    whole: bool
    promises: int
    done: int
    late: Mapping[str, int]
    next_checkpoint: date | None
    waits_for: Side | None
    changing: bool
    today: date

    @property
    def address(self) -> str:
        return address_of(self.agreement)

    @property
    def state(self) -> State:
        """With the checkpoint reckoned in."""
        return state_at(self.agreement, self.next_checkpoint, self.today)

    @property
    def late_all(self) -> int:
        return sum(self.late.values())

    @property
    def is_over(self) -> bool:
        return self.agreement.state in ENDED


def state_at(agreement: Agreement, next_checkpoint: date | None, today: date) -> State:
    """The state as it is to be shown: a checkpoint that should have been held is due."""
    due = next_checkpoint is not None and next_checkpoint <= today
    return State.CHECKPOINT_DUE if agreement.lives and due else State(agreement.state)


def is_signed(agreement: UUID) -> bool:
    """Whether both have signed some version, so that there is an open part."""
    return Agreement.objects.filter(pk=agreement, in_force__gt=0).exists()


def agreements_of(
    viewer: Viewer,
    owner: Unit,
    school: Unit | None = None,
    *,
    over: bool = False,
    today: date | None = None,
) -> list[AgreementLine]:
    """What the viewer may read, by school and then newest first: whole, or the open part of what both have signed.

    `over` gives those that have ended instead of those that live or are written. Five queries.
    """
    places = {one.pk: one for one in ([school] if school is not None else schools_of(owner))}
    rows = _readable(viewer, owner, places.values())
    found = list(rows.filter(state__in=ENDED) if over else rows.exclude(state__in=ENDED))
    for one in found:  # not joined: hundreds of agreements share a few schools
        one.owner, one.school = owner, places[one.school_id]
    keys = [one.pk for one in found]
    day = today or timezone.localdate()
    promises = _how_they_go(keys, day)
    points = _next_checkpoints(keys)
    texts = _open_texts(keys)
    whole = _whole(viewer, found)
    lines = [
        _line(one, one.school_id in whole, promises[one.pk], points.get(one.pk), texts.get(one.pk), day)
        for one in found
    ]
    return sorted(lines, key=lambda line: alphabetical(line.agreement.school.label))


def _whole(viewer: Viewer, found: Iterable[Agreement]) -> set[int]:
    schools = {one.school_id: one.school for one in found}
    return {pk for pk, school in schools.items() if viewer.may(Permission.AGREEMENTS_READ, school)}


def _readable(viewer: Viewer, owner: Unit, places: Collection[Unit]) -> QuerySet[Agreement]:
    whole = [one.pk for one in places if viewer.may(Permission.AGREEMENTS_READ, one)]
    part = [one.pk for one in places if viewer.may(Permission.AGREEMENTS_PUBLIC, one)]
    mine = Q(school__in=whole) | Q(school__in=part, in_force__gt=0)
    return Agreement.objects.filter(mine, owner=owner)


def _promises(keys: Collection[UUID]) -> Mapping[UUID, list[Commitment]]:
    grouped: dict[UUID, list[Commitment]] = defaultdict(list)
    rows = Commitment.objects.filter(wording__agreement__in=keys, wording__state=WordingState.IN_FORCE)
    for row in rows.annotate(of=F("wording__agreement")):
        grouped[row.of].append(row)
    return grouped


def _how_they_go(keys: Collection[UUID], today: date) -> Mapping[UUID, list[tuple[str, Status]]]:
    """Side and status of each promise in force, without their words: a list only counts them."""
    grouped: dict[UUID, list[tuple[str, Status]]] = defaultdict(list)
    rows = Commitment.objects.filter(wording__agreement__in=keys, wording__state=WordingState.IN_FORCE)
    for key, side, status, due_on in rows.order_by().values_list(
        "wording__agreement", "side", "status", "due_on"
    ):
        grouped[key].append((side, status_at(status, due_on, today)))
    return grouped


def _next_checkpoints(keys: Collection[UUID]) -> dict[UUID, date]:
    rows = Checkpoint.objects.filter(
        wording__agreement__in=keys, wording__state=WordingState.IN_FORCE, held_on=None
    )
    found: dict[UUID, date] = {}
    for key, due in rows.order_by("due_on").values_list("wording__agreement", "due_on"):
        found.setdefault(key, due)
    return found


def _open_texts(keys: Collection[UUID]) -> dict[UUID, Wording]:
    rows = Wording.objects.filter(agreement__in=keys, state__in=OPEN_WORDING).only("agreement", "state")
    return {row.agreement_id: row for row in rows}


def _line(
    agreement: Agreement,
    whole: bool,
    states: list[tuple[str, Status]],
    checkpoint: date | None,
    text: Wording | None,
    today: date,
) -> AgreementLine:
    return AgreementLine(
        agreement=agreement,
        whole=whole,
        promises=len(states),
        done=sum(status is Status.DONE for _side, status in states),
        late=Counter(side for side, status in states if status is Status.LATE),
        next_checkpoint=checkpoint,
        waits_for=waits_for(text) if whole else None,
        changing=whole and text is not None and agreement.in_force > 0,
        today=today,
    )


def waits_for(wording: Wording | None) -> Side | None:
    """Whose signature a text waits for."""
    turns = {WordingState.CONSULTED: Side.SCHOOL, WordingState.SIGNED_SCHOOL: Side.OWNER}
    return turns.get(WordingState(wording.state)) if wording else None


@dataclass(frozen=True)
class StatusLine:
    """A promise with how it went, for a meeting's package; `content` can be sealed."""

    agreement: str
    address: str
    side: str
    what: str
    who: str
    due_on: date | None
    status: str
    note: str

    @property
    def content(self) -> dict[str, Any]:
        return {
            "agreement": self.agreement,
            "address": self.address,
            "side": self.side,
            "what": self.what,
            "who": self.who,
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "status": self.status,
            "note": self.note,
        }


def status_lines(viewer: Viewer, school: Unit, today: date | None = None) -> list[StatusLine]:
    """The promises of the agreements in force at the school, else of the one that ended last, with their status.

    Why something is late is for those who read the whole agreement. Three queries.
    """
    if not viewer.may(Permission.AGREEMENTS_PUBLIC, school):
        return []
    day = today or timezone.localdate()
    whole = viewer.may(Permission.AGREEMENTS_READ, school)
    signed = Agreement.objects.filter(school=school, in_force__gt=0).select_related("owner", "school")
    living = list(signed.filter(state__in=LIVING).order_by("begun_on"))
    chosen = living or list(signed.order_by("-ended_on", "-begun_on")[:1])
    promises = _promises([one.pk for one in chosen])
    return [
        StatusLine(
            agreement=one.title,
            address=address_of(one),
            side=row.side,
            what=row.what,
            who=row.who,
            due_on=row.due_on,
            status=row.status_at(day).value,
            note=row.status_note if whole else "",
        )
        for one in chosen
        for row in sorted(promises[one.pk], key=lambda row: (row.pair or 999, row.number))
    ]


@dataclass(frozen=True)
class Counts:
    """What the yearly report may say: numbers, never which school or which text."""

    signed: int
    fulfilled: int
    in_force: int
    school_promises: int
    school_kept: int
    owner_promises: int
    owner_kept: int


def counts(owner: Unit, since: date, until: date) -> Counts:
    """Agreements that lived in the period, and how many of the promises due in it each side kept. Three queries."""
    lived = Agreement.objects.filter(owner=owner, in_force__gt=0, begun_on__lte=until).exclude(
        ended_on__lt=since
    )
    states = Counter(lived.values_list("state", flat=True))
    promises = Commitment.objects.filter(
        wording__agreement__in=lived.values("pk"),
        wording__state=WordingState.IN_FORCE,
        due_on__range=(since, until),
    )
    made = Counter(promises.values_list("side", flat=True))
    kept = Counter(promises.filter(status=Status.DONE).values_list("side", flat=True))
    return Counts(
        signed=sum(states.values()),
        fulfilled=states[State.FULFILLED],
        in_force=sum(states[state] for state in LIVING),
        school_promises=made[Side.SCHOOL],
        school_kept=kept[Side.SCHOOL],
        owner_promises=made[Side.OWNER],
        owner_kept=kept[Side.OWNER],
    )


def places_to_write(viewer: Viewer, owner: Unit) -> list[Unit]:
    """Schools where the viewer may begin an agreement."""
    return [school for school in schools_of(owner) if viewer.may(Permission.AGREEMENTS_EDIT, school)]
