from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class OffersConfig(AppConfig):
    name = "tettpaa.work.offers"
    label = "offers"
    verbose_name = "kurs og nettverk"
    shows_figures = False

    def ready(self) -> None:
        from tettpaa.core.packs.registry import register  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.core.ui import menu  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.core.ui.panels import register_items  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.work.competence.shelves import Beside, register_beside, register_offers, register_own  # noqa: PLC0415 - as above
        from tettpaa.work.offers import pack, panels  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.work.offers.queries.gatherings import feed_entries  # noqa: PLC0415 - as above
        from tettpaa.work.yearwheel.ical import register_entries  # noqa: PLC0415 - as above

        register(pack.PART)
        register_items("offers", panels.front_items)
        for route, label in (
            ("offers:catalogue", gettext_lazy("Kurs")),
            ("offers:networks", gettext_lazy("Nettverk")),
        ):
            register_beside(Beside(route, label, panels.may_read))
        menu.also_covers("competence", panels.ROUTES)
        register_offers("offers", panels.plan_lines)
        register_own("offers", panels.own_part)
        register_entries("offers", feed_entries)
