"""Fixtures of the room's tests."""

import pytest

from tests.factories.cast import Cast
from tests.work.offers.staff import Staff


@pytest.fixture
def staff(cast: Cast) -> Staff:
    return Staff(cast)
