"""The short evaluation: opened for those who took part, answered by nobody in particular, counted when it closes."""

import secrets
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.states import move
from tettpaa.work.competence.models import Employee
from tettpaa.work.offers.actions.errors import AnsweredError, NotOpenError, NotReadyError, WrongAnswersError
from tettpaa.work.offers.actions.line import locked
from tettpaa.work.offers.enums import OFFER_PATHS, SURVEY_PATHS, TOOK_PART, OfferState, Step, SurveyState
from tettpaa.work.offers.models import Ballot, Count, Offer, Survey, SurveyUse
from tettpaa.work.offers.queries.rules import questions_of
from tettpaa.work.surveys.ballots import opened, sealed
from tettpaa.work.surveys.models import SMALLEST, UNKNOWN

OPEN_DAYS: Final = timedelta(days=14)
INVITED: Final = (*TOOK_PART, Step.ABSENT)


@transaction.atomic
def open_survey(*, offer: Offer, by: str, on: date | None = None) -> Survey:
    """Ask those who had a seat, for two weeks, with the owner's questions as they stand now. Twice is once."""
    found = locked(offer.pk)
    known = Survey.objects.filter(offer=found).first()
    if known is not None:
        return known
    if found.state != OfferState.HELD:
        raise NotReadyError("held")
    day = on or timezone.localdate()
    asked = questions_of(found.owner)
    made = Survey.objects.create(
        offer=found,
        questions=list(asked.questions),
        steps=list(asked.steps),
        unknown=asked.unknown,
        opens_on=day,
        closes_on=day + OPEN_DAYS,
    )
    keys = found.registrations.filter(state__in=INVITED).values_list("employee", flat=True)
    SurveyUse.objects.bulk_create(SurveyUse(survey=made, employee_id=key) for key in keys)
    _record(kind="offers.survey_opened", survey=made, by=by, detail={"invited": len(keys)})
    return made


@transaction.atomic
def give_evaluation(
    *, survey: Survey, employee: Employee, answers: Sequence[int], on: date | None = None
) -> None:
    """Put one ballot in, and a yes beside the person. `answers`: a step for each question, or UNKNOWN.

    Not in the trail, on purpose: its line would hold who and when. Raises NotOpenError, AnsweredError,
    WrongAnswersError.
    """
    found = Survey.objects.select_for_update().get(pk=survey.pk)
    today = on or timezone.localdate()
    if found.state != SurveyState.OPEN or not found.opens_on <= today <= found.closes_on:
        raise NotOpenError("survey")
    allowed = {UNKNOWN, *range(len(found.steps))}
    if len(answers) != len(found.questions) or not set(answers) <= allowed:
        raise WrongAnswersError(found.pk)
    mine = SurveyUse.objects.filter(survey=found, employee=employee)
    if not mine.exists():
        raise NotOpenError("invited")
    if not mine.filter(used=False).update(used=True):
        raise AnsweredError(found.pk)
    _drop_in(found, answers)


def _drop_in(survey: Survey, answers: Sequence[int]) -> None:
    """The ballot, and all others written anew in random order, so that not even their place in the file tells."""
    ballots = [bytes(row) for row in Ballot.objects.filter(survey=survey).values_list("content", flat=True)]
    ballots.append(sealed(survey.pk, answers))
    secrets.SystemRandom().shuffle(ballots)
    Ballot.objects.filter(survey=survey).delete()
    Ballot.objects.bulk_create(Ballot(survey=survey, content=content) for content in ballots)


@transaction.atomic
def close_survey(*, survey: UUID, by: str) -> Survey:
    """Count each question by itself, and forget the rest. Of fewer than five answers nothing is kept. Twice is once."""
    found = Survey.objects.select_for_update(of=("self",)).select_related("offer__owner").get(pk=survey)
    if found.state == SurveyState.CLOSED:
        return found
    move(found, SurveyState.CLOSED, paths=SURVEY_PATHS)
    ballots = [
        opened(found.pk, bytes(row))
        for row in Ballot.objects.filter(survey=found).values_list("content", flat=True)
    ]
    found.answered = len(ballots)
    found.invited = SurveyUse.objects.filter(survey=found).count()
    if found.answered >= SMALLEST:
        for number in range(len(found.questions)):
            tally = Counter(ballot[number] for ballot in ballots)
            Count.objects.bulk_create(
                Count(survey=found, question=number, step=step, count=count) for step, count in tally.items()
            )
    Ballot.objects.filter(survey=found).delete()
    SurveyUse.objects.filter(survey=found).delete()
    found.save(update_fields=["state", "answered", "invited"])
    offer = locked(found.offer_id)
    move(offer, OfferState.EVALUATED, paths=OFFER_PATHS)
    offer.save(update_fields=["state"])
    _record(kind="offers.survey_closed", survey=found, by=by)
    return found


def _record(*, kind: str, survey: Survey, by: str, detail: dict[str, int] | None = None) -> None:
    record(
        kind=kind,
        by=by,
        subject="survey",
        subject_key=str(survey.offer_id),
        owner=survey.offer.owner.code,
        detail=detail,
    )
