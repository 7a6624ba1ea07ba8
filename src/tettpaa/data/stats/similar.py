"""Similar schools, by what we know: the same grades and about as many pupils."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from typing import Final

FACTOR: Final = 1.5
AT_LEAST: Final = 5
AT_MOST: Final = 30


@dataclass(frozen=True, slots=True)
class SchoolSize:
    """A school's key (organisation number), lowest and highest grade, and number of pupils."""

    id: str
    first_grade: int
    last_grade: int
    pupils: int


def similar_schools(
    school: SchoolSize,
    candidates: Iterable[SchoolSize],
    *,
    factor: float = FACTOR,
    at_least: int = AT_LEAST,
    at_most: int = AT_MOST,
) -> tuple[str, ...]:
    """Ids of the schools with the same grade span and between 1 / `factor` and `factor` times the pupils.

    Pupils' background is unknown to us, so "similar" means size and kind and nothing more: the page must
    say so. Keeps the `at_most` nearest in size, ties by id, and returns ids in order of id: no ranking
    leaves this function. Fewer than `at_least` are no comparison, and give an empty tuple. The school
    itself never counts. Raises ValueError for a factor below 1.
    """
    if factor < 1:
        raise ValueError(f"the factor is at least 1, not {factor}")
    if school.pupils < 1:
        return ()
    span = (school.first_grade, school.last_grade)
    near = sorted(
        (_distance(school, other), other.id)
        for other in candidates
        if other.id != school.id
        and (other.first_grade, other.last_grade) == span
        and other.pupils >= 1
        and school.pupils <= factor * other.pupils
        and other.pupils <= factor * school.pupils
    )[:at_most]
    return tuple(sorted(key for _, key in near)) if len(near) >= at_least else ()


def _distance(school: SchoolSize, other: SchoolSize) -> float:
    return abs(log(other.pupils / school.pupils))
