"""The yearly plan: begun from the frame, needs gathered, discussed, adopted (sealed), in use, evaluated."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.seal import canonical, fingerprint
from tettpaa.core.audit.states import NotAllowedError, move
from tettpaa.core.audit.versions import save_changes
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import schools_of
from tettpaa.work.agreements.enums import LIVING, WordingState
from tettpaa.work.agreements.models import CompetenceNeed
from tettpaa.work.competence.actions.telling import tell
from tettpaa.work.competence.content import words_of
from tettpaa.work.competence.enums import OPEN_PLANS, PLAN_PATHS, NeedSource, PlanState
from tettpaa.work.competence.models import (
    CompetencePlan,
    PlanArea,
    PlanDiscussion,
    PlanNeed,
    PlanVersion,
    Teaching,
)
from tettpaa.work.competence.queries.counting import gaps
from tettpaa.work.competence.queries.frame import areas, frame_of, key_factors, services
from tettpaa.work.plans.actions.plan import free_key
from tettpaa.work.plans.enums import GoalKind, SchoolPlanState
from tettpaa.work.plans.models import SchoolPlan
from tettpaa.work.plans.queries import goals_of


class PlanClosedError(Exception):
    """The plan is adopted: its words change only when it is taken back to a draft."""


class NotDiscussedError(Exception):
    """A plan is adopted only when it has been discussed with the unions."""


@transaction.atomic
def start_plan(*, owner: Unit, year: int, title: str = "", by: str) -> CompetencePlan:
    """Begin the plan of a school year from the owner's frame; the one that stands when there is one."""
    frame = frame_of(owner)
    name = title or frame.title or "Kompetanseplan"
    plan, made = CompetencePlan.objects.get_or_create(
        owner=owner,
        year=year,
        defaults={
            "title": name,
            "background": frame.background,
            "organisation": frame.organisation,
            "basis": frame.basis,
        },
    )
    if made:
        PlanArea.objects.bulk_create(
            PlanArea(owner=owner, plan=plan, key=one.key, title=one.title, why=one.text, order=number)
            for number, one in enumerate(areas(owner), start=1)
        )
        tell("competence.plan_started", owner, "kompetanseplan", plan.pk, by, {"year": year})
    return plan


def held_open(pk: UUID) -> CompetencePlan:
    """The plan, held until the transaction ends, if its words may be changed; else PlanClosedError."""
    plan = CompetencePlan.objects.select_for_update(of=("self",)).select_related("owner").get(pk=pk)
    if plan.state not in OPEN_PLANS:
        raise PlanClosedError
    return plan


@transaction.atomic
def save_plan(*, plan: CompetencePlan, version: int, fields: Collection[str], by: str) -> None:
    """Write the plan's own words. Raises PlanClosedError, or ConflictError."""
    held_open(plan.pk)
    save_changes(plan, version=version, fields=fields)
    tell("competence.plan_written", plan.owner, "kompetanseplan", plan.pk, by, {"fields": sorted(fields)})


@transaction.atomic
def save_area(*, area: PlanArea, version: int | None, fields: Collection[str], by: str) -> PlanArea:
    """Write an area; `version` None for a new one, which gets its key here. PlanClosedError, or ConflictError."""
    plan = held_open(area.plan_id)
    if version is None:
        area.owner = plan.owner
        taken = list(plan.areas.values_list("key", flat=True))
        area.key = area.key or free_key(area.title, taken)
        area.order = area.order or len(taken) + 1
        area.save(force_insert=True)
    else:
        save_changes(area, version=version, fields=fields)
    tell("competence.area_written", plan.owner, "kompetanseplan", plan.pk, by)
    return area


@transaction.atomic
def remove_area(*, area: PlanArea, by: str) -> None:
    """Take an area out of a plan that is not adopted. Raises PlanClosedError."""
    plan = held_open(area.plan_id)
    PlanArea.objects.filter(pk=area.pk).delete()
    tell("competence.area_removed", plan.owner, "kompetanseplan", plan.pk, by)


@transaction.atomic
def gather_needs(*, plan: CompetencePlan, on: date | None = None, by: str) -> list[PlanNeed]:
    """Gather what the schools need: gaps as counts, living agreements' competence rows, the plan's goals about
    practice, and the schools' own plans. What was gathered before is replaced; what a school has told stays.

    Raises PlanClosedError.
    """
    held = held_open(plan.pk)
    day = on or timezone.localdate()
    areas_by = {
        (row.source, row.source_key): row.area_id
        for row in held.needs.exclude(area=None)
        if row.source != NeedSource.SCHOOL
    }
    held.needs.exclude(source=NeedSource.SCHOOL, source_key="").delete()
    made = [*_gaps(held), *_agreements(held), *_goals(held), *_school_plans(held)]
    for row in made:
        row.plan, row.owner, row.by = held, held.owner, by
        row.area_id = areas_by.get((row.source, row.source_key))
    PlanNeed.objects.bulk_create(made)
    held.needs_gathered_on = day
    held.save(update_fields=["needs_gathered_on"])
    tell("competence.needs_gathered", held.owner, "kompetanseplan", held.pk, by, {"rows": len(made)})
    return list(held.needs.all())


def _gaps(plan: CompetencePlan) -> Iterator[PlanNeed]:
    """Of the plan's own year when teaching is known for it, else of the year before, when the plan is made."""
    known = Teaching.objects.filter(owner=plan.owner, year=plan.year).exists()
    on = date(plan.year if known else plan.year - 1, 10, 1)
    for school in schools_of(plan.owner):
        for row in gaps(plan.owner, school, on):
            if row.lacking:
                yield PlanNeed(
                    school=school,
                    source=NeedSource.GAP,
                    source_key=f"{school.code}/{row.subject}/{row.stage}",
                    subject=row.subject,
                    count=row.lacking,
                    total=row.total,
                )


def _agreements(plan: CompetencePlan) -> Iterator[PlanNeed]:
    """Competence rows of what both sides have signed and is still going."""
    rows = CompetenceNeed.objects.filter(
        wording__agreement__owner=plan.owner,
        wording__agreement__state__in=LIVING,
        wording__state=WordingState.IN_FORCE,
    ).select_related("wording__agreement__school")
    for row in rows:
        yield PlanNeed(
            school=row.wording.agreement.school,
            source=NeedSource.AGREEMENT,
            source_key=f"agreements.need:{row.line}",
            text=row.need,
        )


def _goals(plan: CompetencePlan) -> Iterator[PlanNeed]:
    for goal in goals_of(plan.owner):
        if goal.kind == GoalKind.PRACTICE:
            yield PlanNeed(source=NeedSource.GOAL, source_key=f"plans.goal:{goal.pk}", text=goal.text)


def _school_plans(plan: CompetencePlan) -> Iterator[PlanNeed]:
    """What the schools write in their own plans that staff must learn."""
    rows = SchoolPlan.objects.filter(owner=plan.owner, year=plan.year).exclude(competence="")
    rows = rows.exclude(state=SchoolPlanState.DRAFT)  # a draft is the school's own
    for row in rows.select_related("school"):
        yield PlanNeed(
            school=row.school,
            source=NeedSource.SCHOOL,
            source_key=f"plans.school_plan:{row.pk}",
            text=row.competence[:500],
        )


@transaction.atomic
def tell_need(*, plan: CompetencePlan, school: Unit, text: str, by: str) -> PlanNeed:
    """A school tells of a need in its own words. Raises PlanClosedError."""
    held = held_open(plan.pk)
    row = PlanNeed.objects.create(
        plan=held, owner=held.owner, school=school, source=NeedSource.SCHOOL, text=text[:500], by=by
    )
    tell("competence.need_told", held.owner, "kompetanseplan", held.pk, by, {"school": school.code})
    return row


@transaction.atomic
def place_needs(*, plan: CompetencePlan, areas: Mapping[int, PlanArea | None], by: str) -> None:
    """Say which area answers each need (key of the need → area, None for none). Raises PlanClosedError."""
    held = held_open(plan.pk)
    for need in held.needs.filter(pk__in=areas):
        area = areas[need.pk]
        need.area = area if area is not None and area.plan_id == held.pk else None
        need.save(update_fields=["area"])
    tell("competence.needs_placed", held.owner, "kompetanseplan", held.pk, by)


@dataclass(frozen=True)
class Talked:
    """A discussion with the unions: with whom as roles or bodies, never names."""

    on: date
    with_whom: str
    said: str = ""
    changed: str = ""


@transaction.atomic
def discuss(*, plan: CompetencePlan, talked: Talked, by: str) -> PlanDiscussion:
    """Write down that the plan was discussed. Raises PlanClosedError."""
    held = held_open(plan.pk)
    row = PlanDiscussion.objects.create(
        owner=held.owner,
        plan=held,
        on=talked.on,
        with_whom=talked.with_whom,
        said=talked.said,
        changed=talked.changed,
        by=by,
    )
    tell(
        "competence.plan_discussed", held.owner, "kompetanseplan", held.pk, by, {"on": talked.on.isoformat()}
    )
    return row


@transaction.atomic
def move_plan(
    *, plan: CompetencePlan, to: str, on: date | None = None, case_reference: str = "", by: str
) -> CompetencePlan:
    """One step: discussed, adopted (which seals the words), in use, or back to a draft. `evaluate_plan` is the last.

    Raises NotAllowedError, or NotDiscussedError.
    """
    row = CompetencePlan.objects.select_for_update(of=("self",)).select_related("owner").get(pk=plan.pk)
    if to == PlanState.EVALUATED:
        raise NotAllowedError(row.state, to)
    before = move(row, to, paths=PLAN_PATHS)
    if to in (PlanState.DISCUSSED, PlanState.ADOPTED) and not row.discussions.exists():
        raise NotDiscussedError
    if to == PlanState.ADOPTED:
        row.adopted_on, row.case_reference = on or timezone.localdate(), case_reference
    row.version += 1
    row.save()
    tell("competence.plan_moved", row.owner, "kompetanseplan", row.pk, by, {"from": before, "to": to})
    if to == PlanState.ADOPTED:
        _seal(row, by)
    return row


def _seal(plan: CompetencePlan, by: str) -> PlanVersion:
    floor = frame_of(plan.owner).share_floor
    text = canonical(words_of(plan, services(plan.owner), key_factors(plan.owner), floor))
    version = PlanVersion.objects.create(
        plan=plan,
        number=plan.versions.count() + 1,
        content=text,
        sha256=fingerprint(text),
        adopted_on=plan.adopted_on or timezone.localdate(),
        by=by,
    )
    detail = {"number": version.number, "sha256": version.sha256}
    tell("competence.plan_sealed", plan.owner, "kompetanseplan", plan.pk, by, detail)
    return version


@dataclass(frozen=True)
class Judged:
    """How the year went: in all, and area by area (key of the area → words)."""

    text: str
    on: date
    of_areas: dict[UUID, str]


@transaction.atomic
def evaluate_plan(*, plan: CompetencePlan, judged: Judged, by: str) -> CompetencePlan:
    """Evaluate a plan that is in use. Raises NotAllowedError."""
    row = CompetencePlan.objects.select_for_update(of=("self",)).select_related("owner").get(pk=plan.pk)
    move(row, PlanState.EVALUATED, paths=PLAN_PATHS)
    row.evaluation, row.evaluated_on = judged.text, judged.on
    row.version += 1
    row.save()
    for pk, text in judged.of_areas.items():
        PlanArea.objects.filter(pk=pk, plan=row).update(outcome=text)
    tell("competence.plan_evaluated", row.owner, "kompetanseplan", row.pk, by)
    return row
