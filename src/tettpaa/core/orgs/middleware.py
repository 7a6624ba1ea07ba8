"""The guard at every door: what is not in the access table is closed."""

import logging
from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils import timezone

from tettpaa.core.accounts.queries import has_second_factor
from tettpaa.core.orgs.access import place_of
from tettpaa.core.orgs.access_table import PUBLIC, SIGNED_IN, Rule, access_table
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.orgs.viewer import ANONYMOUS, load_viewer

log = logging.getLogger(__name__)


class AccessMiddleware:
    """Sets `request.viewer`, `request.owner` and `request.school`; refuses before any view runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        placed = cast("PlacedRequest", request)
        placed.viewer = ANONYMOUS
        placed.school = None
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        placed = cast("PlacedRequest", request)
        if request.user.is_authenticated:
            placed.viewer = load_viewer(placed.user, timezone.localdate())
        match = request.resolver_match
        rule = access_table().get(match.view_name if match else "")
        if rule is None:
            log.error("route %s is not in the access table", match and match.view_name)
            raise Http404
        if rule.permission != PUBLIC and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return _refusal(placed, rule, kwargs)


def _refusal(request: PlacedRequest, rule: Rule, kwargs: dict[str, Any]) -> HttpResponseBase | None:
    """None lets the view run. A foreign place and a place that does not exist give the same 404."""
    if rule.permission not in {PUBLIC, SIGNED_IN}:
        if settings.REQUIRE_SECOND_FACTOR and not has_second_factor(request.user):
            return redirect("mfa_index")
        request.owner, request.school = place_of(
            request.viewer,
            Permission(rule.permission),
            owner_code=kwargs["owner"],
            school_code=kwargs["school"] if rule.place == "school" else None,
        )
    if request.method not in rule.methods | {"HEAD", "OPTIONS"}:
        return HttpResponseNotAllowed(sorted(rule.methods))
    return None
