"""Words for what is sealed as plain values."""

from decimal import Decimal

from django import template

from tettpaa.work.funds.enums import NeedState
from tettpaa.work.funds.pages import kroner

register = template.Library()


@register.filter
def in_kroner(amount: str) -> str:
    """`80000.00` → `80 000 kr` in the reader's language."""
    return kroner(Decimal(amount))


@register.filter
def need_state(key: str) -> str:
    """The state of a notice in words."""
    return str(NeedState(key).label)
