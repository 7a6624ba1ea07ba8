"""The stand-in with a year of grade 5 tests, and a file store of its own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.data.sources.fetch.stand_in import StandIn, standing_in
from tests.data.sources.fetch.udir_v1 import Udir, speakers
from tests.data.sources.helpers import sample


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tested here is not the reader's time limit, which a busy machine could meet."""
    monkeypatch.setattr("tettpaa.data.sources.run.SECONDS", 120.0)


@pytest.fixture
def udir() -> Udir:
    return Udir({"20242025": sample("np5_2024-25_utdrag.csv")})


@pytest.fixture
def stand_in(udir: Udir, settings: Any, tmp_path: Path) -> Iterator[StandIn]:
    with standing_in(speakers(udir)) as server:
        settings.FETCH_STAND_IN = server.address
        settings.FILE_STORE = tmp_path / "store"
        yield server
