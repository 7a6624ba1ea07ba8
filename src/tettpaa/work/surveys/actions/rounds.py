"""A round on its road: planned, open, closed, completed, shared with the owner and withdrawn again, archived."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.states import move
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import people_with
from tettpaa.work.plans.models import Goal
from tettpaa.work.surveys.ballots import opened
from tettpaa.work.surveys.enums import PATHS, State
from tettpaa.work.surveys.models import (
    UNKNOWN,
    AssessmentRound,
    Ballot,
    Count,
    Look,
    Participation,
    Question,
)
from tettpaa.work.surveys.queries import answering_roles, scale_of
from tettpaa.work.yearwheel.actions import finish_date, put_date

_HEAD: Final = "principal"
_FEWEST_STEPS: Final = 2


class NoScaleError(ValueError):
    """The owner has not chosen the words of the scale, so there is nothing to answer with."""


@transaction.atomic
def plan_round(  # noqa: PLR0913 - where, which year, which goals, from when to when, and who asks
    *,
    owner: Unit,
    school: Unit,
    school_year: int,
    goals: Sequence[Goal],
    opens_on: date,
    closes_on: date,
    by: str,
) -> AssessmentRound:
    """Plan a self-assessment on goals that have a question; the days come in the year wheel.

    Raises ValueError for a goal of another owner or without a question, none at all, or days in the wrong order.
    """
    wrong = [goal for goal in goals if goal.owner_id != owner.pk or not goal.question]
    if wrong or not goals or closes_on < opens_on or not school.is_below(owner):
        raise ValueError("a round asks about goals of its owner that have a question, in days that follow")
    made = AssessmentRound.objects.create(
        owner=owner, school=school, school_year=school_year, opens_on=opens_on, closes_on=closes_on
    )
    Question.objects.bulk_create(
        Question(round=made, goal=goal, text=goal.question, order=order) for order, goal in enumerate(goals)
    )
    _put_date(made, "open", _("Åpne egenvurderingen"), opens_on, by)
    _put_date(made, "close", _("Lukk egenvurderingen"), closes_on, by)
    _record("surveys.round_planned", made, by)
    return made


@transaction.atomic
def open_round(*, round: AssessmentRound, by: str) -> AssessmentRound:  # noqa: A002 - the room's word
    """Let the staff answer, with the words of the scale as they are today.

    Raises NoScaleError, NotAllowedError; IntegrityError when the school has another round open.
    """
    found = _locked(round)
    move(found, State.OPEN, paths=PATHS)
    scale = scale_of(found.owner)
    words = [step.word for step in scale.steps.all()] if scale else []
    if scale is None or len(words) < _FEWEST_STEPS:
        raise NoScaleError(found.owner.code)
    found.steps, found.unknown, found.smallest = words, scale.unknown, scale.smallest
    found.save(update_fields=["state", "steps", "unknown", "smallest"])
    people = people_with(answering_roles(), found.school)
    Participation.objects.bulk_create(Participation(round=found, user=person) for person in people)
    _finish_date(found, "open", by)
    _record("surveys.round_opened", found, by)
    return found


@transaction.atomic
def close_round(*, round: AssessmentRound, by: str) -> AssessmentRound:  # noqa: A002
    """Count, and forget who and what: from here on there are only numbers, and none when too few have answered.

    Raises NotAllowedError; UnreadableError when the installation's secret was changed while it was open.
    """
    found = _locked(round)
    move(found, State.CLOSED, paths=PATHS)
    ballots = [
        opened(found.pk, bytes(content))
        for content in Ballot.objects.filter(round=found).values_list("content", flat=True)
    ]
    found.answered = len(ballots)
    found.invited = Participation.objects.filter(round=found).count()
    found.save(update_fields=["state", "answered", "invited"])
    if len(ballots) >= found.smallest:
        _count(found, ballots)
    Ballot.objects.filter(round=found).delete()
    Participation.objects.filter(round=found).delete()
    _finish_date(found, "close", by)
    _record("surveys.round_closed", found, by)
    return found


def _count(of: AssessmentRound, ballots: Sequence[Sequence[int]]) -> None:
    """Each question by itself: what one person said on two goals is never put together."""
    steps = [*range(len(of.steps)), UNKNOWN]
    for place, question in enumerate(of.questions.all()):
        found = Counter(ballot[place] for ballot in ballots)
        Count.objects.bulk_create(Count(question=question, step=step, count=found[step]) for step in steps)


@transaction.atomic
def complete_round(*, round: AssessmentRound, comment: str, by: str) -> AssessmentRound:  # noqa: A002
    """The school has talked it through; `comment` is what it says itself. Raises NotAllowedError."""
    found = _locked(round)
    move(found, State.COMPLETED, paths=PATHS)
    found.comment = comment.strip()
    found.save(update_fields=["state", "comment"])
    _record("surveys.round_completed", found, by)
    return found


@transaction.atomic
def share_round(*, round: AssessmentRound, by: str) -> AssessmentRound:  # noqa: A002
    """Let the owner see it; the head decides. Raises NotAllowedError."""
    return _moved(round, State.SHARED, "surveys.round_shared", by)


@transaction.atomic
def withdraw_round(*, round: AssessmentRound, by: str) -> AssessmentRound:  # noqa: A002
    """Take the sharing back. `queries.looks_at` tells who has seen it. Raises NotAllowedError."""
    return _moved(round, State.WITHDRAWN, "surveys.round_withdrawn", by)


@transaction.atomic
def archive_round(*, round: AssessmentRound, by: str) -> AssessmentRound:  # noqa: A002
    """Put it away; only the school sees it from now on. Raises NotAllowedError."""
    return _moved(round, State.ARCHIVED, "surveys.round_archived", by)


@transaction.atomic
def remember_look(
    *,
    round: AssessmentRound,  # noqa: A002
    role: str,
    by: str,
    on: date | None = None,
) -> None:
    """Somebody from above has seen the shared result: once a person and day."""
    _look, is_new = Look.objects.get_or_create(
        round=round, by=by, on=on or timezone.localdate(), defaults={"role": role}
    )
    if is_new:
        _record("surveys.result_seen", round, by)


def _locked(round: AssessmentRound) -> AssessmentRound:  # noqa: A002
    return (
        AssessmentRound.objects.select_for_update(of=("self",))
        .select_related("owner", "school")
        .get(pk=round.pk)
    )


def _moved(round: AssessmentRound, to: State, kind: str, by: str) -> AssessmentRound:  # noqa: A002
    found = _locked(round)
    move(found, to, paths=PATHS)
    found.save(update_fields=["state"])
    _record(kind, found, by)
    return found


def _put_date(of: AssessmentRound, kind: str, title: str, day: date, by: str) -> None:
    put_date(
        owner=of.owner,
        school=of.school,
        source=_source(of, kind),
        title=title,
        due_on=day,
        role=_HEAD,
        address=reverse("surveys:round", args=[of.owner.code, of.school.code, of.pk]),
        by=by,
    )


def _finish_date(of: AssessmentRound, kind: str, by: str) -> None:
    finish_date(source=_source(of, kind), by=by, owner=of.owner)


def _source(of: AssessmentRound, kind: str) -> str:
    return f"surveys.round:{of.pk}:{kind}"


def _record(kind: str, of: AssessmentRound, by: str) -> None:
    record(
        kind=kind,
        by=by,
        subject=f"round {of.pk}",
        subject_key=str(of.pk),
        owner=of.owner.code,
        detail={"school": of.school.code, "state": of.state},
    )
