"""A form sent twice has one effect (R18): by a double click, after a time-out, or by two tabs at the same moment."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from tettpaa.core.orgs.models import SentForm

FIELD = "once"


class OnceMiddleware:
    """Runs the view of a form with the hidden field `once` in one transaction with the mark that it was sent.

    The second sending waits for the first, does nothing, and is led where the first was led. An answer that is
    not a redirect (an error in the form) takes back everything, the mark too, so the form can be sent again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        token = request.POST.get(FIELD, "") if request.method == "POST" else ""
        if not token:
            return None
        key = hashlib.sha256(f"{token}\n{request.user.pk}\n{request.path}".encode()).hexdigest()
        try:
            return _first_time(key, view, request, args, kwargs)
        except SentTwiceError:
            return HttpResponseRedirect(SentForm.objects.get(key=key).led_to)


class SentTwiceError(Exception):
    """The form has been sent before."""


def _first_time(
    key: str, view: Callable[..., HttpResponseBase], request: HttpRequest, args: Any, kwargs: dict[str, Any]
) -> HttpResponseBase:
    with transaction.atomic():
        try:
            with transaction.atomic():
                sent = SentForm.objects.create(key=key)
        except IntegrityError as error:
            raise SentTwiceError from error
        response = view(request, *args, **kwargs)
        if 300 <= response.status_code < 400 and not getattr(response, "nothing_done", False):
            sent.led_to = response.headers["Location"]
            sent.save(update_fields=["led_to"])
        else:
            transaction.set_rollback(True)
    return response
