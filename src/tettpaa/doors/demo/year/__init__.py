"""A whole year of work in an invented municipality, lived through the rooms' own actions."""

from collections.abc import Callable

from django.db import transaction
from django.utils import translation

from tettpaa.doors.demo.year import (
    agreement,
    assessment,
    case,
    competence,
    council,
    funds,
    meetings,
    offers,
    schoolplan,
    wheel,
    words,
)
from tettpaa.doors.demo.year.meetings import Lived
from tettpaa.doors.demo.year.place import Place
from tettpaa.report.decisions.models import PoliticalCase
from tettpaa.work.agreements.models import Agreement
from tettpaa.work.dialogue.models import Meeting
from tettpaa.work.offers.models import Offer
from tettpaa.work.plans.models import SchoolPlan
from tettpaa.work.surveys.models import AssessmentRound
from tettpaa.work.yearwheel.models import Task

LAST_MEETING = -354  # days from today
type Step = tuple[Callable[[Place], bool], Callable[[Place], None]]


def build_year(place: Place) -> bool:
    """Live the year at `place`, whose owner has loaded a pack like Fjordvik's. True when something was made.

    Each step stands in one transaction and is left out when it is there, so a killed preparation goes on where it
    was. Made: tasks of the year wheel (done, late, handed on, not for us); a self-assessment shared and one open;
    last year's meeting with public minutes, and this year's with an open package; other schools' meetings in four
    states; a binding agreement in its second version with checkpoints; initiatives and an effect review; a case of
    follow-up where the figures give a signal; a report decided by the council and one on hearing; a school plan;
    people with a gap, a deviation and a mentor, walks, and the competence plan; courses and networks.
    """
    made = False
    with translation.override("nb"):
        for is_there, live in _STEPS:
            with transaction.atomic():
                if not is_there(place):
                    live(place)
                    made = True
    return made


def _story(place: Place) -> None:
    lived = Lived(place.school, LAST_MEETING, words.MINUTES, words.PROMISES)
    meeting = meetings.hold(place, lived)
    meetings.approve(place, meeting, LAST_MEETING)
    made = agreement.agree(place, meeting, LAST_MEETING)
    agreement.live(place, made, LAST_MEETING)
    agreement.work(place, made)


def _case(place: Place) -> None:
    case.follow(place, Agreement.objects.get(school=place.school))


def _council(place: Place) -> None:
    """The case comes first: the council's report counts it. One step, since weak figures may give no case at all."""
    _case(place)
    council.decide(place)
    council.hear(place)


def _prepare(place: Place) -> None:
    meetings.prepare(place)


def _others(place: Place) -> bool:
    return not place.others or Meeting.objects.filter(school__in=place.others).exists()


def _coming(place: Place) -> bool:
    return Meeting.objects.filter(school=place.school, starts_at__gt=place.at(0)).exists()


_STEPS: tuple[Step, ...] = (
    (lambda p: Task.objects.filter(owner=p.owner, procedure__isnull=False).exists(), wheel.roll),
    (
        lambda p: AssessmentRound.objects.filter(school=p.school, school_year=p.school_year - 1).exists(),
        assessment.assess,
    ),
    (lambda p: Agreement.objects.filter(school=p.school).exists(), _story),
    (_others, meetings.others),
    (lambda p: SchoolPlan.objects.filter(school=p.school).exists(), schoolplan.adopt),
    (
        lambda p: AssessmentRound.objects.filter(school=p.school, school_year=p.school_year).exists(),
        assessment.ask,
    ),
    (competence.is_there, competence.live),
    (_coming, _prepare),
    (lambda p: Offer.objects.filter(owner=p.owner).exists(), offers.live),
    (funds.is_there, funds.live),
    (lambda p: PoliticalCase.objects.filter(owner=p.owner).exists(), _council),
)
