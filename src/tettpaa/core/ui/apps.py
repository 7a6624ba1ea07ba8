"""The room `ui`: components, base page, styles, formats."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Registers the room's templates, tags and static files."""

    name = "tettpaa.core.ui"
    label = "ui"
    verbose_name = "brukerflate"
