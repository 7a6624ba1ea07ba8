"""The yearly plan."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.competence.access import may_read_plan, may_see_small, may_write_plan
from tettpaa.work.competence.content import open_needs, words_of
from tettpaa.work.competence.enums import OPEN_PLANS, PUBLISHED_PLANS, PlanState
from tettpaa.work.competence.models import (
    CompetencePlan,
    Element,
    KeyFactor,
    PlanArea,
    PlanDiscussion,
    PlanNeed,
    PlanVersion,
    Service,
)
from tettpaa.work.competence.queries.frame import elements, frame_of, key_factors, services
from tettpaa.work.competence.shelves import OfferLine, offers


def plans_of(owner: Unit) -> list[CompetencePlan]:
    """All the owner's competence plans, newest year first."""
    return list(CompetencePlan.objects.filter(owner=owner).select_related("owner"))


def plans_for(viewer: Viewer, owner: Unit) -> list[CompetencePlan]:
    """Those the reader may read."""
    return [plan for plan in plans_of(owner) if may_read_plan(viewer, plan)]


def plan_to_show(viewer: Viewer, owner: Unit) -> CompetencePlan | None:
    """The one in use, else the newest that is adopted, else a draft the reader may read."""
    found = plans_for(viewer, owner)
    in_use = [plan for plan in found if plan.state == PlanState.IN_USE]
    adopted = [plan for plan in found if plan.state in PUBLISHED_PLANS]
    return next(iter([*in_use, *adopted, *found]), None)


def plan_of(owner: Unit, year: int) -> CompetencePlan | None:
    """The plan of the school year that begins in `year`, whatever its state."""
    return CompetencePlan.objects.filter(owner=owner, year=year).select_related("owner").first()


def plan_in_use(owner: Unit) -> CompetencePlan | None:
    """The newest plan that is in use."""
    return CompetencePlan.objects.filter(owner=owner, state=PlanState.IN_USE).select_related("owner").first()


def plan_being_made(owner: Unit) -> CompetencePlan | None:
    """The newest plan whose words may still be changed; schools tell their needs to it."""
    rows = CompetencePlan.objects.filter(owner=owner, state__in=sorted(OPEN_PLANS))
    return rows.select_related("owner").first()


def plan_areas(owner: Unit, year: int) -> list[PlanArea]:
    """The areas of the plan of a year, in the plan's order."""
    rows = PlanArea.objects.filter(plan__owner=owner, plan__year=year)
    return list(rows.select_related("plan", "goal"))


def blank_area(plan: CompetencePlan) -> PlanArea:
    """A new area of the plan, not saved."""
    return PlanArea(plan=plan)


def is_open(plan: CompetencePlan) -> bool:
    return plan.state in OPEN_PLANS


def is_in_use(plan: CompetencePlan) -> bool:
    return plan.state == PlanState.IN_USE


@dataclass(frozen=True)
class ServicePart:
    """One service with what it offers this year."""

    service: Service
    offers: list[OfferLine]


@dataclass(frozen=True)
class PlanParts:
    """All a plan's page shows beside its own words. `needs` as the reader may see them; `told` the schools' own words,
    for those who write the plan; `answered` how many needs an area answers, by its key."""

    areas: list[PlanArea]
    needs: Sequence[Mapping[str, Any]]
    told: list[PlanNeed]
    discussions: list[PlanDiscussion]
    services: list[ServicePart]
    factors: list[KeyFactor]
    elements: list[Element]
    names: Mapping[str, str]
    answered: Mapping[Any, int]
    small: bool


def plan_parts(viewer: Viewer, owner: Unit, plan: CompetencePlan | None) -> PlanParts:
    """The parts of a plan's page; without a plan, what the owner has configured."""
    small = may_see_small(viewer, owner)
    rows = list(plan.needs.select_related("school", "area")) if plan else []
    lines = offers(viewer, owner, plan.year) if plan else []
    own = services(owner)
    return PlanParts(
        areas=list(plan.areas.select_related("goal")) if plan else [],
        needs=open_needs(rows, frame_of(owner).share_floor, small=small),
        told=[row for row in rows if row.text and row.school_id] if may_write_plan(viewer, owner) else [],
        discussions=list(plan.discussions.all()) if plan else [],
        services=[ServicePart(one, [line for line in lines if line.service == one.key]) for one in own],
        factors=key_factors(owner),
        elements=elements(owner),
        names={one.key: one.title for one in own},
        answered=Counter(area for area, _group in {(row.area_id, row.group) for row in rows}),
        small=small,
    )


@dataclass(frozen=True)
class PlanPaper:
    """A plan as it goes on paper: the adopted words, or a draft's of today. `number` 0 is a draft.

    `evaluation`: how the year went, when it has been evaluated; `outcomes` the same of each area, by its key.
    """

    content: Mapping[str, Any]
    number: int
    fingerprint: str
    adopted_on: date | None
    case_reference: str
    offers: Sequence[OfferLine]
    evaluation: str = ""
    outcomes: Mapping[str, str] = field(default_factory=dict)


def plan_paper(viewer: Viewer, plan: CompetencePlan) -> PlanPaper:
    """What everybody may read of the plan. The caller has asked `access.plan_for_reading`."""
    owner = plan.owner
    version = plan.versions.last() if plan.state in PUBLISHED_PLANS else None
    lines = offers(viewer, owner, plan.year)
    if version is None:
        words = words_of(plan, services(owner), key_factors(owner), frame_of(owner).share_floor)
        return PlanPaper(words, 0, "", None, "", lines)
    return _adopted(version, plan, lines)


def _adopted(version: PlanVersion, plan: CompetencePlan, lines: Sequence[OfferLine]) -> PlanPaper:
    outcomes: dict[str, str] = {}
    if plan.evaluated_on:
        outcomes = {key: text for key, text in plan.areas.values_list("key", "outcome") if text}
    return PlanPaper(
        content=json.loads(version.content),
        number=version.number,
        fingerprint=version.sha256,
        adopted_on=version.adopted_on,
        case_reference=plan.case_reference,
        offers=lines,
        evaluation=plan.evaluation if plan.evaluated_on else "",
        outcomes=outcomes,
    )


@dataclass(frozen=True)
class OpenPlan:
    """The plan of an owner for everybody, with its parts in the shape that the signed-in page shows them in."""

    owner: Unit
    paper: PlanPaper
    services: list[dict[str, Any]]
    factors: list[dict[str, str]]
    elements: list[Element]
    discussions: list[dict[str, Any]]


def open_plan(code: str) -> OpenPlan | None:
    """What everybody may read of the plan in use, else of the newest that is adopted; None for an owner without one.

    The words are the sealed ones: a plan that is taken back to be written anew stands here as it was adopted until it
    is adopted again.
    """
    rows = PlanVersion.objects.filter(plan__owner__code=code).select_related("plan__owner")
    sealed = list(rows.order_by("-plan__year", "-number"))
    in_use = [row for row in sealed if row.plan.state == PlanState.IN_USE]
    version = next(iter([*in_use, *sealed]), None)
    if version is None:
        return None
    plan = version.plan
    paper = _adopted(version, plan, offers(None, plan.owner, plan.year))
    content = paper.content
    return OpenPlan(
        owner=plan.owner,
        paper=paper,
        services=[
            {"service": one, "offers": [line for line in paper.offers if line.service == one["key"]]}
            for one in content["services"]
        ],
        factors=content["factors"],
        elements=elements(plan.owner),
        discussions=[one | {"on": date.fromisoformat(one["on"])} for one in content["discussions"]],
    )


def has_open_plan(owner: Unit) -> bool:
    """Whether the owner has a plan that everybody may read."""
    return PlanVersion.objects.filter(plan__owner=owner).exists()
