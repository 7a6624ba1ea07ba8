"""The part `assessment` of a pack: the owner's words for how far one has come."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_noop
from pydantic import Field, model_validator

from tettpaa.core.orgs.models import Unit
from tettpaa.core.packs.registry import Part, Path, Shape
from tettpaa.work.surveys.actions import NewStep, set_scale
from tettpaa.work.surveys.models import SMALLEST
from tettpaa.work.surveys.queries import scale_of

ROOT: Final = ("",)
_UNKNOWN: Final = "Vet ikke"


class StepShape(Shape):
    """One step of the scale."""

    key: str = Field(
        pattern=r"^[a-z0-9-]+$", max_length=40, description="Short name, kept when the word changes."
    )
    word: str = Field(min_length=1, max_length=60, description="What one answers: «I noen grad».")


class AssessmentShape(Shape):
    """The file assessment.toml: the scale, from the least to the most, and what is never part of it.

    A self-assessment shows where one school stands now. It is not used to compare schools, nor a school with itself
    in another year (Udir on Ståstedsanalysen); there is no setting for it.
    """

    unknown: str = Field(
        default=_UNKNOWN, min_length=1, max_length=60, description="The answer beside the scale: «Vet ikke»."
    )
    smallest: int = Field(
        default=SMALLEST,
        ge=SMALLEST,
        le=100,
        description="How many must answer before anything is shown; 5 or more.",
    )
    steps: tuple[StepShape, ...] = Field(
        default=(), max_length=10, description="The steps, from least to most."
    )

    @model_validator(mode="after")
    def _a_scale_has_two_steps(self) -> "AssessmentShape":
        if len(self.steps) == 1:
            raise ValueError(gettext_noop("En skala har minst to trinn."))
        return self


def read(owner: Unit) -> AssessmentShape:
    """The owner's scale of today; empty when nobody has chosen words."""
    scale = scale_of(owner)
    if scale is None:
        return AssessmentShape()
    steps = tuple(StepShape.model_construct(key=step.key, word=step.word) for step in scale.steps.all())
    return AssessmentShape.model_construct(unknown=scale.unknown, smallest=scale.smallest, steps=steps)


def write(*, owner: Unit, path: Path, content: Mapping[str, Any] | None, by: str) -> None:
    """Write the plain fields or one step: a new one comes last, one that the pack no longer has goes."""
    scale = scale_of(owner)
    unknown, smallest = (scale.unknown, scale.smallest) if scale else (_UNKNOWN, SMALLEST)
    steps = {step.key: step.word for step in scale.steps.all()} if scale else {}
    if path == ROOT:
        unknown, smallest = (content["unknown"], content["smallest"]) if content else (_UNKNOWN, SMALLEST)
    elif content is None:
        steps.pop(path[1], None)
    else:
        steps[path[1]] = content["word"]
    set_scale(
        owner=owner,
        unknown=unknown,
        smallest=smallest,
        steps=[NewStep(key, word) for key, word in steps.items()],
        by=by,
    )


PART: Final = Part(name="assessment", order=40, shape=AssessmentShape, read=read, write=write)
