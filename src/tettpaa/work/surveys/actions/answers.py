"""Taking in one person's answers, so that nobody can ever tell whose they are."""

import secrets
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tettpaa.core.accounts.models import User
from tettpaa.work.surveys.ballots import sealed
from tettpaa.work.surveys.enums import State
from tettpaa.work.surveys.models import UNKNOWN, AssessmentRound, Ballot, Participation


class ClosedError(Exception):
    """The round is not open on this day."""


class AlreadyAnsweredError(Exception):
    """The person has used the one answer; which one it was, nobody can find again."""


class WrongAnswersError(ValueError):
    """There is not exactly one step of the scale, or UNKNOWN, for each question."""


@transaction.atomic
def give_answers(
    *,
    round: AssessmentRound,  # noqa: A002 - the room's word
    answers: Mapping[UUID, int],
    by: User,
    on: date | None = None,
) -> None:
    """Put one ballot in, and a yes beside the person. `answers`: key of the goal → step, or UNKNOWN.

    Not in the audit trail, on purpose: its line would hold who and when. The only deed of the house without one.
    Raises ClosedError, AlreadyAnsweredError, WrongAnswersError.
    """
    today = on or timezone.localdate()
    found = AssessmentRound.objects.select_for_update().get(pk=round.pk)
    if found.state != State.OPEN or not found.opens_on <= today <= found.closes_on:
        raise ClosedError(found.pk)
    goals = [question.goal_id for question in found.questions.all()]
    allowed = {UNKNOWN, *range(len(found.steps))}
    if set(answers) != set(goals) or not set(answers.values()) <= allowed:
        raise WrongAnswersError(found.pk)
    Participation.objects.get_or_create(round=found, user=by)
    if not Participation.objects.filter(round=found, user=by, used=False).update(used=True):
        raise AlreadyAnsweredError(found.pk)
    _drop_in(found, [answers[goal] for goal in goals])


def _drop_in(found: AssessmentRound, steps: list[int]) -> None:
    """The ballot, and all others written anew in random order, so that not even their place in the file tells."""
    ballots = [bytes(row) for row in Ballot.objects.filter(round=found).values_list("content", flat=True)]
    ballots.append(sealed(found.pk, steps))
    secrets.SystemRandom().shuffle(ballots)
    Ballot.objects.filter(round=found).delete()
    Ballot.objects.bulk_create(Ballot(round=found, content=content) for content in ballots)
