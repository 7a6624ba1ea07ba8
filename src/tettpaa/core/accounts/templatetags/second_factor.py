"""Whether the reader must add a second factor before the figures open."""

from django import template
from django.conf import settings
from django.template.context import RequestContext

from tettpaa.core.accounts.queries import has_second_factor

register = template.Library()


@register.simple_tag(takes_context=True)
def needs_second_factor(context: RequestContext) -> bool:
    """`{% needs_second_factor as is_needed %}`: the installation demands one, and the signed-in person has none."""
    return settings.REQUIRE_SECOND_FACTOR and not has_second_factor(context["request"].user)
