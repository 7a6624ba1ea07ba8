"""The configured rows: elements, expectations, support, history, projects, arenas; and a plan's areas and themes."""

from collections.abc import Collection

from django.db import transaction

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.versions import save_changes
from tettpaa.work.plans.actions.plan import free_key, open_plan, touch
from tettpaa.work.plans.enums import AreaState
from tettpaa.work.plans.models import FocusArea, Piece, QualityPlan, Theme

type Row = Piece | FocusArea | Theme


@transaction.atomic
def save_row(*, row: Row, version: int | None, fields: Collection[str], by: str) -> Row:
    """Write a row; `version` None for a new one, which gets its key and place here.

    An area or theme is part of the plan's words: PlanSealedError when it is adopted. ConflictError when
    somebody else has written it since.
    """
    plan = _plan_of(row)
    if plan is not None:
        open_plan(plan.pk)
        touch(plan.pk)
    if version is None:
        others = _beside(row)
        row.key = row.key or free_key(str(row), others)
        row.order = row.order or len(others) + 1
        row.save(force_insert=True)
    else:
        save_changes(row, version=version, fields=fields)
    _record(row, by, kind="plans.row_written")
    return row


@transaction.atomic
def remove_row(*, row: Row, by: str) -> None:
    """Take a row away. An area is ended and its goals stay; what nothing hangs on is deleted."""
    plan = _plan_of(row)
    if plan is not None:
        open_plan(plan.pk)
        touch(plan.pk)
    if isinstance(row, FocusArea):
        FocusArea.objects.filter(pk=row.pk).update(state=AreaState.ENDED)
    else:
        if isinstance(row, Theme):
            row.goals.update(theme=None)
        type(row)._default_manager.filter(pk=row.pk).delete()
    _record(row, by, kind="plans.row_removed")


def _plan_of(row: Row) -> QualityPlan | None:
    if isinstance(row, Theme):
        return row.area.plan
    return row.plan if isinstance(row, FocusArea) else None


def _beside(row: Row) -> list[str]:
    """Keys of the rows that stand beside this one."""
    if isinstance(row, FocusArea):
        return list(row.plan.areas.values_list("key", flat=True))
    if isinstance(row, Theme):
        return list(Theme.objects.filter(area__plan=row.area.plan).values_list("key", flat=True))
    return list(type(row)._default_manager.filter(owner=row.owner).values_list("key", flat=True))


def _record(row: Row, by: str, *, kind: str) -> None:
    record(
        kind=kind,
        by=by,
        subject=str(row._meta.verbose_name),
        subject_key=str(row.pk),
        owner=row.owner.code,
        detail={"key": row.key},
    )
