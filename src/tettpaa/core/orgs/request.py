"""The request as views see it, once the guard at the door has let it in."""

from django.http import HttpRequest

from tettpaa.core.accounts.models import User
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import Viewer


class PlacedRequest(HttpRequest):
    """A request on a route with a place: who looks, at which owner, and at which school if the route names one.

    Only a type: `AccessMiddleware` sets the attributes on Django's own request before the view runs.
    """

    user: User
    viewer: Viewer
    owner: Unit
    school: Unit | None
