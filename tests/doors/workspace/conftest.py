"""Figures for the cast, published by the product's own actions: a nation, a county, Fjordvik and its schools."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pytest

from tests.factories.cast import Cast
from tettpaa.core.orgs.actions import NewUnit, add_units
from tettpaa.core.orgs.enums import Kind
from tettpaa.core.orgs.models import Unit
from tettpaa.data.indicators.actions import compare, publish
from tettpaa.data.indicators.models import Release
from tettpaa.data.indicators.observed import Origin
from tettpaa.data.sources.source import Cell
from tettpaa.data.suppression.kinds import Gender, Level, Status
from tettpaa.doors.workspace import memo
from tettpaa.doors.workspace.charting import sketched

LOCAL = Origin("open_template", "fil.csv", "ab" * 32, threshold=10, is_public=False, is_complete=False)
NATIONAL = replace(LOCAL, source="udir_statistikkbank", file_name="np5.csv", is_public=True)
NES, VIK, UTVIK = "F00000001", "F00000002", "U00000001"
NATION, COUNTY, OWNER = "NO", "99", "9901"
YEARS = (2022, 2023, 2024)

type Put = Callable[..., Release]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Rolled back figures leave the same watermark, so no test may meet another's memory."""
    memo.forget()
    sketched.cache_clear()
    yield
    memo.forget()


def cell(unit: str = VIK, value: float | None = 50.0, n: int | None = 40, **changes: object) -> Cell:
    """One figure of a file; `changes` are parts of `Cell`."""
    level = {2: Level.COUNTY, 4: Level.MUNICIPALITY}.get(len(unit), Level.SCHOOL)
    parts = {
        "indicator": "np5_lesing", "level": Level.NATION if unit == NATION else level, "unit_code": unit,
        "unit_name": unit, "county": "99", "municipality": "9902" if unit.startswith("U") else "9901",
        "period": 2024, "grade": 5, "gender": Gender.ALL, "value": value, "n": n,
        "uncertainty": 2.0 if value is not None and n and n < 1000 else None, "status": Status.OK,
        "is_provisional": False, "row": 3, "column": "J",
    }  # fmt: skip
    return Cell(**(parts | changes))  # type: ignore[arg-type]


def years(unit: str, values: Iterable[float], n: int, **changes: object) -> list[Cell]:
    """One figure for each of the three years, oldest first."""
    return [cell(unit, value, n, period=year, **changes) for year, value in zip(YEARS, values, strict=True)]


def world(**changes: object) -> list[Cell]:
    """Nes lies far below the nation, Vik as the nation; both reading figures in grade 5."""
    return [
        *years(NATION, (50, 49, 49), 56_000, **changes),
        *years(COUNTY, (49, 49, 49), 5_000, **changes),
        *years(OWNER, (46, 45, 45), 80, **changes),
        *years(NES, (43, 42, 42), 34, **changes),
        *years(VIK, (50, 49, 50), 46, **changes),
        *years(UTVIK, (51, 50, 50), 30, **changes),
    ]


@pytest.fixture
def put(cast: Cast) -> Put:
    """Publish cells as one file: `put(world())`, `put([cell()], LOCAL, owner=cast.fjordvik)`."""

    def bring(cells: Iterable[Cell], origin: Origin = NATIONAL, owner: Unit | None = None) -> Release:
        comparison = compare(cells=list(cells), origin=origin, owner=owner)
        return publish(comparison=comparison, by="arne@example.test", owner=owner)

    return bring


@pytest.fixture
def more_schools(cast: Cast) -> list[str]:
    """Two more schools of Fjordvik, for counting queries at three."""
    codes = ["F00000003", "F00000004"]
    names = ["Åsen skole", "Berg skole"]
    add_units(
        units=[NewUnit(Kind.SCHOOL, c, n, OWNER) for c, n in zip(codes, names, strict=True)],
        by="test",
        invented=True,
    )
    return codes
