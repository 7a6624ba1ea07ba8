"""The real files as if they were our own, under a stricter limit: the pattern keeps what data.md §6 found in theirs."""

from collections import defaultdict

import pytest

from tests.data.sources.helpers import national_test_files, read, real_file
from tettpaa.data.indicators.actions.decide import decide
from tettpaa.data.indicators.actions.ledger import Ledger
from tettpaa.data.sources.source import Cell
from tettpaa.data.suppression.first import Candidate
from tettpaa.data.suppression.kinds import Level, Status

LIMIT = 15  # the files themselves hide below 10
COUNTY = "11"
HIDDEN = {Status.HIDDEN_BY_SOURCE, Status.HIDDEN_BY_US}


def candidate(cell: Cell) -> Candidate:
    parent = {Level.SCHOOL: cell.municipality, Level.MUNICIPALITY: cell.county}.get(cell.level, "NO")
    family = (cell.indicator, cell.period, cell.grade)
    return Candidate(family, cell.unit_code, parent, cell.gender, cell.n, None, LIMIT, cell.status)


@pytest.mark.parametrize("name", national_test_files())
def test_a_shown_municipality_never_has_exactly_one_hidden_school(name: str) -> None:
    candidates = [
        candidate(cell) for cell in read(real_file(name)).cells
        if cell.county == COUNTY and cell.level >= Level.COUNTY
    ]  # fmt: skip
    found = decide(candidates, Ledger(), {})
    assert (found.refused, bool(found.hidden), bool(found.proofs)) == ([], True, True)
    gone = {at for at, one in enumerate(candidates) if at in found.hidden or one.status in HIDDEN}
    at_of = {(one.family, one.unit): at for at, one in enumerate(candidates)}
    children: dict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(candidates):
        if one.status in HIDDEN | {Status.OK} and (parent := at_of.get((one.family, one.parent))) is not None:
            children[parent].append(at)
    for parent, schools in children.items():
        hidden = [at for at in schools if at in gone]
        known = candidates[parent].n or 0
        rest = known - sum(candidates[at].n or 0 for at in schools)
        if len(schools) == 1 and not rest:
            assert (parent in gone) == (schools[0] in gone), candidates[parent]
        if parent not in gone and found.hidden.intersection(hidden) and rest < LIMIT:
            assert len(hidden) != 1, candidates[parent]
