"""Pages of the office."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.doors.office import queries
from tettpaa.doors.office.actions import save_owner
from tettpaa.doors.office.forms import OwnerForm


@require_safe
def audit(request: PlacedRequest, owner: str) -> HttpResponse:
    """Who did what and when."""
    trail = queries.trail(request.owner, number=request.GET.get("side"))
    return render(request, "office/audit.html", {"trail": trail})


@require_safe
def access(request: PlacedRequest, owner: str) -> HttpResponse:
    """Who has access to what, printable."""
    context = {"roles": queries.role_lines(request.owner), "routes": queries.route_lines()}
    return render(request, "office/access.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: PlacedRequest, owner: str) -> HttpResponse:
    """The owner's own words, colour and schools."""
    form = OwnerForm(request.POST or None, owner=request.owner)
    if request.method == "POST" and form.is_valid():
        save_owner(owner=request.owner, choices=form.cleaned_data, by=request.viewer.email)
        messages.success(request, _("Innstillingene er lagret."))
        return redirect("office:settings", owner=owner)
    return render(request, "office/settings.html", {"form": form}, status=422 if form.errors else 200)
