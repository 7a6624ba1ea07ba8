"""Agreements of the cast, made by the product's own actions, on fixed dates."""

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tests.factories.cast import Cast
from tettpaa.data.indicators.definitions import definition
from tettpaa.work.agreements import actions
from tettpaa.work.agreements.actions import NewCommitment, Signer
from tettpaa.work.agreements.enums import Kind, LineKind, Side
from tettpaa.work.agreements.models import Agreement, Wording
from tettpaa.work.agreements.sealing import next_number, to_sign
from tettpaa.work.plans.models import FocusArea, Goal, QualityPlan

BEGIN = date(2026, 1, 5)
OSLO = ZoneInfo("Europe/Oslo")
BASELINE = {
    "figure": 1, "release": 1, "period": 2024, "status": "ok", "value": 3.9, "low": 3.7, "high": 4.1, "n": 60,
}  # fmt: skip


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=OSLO)


def a_goal(cast: Cast, key: str = "lesing", text: str = "Alle elever leser for å lære") -> Goal:
    """A goal of Fjordvik's plan in force."""
    plan = QualityPlan.objects.filter(owner=cast.fjordvik).first()
    if plan is None:
        plan = QualityPlan.objects.create(
            owner=cast.fjordvik, title="Kvalitetsplan", state="in_force", in_force_on=date(2025, 1, 1)
        )
    area, _made = FocusArea.objects.get_or_create(
        owner=cast.fjordvik, plan=plan, key="lesing", defaults={"title": "Lesing"}
    )
    goal, _made = Goal.objects.get_or_create(
        owner=cast.fjordvik, plan=plan, key=key, defaults={"area": area, "text": text, "state": "adopted"}
    )
    return goal


def promises(goal: Goal | None = None, as_initiative: bool = True) -> list[NewCommitment]:
    """Two that answer each other, and one of the owner's that stands alone."""
    return [
        NewCommitment(
            Side.SCHOOL, "ha to lærere i lesetimene", why_goal=goal, who="Rektor", due_on=date(2026, 2, 1),
            sign="to voksne er i rommet", pair=1, as_initiative=as_initiative,
        ),
        NewCommitment(
            Side.OWNER, "gi skolen 20 % lesespesialist", why="skolen mangler en", who="Skolesjef",
            due_on=date(2026, 3, 1), sign="spesialisten er på plass", pair=1, as_initiative=as_initiative,
        ),
        NewCommitment(
            Side.OWNER, "dekke vikar ved to kursdager", who="Rådgiver", role="adviser",
            due_on=date(2026, 10, 1), as_initiative=False,
        ),
    ]  # fmt: skip


def draft(cast: Cast, *, goal: Goal | None = None, school: Any = None, **more: Any) -> Agreement:
    return actions.draft_agreement(
        owner=cast.fjordvik,
        school=school or cast.nes,
        kind=more.pop("kind", Kind.BINDING),
        title=more.pop("title", "Flere elever skal få hjelp når de trenger det"),
        rows=more.pop("rows", None) or promises(goal),
        starts_on=BEGIN,
        on=BEGIN,
        by="berit@example.test",
        **more,
    )


def wording(agreement: Agreement) -> Wording:
    """The newest text, with a fresh agreement."""
    found = Wording.objects.select_related("agreement__owner__settings", "agreement__school")
    return found.filter(agreement=agreement).order_by("-number")[0]


def add_goal(agreement: Agreement, goal: Goal | None = None, **more: Any) -> Any:
    return actions.write_line(
        wording=wording(agreement),
        kind=LineKind.GOAL,
        values={
            "goal": goal,
            "text": "Elevene på 7. trinn opplever mer støtte",
            "indicator": definition("eu_stotte_laerer").key,
            "grade": 7,
            "gender": 0,
            "baseline": BASELINE,
            "target": 4.2,
            "target_on": date(2026, 11, 1),
            "sign": "elevene sier det selv",
            **more,
        },
        by="aud@example.test",
        on=BEGIN,
    )


def add_annex(agreement: Agreement, text: str = "To elever i gruppa har egne planer") -> Any:
    return actions.write_line(
        wording=wording(agreement),
        kind=LineKind.ANNEX,
        values={
            "heading": "Små grupper", "text": text, "basis": "offl13_fvl13_1",
            "weighed_on": date(2026, 1, 6), "weighed": "Vurdert, ikke gitt",
        },
        by="berit@example.test",
        on=BEGIN,
    )  # fmt: skip


def ready(cast: Cast, *, goal: Goal | None = None, annex: bool = False, **more: Any) -> Agreement:
    """Up to where the principal signs."""
    agreement = draft(cast, goal=goal, **more)
    add_goal(agreement, goal)
    if annex:
        add_annex(agreement)
    to_consulted(agreement)
    return Agreement.objects.get(pk=agreement.pk)


def to_consulted(agreement: Agreement) -> None:
    """FAU is heard on 10 January, or on the day a change was opened when that is later."""
    heard = max(date(2026, 1, 10), wording(agreement).opened_on)
    actions.negotiate(wording=wording(agreement), by="aud@example.test", on=date(2026, 1, 8))
    actions.write_line(
        wording=wording(agreement),
        kind=LineKind.CONSULTATION,
        values={
            "body": None, "name": "FAU", "asked_on": date(2026, 1, 8), "heard_on": heard,
            "said": "FAU ønsker mer lesing", "changed": "Lesetimene kom inn",
        },
        by="aud@example.test",
        on=date(2026, 1, 10),
    )  # fmt: skip
    actions.consulted(wording=wording(agreement), by="aud@example.test", on=date(2026, 1, 10))


def school_signer(by: str = "aud@example.test") -> Signer:
    return Signer(Side.SCHOOL, "principal", by, "password")


def owner_signer(by: str = "berit@example.test") -> Signer:
    return Signer(Side.OWNER, "head_of_schools", by, "second_factor")


def seen(agreement: Agreement, side: Side) -> str:
    """The fingerprint that the page would have shown."""
    text = wording(agreement)
    number = next_number(agreement) - (side is Side.OWNER)
    return to_sign(text, number).fingerprint


def sign_school(agreement: Agreement, day: date = date(2026, 1, 15)) -> None:
    actions.sign(agreement=agreement, signer=school_signer(), seen=seen(agreement, Side.SCHOOL), at=at(day))


def sign_both(agreement: Agreement, day: date = date(2026, 1, 15)) -> Agreement:
    sign_school(agreement, day)
    actions.sign(agreement=agreement, signer=owner_signer(), seen=seen(agreement, Side.OWNER), at=at(day, 14))
    return Agreement.objects.select_related("owner__settings", "school").get(pk=agreement.pk)


def in_force(cast: Cast, **more: Any) -> Agreement:
    """Signed by both on 15 January 2026."""
    return sign_both(ready(cast, **more))


def place(agreement: Agreement, **more: str | int | UUID) -> dict[str, Any]:
    """The arguments of the agreement's addresses."""
    return {"owner": agreement.owner.code, "school": agreement.school.code, "agreement": agreement.pk, **more}
