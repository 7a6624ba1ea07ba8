"""A report on its way to the council, made by the product's own actions."""

from datetime import UTC, date, datetime

from tests.factories.cast import Cast
from tests.report.annual.staging import BERIT, owner_of, start
from tettpaa.core.orgs.actions import BodyWords, save_body
from tettpaa.core.orgs.models import Body
from tettpaa.report.annual import queries as annual
from tettpaa.report.annual.actions import freeze
from tettpaa.report.annual.models import AnnualReport
from tettpaa.report.decisions import actions, pack
from tettpaa.report.decisions.models import CaseStep, Hearing, PoliticalCase, Protocol
from tettpaa.work.plans.models import Goal, QualityPlan

KAI = "kai@example.test"
WHEN = datetime(2026, 1, 12, 9, tzinfo=UTC)
ROAD = (
    {"key": "skisse", "number": 1, "name": "Skisse i ledergruppa", "kind": "sketch", "weeks": -16},
    {"key": "horing", "number": 2, "name": "Høring", "kind": "consultation", "weeks": -10},
    {
        "key": "utvalget",
        "number": 3,
        "name": "Utvalget",
        "kind": "committee",
        "body": "utvalget",
        "weeks": -4,
    },
    {"key": "formannskapet", "number": 4, "name": "Formannskapet", "kind": "executive", "weeks": -2},
    {
        "key": "kommunestyret",
        "number": 5,
        "name": "Kommunestyret",
        "kind": "council",
        "month": 6,
        "decides": True,
    },
    {"key": "etterarbeid", "number": 6, "name": "Etterarbeid", "kind": "aftermath", "weeks": 8},
)
TEXTS = {
    "kort": "Saken gjelder meldingen.",
    "bakgrunn": "Loven krever den hvert år.",
    "vurdering": "Lesing må bli bedre.",
    "innstilling": "1. Kommunestyret tar meldingen til orientering.\n2. Alle skoler får en lesespesialist.",
}


def road(cast: Cast) -> None:
    for step in ROAD:
        pack.write(owner=cast.fjordvik, path=("steps", str(step["key"])), content=step, by=BERIT)


def bodies(cast: Cast) -> dict[str, Body]:
    owner = cast.fjordvik
    words = {
        "utvalget": BodyWords("Utvalg for oppvekst", "owner", decides=True),
        "elevrad": BodyWords("Elevrådet", "school", role="pupil_council", voice="pupils"),
        "fau": BodyWords("FAU", "school", role="parent_committee", voice="parents"),
        "ungdomsrad": BodyWords("Ungdomsrådet", "owner", role="youth_council"),
    }
    return {key: save_body(owner=owner, key=key, words=word, by=BERIT) for key, word in words.items()}


def frozen(cast: Cast, year: int = 2024) -> AnnualReport:
    report = start(cast, year)
    freeze(report=report, seen=annual.seen_digest(report), by=BERIT)
    return report


def case(cast: Cast, year: int = 2024, *, is_frozen: bool = True) -> PoliticalCase:
    """A case that is being prepared, on a road of six steps."""
    road(cast)
    bodies(cast)
    report = frozen(cast, year) if is_frozen else start(cast, year)
    return actions.start_case(owner=owner_of(cast), report=report, by=BERIT, at=WHEN)


def written(cast: Cast, year: int = 2024) -> PoliticalCase:
    made = case(cast, year)
    for part, text in TEXTS.items():
        actions.write_text(case=made, part=part, text=text, version=0, by=BERIT, at=WHEN)
    return made


def sent(cast: Cast, year: int = 2024) -> PoliticalCase:
    made = written(cast, year)
    actions.submit_case(case=made, by=KAI, at=WHEN)
    return made


def step(made: PoliticalCase, key: str) -> CaseStep:
    return CaseStep.objects.select_related("case__owner").get(case=made, key=key)


def hearing(made: PoliticalCase, body: str = "elevrad", due_on: date = date(2026, 3, 1)) -> Hearing:
    return actions.invite(
        case=made,
        body=Body.objects.get(owner=made.owner, key=body),
        question="Hva mener dere om lesing?",
        due_on=due_on,
        on=date(2026, 2, 1),
        by=BERIT,
    )


def goal(cast: Cast, text: str = "Alle elever leser godt.") -> Goal:
    plan, _new = QualityPlan.objects.get_or_create(owner=cast.fjordvik, title="Kvalitetsplan")
    return Goal.objects.create(owner=cast.fjordvik, plan=plan, key="lesing", text=text)


def new_item(**changes: object) -> actions.NewItem:
    parts = {
        "kind": "decision",
        "text": "Alle skoler får en lesespesialist.",
        "responsible_role": "head_of_schools",
        "due_on": date(2027, 1, 15),
    }
    return actions.NewItem(**(parts | changes))  # type: ignore[arg-type]


def new_protocol(**changes: object) -> actions.NewProtocol:
    parts = {
        "met_on": date(2026, 6, 18),
        "present": 25,
        "outcome": "adopted",
        "text": "Innstillingen ble vedtatt.",
        "number": "47/26",
        "votes_for": 24,
        "votes_against": 1,
        "items": [new_item()],
    }
    return actions.NewProtocol(**(parts | changes))  # type: ignore[arg-type]


def decided(cast: Cast, year: int = 2024, **changes: object) -> Protocol:
    """A case that the council has decided."""
    made = sent(cast, year)
    return actions.record_protocol(
        step=step(made, "kommunestyret"), protocol=new_protocol(**changes), by=BERIT, at=WHEN
    )
