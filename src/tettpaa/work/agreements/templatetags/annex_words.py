"""Legal bases in the reader's language."""

from django import template

from tettpaa.core.ui.language import reader_language
from tettpaa.work.agreements.bases import basis

register = template.Library()


@register.filter
def cited(key: str) -> str:
    """The paragraph of the law."""
    return basis(key).cited(reader_language())


@register.filter
def explained(key: str) -> str:
    """What it protects."""
    return basis(key).explained(reader_language())
