"""Routes for the tests of the menu: places with an owner, and one without."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def page(request: HttpRequest, owner: str = "") -> HttpResponse:
    return HttpResponse(owner)


urlpatterns = [
    path("k/<owner>/skoler/", page, name="schools"),
    path("k/<owner>/tall-inn/", page, name="imports"),
    path("apent/", page, name="open"),
    path("meg/", page, name="me"),
    path("", include("tettpaa.core.ui.urls")),
]
