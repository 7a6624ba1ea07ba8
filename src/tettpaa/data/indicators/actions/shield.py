"""From observations to what each edition may show: intervals, confidentiality, suppression over the whole set."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from tettpaa.data.indicators.actions.certify import Refusal
from tettpaa.data.indicators.actions.decide import decide
from tettpaa.data.indicators.actions.ledger import Ledger, ledger
from tettpaa.data.indicators.actions.loss import Loss, losses, with_coarser
from tettpaa.data.indicators.actions.parts import Key, Shown, Standing
from tettpaa.data.indicators.actions.proof import Proof
from tettpaa.data.indicators.actions.units import Places
from tettpaa.data.indicators.definitions import definition
from tettpaa.data.indicators.intervals import interval_of
from tettpaa.data.indicators.observed import Observed, Origin
from tettpaa.data.indicators.raw import WithheldValue
from tettpaa.data.suppression.first import Candidate
from tettpaa.data.suppression.kinds import Edition, Gender, Status

OPEN = {Status.OK, Status.CONFIDENTIAL}
type Decided = tuple[Shown, Shown | None, bool]


@dataclass(frozen=True, slots=True)
class Shielded:
    """For each observation: its public row, its internal row if it differs, and whether its number is withheld.

    `refused`: tables that cannot be proved safe; while there is one, nothing is published. `losses`: what the
    breakdowns cost.
    """

    cells: list[Decided]
    newly_hidden: list[Key]
    proofs: list[Proof]
    refused: list[Refusal]
    losses: list[Loss]


def shielded(
    cells: Sequence[Observed], origin: Origin, places: Places, standing: Mapping[Key, dict[int, Standing]]
) -> Shielded:
    """Decide over the file together with everything already published in the same families."""
    facts = {indicator: _facts(indicator, origin) for indicator in {cell.indicator for cell in cells}}
    candidates = [_candidate(cell, facts[cell.indicator], places) for cell in cells]
    staying = [] if origin.is_complete else _staying(cells, places, standing)
    numbers = _hidden_numbers(staying, standing)
    candidates += [
        _old_candidate(key, standing[key][Edition.PUBLIC], numbers, facts, places) for key in staying
    ]
    known = None if origin.is_public else _ledger(candidates, {cell.unit_code for cell in cells})
    memory: dict[str, Any] = {}
    decision = decide(candidates, known, memory)
    hidden = {at for at in decision.hidden if candidates[at].status is Status.OK}
    decided = [_decide(cell, is_hidden=position in hidden) for position, cell in enumerate(cells)]
    newly = [key for position, key in enumerate(staying, len(cells)) if position in hidden]
    refused = with_coarser(candidates, decision, known, memory)
    lost = [] if known is None or refused else losses(candidates, decision, known, memory)
    return Shielded(decided, newly, decision.proofs, refused, lost)


def _ledger(candidates: Sequence[Candidate], touched: set[str]) -> Ledger:
    indicators = {str(one.family[0]) for one in candidates}
    periods = {int(str(one.family[1])) for one in candidates}
    found = ledger(indicators, periods, {one.unit for one in candidates})
    found.touched = touched
    return found


class _Facts(NamedTuple):
    """What shielding must know of an indicator, looked up once for all its figures."""

    is_confidential: bool
    counts: bool  # a share tells how many pupils, which can be too few
    smallest: int


def _facts(indicator: str, origin: Origin) -> _Facts:
    known = definition(indicator)
    # The stricter of the source's limit and the indicator's own; a public source has shielded by its own already.
    own = 0 if origin.is_public else known.smallest_group
    counts = not origin.is_public and known.unit == "percent" and not known.open_counts
    return _Facts(known.confidential, counts, max(origin.threshold, own))


def _candidate(cell: Observed, facts: _Facts, places: Places) -> Candidate:
    status = cell.status
    if facts.is_confidential and status in OPEN:
        # A confidential number is not public, so for the public edition it counts as hidden already.
        status = Status.CONFIDENTIAL
    count = None
    if facts.counts and cell.value is not None and cell.n is not None:
        count = _counted(cell.value, cell.n)
    return Candidate(
        family=(cell.indicator, cell.period, cell.grade),
        unit=cell.unit_code,
        parent=places.parents[cell.unit_code],
        gender=cell.gender,
        n=cell.n,
        count=count,
        smallest=facts.smallest,
        status=status,
    )


def _counted(value: float, n: int) -> int:
    """How many pupils a share in percent tells of."""
    return round(value * n / 100)


def _staying(
    cells: Sequence[Observed], places: Places, standing: Mapping[Key, dict[int, Standing]]
) -> list[Key]:
    """Published values of the same families that the file does not replace, and that can tell of its units."""
    if not standing:
        return []
    families = {(cell.indicator, cell.period, cell.grade) for cell in cells}
    replaced = {(c.unit_code, c.indicator, c.period, c.grade, int(c.gender)) for c in cells}
    found = {
        key: rows[Edition.PUBLIC]
        for key, rows in standing.items()
        if Edition.PUBLIC in rows
        and (key.indicator, key.period, key.grade) in families
        and tuple(key) not in replaced
    }
    near = _near({places.paths[cell.unit_code] for cell in cells}, found, places)
    return [key for key, row in found.items() if row.path in near]


def _near(touched: set[str], found: Mapping[Key, Standing], places: Places) -> set[str]:
    """Paths of the units that can tell of ours: they, all below them, the wholes above, those wholes' other parts.

    Ours are those that the file touches, and those where we have hidden something. What lies inside another part is
    its publisher's: the part is one shown number, and what is hidden within it is not ours to prove.
    """
    ours = touched | {row.path for row in found.values() if row.shown.status == Status.HIDDEN_BY_US}
    above = {whole for path in ours for whole in places.wholes(path)}
    paths = {row.path for row in found.values()}
    known = above | ours
    return {
        path
        for path in paths
        if path in known
        or not above.isdisjoint((wholes := places.wholes(path))[:1])
        or not ours.isdisjoint(wholes)
    }


def _hidden_numbers(
    keys: Iterable[Key], standing: Mapping[Key, dict[int, Standing]]
) -> dict[int, tuple[float | None, int | None]]:
    """Value and pupils behind values that we hid earlier, by the key of the published row. One query."""
    hidden = {
        (*key, row.release): row.id
        for key in keys
        if (row := standing[key][Edition.PUBLIC]).shown.status == Status.HIDDEN_BY_US
    }
    if not hidden:
        return {}
    rows = WithheldValue.objects.filter(
        indicator__key__in={key[1] for key in hidden}, period__in={key[2] for key in hidden}
    ).values_list("unit__code", "indicator__key", "period", "grade", "gender", "release_id", "value", "n")
    return {
        hidden[row[:6]]: (row[6], row[7]) for row in rows.iterator(chunk_size=10_000) if row[:6] in hidden
    }


def _old_candidate(
    key: Key,
    row: Standing,
    numbers: Mapping[int, tuple[float | None, int | None]],
    facts_of: Mapping[str, _Facts],
    places: Places,
) -> Candidate:
    value, n = (
        (row.shown.value, row.shown.n) if row.shown.n is not None else numbers.get(row.id, (None, None))
    )
    facts = facts_of[key.indicator]
    return Candidate(
        family=(key.indicator, key.period, key.grade),
        unit=key.unit,
        parent=places.parent(row.path),
        gender=Gender(key.gender),
        n=n,
        count=_counted(value, n) if facts.counts and value is not None and n is not None else None,
        smallest=facts.smallest,
        # What is hidden stays hidden: an earlier pattern may still be in somebody's hands.
        status=Status.HIDDEN_BY_SOURCE
        if row.shown.status == Status.HIDDEN_BY_US
        else Status(row.shown.status),
    )


def _decide(cell: Observed, *, is_hidden: bool) -> Decided:
    """The public row, the internal row where it differs, and whether the number goes to the withheld ones."""
    if is_hidden:
        return Shown(None, None, None, None, Status.HIDDEN_BY_US, cell.is_provisional), None, True
    return _as_shown(cell.indicator, cell.value, cell.n, cell.uncertainty, cell.status, cell.is_provisional)


@lru_cache(maxsize=65_536)
def _as_shown(*parts: Any) -> Decided:
    """Rows of a figure that is not hidden by us; remembered, since a large file holds few different figures."""
    indicator, value, n, uncertainty, status, is_provisional = parts
    low, high = interval_of(indicator, value, n, uncertainty)
    full = Shown(value, low, high, n, int(status), is_provisional)
    if status is Status.CONFIDENTIAL or (definition(indicator).confidential and status in OPEN):
        public = Shown(None, None, None, None, Status.HIDDEN_BY_SOURCE, is_provisional)
        return public, full._replace(status=Status.CONFIDENTIAL), False
    return full, None, False
