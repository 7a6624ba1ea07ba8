"""What waits, what slips and what wants attention: the work part of the front pages, gathered from all rooms."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tettpaa.core.orgs.access_table import access_table
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.panels import WAITS, Asked, Item, items
from tettpaa.core.ui.parts import Link

AHEAD = timedelta(days=30)
MOST = 8


# Where the work lies that has no item of its own in the menu; a reader sees the ways that are open to him.
OWNER_WAYS: Final = (
    ("plans:plan", gettext_lazy("Kvalitetsplanen")),
    ("initiatives:initiatives", gettext_lazy("Tiltakene")),
    ("surveys:shared", gettext_lazy("Egenvurderingene")),
    ("followup:cases", gettext_lazy("Oppfølging av skoler")),
    ("decisions:decisions", gettext_lazy("Vedtakene")),
    ("workspace:threads", gettext_lazy("Alle trådene fra mål til vedtak")),
)
SCHOOL_WAYS: Final = (
    ("dialogue:school_meetings", gettext_lazy("Møtene")),
    ("plans:school_plans", gettext_lazy("Skolens plan")),
    ("surveys:rounds", gettext_lazy("Egenvurderingene")),
    ("followup:school_cases", gettext_lazy("Oppfølging av skolen")),
)


@dataclass(frozen=True)
class Now:
    """`sentence` is the answer; each list is short, and `more` says how many were left out of it."""

    sentence: str
    waits: tuple[Item, ...]
    more: int
    slips: tuple[Item, ...]
    attention: tuple[Item, ...]
    report: tuple[Item, ...]
    ways: tuple[Link, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.waits or self.slips or self.attention or self.report)


def now(viewer: Viewer, owner: Unit, today: date, school: Unit | None = None) -> Now:
    """For the owner, or for one school. Own tasks first, then the late, then by date."""
    found = items(Asked(viewer=viewer, owner=owner, today=today, school=school))
    waits = [item for item in found if item.kind in WAITS and _soon(item, today)]
    waits.sort(key=lambda item: (not item.mine, item.kind != "late"))
    slips = [item for item in found if item.kind == "slipping"]
    return Now(
        sentence=_said(waits, slips),
        waits=tuple(waits[:MOST]),
        more=max(0, len(waits) - MOST),
        slips=tuple(slips[:MOST]),
        attention=tuple(item for item in found if item.kind == "attention")[:MOST],
        report=tuple(item for item in found if item.kind in {"report", "decision"})[:MOST],
        ways=_ways(viewer, owner, school),
    )


def now_address(viewer: Viewer, owner: Unit, school: Unit | None = None) -> str:
    """Where the front page fetches its work part once it is on the screen; empty for those who have none."""
    route, kwargs = "workspace:now", {"owner": owner.code}
    if school:
        route, kwargs = "workspace:school_now", {**kwargs, "school": school.code}
    may = viewer.may(Permission(access_table()[route].permission), school or owner)
    return reverse(route, kwargs=kwargs) if may else ""


def _ways(viewer: Viewer, owner: Unit, school: Unit | None) -> tuple[Link, ...]:
    table, place = access_table(), school or owner
    kwargs = {"owner": owner.code, **({"school": school.code} if school else {})}
    return tuple(
        Link(str(name), reverse(route, kwargs=kwargs))
        for route, name in (SCHOOL_WAYS if school else OWNER_WAYS)
        if viewer.may(Permission(table[route].permission), place)
    )


def _soon(item: Item, today: date) -> bool:
    return item.when is None or item.when <= today + AHEAD


def _said(waits: list[Item], slips: list[Item]) -> str:
    late = sum(item.kind == "late" for item in waits)
    parts = []
    if late:
        parts.append(ngettext("Én frist er over.", "%(n)s frister er over.", late) % {"n": late})
    if len(waits) > late:
        due = len(waits) - late
        parts.append(
            ngettext("Én ting venter den neste måneden.", "%(n)s ting venter den neste måneden.", due)
            % {"n": due}
        )
    if slips:
        n = len(slips)
        parts.append(
            ngettext("Ett løfte er i ferd med å glippe.", "%(n)s løfter er i ferd med å glippe.", n)
            % {"n": n}
        )
    return " ".join(parts) or _("Ingenting haster nå.")
