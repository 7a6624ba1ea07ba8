"""Three weak years at Vik, and a case that a person has made of them."""

from datetime import UTC, date, datetime

from tests.factories.cast import Cast
from tests.report.annual.staging import NES, VIK, cell, publish_cells
from tettpaa.core.orgs.models import Unit
from tettpaa.work.dialogue.models import Meeting, MeetingKind
from tettpaa.work.followup import actions, pack
from tettpaa.work.followup.models import FollowUpCase, LadderStep, Signal

BERIT, VERA = "berit@example.test", "vera@example.test"
ON = date(2026, 9, 4)
REVIEW = date(2027, 1, 15)
LADDER = (
    {"key": "ordinaer", "number": 0, "name": "Ordinær"},
    {"key": "oppmerksomhet", "number": 1, "name": "Oppmerksomhet"},
    {
        "key": "stotte",
        "number": 2,
        "name": "Støtteavtale",
        "needs_agreement": True,
        "down_needs": "Ett år med bedring.",
    },
    {"key": "fase-4", "number": 4, "name": "Fase 4", "needs_meeting": True, "needs_agreement": True},
)


def weak_years(vik: float = 41.0, periods: tuple[int, ...] = (2022, 2023, 2024)) -> None:
    """Vik well under the nation in reading three years on end; Nes as the nation, with few pupils."""
    publish_cells(
        [
            cell(unit, value, n, period=period)
            for period in periods
            for unit, value, n in (("NO", 50.0, 56000), ("9901", 45.0, 90), (VIK, vik, 76), (NES, 50.0, 14))
        ]
    )


def ladder(cast: Cast) -> list[LadderStep]:
    for step in LADDER:
        pack.write(owner=cast.fjordvik, path=("steps", str(step["key"])), content=dict(step), by=BERIT)
    return list(LadderStep.objects.filter(owner=cast.fjordvik))


def owner_of(cast: Cast) -> Unit:
    return Unit.objects.select_related("settings").get(pk=cast.fjordvik.pk)


def signals(cast: Cast) -> list[Signal]:
    weak_years()
    return actions.find_signals(owner=owner_of(cast), by=BERIT, on=date(2026, 9, 1))


def assessed(cast: Cast) -> FollowUpCase:
    ladder(cast)
    return actions.assess(
        owner=cast.fjordvik,
        school=cast.vik,
        signals=signals(cast),
        text="Jeg tror utslaget er reelt.",
        by=BERIT,
        role="head_of_schools",
        on=ON,
    )


def commented(cast: Cast, *, agrees: bool = True) -> FollowUpCase:
    made = assessed(cast)
    actions.comment(case=made, text="Vi kjenner oss igjen.", agrees=agrees, by=VERA, on=date(2026, 9, 8))
    return made


def step(cast: Cast, number: int) -> LadderStep:
    return LadderStep.objects.get(owner=cast.fjordvik, number=number)


def opened(cast: Cast, number: int = 2) -> FollowUpCase:
    made = commented(cast)
    actions.open_case(
        case=made,
        step=step(cast, number),
        text="Skolen får hjelp.",
        review_on=REVIEW,
        by=BERIT,
        role="head_of_schools",
        on=date(2026, 9, 9),
    )
    return made


def reviewed(cast: Cast, number: int = 2) -> FollowUpCase:
    made = opened(cast, number)
    actions.review(case=made, text="Tallene er som ventet.", by=BERIT, role="head_of_schools", on=REVIEW)
    return made


def meeting(cast: Cast, school: Unit | None = None) -> Meeting:
    """A meeting of the school, straight into its table: what it goes through is its own room's matter."""
    kind, _new = MeetingKind.objects.get_or_create(
        owner=cast.fjordvik, key="oppfolging", name="Oppfølgingsmøte"
    )
    day = date(2027, 1, 20)
    when = datetime(2027, 1, 20, 9, tzinfo=UTC)
    return Meeting.objects.create(
        owner=cast.fjordvik,
        school=school or cast.vik,
        kind=kind,
        year=2026,
        starts_at=when,
        planned_on=day,
        opens_on=day,
        proposals_until=day,
        freezes_at=when,
        agenda_by=day,
        minutes_by=day,
        approve_by=day,
    )
