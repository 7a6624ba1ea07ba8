"""Words of the room for its templates."""

from django import template

from tettpaa.report.decisions.wording import role_name

register = template.Library()
register.filter("role_name", role_name)
