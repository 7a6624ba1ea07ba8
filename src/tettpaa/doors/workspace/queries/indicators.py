"""All indicators that the owner has figures of, by theme."""

from dataclasses import dataclass

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.parts import Link
from tettpaa.data.indicators.definitions import definitions
from tettpaa.data.indicators.queries import edition_for, known_indicators
from tettpaa.data.suppression.kinds import Edition
from tettpaa.doors.workspace import addresses
from tettpaa.doors.workspace.memo import shared
from tettpaa.doors.workspace.queries.attention import Attention, attention
from tettpaa.doors.workspace.queries.owner_rows import PlaceRow, own_indicators, place_row
from tettpaa.doors.workspace.reading import THEMES, short_name, theme_name


@dataclass(frozen=True, slots=True)
class ThemeRows:
    """A theme with its indicators."""

    name: str
    rows: tuple[PlaceRow, ...]


@dataclass(frozen=True, slots=True)
class IndicatorsPage:
    """Everything the page prints."""

    owner: Unit
    is_internal: bool
    county: str
    count: int
    themes: tuple[ThemeRows, ...]
    others: tuple[Link, ...]


def shared_attention(viewer: Viewer, owner: Unit) -> Attention:
    """What is said of all schools, remembered until a figure changes."""
    return shared(viewer, owner, "attention", lambda: attention(viewer, owner))


def indicators_page(viewer: Viewer, owner: Unit) -> IndicatorsPage:
    """Make the page, or give the remembered one."""
    return shared(viewer, owner, "indicators", lambda: _make(viewer, owner))


def _make(viewer: Viewer, owner: Unit) -> IndicatorsPage:
    found = attention(viewer, owner)
    places, sheet, own = own_indicators(viewer, owner, found)
    rows = {one.topic: place_row(owner, places, sheet, one) for one in own}
    themes = []
    for theme in THEMES:
        in_theme = tuple(row for topic, row in rows.items() if topic.definition.theme == theme)
        if in_theme:
            themes.append(ThemeRows(theme_name(theme), in_theme))
    listed = {topic.indicator for topic in rows}
    return IndicatorsPage(
        owner=owner,
        is_internal=edition_for(viewer, owner) is Edition.INTERNAL,
        county=places.county.label if places.county else "",
        count=len(listed),
        themes=tuple(themes),
        others=tuple(
            Link(short_name(definitions()[one.key]), addresses.of_indicator(owner, one.key))
            for one in known_indicators()
            if one.key not in listed
        ),
    )
