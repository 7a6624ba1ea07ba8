"""The gallery of components, and the pages that say what went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from tettpaa.core.ui.gallery import samples


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in each of its states, on invented content."""
    return render(request, "ui/gallery.html", samples())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the browser sent something that cannot be read."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: signed in, but the page is not for this person."""
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was too old, or came from another place."""
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page, or a place the viewer may not know of; they look the same on purpose (R4)."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: without the context processors, which may be what failed."""
    return HttpResponse(render_to_string("500.html"), status=500)
