"""From observations to what each edition may show: intervals, confidentiality, suppression over the whole set."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tettpaa.data.indicators.actions.parts import Key, Shown, Standing
from tettpaa.data.indicators.actions.units import Places, parent_code
from tettpaa.data.indicators.definitions import definition
from tettpaa.data.indicators.intervals import interval
from tettpaa.data.indicators.models import PublishedValue
from tettpaa.data.indicators.observed import Observed, Origin
from tettpaa.data.indicators.raw import WithheldValue
from tettpaa.data.suppression.first import Candidate, protect
from tettpaa.data.suppression.kinds import Edition, Gender, Status

SMALL_COUNT = 5  # counts inside a group (data.md §6), for sources that have not shielded themselves
OPEN = {Status.OK, Status.CONFIDENTIAL}


@dataclass(frozen=True, slots=True)
class Shielded:
    """For each observation: its public row, its internal row if it differs, and whether its number is withheld."""

    cells: list[tuple[Shown, Shown | None, bool]]
    newly_hidden: list[Key]


def shielded(
    cells: Sequence[Observed], origin: Origin, places: Places, standing: Mapping[Key, dict[int, Standing]]
) -> Shielded:
    """Decide over the file together with everything already published in the same families."""
    candidates = [_candidate(cell, origin, places) for cell in cells]
    staying = [] if origin.is_complete else _staying(cells, standing)
    numbers = _hidden_numbers(staying, standing)
    candidates += [_old_candidate(key, standing[key][Edition.PUBLIC], numbers, origin) for key in staying]
    hidden = protect(candidates, small_count=0 if origin.is_public else SMALL_COUNT)
    decided = [_decide(cell, is_hidden=position in hidden) for position, cell in enumerate(cells)]
    newly = [key for position, key in enumerate(staying, len(cells)) if position in hidden]
    return Shielded(decided, newly)


def _candidate(cell: Observed, origin: Origin, places: Places) -> Candidate:
    # A confidential number is not public, so for the public edition it counts as hidden already.
    confidential = cell.status is Status.CONFIDENTIAL or definition(cell.indicator).confidential
    return Candidate(
        family=(cell.indicator, cell.period, cell.grade),
        unit=cell.unit_code,
        parent=places.parents[cell.unit_code],
        gender=cell.gender,
        n=cell.n,
        count=_count(cell, origin),
        smallest=_smallest(cell.indicator, origin),
        status=Status.CONFIDENTIAL if confidential and cell.status in OPEN else cell.status,
    )


def _smallest(indicator: str, origin: Origin) -> int:
    """The stricter of the source's limit and the indicator's own; a public source has shielded by its own already."""
    own = 0 if origin.is_public else definitions()[indicator].smallest_group
    return max(origin.threshold, own)


def _count(cell: Observed, origin: Origin) -> float | None:
    """Pupils a share tells of: the numerator of a percentage."""
    if origin.is_public or cell.value is None or cell.n is None:
        return None
    definition = definition(cell.indicator)
    return round(cell.value * cell.n / 100) if definition.unit == "percent" else None


def _staying(cells: Sequence[Observed], standing: Mapping[Key, dict[int, Standing]]) -> list[Key]:
    """Published values of the same families that the file does not replace."""
    families = {(cell.indicator, cell.period, cell.grade) for cell in cells}
    replaced = {(c.unit_code, c.indicator, c.period, c.grade, int(c.gender)) for c in cells}
    return [
        key
        for key, rows in standing.items()
        if Edition.PUBLIC in rows
        and (key.indicator, key.period, key.grade) in families
        and tuple(key) not in replaced
    ]


def _hidden_numbers(
    keys: Iterable[Key], standing: Mapping[Key, dict[int, Standing]]
) -> dict[int, int | None]:
    """Pupils behind values that we hid earlier, by the key of the published row."""
    ids = [
        standing[key][Edition.PUBLIC].id
        for key in keys
        if standing[key][Edition.PUBLIC].shown.status == Status.HIDDEN_BY_US
    ]
    found: dict[int, int | None] = {}
    for row in PublishedValue.objects.filter(pk__in=ids):
        withheld = WithheldValue.objects.filter(
            unit=row.unit_id, indicator=row.indicator_id, period=row.period,
            grade=row.grade, gender=row.gender, release=row.release_id,
        ).first()  # fmt: skip
        found[row.pk] = withheld.n if withheld else None
    return found


def _old_candidate(key: Key, row: Standing, numbers: Mapping[int, int | None], origin: Origin) -> Candidate:
    return Candidate(
        family=(key.indicator, key.period, key.grade),
        unit=key.unit,
        parent=parent_code(row.path),
        gender=Gender(key.gender),
        n=row.shown.n if row.shown.n is not None else numbers.get(row.id),
        count=None,
        smallest=_smallest(key.indicator, origin),
        # What is hidden stays hidden: an earlier pattern may still be in somebody's hands.
        status=Status.HIDDEN_BY_SOURCE
        if row.shown.status == Status.HIDDEN_BY_US
        else Status(row.shown.status),
    )


def _decide(cell: Observed, *, is_hidden: bool) -> tuple[Shown, Shown | None, bool]:
    """The public row, the internal row where it differs, and whether the number goes to the withheld ones."""
    if is_hidden:
        return Shown(None, None, None, None, Status.HIDDEN_BY_US, cell.is_provisional), None, True
    low, high = interval(cell)
    full = Shown(cell.value, low, high, cell.n, int(cell.status), cell.is_provisional)
    if cell.status is Status.CONFIDENTIAL or (
        definition(cell.indicator).confidential and cell.status in OPEN
    ):
        public = Shown(None, None, None, None, Status.HIDDEN_BY_SOURCE, cell.is_provisional)
        return public, full._replace(status=Status.CONFIDENTIAL), False
    return full, None, False
