"""The room `ui`: components, base page, styles, formats."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from tettpaa.core.ui import menu


class UiConfig(AppConfig):
    """Registers the room's templates, tags and static files, and the entries of the signed-in person."""

    name = "tettpaa.core.ui"
    label = "ui"
    verbose_name = "brukerflate"

    def ready(self) -> None:
        menu.register(menu.Item("security", _("Innlogging og sikkerhet"), "mfa_index", 10, of_user=True))
        menu.register(menu.Item("password", _("Bytt passord"), "account_change_password", 20, of_user=True))
