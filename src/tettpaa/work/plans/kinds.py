"""The kinds of row that one pair of pages writes: which model, where it is shown, and what the page says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tettpaa.core.orgs.models import Unit
from tettpaa.work.plans.enums import AreaState
from tettpaa.work.plans.models import (
    Arena,
    Element,
    Expectation,
    FocusArea,
    Piece,
    Project,
    QualityPlan,
    Recommendation,
    SupportSystem,
    Theme,
    TimelineEvent,
)

type Row = Piece | FocusArea | Theme


@dataclass(frozen=True, slots=True)
class RowKind:
    """One kind. `page` is the route that shows its rows; `in_plan`: a part of the plan's own words."""

    model: type[Piece] | type[FocusArea] | type[Theme]
    page: str
    new: Promise | str
    write: Promise | str
    in_plan: bool = False


KINDS: Final[Mapping[str, RowKind]] = {
    "omrade": RowKind(FocusArea, "plans:draft", _("Nytt område"), _("Endre området"), in_plan=True),
    "tema": RowKind(Theme, "plans:draft", _("Nytt tema"), _("Endre temaet"), in_plan=True),
    "element": RowKind(Element, "plans:sheet", _("Nytt element"), _("Endre elementet")),
    "forventning": RowKind(Expectation, "plans:expectations", _("Ny forventning"), _("Endre forventningen")),
    "stottesystem": RowKind(SupportSystem, "plans:ways", _("Nytt støttesystem"), _("Endre støttesystemet")),
    "hendelse": RowKind(TimelineEvent, "plans:history", _("Ny hendelse"), _("Endre hendelsen")),
    "prosjekt": RowKind(Project, "plans:ways", _("Nytt prosjekt"), _("Endre prosjektet")),
    "moteplass": RowKind(Arena, "plans:ways", _("Ny møteplass"), _("Endre møteplassen")),
    "anbefaling": RowKind(Recommendation, "plans:expectations", _("Ny anbefaling"), _("Endre anbefalingen")),
}


def kind_called(key: str) -> RowKind:
    """Http404 for a kind there is not."""
    if key not in KINDS:
        raise Http404
    return KINDS[key]


def row_of(owner: Unit, key: str, pk: UUID) -> Row:
    """The owner's row of this kind, else Http404."""
    row = kind_called(key).model._default_manager.filter(owner=owner, pk=pk).select_related("owner").first()
    if row is None or (isinstance(row, FocusArea) and row.state == AreaState.ENDED):
        raise Http404
    return row


def blank_row(owner: Unit, key: str, plan: QualityPlan | None) -> Row:
    """A new row, not saved. A part of the plan needs the plan, else Http404."""
    kind = kind_called(key)
    if kind.in_plan and plan is None:
        raise Http404
    if kind.model is FocusArea and plan is not None:
        return FocusArea(owner=owner, plan=plan)
    return kind.model(owner=owner)


def plan_of(row: Row) -> QualityPlan | None:
    """The plan whose words the row is part of."""
    if isinstance(row, Theme):
        return row.area.plan
    return row.plan if isinstance(row, FocusArea) else None
