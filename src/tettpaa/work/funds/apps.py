from django.apps import AppConfig


class FundsConfig(AppConfig):
    name = "tettpaa.work.funds"
    label = "funds"
    verbose_name = "søknader og midler"

    def ready(self) -> None:
        """Register the room's part of a pack, its lines on the front pages, and its part of one's own page."""
        from tettpaa.core.packs import registry  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.core.ui import panels as shared  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.work.competence import shelves  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.work.funds import pack, panels  # noqa: PLC0415 - apps must be loaded first

        registry.register(pack.PART)
        shared.register_items("funds", panels.items)
        shelves.register_own("funds", panels.own_part)
