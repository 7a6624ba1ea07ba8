"""How far those who answered agree, in one of five words; plain arithmetic on a distribution, never a mean."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Final

MANY_UNKNOWN: Final = 1 / 3  # of all: then that is the finding
EACH_END: Final = 1 / 4  # of those who took a stand: on both sides of the middle
TOGETHER: Final = 2 / 3  # of those who took a stand: on one step, or on two side by side


class Spread(StrEnum):
    """What the distribution says about agreement."""

    UNKNOWN = "unknown"  # so many do not know that the rest says little
    DIVIDED = "divided"  # a quarter or more on each side of the middle
    AGREED = "agreed"  # two thirds or more on one step
    NEAR = "near"  # two thirds or more on two steps side by side
    SCATTERED = "scattered"


def spread(counts: Sequence[int], unknown: int) -> Spread:
    """The word for `counts` (answers on each step, from least to most) and `unknown` ("vet ikke").

    Divided comes before agreed: two thirds on the top step and a quarter below the middle is a disagreement worth
    a talk. With an odd number of steps the middle one belongs to neither side. Raises ValueError for fewer than
    two steps or no answers.
    """
    stand = sum(counts)
    if len(counts) < 2 or stand + unknown == 0:
        raise ValueError("a spread needs two steps and one answer")
    if unknown >= MANY_UNKNOWN * (stand + unknown):
        return Spread.UNKNOWN
    half = len(counts) // 2
    if min(sum(counts[:half]), sum(counts[-half:])) >= EACH_END * stand:
        return Spread.DIVIDED
    if max(counts) >= TOGETHER * stand:
        return Spread.AGREED
    near = max(first + second for first, second in pairwise(counts))
    return Spread.NEAR if near >= TOGETHER * stand else Spread.SCATTERED


def is_told_apart(counts: Sequence[int], unknown: int) -> bool:
    """Whether at least two answers differ: when all gave the same, the picture would tell what each one said."""
    return sum(count > 0 for count in (*counts, unknown)) > 1
