from django.apps import AppConfig
from django.utils.translation import gettext_lazy

# Pages of the shelf, and forms that show one of them again when something is missing.
COVERED = ("item", "match_names", "names", "profiles", "read_columns", "release", "upload", "withdraw")


class SourcesConfig(AppConfig):
    name = "tettpaa.data.sources"
    label = "sources"
    verbose_name = "kilder"

    def ready(self) -> None:
        from tettpaa.core.ui.menu import Item, register  # noqa: PLC0415 - apps must be loaded first

        register(
            Item(
                "sources",
                gettext_lazy("Tall inn"),
                "sources:shelf",
                order=80,
                covers=frozenset(f"sources:{name}" for name in COVERED),
            )
        )
