"""Fields that many forms of the room have."""

from collections.abc import Sequence
from typing import Any, Final, cast

from django import forms
from django.http import QueryDict

from tettpaa.core.ui.days import YEARS, DayField

MOST: Final = 4_000
MOST_MONEY: Final = 9_999_999_999


class DayInput(forms.DateInput):
    """A day as the browser's own calendar gives it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateField:
    return DayField(label=label, help_text=help_text, required=required, widget=DayInput())


def words(label: Any, help_text: Any = "", *, rows: int = 3, required: bool = False) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=MOST, widget=area)


def line(label: Any, most: int, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, max_length=most, required=required)


def year(label: Any, *, required: bool = False) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=required, min_value=YEARS.start, max_value=YEARS.stop - 1)


def whole(label: Any, most: int, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, required=False, min_value=1, max_value=most)


def kroner(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=required,
        min_value=0,
        max_value=MOST_MONEY,
        max_digits=12,
        decimal_places=2,
    )


def percent(label: Any, help_text: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )


def version() -> forms.IntegerField:
    return forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)


def choices(form: forms.Form, name: str, found: Sequence[tuple[str, Any]]) -> None:
    form.fields[name].choices = list(found)  # type: ignore[attr-defined]


def at_version(form: forms.Form, number: int) -> None:
    """After a conflict: what was written stays in the form, and the next sending meets the row as it is now."""
    data = cast("QueryDict", form.data).copy()
    data["version"] = str(number)
    form.data = data
