"""Date fields of forms: a year outside living memory is a slip of the hand, and reckoning with days would overflow."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

YEARS = range(1900, 2201)


class DayField(forms.DateField):
    """A date with a year in YEARS; any other is not a valid date."""

    def to_python(self, value: Any) -> date | None:
        found = super().to_python(value)
        if found is not None and found.year not in YEARS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found


class MomentField(forms.DateTimeField):
    """A date and a time with a year in YEARS."""

    def to_python(self, value: Any) -> datetime | None:
        found = super().to_python(value)
        if found is not None and found.year not in YEARS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found
