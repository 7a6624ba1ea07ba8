"""Days in a plan's sealed words are text; pages show them as days."""

from collections.abc import Mapping
from datetime import date

from django import template

register = template.Library()


@register.filter
def iso_day(text: str | None) -> date | None:
    """`2026-08-01` as a day; None stays None."""
    return date.fromisoformat(text) if text else None


@register.filter
def named(names: Mapping[str, str], key: str) -> str:
    """The name behind a key; empty when it has been taken out."""
    return names.get(key, "")
