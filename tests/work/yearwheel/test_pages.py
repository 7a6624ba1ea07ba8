"""The pages: what is shown, to whom, and what an answer does."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.factories.cast import Cast
from tests.work.yearwheel.wheelhouse import NOW, procedure, rolled, text_of
from tettpaa.work.yearwheel.models import Task

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]
WHEEL = "/9901/arshjul/"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def address(task: Task, deed: str = "") -> str:
    return f"{WHEEL}gjoremal/{task.pk}/{deed}"


def test_the_wheel_answers_first_and_lists_the_month(cast: Cast, client_of: Sign) -> None:
    procedure(cast, tag="law")
    procedure(cast, "gsi", name="Kontroller GSI", month=10, tag="local", level="owner", roles=["adviser"])
    rolled(cast)
    words = text_of(client_of("berit"), WHEEL)
    assert (
        "Ett gjøremål er over fristen. 1 er lov".replace(
            "1 er lov", "Ett er lov, og ett har dere vedtatt selv."
        )
        in words
    )
    assert "0 av 2 skoler har gjort det." in words
    assert "21 dager over" not in words
    assert "20 dager over" in words
