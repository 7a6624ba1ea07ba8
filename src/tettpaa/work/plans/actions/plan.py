"""The owner's plan as a whole: begin one, write its own words, carry it along its road, seal what was adopted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.seal import canonical, fingerprint
from tettpaa.core.audit.states import move
from tettpaa.core.audit.versions import save_changes
from tettpaa.core.orgs.models import Unit
from tettpaa.work.plans.content import words_of
from tettpaa.work.plans.enums import PLAN_PATHS, AreaState, GoalState, PlanState
from tettpaa.work.plans.models import PlanStep, PlanVersion, QualityPlan

SEALED_STATES: Final = frozenset({PlanState.ADOPTED, PlanState.IN_FORCE, PlanState.EXPIRED})


class PlanSealedError(Exception):
    """The plan is adopted: its words change only in a revision."""


@dataclass(frozen=True)
class Step:
    """One move along the road, as a person decided it."""

    to: str
    on: date
    case_reference: str = ""
    note: str = ""
    hearing_until: date | None = None


@transaction.atomic
def start_plan(
    *,
    owner: Unit,
    title: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
    from_pack: bool = False,
    by: str,
) -> QualityPlan:
    """Begin a plan as a draft."""
    plan = QualityPlan.objects.create(
        owner=owner, title=title, starts_on=starts_on, ends_on=ends_on, from_pack=from_pack
    )
    _record(plan, by, {"from_pack": from_pack}, kind="plans.plan_started")
    return plan


@transaction.atomic
def save_plan(*, plan: QualityPlan, version: int, fields: Collection[str], by: str) -> None:
    """Write the plan's own words. Raises PlanSealedError, or ConflictError (core/audit/versions.py)."""
    open_plan(plan.pk)
    plan.unsealed = True
    save_changes(plan, version=version, fields=[*fields, "unsealed"])
    _record(plan, by, {"fields": sorted(fields)}, kind="plans.plan_written")


def open_plan(pk: UUID) -> QualityPlan:
    """The plan, held until the transaction ends, if its words may be changed; else PlanSealedError."""
    plan = QualityPlan.objects.select_for_update().get(pk=pk)
    if not plan.is_open:
        raise PlanSealedError
    return plan


def touch(pk: UUID) -> None:
    """The plan's words are no longer those that were sealed."""
    QualityPlan.objects.filter(pk=pk).update(unsealed=True)


@transaction.atomic
def move_plan(*, plan: QualityPlan, step: Step, by: str) -> QualityPlan:
    """Carry the plan one step along its road; adopting it seals its words.

    Raises NotAllowedError (core/audit/states.py) when the step is not drawn.
    """
    row = QualityPlan.objects.select_for_update(of=("self",)).select_related("owner").get(pk=plan.pk)
    if step.to == PlanState.REVISION and row.unsealed:
        _seal(row, by)  # what holds while it is revised must be there to read
    before = move(row, step.to, paths=PLAN_PATHS)
    if step.to == PlanState.HEARING:
        row.hearing_until = step.hearing_until
    if step.to == PlanState.ADOPTED:
        row.adopted_on = step.on
        row.case_reference = step.case_reference or row.case_reference
    if step.to == PlanState.IN_FORCE and row.in_force_on is None:
        row.in_force_on = step.on
    row.save(update_fields=["state", "hearing_until", "adopted_on", "in_force_on", "case_reference"])
    PlanStep.objects.create(
        plan=row,
        before=before,
        after=step.to,
        on=step.on,
        case_reference=step.case_reference,
        note=step.note,
        by=by,
    )
    _record(row, by, {"from": before, "to": step.to, "on": step.on.isoformat()}, kind="plans.plan_moved")
    if step.to == PlanState.ADOPTED:
        _seal(row, by)
    return row


@transaction.atomic
def keep_hearing_open(*, plan: QualityPlan, until: date, by: str) -> None:
    """Somebody has got a later deadline: the hearing lasts until then. An earlier one changes nothing."""
    row = QualityPlan.objects.select_for_update(of=("self",)).select_related("owner").get(pk=plan.pk)
    if row.state != PlanState.HEARING or (row.hearing_until and row.hearing_until >= until):
        return
    row.hearing_until = until
    row.save(update_fields=["hearing_until"])
    _record(row, by, {"until": until.isoformat()}, kind="plans.hearing_extended")


@transaction.atomic
def seal_if_changed(*, plan: UUID, by: str) -> PlanVersion | None:
    """Seal an adopted plan whose words are not those last sealed; None when there is nothing to seal.

    Only a pack writes in an adopted plan: this is called when the whole of it has been written.
    """
    row = QualityPlan.objects.select_for_update(of=("self",)).select_related("owner").get(pk=plan)
    if row.state not in SEALED_STATES or not row.unsealed:
        return None
    return _seal(row, by)


def _seal(plan: QualityPlan, by: str) -> PlanVersion:
    plan.goals.exclude(draft_text="").update(text=F("draft_text"), draft_text="")
    plan.goals.filter(state=GoalState.DRAFT).update(state=GoalState.ADOPTED)
    plan.areas.filter(state=AreaState.PROPOSED).update(state=AreaState.ADOPTED)
    text = canonical(words_of(plan))
    last = plan.versions.last()
    version = PlanVersion.objects.create(
        plan=plan,
        number=last.number + 1 if last else 1,
        content=text,
        sha256=fingerprint(text),
        case_reference=plan.case_reference,
        adopted_on=plan.adopted_on,
        by=by,
    )
    QualityPlan.objects.filter(pk=plan.pk).update(unsealed=False)
    plan.unsealed = False
    _record(plan, by, {"number": version.number, "sha256": version.sha256}, kind="plans.plan_sealed")
    return version


def free_key(text: str, taken: Collection[str]) -> str:
    """A short key made from words, that is not taken: `elevene-leser`, `elevene-leser-2`."""
    stem = slugify(text.translate(str.maketrans("æøåÆØÅ", "eoaEOA")))[:40].strip("-") or "rad"
    key, number = stem, 1
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


def _record(plan: QualityPlan, by: str, detail: dict[str, object], *, kind: str) -> None:
    record(
        kind=kind,
        by=by,
        subject=str(plan),
        subject_key=str(plan.pk),
        owner=plan.owner.code,
        detail=detail,
    )
