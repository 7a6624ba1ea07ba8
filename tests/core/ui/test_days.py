"""A year that no reckoning with days survives is not a valid one."""

from datetime import date

import pytest
from django import forms

from tettpaa.core.ui.days import DayField, MomentField


@pytest.mark.parametrize("field", [DayField(), MomentField()])
@pytest.mark.parametrize("text", ["0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31"])
def test_a_year_of_no_use_is_refused(field: forms.Field, text: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(text)
    assert [error.code for error in refused.value.error_list] == ["invalid"]


@pytest.mark.parametrize("text", ["1900-01-01", "2026-11-22", "2200-12-31"])
def test_other_days_are_taken(text: str) -> None:
    assert DayField().clean(text) == date.fromisoformat(text)
    found = MomentField().clean(f"{text} 08:00")
    assert found is not None
    assert (found.date(), found.hour) == (date.fromisoformat(text), 8)


def test_nothing_is_nothing() -> None:
    assert DayField(required=False).clean("") is None
    assert MomentField(required=False).clean("") is None
