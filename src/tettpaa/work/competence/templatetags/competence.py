"""Subjects, stages and faces of counts, in words."""

from collections.abc import Mapping
from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from tettpaa.core.ui import formats
from tettpaa.core.ui.language import reader_language
from tettpaa.work.competence import pages
from tettpaa.work.competence.counts import Shown
from tettpaa.work.competence.requirements import subject_name

register = template.Library()


@register.filter
def subject(key: str) -> str:
    """The name of a subject; all subjects for an empty key."""
    return subject_name(key, reader_language()) if key else _("alle fag")


@register.filter
def subjects(keys: tuple[str, ...]) -> str:
    return ", ".join(subject(key) for key in keys)


@register.filter
def stage(key: str) -> str:
    return pages.stage_name(key)


@register.filter
def told(one: Shown) -> str:
    """A count of a group, as it may be told."""
    return pages.face(one, reader_language())


@register.filter
def told_count(group: Mapping[str, object]) -> str:
    """A count of a group from sealed content, as it may be told."""
    one = Shown(group["face"], group["part"], group["whole"])  # type: ignore[arg-type]
    return pages.face(one, reader_language())


@register.filter
def told_need(need: Mapping[str, object]) -> str:
    """A gathered need, as it may be told."""
    return pages.need_told(need)


@register.filter
def counted(number: int | None) -> str:
    return pages.count(number)


@register.filter
def credits(number: Decimal | float | None) -> str:  # noqa: A001 - the word in templates
    """`30`, or `7,5`."""
    if number is None:
        return ""
    decimals = 0 if number == int(number) else 1
    return formats.number(float(number), decimals, language=reader_language())


@register.filter
def named[Key, Name](names: Mapping[Key, Name], key: Key) -> Name | str:
    """The name behind a key; empty when it has been taken out."""
    return names.get(key, "")
