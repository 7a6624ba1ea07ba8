"""The words of a plan as they are sealed: what everybody may read, and nothing of persons or single schools."""

from collections.abc import Sequence
from typing import Any

from tettpaa.work.competence.counts import shown
from tettpaa.work.competence.enums import NeedSource
from tettpaa.work.competence.models import CompetencePlan, KeyFactor, PlanNeed, Service


def words_of(
    plan: CompetencePlan, services: Sequence[Service], factors: Sequence[KeyFactor], floor: int
) -> dict[str, Any]:
    """The plan as canonical content (core/audit/seal.py). Needs only as they may be shown to all."""
    return {
        "title": plan.title,
        "year": plan.year,
        "background": plan.background,
        "organisation": plan.organisation,
        "basis": plan.basis,
        "budget": plan.budget,
        "areas": [
            {
                "key": area.key,
                "title": area.title,
                "why": area.why,
                "what": area.what,
                "service": area.service,
                "goal": {"id": str(area.goal.pk), "text": area.goal.text} if area.goal else None,
            }
            for area in plan.areas.select_related("goal")
        ],
        "services": [_piece(one) | {"catalogue": one.catalogue} for one in services],
        "factors": [_piece(one) for one in factors],
        "needs": open_needs(plan.needs.all(), floor),
        "discussions": [
            {"on": one.on.isoformat(), "with": one.with_whom, "changed": one.changed}
            for one in plan.discussions.all()
        ],
    }


def _piece(row: Service | KeyFactor) -> dict[str, str]:
    return {"key": row.key, "title": row.title, "text": row.text}


def open_needs(rows: Sequence[PlanNeed] | Any, floor: int, *, small: bool = False) -> list[dict[str, Any]]:
    """Needs as they may be shown: gaps summed over the schools by subject and stage (the groups that the page of coverage
    tells of, so that the two together tell no more), goals by their text. What a school or an agreement says is the school's own, and only told of by how many schools have said something."""
    rows = list(rows)
    sums: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        if row.source == NeedSource.GAP:
            held = sums.setdefault((row.subject, row.stage), [0, 0])
            held[0] += row.count or 0
            held[1] += row.total or 0
    found: list[dict[str, Any]] = []
    for (subject, stage), (part, whole) in sorted(sums.items()):
        told = shown(part, whole, floor, small=small)
        about = {"source": "gap", "subject": subject, "stage": stage}
        found.append(about | {"face": told.face, "part": told.part, "whole": told.whole})
    found += [
        {"source": "goal", "text": row.text} for row in rows if row.source == NeedSource.GOAL and row.text
    ]
    for source in (NeedSource.SCHOOL, NeedSource.AGREEMENT):
        schools = {row.school_id for row in rows if row.source == source}
        if schools:
            found.append({"source": str(source), "schools": len(schools)})
    return found
