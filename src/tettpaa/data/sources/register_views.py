"""The school register: what it proposes, let in by a person; schools that took over from others."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tettpaa.core.orgs.queries import all_schools_in, confirmed_succession
from tettpaa.core.orgs.schools import SuccessorError, confirm_successor, undo_successor
from tettpaa.data.sources import actions
from tettpaa.data.sources.column_views import UNPROCESSABLE, email_of, may_write
from tettpaa.data.sources.register_forms import LinkForm, UndoForm
from tettpaa.data.sources.screens.register_page import register_page


def register(request: HttpRequest, owner: str, form: LinkForm | None = None) -> HttpResponse:
    """What the register says that is not so here."""
    del owner
    writes = may_write(request)
    page = register_page(request.owner, form, may_write=writes)  # type: ignore[attr-defined]
    context = {"register_page": page, "may_write": writes}
    return render(request, "sources/register.html", context, status=UNPROCESSABLE if form else None)


def take_in_schools(request: HttpRequest, owner: str) -> HttpResponse:
    """Let the chosen schools in."""
    place: Any = request.owner  # type: ignore[attr-defined]
    codes = set(request.POST.getlist("school"))
    many = actions.take_in_from_register(owner=place, codes=codes, by=email_of(request))
    messages.success(
        request, ngettext("Én skole er oppdatert.", "%(n)s skoler er oppdatert.", many) % {"n": many}
    )
    return redirect("sources:register", owner)


def link_schools(request: HttpRequest, owner: str) -> HttpResponse:
    """Say that a school took over from another."""
    place: Any = request.owner  # type: ignore[attr-defined]
    schools = all_schools_in(place)
    form = LinkForm(schools, request.POST, auto_id="kobling-%s")
    if not form.is_valid():
        return register(request, owner, form)
    by_code = {school.code: school for school in schools}
    said = form.cleaned_data
    try:
        confirm_successor(
            owner=place,
            old=by_code[said["old"]],
            new=by_code[said["new"]],
            on=said["on"],
            why=said["why"],
            by=email_of(request),
        )
    except SuccessorError as error:
        form.add_error("new", _why_not(str(error)))
        return register(request, owner, form)
    messages.success(request, _("Koblet. Serien går videre med et brudd."))
    return redirect("sources:register", owner)


def unlink_schools(request: HttpRequest, owner: str, number: int) -> HttpResponse:
    """Take a link back."""
    place: Any = request.owner  # type: ignore[attr-defined]
    row = confirmed_succession(place, number)
    if row is None:
        raise Http404
    form = UndoForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Skriv hvorfor koblingen skal bort."))
        return redirect("sources:register", owner)
    undo_successor(owner=place, link=row, why=form.cleaned_data["why"], by=email_of(request))
    messages.success(request, _("Koblingen er fjernet. Skolene har hver sin serie igjen."))
    return redirect("sources:register", owner)


def _why_not(reason: str) -> str:
    return {
        "taken": _("En av skolene er allerede koblet til en annen. Fjern den koblingen først."),
        "circle": _("Skolene er koblet i ring. Bytt om på dem, eller fjern en kobling."),
    }.get(reason, _("Velg to av kommunens skoler."))
