from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from tettpaa.core.orgs.models import Unit

LONGEST = 22  # characters that a menu of seven has room for


def _label(owner: "Unit") -> str:
    """The owner's own name for the report, without what it is about: `Tilstandsrapport`."""
    name = owner.settings.report_name.split(" for ")[0]
    return name if len(name) <= LONGEST else _("Rapport")


class AnnualConfig(AppConfig):
    name = "tettpaa.report.annual"
    label = "annual"
    verbose_name = "årsmelding"

    def ready(self) -> None:
        from tettpaa.core.ui.menu import Item, register  # noqa: PLC0415 - apps must be loaded first

        covers = frozenset(f"annual:{name}" for name in ("report", "chapter", "read", "draft"))
        # What the council decides of the report is told under the same item; the room above has none of its own.
        decided = (
            "decisions",
            "case",
            "write",
            "paper",
            "road",
            "invite",
            "held",
            "protocol",
            "item",
            "publication",
        )
        covers |= frozenset(f"decisions:{name}" for name in decided)
        register(Item("annual", _label, "annual:reports", order=60, covers=covers))
