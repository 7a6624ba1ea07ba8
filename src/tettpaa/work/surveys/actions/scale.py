"""The owner's words for how far one has come."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.models import Unit
from tettpaa.work.surveys.models import SMALLEST, AssessmentScale, ScaleStep


class TooSmallError(ValueError):
    """Fewer answers than SMALLEST would be shown."""


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step: its key, which stays when the word is changed, and the word."""

    key: str
    word: str


@transaction.atomic
def set_scale(
    *, owner: Unit, unknown: str, smallest: int, steps: Sequence[NewStep], by: str
) -> AssessmentScale:
    """The scale from least to most. Rounds that are open or done keep the words they had.

    Raises TooSmallError for `smallest` under SMALLEST.
    """
    if smallest < SMALLEST:
        raise TooSmallError(smallest)
    values = {"unknown": unknown, "smallest": smallest}
    scale, _made = AssessmentScale.objects.update_or_create(owner=owner, defaults=values)
    scale.steps.exclude(key__in=[step.key for step in steps]).delete()
    for order, step in enumerate(steps):
        ScaleStep.objects.update_or_create(
            scale=scale, key=step.key, defaults={"word": step.word, "order": order}
        )
    record(
        kind="surveys.scale_set",
        by=by,
        subject="scale",
        subject_key=str(scale.pk),
        owner=owner.code,
        detail={"steps": len(steps), "smallest": smallest},
    )
    return scale
