"""How allauth behaves here: nobody signs up by themselves, and errors are said in our own words."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tettpaa.core.accounts.models import User


class ClosedSignupAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the owner (`tettpaa user add`), never by the visitor."""

    # Only what a person can meet with e-mail, password and codes; the rest of allauth's is switched off.
    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Kontoen er stengt."),
        "email_password_mismatch": _("E-postadressen eller passordet stemmer ikke."),
        "enter_current_password": _("Passordet stemmer ikke."),
        "incorrect_password": _("Passordet stemmer ikke."),
        "incorrect_code": _("Koden stemmer ikke. Prøv den neste koden appen viser."),
        "invalid_or_expired_key": _("Lenken virker ikke lenger."),
        "invalid_login": _("Innloggingen virker ikke lenger. Begynn på nytt."),
        "invalid_password_reset": _("Lenken virker ikke lenger."),
        "too_many_login_attempts": _("Det ble for mange forsøk. Vent litt, og prøv igjen."),
        "rate_limited": _("Det ble for mange forsøk. Vent litt, og prøv igjen."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Code app, passkeys and recovery codes in our own words, under the product's name."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Du kan ikke ta bort trinn to."),
        "cannot_generate_recovery_codes": _("Legg til en kodeapp eller en tilgangsnøkkel først."),
        "incorrect_code": _("Koden stemmer ikke. Prøv den neste koden appen viser."),
        "unverified_email": _("Bekreft e-postadressen din først."),
    }

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 - allauth's name
        """The name suggested for a new passkey."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Tilgangsnøkkel %(number)s") % {"number": number}

    def _get_site_name(self) -> str:
        """What the device calls us when it asks whether to use the passkey."""
        return "Tett på"
