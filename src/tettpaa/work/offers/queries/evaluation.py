"""The result of an evaluation: each question by itself, only when five have answered and not all the same."""

from dataclasses import dataclass
from typing import Literal

from tettpaa.work.competence.models import Employee
from tettpaa.work.offers.enums import SurveyState
from tettpaa.work.offers.models import Offer, Survey, SurveyUse
from tettpaa.work.surveys.models import SMALLEST, UNKNOWN
from tettpaa.work.surveys.spread import is_told_apart

_TENTH = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One step: its word, how many chose it, and the share in whole percent."""

    word: str
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class Told:
    """The answers to one question. `hidden` says why there are no bars: too few, or all the same."""

    question: str
    bars: tuple[Bar, ...] = ()
    hidden: Literal["", "few", "same"] = ""


def survey_of(offer: Offer) -> Survey | None:
    """The evaluation of an offer."""
    return Survey.objects.filter(offer=offer).select_related("offer").first()


def result_of(survey: Survey) -> list[Told] | None:
    """The closed evaluation question by question; None while it is open. One query."""
    if survey.state != SurveyState.CLOSED:
        return None
    counts: dict[int, dict[int, int]] = {}
    for row in survey.counts.all():
        counts.setdefault(row.question, {})[row.step] = row.count
    few = (survey.answered or 0) < SMALLEST
    return [
        Told(question, hidden="few") if few else _told(survey, question, counts.get(number, {}))
        for number, question in enumerate(survey.questions)
    ]


def _told(survey: Survey, question: str, counts: dict[int, int]) -> Told:
    steps = [counts.get(step, 0) for step in range(len(survey.steps))]
    unknown = counts.get(UNKNOWN, 0)
    if not is_told_apart(steps, unknown):
        return Told(question, hidden="same")
    total = sum(steps) + unknown
    words = zip([*survey.steps, survey.unknown], [*steps, unknown], strict=True)
    return Told(question, tuple(Bar(word, count, round(100 * count / total)) for word, count in words))


def share_answered(survey: Survey) -> int:
    """How many have answered, in whole tens of percent: an exact number tells who the last one was."""
    if survey.state == SurveyState.CLOSED:
        invited, answered = survey.invited or 0, survey.answered or 0
    else:
        rows = SurveyUse.objects.filter(survey=survey)
        invited, answered = rows.count(), rows.filter(used=True).count()
    return round(_TENTH * answered / invited) * _TENTH if invited else 0


def has_answered(survey: Survey, me: Employee) -> bool:
    """Known only while it is open."""
    return SurveyUse.objects.filter(survey=survey, employee=me, used=True).exists()


def was_asked(survey: Survey, me: Employee) -> bool:
    return SurveyUse.objects.filter(survey=survey, employee=me).exists()
