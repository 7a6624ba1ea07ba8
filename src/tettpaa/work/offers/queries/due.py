"""What the daily round has to do: seats to pass on, evaluations to count, gatherings to remind of."""

from datetime import date, timedelta
from uuid import UUID

from tettpaa.work.competence.models import Employee
from tettpaa.work.offers.enums import GONE, Answer, OfferState, Step, SurveyState
from tettpaa.work.offers.models import Attendance, Gathering, Offer, Registration, Survey
from tettpaa.work.offers.parts import people_at
from tettpaa.work.offers.rules import MOST_DAYS


def open_lines(today: date) -> list[UUID]:
    """Offers with a seat whose day to answer is past."""
    rows = Registration.objects.filter(
        state__in=[Step.OFFERED, Step.APPLIED],
        seat__isnull=False,
        until__lt=today,
        offer__state=OfferState.PUBLISHED,
    )
    return list(rows.order_by("offer").values_list("offer", flat=True).distinct())


def past_surveys(today: date) -> list[UUID]:
    """Evaluations whose last day is past."""
    rows = Survey.objects.filter(state=SurveyState.OPEN, closes_on__lt=today)
    return list(rows.values_list("pk", flat=True))


def remindable(today: date) -> list[Gathering]:
    """Gatherings near enough for a letter."""
    rows = Gathering.objects.filter(
        is_cancelled=False, on__gte=today, on__lte=today + timedelta(days=MOST_DAYS)
    ).exclude(offer__state=OfferState.DRAFT)
    return list(rows.select_related("owner__settings", "offer", "network").order_by("on"))


def called_off(*, offer: str = "", gathering: str = "") -> tuple[Offer | Gathering, list[Employee]]:
    """What is called off, and those who were to come or stood in line. Who had said no is not told again."""
    if offer:
        found = Offer.objects.select_related("owner__settings").get(pk=offer)
        rows = found.registrations.exclude(state__in=GONE).select_related("employee__school")
        return found, [row.employee for row in rows]
    day = Gathering.objects.select_related("owner__settings", "offer", "network").get(pk=gathering)
    away = set(
        Attendance.objects.filter(gathering=day, answer=Answer.NOT_COMING).values_list("employee", flat=True)
    )
    return day, [one for one in people_at(day) if one.pk not in away]


def rows_to_tell(pk: str) -> Registration | None:
    """A registration with what a letter about it needs."""
    rows = Registration.objects.select_related("offer__owner__settings", "employee__school", "school")
    return rows.filter(pk=pk).first()
