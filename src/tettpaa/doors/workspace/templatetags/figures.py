"""What long pages repeat: rows, figures with their way back, small pictures, circles.

As tags and not as included templates: a school's page has two hundred of them, and a tag takes a tenth of the time.
"""

from collections.abc import Hashable
from functools import cache, lru_cache
from typing import Final

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from tettpaa.core.ui.language import reader_language
from tettpaa.data.stats.numbers import Language
from tettpaa.doors.workspace.charting import Picture

register = template.Library()

_LINK: Final = '<a class="figure" href="{}" data-drawer hx-get="{}" hx-target="#drawer">{}</a>'
_PLAIN: Final = _LINK.replace('class="figure"', 'class="figure plain"')
_ALOUD: Final = _LINK.replace("{}</a>", '{}<span class="sr-only"> {}</span></a>')
_PICTURE: Final = (
    '<picture><source media="screen and (prefers-color-scheme: dark)" srcset="{}">'
    '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy" decoding="async"></picture>'
)


@register.simple_tag
def part(name: str, **printed: Hashable) -> SafeString:
    """A row or a section, written by the template `name` from nothing but what is given here.

    Remembered by all that is printed, so it is never anybody else's: who sees other figures has another part.
    """
    return _part(name, tuple(printed.items()), reader_language())


@lru_cache(maxsize=8192)
def _part(name: str, printed: tuple[tuple[str, Hashable], ...], _language: Language) -> SafeString:
    return render_to_string(name, dict(printed))


@register.simple_tag
def figure_link(address: str, text: str, *, plain: bool = False, aloud: str = "") -> SafeString:
    """A figure that leads to its file and row, in the drawer where scripts run. `aloud` is only read aloud."""
    where = escape(address)
    form = _PLAIN if plain else _ALOUD if aloud else _LINK
    return format_html(form, where, where, text, aloud) if aloud else format_html(form, where, where, text)


@register.simple_tag
def small_picture(picture: Picture) -> SafeString:
    """A spark, panel or strip, without scripts."""
    return format_html(_PICTURE, picture.dark, picture.src, picture.alt, picture.width, picture.height)


@register.simple_tag
def circle(key: str) -> SafeString:
    """The circle of a word of certainty."""
    return _drawn(key)


@cache
def _drawn(key: str) -> SafeString:
    return render_to_string(f"ui/icons/{key}.svg")
