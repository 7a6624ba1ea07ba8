"""The demo's front door: choose a role and look around."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tettpaa.doors.demo.actions import sign_in
from tettpaa.doors.demo.outbox import letters
from tettpaa.doors.demo.queries import choices, demo_user


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/start.html", {"choices": choices()})


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/outbox.html", {"letters": letters()})


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    user = demo_user(request.POST.get("email", ""))
    if user is None:
        raise Http404
    sign_in(request=request, user=user)
    return redirect("/")
