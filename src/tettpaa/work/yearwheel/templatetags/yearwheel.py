"""Words and signs of a task in templates: `{{ line.standing|standing }}`, `{{ line.tag|tag_word }}`."""

from django import template

from tettpaa.work.yearwheel.queries import role_name
from tettpaa.work.yearwheel.wording import SIGNS, STANDINGS, TAGS, month_name

register = template.Library()


@register.filter
def standing(key: str) -> str:
    return str(STANDINGS.get(key, ""))


@register.filter
def sign(key: str) -> str:
    """The shape; the word stands beside it."""
    return SIGNS.get(key, "")


@register.filter
def tag_word(key: str) -> str:
    return str(TAGS.get(key, ""))


@register.filter
def role_word(key: str) -> str:
    return role_name(key)


@register.filter
def month(number: int) -> str:
    return month_name(number)
