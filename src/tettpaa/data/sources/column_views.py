"""Files without a known layout: pointing at columns, and the profiles that came of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.queries import schools_of
from tettpaa.data.sources import actions, queries
from tettpaa.data.sources.columns_form import ColumnsForm
from tettpaa.data.sources.screens.columns_page import ColumnsPage, ProfileRow, first_form

UNPROCESSABLE = 422


def columns_page(
    request: HttpRequest, owner: str, taken: actions.Taken, form: ColumnsForm | None = None
) -> HttpResponse:
    """The file's columns, each with a choice, and what was wrong when it was read so. Nothing is stored."""
    del owner
    schools = schools_of(request.owner)  # type: ignore[attr-defined]
    page = ColumnsPage(taken, form or first_form(taken, schools))
    response = render(request, "sources/columns.html", {"columns_page": page}, status=UNPROCESSABLE)
    response["Cache-Control"] = "private, no-store"
    return response


def read_columns(request: HttpRequest, owner: str) -> HttpResponse:
    """Read the file as it was pointed at, and show its way."""
    place: Any = request.owner  # type: ignore[attr-defined]
    schools = schools_of(place)
    form = ColumnsForm.sent(schools, request.POST, request.FILES)
    form.was_too_large = getattr(request, "upload_was_too_large", False)  # type: ignore[attr-defined]
    if not form.is_valid():
        return columns_page(request, owner, actions.Taken(), form)
    file = form.cleaned_data["file"]
    sent = actions.Sent(file.file, file.name, email_of(request), form.cleaned_data["key"])
    pointing = form.pointing(queries.words_known(place, form.cleaned_data["name"]))
    taken = actions.take_in_pointed(owner=place, sent=sent, pointing=pointing)
    if taken.row is None:
        return columns_page(request, owner, taken, form.asking(taken.outcome, schools))
    return redirect("sources:item", owner, taken.row.pk)


def profiles(request: HttpRequest, owner: str) -> HttpResponse:
    """Saved profiles: which columns each reads, and how."""
    del owner
    rows = [ProfileRow(row) for row in queries.profiles_of(request.owner)]  # type: ignore[attr-defined]
    return render(request, "sources/profiles.html", {"profiles": rows, "may_write": may_write(request)})


def remove_profile(request: HttpRequest, owner: str, row: UUID) -> HttpResponse:
    """Files are no longer read by it."""
    found = queries.profile_of(request.owner, row)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    actions.remove_profile(row=found, by=email_of(request))
    messages.success(request, _("Fjernet. Filer med disse overskriftene leses ikke lenger av seg selv."))
    return redirect("sources:profiles", owner)


def email_of(request: HttpRequest) -> str:
    """Who does it, for the trail."""
    email: str = request.viewer.email  # type: ignore[attr-defined]
    return email


def may_write(request: HttpRequest) -> bool:
    """Whether the reader may bring figures in for the owner."""
    may: bool = request.viewer.may(Permission.IMPORTS_WRITE, request.owner)  # type: ignore[attr-defined]
    return may
