"""allauth's forms in our own words: labels that say what to write, and no placeholder that repeats them."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

# The one text that allauth's own code writes into these forms; the catalogues of this room carry it.
NOT_THE_SAME = gettext_noop("You must type the same password each time.")
EMAIL = (_("E-postadresse"), "")
PASSWORD = (_("Passord"), "")
NEW_PASSWORD = (
    _("Nytt passord"),
    _("Minst 12 tegn. Ikke et vanlig passord, og ikke navnet eller adressen din."),
)
AGAIN = (_("Nytt passord en gang til"), "")
CODE = (_("Kode fra kodeappen, eller en reservekode"), "")
KEY_NAME = (_("Navn på tilgangsnøkkelen"), "")
ALONE = (
    _("Kan brukes uten passord"),
    _("Da er tilgangsnøkkelen nok til å logge inn. Ellers brukes den etter passordet."),
)


class Worded:
    """Mixin before an allauth form: `words` gives each field its label and help."""

    words: ClassVar[dict[str, tuple[Any, Any]]] = {}
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]


class LoginForm(Worded, account.LoginForm):  # type: ignore[misc]
    words = {"login": EMAIL, "password": PASSWORD}


class ReauthenticateForm(Worded, account.ReauthenticateForm):  # type: ignore[misc]
    words = {"password": PASSWORD}


class ChangePasswordForm(Worded, account.ChangePasswordForm):  # type: ignore[misc]
    words = {"oldpassword": (_("Passordet du har nå"), ""), "password1": NEW_PASSWORD, "password2": AGAIN}


class SetPasswordForm(Worded, account.SetPasswordForm):  # type: ignore[misc]
    words = {"password1": NEW_PASSWORD, "password2": AGAIN}


class ResetPasswordForm(Worded, account.ResetPasswordForm):  # type: ignore[misc]
    words = {"email": EMAIL}


class ResetPasswordKeyForm(Worded, account.ResetPasswordKeyForm):  # type: ignore[misc]
    words = {"password1": NEW_PASSWORD, "password2": AGAIN}


class CodeForm(Worded, mfa.AuthenticateForm):  # type: ignore[misc]
    words = {"code": CODE}


class ReauthenticateCodeForm(Worded, mfa.ReauthenticateForm):  # type: ignore[misc]
    words = {"code": CODE}


class ActivateAppForm(Worded, totp.ActivateTOTPForm):  # type: ignore[misc]
    words = {"code": (_("Seks sifre fra kodeappen"), "")}


class AddPasskeyForm(Worded, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey; it may be used alone unless the person says no."""

    words = {"name": KEY_NAME, "passwordless": ALONE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class EditPasskeyForm(Worded, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    words = {"name": KEY_NAME}
