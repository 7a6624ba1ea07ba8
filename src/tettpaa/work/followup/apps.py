from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "tettpaa.work.followup"
    label = "followup"
    verbose_name = "oppfølging"

    def ready(self) -> None:
        from tettpaa.core.packs.registry import register  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.core.ui.panels import register_items  # noqa: PLC0415 - apps must be loaded first
        from tettpaa.work.followup import pack, panels  # noqa: PLC0415 - apps must be loaded first

        register(pack.PART)
        register_items("followup", panels.front_items)
