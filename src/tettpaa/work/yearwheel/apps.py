from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class YearWheelConfig(AppConfig):
    name = "tettpaa.work.yearwheel"
    label = "yearwheel"
    verbose_name = "årshjul"
    shows_figures = False

    def ready(self) -> None:
        from tettpaa.core.packs import registry  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.core.ui import menu, panels  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.work.yearwheel.pack import PART  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.work.yearwheel.queries import front_items  # noqa: PLC0415 - apps must be loaded first

        registry.register(PART)
        panels.register_items("yearwheel", front_items)
        covers = frozenset(
            f"yearwheel:{name}"
            for name in ("task", "schools", "procedures", "procedure", "new_procedure", "calendar")
        )
        menu.register(menu.Item("wheel", _("Årshjul"), "yearwheel:wheel", order=70, covers=covers))
