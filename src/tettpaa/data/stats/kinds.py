"""The few words every module of the room shares: kinds of figure, certainty, side and gap."""

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a figure is, which decides how chance works on it."""

    MEAN = "mean"  # a mean over pupils: scale points, survey index, marks
    SHARE = "share"  # a share of pupils, in percent
    CENSUS = "census"  # a count, or a ratio of counts, of everybody: nothing was sampled


class Certainty(StrEnum):
    """How sure we are that a difference matters; four circles everywhere (look.md, rules 4 and 5)."""

    CLEAR = "clear"
    LIKELY = "likely"
    NONE = "none"
    UNKNOWN = "unknown"

    @property
    def glyph(self) -> str:
        return GLYPHS[self]


GLYPHS: Final = {
    Certainty.CLEAR: "●",
    Certainty.LIKELY: "◐",
    Certainty.NONE: "○",
    Certainty.UNKNOWN: "◌",
}


class Side(StrEnum):
    """Where a level lies, or a change goes, as far as we can tell. Says nothing about good or bad."""

    BELOW = "below"
    ABOVE = "above"
    NEITHER = "neither"


class Gap(StrEnum):
    """Why there is no verdict."""

    NO_YEARS = "no_years"  # no year is shown in the window
    NO_REFERENCE = "no_reference"  # nothing to compare with in the same years
    TOO_FEW = "too_few"  # fewer pupils than the rule's minimum
    BREAK = "break"  # the two years stand on either side of a break
    COUNTED = "counted"  # a census: described, not judged
    NO_VARIANCE = "no_variance"  # neither n nor the source's own uncertainty is known
