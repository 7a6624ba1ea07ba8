"""Signing in without a password, in the demo only."""

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest

from tettpaa.core.accounts.models import User
from tettpaa.core.audit.actions import record


@transaction.atomic
def sign_in(*, request: HttpRequest, user: User) -> None:
    """Sign in as a demo account. Refused outside demo mode, whatever the routes say."""
    if not settings.DEMO:
        raise PermissionDenied
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    record_authentication(request, user, method="password", reauthenticated=True)
    record(kind="demo.signed_in", by=user.email, subject=user.email)
