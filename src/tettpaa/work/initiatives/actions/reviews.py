"""An effect review on its road: planned, figures ready, written, checked by somebody else, used in the report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.states import NotAllowedError, move
from tettpaa.core.audit.versions import save_changes
from tettpaa.data.indicators.definitions import keys
from tettpaa.work.initiatives.enums import REVIEW_PATHS, Certainty, Conclusion, Explanation, ReviewState
from tettpaa.work.initiatives.models import EffectReview, Initiative

_BACK: Final = {ReviewState.WRITTEN: ReviewState.READY, ReviewState.READY: ReviewState.PLANNED}
_WORDS: Final = ("seen", "explanations", "other_explanations", "conclusion", "certainty")


class OwnWorkError(ValueError):
    """A review is checked by another person than the one who wrote it."""


class FiguresMissingError(ValueError):
    """There is no figure yet for the year after."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a person writes: what we saw, what else it could be, what we conclude and how sure we are."""

    seen: str
    conclusion: Conclusion
    certainty: Certainty
    explanations: Sequence[Explanation] = ()
    other_explanations: str = ""


@transaction.atomic
def plan_review(  # noqa: PLR0913 - which figures, which years, when, and who asks
    *,
    initiative: Initiative,
    indicator: str,
    before: int,
    after: int,
    by: str,
    grade: int = 0,
    planned_on: date | None = None,
) -> EffectReview:
    """Agree which figures to look at: the indicator's key and the school years before and after (2024: 2024-25).

    `planned_on` is when, else the initiative's own date, else today. Raises ValueError for an unknown indicator
    or an `after` that is not later.
    """
    if indicator not in keys() or after <= before:
        raise ValueError(f"no review of {indicator} from {before} to {after}")
    made = EffectReview.objects.create(
        owner=initiative.owner,
        school=initiative.school,
        initiative=initiative,
        indicator=indicator,
        grade=grade,
        before=before,
        after=after,
        planned_on=planned_on or initiative.evaluate_on or timezone.localdate(),
    )
    _record("initiatives.review_planned", made, by)
    return made


@transaction.atomic
def mark_ready(*, review: EffectReview, has_figures: bool, by: str) -> EffectReview:
    """The figures of both years are published. `has_figures`: the caller has seen them (`effect.reading`).

    Raises FiguresMissingError, NotAllowedError.
    """
    if not has_figures:
        raise FiguresMissingError(review.indicator)
    return _moved(review, ReviewState.READY, "initiatives.review_ready", by)


@transaction.atomic
def write_review(
    *, review: EffectReview, words: Written, version: int, by: str, on: date | None = None
) -> EffectReview:
    """Write it, or write it anew while nobody has checked it. `version` is the one the person saw.

    Raises NotAllowedError before the figures are ready and after the check, and ConflictError.
    """
    if review.state != ReviewState.WRITTEN:
        move(review, ReviewState.WRITTEN, paths=REVIEW_PATHS)
    review.seen, review.other_explanations = words.seen, words.other_explanations
    review.explanations = [str(one) for one in words.explanations]
    review.conclusion, review.certainty = words.conclusion, words.certainty
    review.written_by, review.written_on = by, on or timezone.localdate()
    save_changes(review, version=version, fields=("state", *_WORDS, "written_by", "written_on"))
    _record("initiatives.review_written", review, by)
    return review


@transaction.atomic
def check_review(*, review: EffectReview, version: int, by: str, on: date | None = None) -> EffectReview:
    """Somebody else than the writer has read it, at `version`, and stands by it.

    Raises OwnWorkError for the writer, NotAllowedError, and ConflictError when the words have changed meanwhile.
    """
    if by.casefold() == review.written_by.casefold():
        raise OwnWorkError(by)
    move(review, ReviewState.CHECKED, paths=REVIEW_PATHS)
    review.checked_by, review.checked_on = by, on or timezone.localdate()
    save_changes(review, version=version, fields=("state", "checked_by", "checked_on"))
    _record("initiatives.review_checked", review, by)
    return review


@transaction.atomic
def send_back(*, review: EffectReview, by: str) -> EffectReview:
    """From written back to the writer, or from ready back to waiting. Raises NotAllowedError."""
    found = EffectReview.objects.select_for_update().get(pk=review.pk)
    if found.state not in _BACK:  # from planned to ready is a step too, and needs the figures
        raise NotAllowedError(found.state, ReviewState.READY)
    return _moved(found, _BACK[ReviewState(found.state)], "initiatives.review_sent_back", by)


@transaction.atomic
def use_review(*, review: EffectReview, used_in: str, by: str) -> EffectReview:
    """It stands in a report, `used_in` says which. Raises NotAllowedError unless it is checked."""
    found = EffectReview.objects.select_for_update().get(pk=review.pk)
    found.used_in = used_in
    found.save(update_fields=["used_in"])
    return _moved(found, ReviewState.USED, "initiatives.review_used", by)


def _moved(review: EffectReview, to: ReviewState, kind: str, by: str) -> EffectReview:
    found = EffectReview.objects.select_for_update().get(pk=review.pk)
    move(found, to, paths=REVIEW_PATHS)
    found.version += 1
    found.save(update_fields=["state", "version"])
    _record(kind, found, by)
    return found


def _record(kind: str, review: EffectReview, by: str) -> None:
    record(
        kind=kind,
        by=by,
        subject=f"review {review.pk}",
        subject_key=str(review.pk),
        owner=review.owner.code,
        detail={"initiative": str(review.initiative_id), "state": review.state},
    )
