from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "tettpaa.work.agreements"
    label = "agreements"
    verbose_name = "avtaler"

    def ready(self) -> None:
        """Register what the room shows on other pages, and its part of a pack."""
        from tettpaa.core.packs import registry  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.core.ui import panels  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.work.agreements import pack  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.work.agreements.panels import (  # noqa: PLC0415 - apps must be loaded first
            agreement_items,
            agreement_knot,
            agreement_states,
        )

        registry.register(pack.PART)
        panels.register_knot(panels.Link.AGREEMENT, agreement_knot)
        panels.register_states(panels.Link.AGREEMENT, agreement_states)
        panels.register_items("agreements", agreement_items)
