"""Random municipalities, three yearly releases of each through publishing, read back and attacked."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pytest

from tests.data.indicators.attacked import (
    Reading,
    Truth,
    broken,
    cells,
    counted,
    municipality,
)
from tests.data.indicators.test_releases import LOCAL
from tests.factories.cast import Cast
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import units_by_code
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.data.indicators import queries
from tettpaa.data.indicators.actions import compare, publish
from tettpaa.data.indicators.queries import Wanted
from tettpaa.data.sources.source import Cell
from tettpaa.data.suppression.kinds import Edition, Gender, Level

pytestmark = pytest.mark.django_db
MUNICIPALITIES = int(os.environ.get("TETTPAA_MUNICIPALITIES", "40"))  # the benchmark `surfaces` takes 200
YEARS = (2022, 2023, 2024)
type Readings = dict[tuple[str, str, int, Gender], Reading]


def corrected(truth: Truth, year: int, seed: int) -> Truth:
    """The year's numbers with one pupil more here and there, as the next file has them."""
    chance = np.random.default_rng([seed, year])
    return {
        key: pupils._replace(girls=pupils.girls + int(chance.random() < 0.1)) if key[2] == year else pupils
        for key, pupils in truth.items()
    }


def read(truths: Mapping[str, Truth]) -> dict[str, Readings]:
    """Every figure of the public edition, by municipality: what all surfaces are made of."""
    home = {
        unit: code for code, truth in truths.items() for unit in {code, *(school for school, *_ in truth)}
    }
    units: list[Unit] = list(units_by_code(set(home)).values())
    figures = queries.figures(Viewer("x", ()), units, Wanted(genders=tuple(Gender)), edition=Edition.PUBLIC)
    found: dict[str, Readings] = defaultdict(dict)
    for figure in figures:
        n, value = figure.n, figure.value
        yes = None if n is None or value is None else round(n * value / 100)
        place = (figure.unit, figure.indicator, figure.period, figure.gender)
        found[home[figure.unit]][place] = Reading(n, yes)
    return found


def county(rows: Iterable[Cell]) -> list[Cell]:
    """The rows of the municipalities' county: their sums."""
    sums: dict[tuple[str, int, Gender], list[Cell]] = defaultdict(list)
    for row in rows:
        if row.level is Level.MUNICIPALITY:
            sums[row.indicator, row.period, row.gender].append(row)
    found = []
    for parts in sums.values():
        n = sum(part.n or 0 for part in parts)
        yes = sum(round((part.value or 0) * (part.n or 0) / 100) for part in parts)
        value = 50.0 if parts[0].indicator == "np5_lesing" else round(100 * yes / n, 4)
        found.append(parts[0]._replace(level=Level.COUNTY, unit_code="50", unit_name="50", value=value, n=n))
    return found


def released(truths: dict[str, Truth], *, with_county: bool) -> Iterator[dict[str, Truth]]:
    """Publish three years, one file each; the second and third also correct the year before."""
    for at, year in enumerate(YEARS):
        if at:
            truths = {code: corrected(truth, year - 1, seed=int(code)) for code, truth in truths.items()}
        window = YEARS[max(0, at - 1) : at + 1]
        rows = [row for code, truth in truths.items() for row in cells(code, truth, window)]
        rows += county(rows) if with_county else []
        comparison = compare(cells=rows, origin=LOCAL, owner=None)
        assert comparison.refused == [], year
        publish(comparison=comparison, by="x")
        yield truths


def test_three_yearly_releases_of_random_municipalities_withstand_the_attack(cast: Cast) -> None:
    """What is out by then counts against us too."""
    del cast
    truths = {
        f"{5001 + number}": municipality(f"{5001 + number}", seed=4) for number in range(MUNICIPALITIES)
    }
    failed: list[str] = []
    shown = 0
    for now in released(truths, with_county=False):
        for code, readings in read(now).items():
            shown += sum(reading.n is not None for reading in readings.values())
            failed += [f"{code} {cell}" for cell in broken(code, now[code], readings)]
    assert failed == []
    assert shown > 20 * MUNICIPALITIES


def test_municipalities_that_add_up_to_a_county_come_out_together(cast: Cast) -> None:
    """They are one table, which takes in what was out before; nothing is refused, and each withstands the attack."""
    del cast
    truths = {f"{5001 + number}": municipality(f"{5001 + number}", seed=5) for number in range(8)}
    for now in released(truths, with_county=True):
        readings = read(now)
        assert [cell for code in now for cell in broken(code, now[code], readings[code])] == []


def test_the_attack_catches_figures_that_went_round_the_engine() -> None:
    """A negative control: only what is small itself is hidden."""
    code, truth = "5005", municipality("5005", seed=4)
    read_all = {}
    for school in {code, *(school for school, *_ in truth)}:
        for indicator, small in (("np5_lesing", 10), ("eu_mobbing", 5)):
            for gender in Gender:
                n, yes = counted(truth, code, school, indicator, 2022, gender)
                hides = n < small or (indicator == "eu_mobbing" and min(yes, n - yes) < small)
                read_all[school, indicator, 2022, gender] = Reading(None, None) if hides else Reading(n, yes)
    assert broken(code, truth, read_all)
