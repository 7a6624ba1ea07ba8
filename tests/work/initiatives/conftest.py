"""A goal, and a way to begin initiatives for it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.factories.cast import Cast
from tests.work.planning import plan_of
from tettpaa.work.initiatives.actions import start_initiative
from tettpaa.work.initiatives.models import Initiative
from tettpaa.work.plans.models import Goal

AUD, BERIT, LIV = "aud@example.test", "berit@example.test", "liv@example.test"
type Begin = Callable[..., Initiative]


@pytest.fixture
def goal(cast: Cast) -> Goal:
    return plan_of(cast.fjordvik, "Alle elever leser med forståelse")[0]


@pytest.fixture
def begin(cast: Cast, goal: Goal) -> Begin:
    """`begin(title="…")`: at Nes, for the goal, from August 2025 to June 2026."""

    def start(**changes: Any) -> Initiative:
        parts = {
            "owner": cast.fjordvik, "school": cast.nes, "goal": goal, "title": "Lesekurs på mellomtrinnet",
            "problem": "Mange leser uten å forstå.", "what": "Kurs i åtte uker.", "starts_on": date(2025, 8, 18),
            "due_on": date(2026, 6, 1), "responsible_role": "principal", "by": AUD, "on": date(2025, 8, 18),
        }  # fmt: skip
        return start_initiative(**(parts | changes))

    return start
