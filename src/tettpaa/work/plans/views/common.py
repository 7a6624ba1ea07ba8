"""What the room's pages share: the tabs, the page of a form, and the answer when two have written at once."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.parts import Link
from tettpaa.work.plans.actions import PlanSealedError
from tettpaa.work.plans.forms.base import RowForm


@dataclass(frozen=True)
class FormPage:
    """What the page of a form says. `back` is where it leads; `remove` the address of the button that takes away."""

    title: str
    heading: str
    back: str
    eyebrow: str = ""
    help: str = ""
    remove: str = ""
    remove_label: str = ""


def tabs(owner: str, here: str) -> list[Link]:
    """The pages about the owner's plan and system."""
    pages = [
        ("plans:plan", _("Planen")),
        ("plans:sheet", _("Slik henger det sammen")),
        ("plans:ways", _("Slik arbeider vi")),
        ("plans:expectations", _("Forventninger")),
        ("plans:history", _("Historien")),
        ("plans:schools", _("Skolenes planer")),
    ]
    return [Link(title, reverse(route, args=[owner]), is_current=route == here) for route, title in pages]


def form_page(
    request: PlacedRequest, form: RowForm, page: FormPage, save: Callable[[], object]
) -> HttpResponse:
    """Show the form, or save it and lead back. Two who wrote at once: 409, both versions, nothing lost."""
    context = {"form": form, "form_page": page, "sides": []}
    if request.method != "POST":
        return render(request, "plans/form.html", context)
    if not form.is_valid():
        return render(request, "plans/form.html", context, status=422)
    try:
        save()
    except ConflictError as conflict:
        context["sides"] = form.sides(conflict.theirs)
        form.see(conflict.theirs)
        return render(request, "plans/form.html", context, status=409)
    except PlanSealedError:
        return sealed(request, page.back)
    messages.success(request, _("Lagret."))
    return redirect(page.back)


def sealed(request: PlacedRequest, back: str) -> HttpResponse:
    """The plan was adopted in the meantime."""
    messages.error(request, _("Planen er vedtatt og kan ikke endres. Det må vedtas en revisjon først."))
    return redirect(back)
