from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "tettpaa.work.programmes"
    label = "programmes"
    verbose_name = "programmer"

    def ready(self) -> None:
        """Register the room's part of a pack."""
        from tettpaa.core.packs import registry  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.work.programmes import pack  # noqa: PLC0415 - apps must be loaded first

        registry.register(pack.PART)
