from functools import partial
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from tettpaa.core.orgs.permissions import Permission

if TYPE_CHECKING:  # apps must be loaded first
    from tettpaa.core.orgs.models import Unit
    from tettpaa.core.orgs.viewer import Viewer


def _may(permission: Permission, viewer: "Viewer", owner: "Unit") -> bool:
    return viewer.may(permission, owner)


class FundsConfig(AppConfig):
    name = "tettpaa.work.funds"
    label = "funds"
    verbose_name = "søknader og midler"
    shows_figures = False

    def ready(self) -> None:
        """Register the room's part of a pack, its lines on the front pages, and what stands on competence's pages."""
        from tettpaa.core.packs import registry  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.core.ui import menu  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.core.ui import panels as shared  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.work.competence import shelves  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.work.funds import pack, panels  # noqa: PLC0415 - apps must be loaded first

        registry.register(pack.PART)
        read, about = Permission.FUNDS_READ, Permission.COMPETENCE_READ
        for route, label, asked in (
            ("funds:funds", _("Søknader og midler"), read),
            ("programmes:programmes", _("Programmer og prosjekter"), about),
        ):
            may = partial(_may, asked)
            shelves.register_beside(shelves.Beside(route, label, may))
        own = (
            "funds",
            "mine",
            "owner_staff",
            "staff",
            "scheme",
            "call",
            "board",
            "answers",
            "application",
            "need",
        )
        menu.also_covers("competence", frozenset(f"funds:{name}" for name in own))
        shared.register_items("funds", panels.items)
        shared.register_part("funds", panels.package_part)
        shelves.register_own("funds", panels.own_part)
