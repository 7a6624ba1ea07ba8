"""Making and closing accounts."""

from allauth.account.models import EmailAddress
from django.db import transaction

from tettpaa.core.accounts.models import User
from tettpaa.core.audit.actions import record


@transaction.atomic
def open_account(*, email: str, name: str, by: str, password: str | None = None) -> User:
    """Make an account with a verified e-mail address. Without a password the person sets one by the reset link."""
    user = User(email=User.objects.normalize_email(email).lower(), name=name)
    if password is None:
        user.set_unusable_password()
    else:
        user.set_password(password)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    record(kind="accounts.account_opened", by=by, subject=user.email, subject_key=str(user.pk))
    return user


@transaction.atomic
def close_account(*, user: User, by: str) -> None:
    """The person can no longer sign in; running sessions end on their next request."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(kind="accounts.account_closed", by=by, subject=user.email, subject_key=str(user.pk))
