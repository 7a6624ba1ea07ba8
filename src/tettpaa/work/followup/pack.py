"""The part `ladder` of a pack: the steps by which the owner follows up a school, with their local names."""

from typing import Annotated, Any, Final

from django.db import transaction
from pydantic import Field, model_validator

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.models import Unit
from tettpaa.core.packs.registry import Part, Path, Shape
from tettpaa.work.followup.models import LadderStep

ROOT: Final = ("",)
_Text = Annotated[str, Field(max_length=1000)]


class StepShape(Shape):
    """One step. `up_needs` and `down_needs` say what it takes to leave it; what a pack does not say stays empty."""

    key: Annotated[str, Field(pattern=r"^[a-z0-9-]+$", max_length=40)]
    number: Annotated[int, Field(ge=0, le=20)]
    name: Annotated[str, Field(min_length=1, max_length=120)]
    meaning: _Text = ""
    up_needs: _Text = ""
    down_needs: _Text = ""
    needs_meeting: bool = False
    needs_agreement: bool = False


class LadderShape(Shape):
    """The file ladder.toml. Each number stands once."""

    steps: tuple[StepShape, ...] = ()

    @model_validator(mode="after")
    def _numbers_once(self) -> "LadderShape":
        if len({step.number for step in self.steps}) < len(self.steps):
            raise ValueError("two steps have the same number")
        return self


def read(owner: Unit) -> LadderShape:
    """The owner's ladder of today."""
    return LadderShape(
        steps=tuple(_shape(row) for row in LadderStep.objects.filter(owner=owner, is_active=True))
    )


def write(*, owner: Unit, path: Path, content: dict[str, Any] | None, by: str) -> None:
    """Write one step. A step that the pack no longer has is ended; cases that stand on it stay there."""
    if path == ROOT:
        return
    _list, key = path
    with transaction.atomic():
        if content is None:
            LadderStep.objects.filter(owner=owner, key=key).update(is_active=False)
        else:
            step = StepShape.model_validate({**content, "key": key})
            LadderStep.objects.update_or_create(
                owner=owner, key=key, defaults={**step.model_dump(exclude={"key"}), "is_active": True}
            )
        record(
            kind="followup.ladder_step_written",
            by=by,
            subject=key,
            subject_key=key,
            owner=owner.code,
            detail={"is_ended": content is None},
        )


def _shape(row: LadderStep) -> StepShape:
    return StepShape.model_validate({name: getattr(row, name) for name in StepShape.model_fields})


PART: Final = Part(name="ladder", order=70, shape=LadderShape, read=read, write=write)
