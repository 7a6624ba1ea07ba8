"""Addresses of this room's pages. Long lists of figures need them fast, so each is reversed once."""

from functools import cache

from django.urls import reverse
from django.utils.translation import gettext

from tettpaa.core.orgs.models import Unit
from tettpaa.core.ui.parts import Link
from tettpaa.doors.workspace.enums import Against


@cache
def _figures(owner: str) -> str:
    return reverse("workspace:trace", kwargs={"owner": owner, "figure": 0}).removesuffix("0/")


def of_figure(owner: Unit, figure: int) -> str:
    """The way back to a figure's file and row."""
    return f"{_figures(owner.code)}{figure}/"


@cache
def _owner(owner: str) -> str:
    return reverse("workspace:overview", kwargs={"owner": owner})


def of_owner(owner: Unit) -> str:
    return _owner(owner.code)


def of_office(owner: Unit) -> str:
    """The page of those who look after the system and see no figures."""
    return reverse("office:access", kwargs={"owner": owner.code})


@cache
def _schools(owner: str) -> str:
    return reverse("workspace:schools", kwargs={"owner": owner})


def of_schools(owner: Unit) -> str:
    return _schools(owner.code)


def of_school(owner: Unit, school: Unit) -> str:
    return f"{_schools(owner.code)}{school.code}/"


def of_school_indicator(owner: Unit, school: Unit, indicator: str) -> str:
    return f"{_schools(owner.code)}{school.code}/{indicator}/"


@cache
def _indicators(owner: str) -> str:
    return reverse("workspace:indicators", kwargs={"owner": owner})


def of_indicator(owner: Unit, indicator: str) -> str:
    return f"{_indicators(owner.code)}{indicator}/"


@cache
def _method(owner: str) -> str:
    return reverse("workspace:method", kwargs={"owner": owner})


def of_method(owner: Unit, part: str = "") -> str:
    """How we reckon; `part` is a heading's id on that page."""
    return _method(owner.code) + (f"#{part}" if part else "")


def downloads(page: str, query: str = "") -> tuple[Link, ...]:
    """The two files of a page: for spreadsheets as text, and as a workbook."""
    tail = f"?{query}" if query else ""
    return (Link("CSV", f"{page}tall.csv{tail}"), Link("Excel", f"{page}tall.xlsx{tail}"))


def comparisons(owner: Unit, county: Unit | None, page: str, chosen: Against) -> tuple[Link, ...]:
    """What a school may be held against, as links that work without scripts."""
    titles = {
        Against.NATION: gettext("Landet"),
        Against.MUNICIPALITY: owner.label,
        Against.COUNTY: county.label if county else "",
        Against.SIMILAR: gettext("Lignende skoler"),
        Against.SELF: gettext("Seg selv før"),
    }
    return tuple(
        Link(title, f"{page}?mot={choice}", is_current=choice is chosen)
        for choice, title in titles.items()
        if title
    )
