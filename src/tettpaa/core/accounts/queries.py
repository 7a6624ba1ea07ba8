"""Finding accounts."""

from allauth.mfa.models import Authenticator

from tettpaa.core.accounts.models import User


def user_by_email(email: str) -> User | None:
    return User.objects.filter(email__iexact=email).first()


def has_second_factor(user: User) -> bool:
    """TOTP or passkey; recovery codes alone are none."""
    own = Authenticator.objects.filter(user=user)
    return bool(own.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())
