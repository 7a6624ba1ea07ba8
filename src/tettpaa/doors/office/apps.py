from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COVERED = frozenset(f"office:{name}" for name in ("pack", "bodies", "body", "part", "entry", "entry_new"))


class OfficeConfig(AppConfig):
    name = "tettpaa.doors.office"
    label = "office"
    verbose_name = "kontor"

    def ready(self) -> None:
        from tettpaa.core.ui import menu  # noqa: PLC0415 - the menu needs the app registry

        items: tuple[tuple[str, Promise, frozenset[str]], ...] = (
            ("access", _("Tilganger"), frozenset()),
            ("audit", _("Revisjonsspor"), frozenset()),
            ("settings", _("Innstillinger"), frozenset()),
            ("packs", _("Oppsett"), COVERED),
        )
        for order, (key, label, covers) in enumerate(items):
            menu.register(
                menu.Item(
                    key=key,
                    label=label,
                    route=f"office:{key}",
                    order=100 + order,
                    covers=covers,
                    of_user=True,
                )
            )
