"""The part `road` of a pack: the owner's political road, step by step."""

from typing import Annotated, Any, Final

from django.db import transaction
from pydantic import Field, model_validator

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.models import Unit
from tettpaa.core.packs.registry import Part, Path, Shape
from tettpaa.report.decisions.enums import StepKind
from tettpaa.report.decisions.models import RoadStep

ROOT: Final = ("",)


class StepShape(Shape):
    """One step. `body` is the key of a body in `owner.toml`; `month` is a calendar month, or `weeks` counts from the
    deciding step, with minus for before.
    """

    key: Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=40)]
    number: Annotated[int, Field(ge=1, le=99)]
    name: Annotated[str, Field(min_length=1, max_length=160)]
    kind: StepKind
    body: Annotated[str, Field(max_length=40)] = ""
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    weeks: Annotated[int, Field(ge=-104, le=104)] | None = None
    decides: bool = False


class RoadShape(Shape):
    """The file road.toml: steps in their order."""

    steps: tuple[StepShape, ...] = ()

    @model_validator(mode="after")
    def _one_decides(self) -> "RoadShape":
        deciding = [step for step in self.steps if step.decides]
        if len(deciding) > 1:
            raise ValueError("only one step may decide")
        if any(step.kind not in DECIDING for step in deciding):
            raise ValueError("a committee, an executive committee or a council decides")
        return self


DECIDING: Final = frozenset({StepKind.COMMITTEE, StepKind.EXECUTIVE, StepKind.COUNCIL})


def read(owner: Unit) -> RoadShape:
    """The owner's road of today."""
    rows = RoadStep.objects.filter(owner=owner, is_active=True)
    return RoadShape(steps=tuple(_shape(row) for row in rows))


def write(*, owner: Unit, path: Path, content: dict[str, Any] | None, by: str) -> None:
    """Write one step. A step that the pack no longer has is ended: cases keep their own copy of it."""
    if path == ROOT:
        return
    _list, key = path
    with transaction.atomic():
        row = RoadStep.objects.filter(owner=owner, key=key).first()
        if content is None:
            RoadStep.objects.filter(owner=owner, key=key).update(is_active=False)
        else:
            step = StepShape.model_validate({**content, "key": key})
            row = row or RoadStep(owner=owner, key=key)
            row.order, row.name, row.kind, row.body = step.number, step.name, step.kind, step.body
            row.month, row.weeks, row.decides, row.is_active = step.month, step.weeks, step.decides, True
            row.save()
        record(
            kind="decisions.road_step_written",
            by=by,
            subject=key,
            subject_key=key,
            owner=owner.code,
            detail={"is_ended": content is None},
        )


def _shape(row: RoadStep) -> StepShape:
    return StepShape(
        key=row.key,
        number=row.order,
        name=row.name,
        kind=StepKind(row.kind),
        body=row.body,
        month=row.month,
        weeks=row.weeks,
        decides=row.decides,
    )


PART: Final = Part(name="road", order=80, shape=RoadShape, read=read, write=write)
