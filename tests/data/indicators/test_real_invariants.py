"""The real files published by us, under a stricter limit than theirs: what data.md §6 found in the files holds in ours too."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pytest

from tests.data.sources.helpers import national_test_files, read, real_file
from tests.factories.cast import Cast
from tettpaa.core.orgs.queries import units_by_code
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.data.indicators.actions import compare, publish
from tettpaa.data.indicators.observed import Origin
from tettpaa.data.indicators.queries import Wanted, figures
from tettpaa.data.sources.source import Cell
from tettpaa.data.suppression.figure import SafeFigure, safe_figure
from tettpaa.data.suppression.kinds import Edition, Gender, Level, Status

pytestmark = pytest.mark.django_db
LIMIT = 15  # the files themselves hide below 10
OWN = Origin("open_template", "fil.csv", "ab" * 32, threshold=LIMIT, is_public=False, is_complete=False)
PUBLIC = Origin("udir_statistikkbank", "np.csv", "cd" * 32, threshold=10, is_public=True, is_complete=True)
COUNTIES = ("11", "18", "46", "15", "56", "55")  # large and small municipalities, a county a file
HIDDEN = {Status.HIDDEN_BY_SOURCE, Status.HIDDEN_BY_US}
type Table = tuple[str, int, int]  # indicator, period, grade


def published(cells: Iterable[Cell], origin: Origin) -> dict[Table, dict[str, SafeFigure]]:
    """The file by the product's own actions, and then what the public edition shows: figures by table and unit."""
    cells = list(cells)
    comparison = compare(cells=cells, origin=origin, owner=None)
    assert comparison.refused == []
    publish(comparison=comparison, by="x")
    units = list(units_by_code({one.unit_code for one in cells}).values())
    found: dict[Table, dict[str, SafeFigure]] = defaultdict(dict)
    for one in figures(Viewer("x", ()), units, Wanted(genders=tuple(Gender)), edition=Edition.PUBLIC):
        found[one.indicator, one.period, one.grade][one.unit] = one
    return found


def broken(figures: Mapping[str, SafeFigure], parents: Mapping[str, str], limit: int) -> list[str]:
    """The invariants that one table does not keep. `parents`: the municipality of a school, the county of that."""
    found = []
    parts: dict[str, list[SafeFigure]] = defaultdict(list)
    for unit, one in figures.items():
        if one.status in HIDDEN and (one.value, one.low, one.high, one.n) != (None,) * 4:
            found.append(f"{unit}: a hidden figure says something")
        if one.is_shown and (one.n is None or one.n < limit):
            found.append(f"{unit}: {one.n} pupils are shown")
        if one.is_shown or one.status in HIDDEN:
            parts[parents.get(unit, "")].append(one)
    for unit in parts.keys() & figures.keys():
        found += under_one(figures[unit], parts[unit], unit in parents, limit)
    return found


def under_one(
    whole: SafeFigure, parts: Iterable[SafeFigure], is_municipality: bool, limit: int
) -> Iterator[str]:
    """Of a whole and its parts; a whole with one part is hidden or shown as that is."""
    shown, gone = ([one for one in parts if one.is_shown is is_shown] for is_shown in (True, False))
    ours = any(one.status is Status.HIDDEN_BY_US for one in gone)
    if not whole.is_shown:
        yield from (f"{whole.unit}: hidden, but {one.unit} is shown" for one in shown)
    elif len(gone) == 1 and (ours or is_municipality):  # a source leaves a county with one now and then
        yield f"{whole.unit}: only {gone[0].unit} is hidden"
    elif ours and (rest := (whole.n or 0) - sum(one.n or 0 for one in shown)) < limit:
        yield f"{whole.unit}: {rest} pupils in all that is hidden"


def parents_of(cells: Iterable[Cell]) -> dict[str, str]:
    above = {Level.SCHOOL: "municipality", Level.MUNICIPALITY: "county"}
    return {one.unit_code: getattr(one, above[one.level]) for one in cells if one.level in above}


@pytest.mark.parametrize(("name", "county"), [*zip(national_test_files(), COUNTIES, strict=True)])
def test_our_own_publication_of_a_real_file_keeps_the_invariants(cast: Cast, name: str, county: str) -> None:
    del cast
    cells = [one for one in read(real_file(name)).cells if one.county == county and one.level >= Level.COUNTY]
    parents = parents_of(cells)
    tables = published(cells, OWN)
    assert [fault for figures in tables.values() for fault in broken(figures, parents, LIMIT)] == []
    ours = [
        one for figures in tables.values() for one in figures.values() if one.status is Status.HIDDEN_BY_US
    ]
    assert len(ours) > 10  # else nothing was tried


def test_a_national_file_is_published_as_its_source_shielded_it(cast: Cast) -> None:
    """All of them pass unhidden by us, and keep the source's own invariants."""
    del cast
    cells = read(real_file(national_test_files()[-2])).cells
    tables = published(cells, PUBLIC)
    assert [fault for figures in tables.values() for fault in broken(figures, parents_of(cells), 10)] == []
    statuses = {one.status for figures in tables.values() for one in figures.values()}
    assert Status.HIDDEN_BY_SOURCE in statuses
    assert Status.HIDDEN_BY_US not in statuses


def test_a_pattern_that_breaks_an_invariant_is_told() -> None:
    """Negative controls, one each."""
    parents = {"S1": "M", "S2": "M", "M": "C"}

    def told(*given: tuple[str, int | None, Status]) -> list[str]:
        made = {
            unit: safe_figure(1, unit, "np5_lesing", 2024, 5, Gender.ALL, n and 50.0, None, None, n, status, Edition.PUBLIC, 1)
            for unit, n, status in given
        }  # fmt: skip
        return broken(made, parents, LIMIT)

    ours, theirs, ok = Status.HIDDEN_BY_US, Status.HIDDEN_BY_SOURCE, Status.OK
    assert told(("M", 80, ok), ("S1", 40, ok), ("S2", 40, ok)) == []
    assert told(("M", 80, ok), ("S1", None, ours), ("S2", None, ours)) == []
    assert told(("M", None, ours), ("S1", 40, ok), ("S2", None, ours)) == ["M: hidden, but S1 is shown"]
    assert told(("M", 80, ok), ("S1", 40, ok), ("S2", None, ours)) == ["M: only S2 is hidden"]
    assert told(("M", 80, ok), ("S1", 40, ok), ("S2", None, theirs)) == ["M: only S2 is hidden"]
    assert told(("C", 80, ok), ("M", None, theirs)) == []
    assert told(("C", 80, ok), ("M", None, ours)) == ["C: only M is hidden"]
    assert told(("M", 14, ok), ("S1", None, ours), ("S2", None, ours)) == [
        "M: 14 pupils are shown", "M: 14 pupils in all that is hidden",
    ]  # fmt: skip
