"""Filters for numbers and dates in the reader's language: `{{ value|number:1 }}`. None is a word, never blank."""

from datetime import date, datetime

from django import template
from django.utils import timezone

from tettpaa.core.ui import formats
from tettpaa.core.ui.language import reader_language

register = template.Library()


@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    """`{{ 1234.5|number:1 }}` → `1 234,5`."""
    return formats.number(value, decimals, reader_language())


@register.filter
def percent(value: float | None, decimals: int = 1) -> str:
    """`{{ 13.8|percent }}` → `13,8 %`."""
    return formats.percent(value, decimals, reader_language())


@register.simple_tag
def between(low: float | None, high: float | None, decimals: int = 1) -> str:
    """`{% between low high 1 %}` → `46,2–49,8`."""
    return formats.between(low, high, decimals, reader_language())


@register.filter
def school_year(period: int | None) -> str:
    """`{{ 2024|school_year }}` → `2024–25`."""
    return formats.school_year(period, reader_language())


@register.filter
def day(value: date | None) -> str:
    """`17. november 2026`."""
    return formats.day(_local(value), reader_language())


@register.filter
def short_day(value: date | None) -> str:
    """`17. nov.`."""
    return formats.short_day(_local(value), reader_language())


@register.filter
def near_day(value: date | None) -> str:
    """`17. nov.`, with the year when it is another than this."""
    return formats.near_day(_local(value), timezone.localdate(), reader_language())


@register.filter
def weekday(value: date | None) -> str:
    """`tirsdag 17. november 2026`."""
    return formats.weekday(_local(value), reader_language())


@register.filter
def moment(value: datetime | None) -> str:
    """`17. november 2026 kl. 09.14`, in the site's time zone."""
    return formats.moment(_local(value), reader_language())  # type: ignore[arg-type]


@register.filter
def days_until(value: date | None) -> str:
    """`om 9 dager`, `3 dager over`, counted from today."""
    return formats.days_until(_local(value), timezone.localdate(), reader_language())


def _local(value: date | None) -> date | None:
    """A moment in the site's own time zone; a date as it is."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value
