"""The place of a request, as the guard at the door has found it."""

from django.http import Http404

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.request import PlacedRequest


def placed_school(request: PlacedRequest) -> Unit:
    """The school of a route that names one."""
    if request.school is None:
        raise Http404
    return request.school


def whole_number(text: str | None) -> int | None:
    """A number in an address; None when there is none, or something else stands there."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 5 else None
