from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "tettpaa.work.programmes"
    label = "programmes"
    verbose_name = "programmer"
    shows_figures = False

    def ready(self) -> None:
        """Register the room's part of a pack, and its pages under the menu's competence."""
        from tettpaa.core.packs import registry  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.core.ui import menu  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.work.programmes import pack  # noqa: PLC0415 - apps must be loaded first

        registry.register(pack.PART)
        menu.also_covers("competence", frozenset({"programmes:programmes", "programmes:programme"}))
