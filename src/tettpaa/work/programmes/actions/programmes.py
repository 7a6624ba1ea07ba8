"""A programme's words, its road, and its place on the open overview."""

from datetime import date
from typing import Any, Final, NotRequired, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.states import NotAllowedError, move
from tettpaa.core.audit.versions import save_changes
from tettpaa.core.orgs.models import Unit
from tettpaa.work.plans.models import FocusArea, Goal
from tettpaa.work.programmes.enums import NEEDS_REASON, PATHS, State
from tettpaa.work.programmes.models import PageAnswer, Programme, StateChange

FIELDS: Final = (
    "kind", "title", "parent", "area", "goal", "purpose", "about", "mandate", "result", "contact_role",
    "first_year", "last_year", "scope", "source",
)  # fmt: skip
FIRST: Final = (State.PROPOSED, State.MANDATED, State.RUNNING)
_LATIN: Final = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "ae", "Ø": "o", "Å": "a"})


class ReasonMissingError(ValueError):
    """The step needs a reason in words."""


class NewProgramme(TypedDict):
    """What is said of a new programme; years are calendar years."""

    kind: str
    title: str
    parent: NotRequired[Programme | None]
    area: NotRequired[FocusArea | None]
    goal: NotRequired[Goal | None]
    purpose: NotRequired[str]
    about: NotRequired[str]
    mandate: NotRequired[str]
    result: NotRequired[str]
    contact_role: NotRequired[str]
    first_year: NotRequired[int | None]
    last_year: NotRequired[int | None]
    scope: NotRequired[str]
    source: NotRequired[str]


@transaction.atomic
def add_programme(
    *,
    owner: Unit,
    by: str,
    state: str = State.PROPOSED,
    on: date | None = None,
    **words: Unpack[NewProgramme],
) -> Programme:
    """Write down a programme as proposed, with a mandate, or already running, on the day `on` (today).

    Raises NotAllowedError for another first state, ValueError when what it is tied to is another owner's.
    """
    if state not in FIRST:
        raise NotAllowedError("", state)
    made = Programme(
        owner=owner, key=free_key(owner, words["title"]), state=state, changed_on=_day(on), **words
    )
    _is_within(made)
    made.save(force_insert=True)
    _remember(made, "", "", on, by)
    _record("programmes.programme_added", made, by)
    return made


@transaction.atomic
def edit_programme(*, programme: Programme, version: int, by: str, on: date | None = None) -> Programme:
    """Save the words (FIELDS) as they now stand on `programme`. `version` is the one the person saw.

    Raises ConflictError when somebody else has written meanwhile, and then saves nothing.
    """
    _is_within(programme)
    programme.changed_on = _day(on)
    save_changes(programme, version=version, fields=(*FIELDS, "changed_on"))
    _record("programmes.programme_edited", programme, by)
    return programme


@transaction.atomic
def move_programme(
    *, programme: Programme, to: str, by: str, reason: str = "", on: date | None = None
) -> Programme:
    """Take one step on the road in `enums.PATHS`. Raises NotAllowedError and ReasonMissingError (to stop)."""
    found = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    before = move(found, to, paths=PATHS)
    if to in NEEDS_REASON and not reason.strip():
        raise ReasonMissingError(to)
    found.changed_on = _day(on)
    found.save(update_fields=["state", "changed_on"])
    _remember(found, before, reason.strip(), on, by)
    _record("programmes.programme_moved", found, by, before=before)
    return found


@transaction.atomic
def publish(*, programme: Programme, by: str, on: date | None = None) -> Programme:
    """Put it on the open overview. The first day it stood there is kept."""
    found = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    if found.published_on is None:
        found.published_on = _day(on)
        found.save(update_fields=["published_on"])
        _record("programmes.programme_published", found, by)
    return found


@transaction.atomic
def withdraw(*, programme: Programme, by: str) -> Programme:
    """Take it off the open overview."""
    found = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    if found.published_on is not None:
        found.published_on = None
        found.save(update_fields=["published_on"])
        _record("programmes.programme_withdrawn", found, by)
    return found


@transaction.atomic
def answer_page(*, owner: Unit, found: bool, missing: str = "", on: date | None = None) -> PageAnswer:
    """What a reader says of the overview. Who said it is kept nowhere, so the audit names the system."""
    made = PageAnswer.objects.create(owner=owner, found=found, missing=missing.strip(), on=_day(on))
    record(
        kind="programmes.page_answered",
        by="system",
        subject="programmes page",
        owner=owner.code,
        detail={"found": found},
    )
    return made


def free_key(owner: Unit, title: str) -> str:
    """A key from the title that no other programme of the owner has."""
    start = slugify(title.translate(_LATIN))[:50] or "program"
    taken = set(Programme.objects.filter(owner=owner, key__startswith=start).values_list("key", flat=True))
    return next(
        key
        for number in range(1, len(taken) + 2)
        if (key := start if number == 1 else f"{start}-{number}") not in taken
    )


def _is_within(programme: Programme) -> None:
    """What it is tied to is the owner's own, and it belongs to nothing that belongs to it."""
    tied: tuple[Any, ...] = (programme.area, programme.goal, programme.parent)
    if any(one is not None and one.owner_id != programme.owner_id for one in tied):
        raise ValueError("a programme is tied to its owner's own")
    if programme.parent is not None and (
        programme.parent_id == programme.pk or programme.parent.parent_id is not None
    ):
        raise ValueError("a measure belongs to a programme, not to another measure")


def _day(on: date | None) -> date:
    return on or timezone.localdate()


def _remember(programme: Programme, before: str, reason: str, on: date | None, by: str) -> None:
    StateChange.objects.create(
        programme=programme, before=before, after=programme.state, on=_day(on), reason=reason, by=by
    )


def _record(kind: str, programme: Programme, by: str, **detail: str) -> None:
    record(
        kind=kind,
        by=by,
        subject=f"programme {programme.pk}",
        subject_key=str(programme.pk),
        owner=programme.owner.code,
        detail={"state": programme.state} | detail,
    )
