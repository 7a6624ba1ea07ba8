from django.apps import AppConfig


class PacksConfig(AppConfig):
    name = "tettpaa.core.packs"
    label = "packs"
    verbose_name = "pakker"

    def ready(self) -> None:
        from tettpaa.core.packs import pack, registry  # noqa: PLC0415 - apps must be loaded first

        registry.register(pack.PART)
