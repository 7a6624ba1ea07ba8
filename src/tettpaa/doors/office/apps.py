from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AppConfig):
    name = "tettpaa.doors.office"
    label = "office"
    verbose_name = "kontor"

    def ready(self) -> None:
        from tettpaa.core.ui import menu  # noqa: PLC0415 - the menu needs the app registry

        for order, (key, label) in enumerate(
            (("access", _("Tilganger")), ("audit", _("Revisjonsspor")), ("settings", _("Innstillinger")))
        ):
            menu.register(
                menu.Item(key=key, label=label, route=f"office:{key}", order=100 + order, of_user=True)
            )
