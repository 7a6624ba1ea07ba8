"""Random municipalities, three yearly releases of each through publishing, read back and attacked."""

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
from tettpaa.data.suppression.kinds import Edition, Gender

pytestmark = pytest.mark.django_db
MUNICIPALITIES = 6
YEARS = (2022, 2023, 2024)


def corrected(truth: Truth, year: int, seed: int) -> Truth:
    """The year's numbers with one pupil more here and there, as the next file has them."""
    chance = np.random.default_rng([seed, year])
    return {
        key: pupils._replace(girls=pupils.girls + int(chance.random() < 0.1)) if key[2] == year else pupils
        for key, pupils in truth.items()
    }


def read(code: str, truth: Truth, years: tuple[int, ...]) -> dict[tuple[str, str, int, Gender], Reading]:
    """Every figure of the public edition."""
    units: list[Unit] = list(units_by_code({code, *(school for school, *_ in truth)}).values())
    figures = queries.figures(Viewer("x", ()), units, Wanted(genders=tuple(Gender)), edition=Edition.PUBLIC)
    found = {}
    for figure in figures:
        n, value = figure.n, figure.value
        yes = None if n is None or value is None else round(n * value / 100)
        if figure.period in years:
            found[figure.unit, figure.indicator, figure.period, figure.gender] = Reading(n, yes)
    return found


def test_three_yearly_releases_of_random_municipalities_withstand_the_attack(cast: Cast) -> None:
    """The second and third file also correct the year before: what is out by then counts against us too."""
    del cast
    failed: list[str] = []
    shown = 0
    for number in range(MUNICIPALITIES):
        code, truth = f"{5001 + number}", municipality(f"{5001 + number}", seed=4)
        for at, year in enumerate(YEARS):
            truth = corrected(truth, year - 1, seed=number) if at else truth
            comparison = compare(
                cells=cells(code, truth, YEARS[max(0, at - 1) : at + 1]), origin=LOCAL, owner=None
            )
            assert comparison.refused == [], (code, year)
            publish(comparison=comparison, by="x")
            readings = read(code, truth, YEARS[: at + 1])
            shown += sum(reading.n is not None for reading in readings.values())
            failed += [f"{code} {cell}" for cell in broken(code, truth, readings)]
    assert failed == []
    assert shown > 20 * MUNICIPALITIES


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
