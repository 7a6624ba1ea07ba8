"""Staff from a spreadsheet, for who may write them in one by one."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.language import reader_language
from tettpaa.data.indicators.tables import csv_bytes
from tettpaa.work.competence import access, actions
from tettpaa.work.competence.forms import lists
from tettpaa.work.competence.forms.staff import ListForm
from tettpaa.work.competence.sent import Problem
from tettpaa.work.competence.views.common import GET_POST, said, school_of
from tettpaa.work.competence.views.staff import employee_choices

if TYPE_CHECKING:
    from tettpaa.core.orgs.models import Unit

MOST_TOLD = 100  # problems on the page; the file is mended from the top


@GET_POST
def school_list(request: PlacedRequest, owner: str, school: str) -> HttpResponse:
    """The staff of a school."""
    return _list(request, school_of(request))


@GET_POST
def owner_list(request: PlacedRequest, owner: str) -> HttpResponse:
    """The owner's own staff."""
    return _list(request, None)


@require_safe
def empty_list(request: PlacedRequest, owner: str) -> HttpResponse:
    """An empty list with the heads, to fill."""
    response = HttpResponse(
        csv_bytes(lists.header(), [], reader_language()), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="ansatte.csv"'
    return response


def _list(request: PlacedRequest, school: "Unit | None") -> HttpResponse:
    if access.rank_at(request.viewer, request.owner, school) == 0:
        raise Http404
    form = ListForm(request.POST or None, request.FILES or None)
    place = lists.Place(request.owner, school, **employee_choices(request, school), said=said)
    if request.method != "POST" or not form.is_valid():
        return _page(request, place, form)
    people, problems = lists.read(form.cleaned_data["file"].file, place)
    if problems:
        return _page(request, place, ListForm(), problems)
    made, known = actions.add_people(
        owner=request.owner, school=school, people=people, by=request.viewer.email
    )
    _tell(request, made, known)
    return redirect(_back(place))


def _tell(request: PlacedRequest, made: int, known: int) -> None:
    lines = [ngettext("Én ansatt er lagt inn.", "%(n)s ansatte er lagt inn.", made) % {"n": made}]
    if known:
        words = ngettext(
            "Én sto her fra før, og er ikke endret.", "%(n)s sto her fra før, og er ikke endret.", known
        )
        lines.append(words % {"n": known})
    messages.success(request, " ".join(lines))


def _back(place: lists.Place) -> str:
    if place.school is None:
        return reverse("competence:owner_staff", args=[place.owner.code])
    return reverse("competence:staff", args=[place.owner.code, place.school.code])


def _page(
    request: PlacedRequest, place: lists.Place, form: ListForm, problems: list[Problem] | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "place": place.school or place.owner,
        "back": _back(place),
        "columns": lists.about(list(place.roles)),
        "problems": (problems or [])[:MOST_TOLD],
        "count": len(problems or []),
    }
    response = render(request, "competence/list.html", context, status=422 if problems else 200)
    response["Cache-Control"] = "private, no-store"
    return response
