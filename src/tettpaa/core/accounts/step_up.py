"""Signing asks who you are once more: a sign-in of the last minutes, or the password or passkey again."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

View = Callable[..., HttpResponseBase]


def recent_proof(view: View) -> View:
    """Lets a POST through if the person proved who they are within `ACCOUNT_REAUTHENTICATION_TIMEOUT` seconds.

    Else to the page that asks again, and from there back to the page with the button (POST's `back`, a path
    of ours): what was posted is not kept, so nothing is signed without a button pressed after the proof.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or not is_reauthentication_required(request, app="account"):
            return view(request, *args, **kwargs)
        back = request.POST.get("back") or request.path
        asked = redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}")
        asked.nothing_done = True  # type: ignore[attr-defined]  # read by core/orgs/once.py
        return asked

    return guarded
