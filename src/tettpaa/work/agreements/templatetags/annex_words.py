"""Legal bases in the reader's language."""

from django import template

from tettpaa.work.agreements.bases import basis
from tettpaa.work.agreements.queries.page import tongue

register = template.Library()


@register.filter
def cited(key: str) -> str:
    """The paragraph of the law."""
    return basis(key).cited(tongue())


@register.filter
def explained(key: str) -> str:
    """What it protects."""
    return basis(key).explained(tongue())
