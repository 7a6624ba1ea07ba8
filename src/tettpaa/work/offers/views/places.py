"""What the room's views share."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.panels import Asked, Words, papers
from tettpaa.data.indicators.tables import csv_bytes, xlsx_bytes
from tettpaa.work.offers import actions, wording
from tettpaa.work.offers.access import own_record
from tettpaa.work.offers.pages import FormWords, differing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def me_of(request: PlacedRequest) -> Any:
    """The reader's own record at this owner, or None."""
    return own_record(request.viewer, request.owner)


def attempt(request: PlacedRequest, act: Callable[[], Any], said: str = "") -> bool:
    """Do it; what cannot be done is told in words, and the page shows how it stands now."""
    try:
        act()
    except actions.NotOpenError as error:
        messages.warning(request, str(wording.NOT_OPEN.get(error.why, wording.NOT_OPEN["state"])))
    except actions.NotReadyError as error:
        messages.warning(request, str(wording.NOT_READY[error.what]))
    except NotAllowedError:
        messages.warning(request, _("Noen andre har vært her i mellomtiden. Her ser du hvordan det står nå."))
    except actions.NotTakingPartError:
        messages.warning(request, _("Personen er ikke med på denne samlingen."))
    except actions.AnsweredError:
        messages.info(request, _("Du har svart før. Evalueringen tar imot ett svar fra hver."))
    else:
        if said:
            messages.success(request, said)
        return True
    return False


def form_page(
    request: PlacedRequest, form: Any, words: FormWords, *, theirs: Any = None, status: int = 200
) -> HttpResponse:
    """A form by itself. `theirs` is the row as somebody else has left it, in a conflict."""
    context = {"form": form, "words": words, "differing": differing(form, theirs) if theirs else []}
    return render(request, "offers/form.html", context, status=409 if theirs else status)


def file_answer(
    name: str, kind: str, header: list[str], rows: list[list[Any]], language: str
) -> HttpResponse:
    """A list as CSV or XLSX."""
    if kind == "csv":
        response = HttpResponse(csv_bytes(header, rows, language), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(xlsx_bytes(name, header, rows), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def calendar_answer(content: bytes, name: str) -> HttpResponse:
    """A calendar file to open."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def thread_of(request: PlacedRequest, me: Any, goal: Any) -> dict[str, Any] | None:
    """The thread of a goal at the reader's own school, for the bar at the top; None without either."""
    if goal is None or me is None or me.school is None:
        return None
    keys = {"owner": request.owner.code, "school": me.school.code, "goal": goal.pk}
    return {
        "asked": Asked(request.viewer, request.owner, timezone.localdate(), me.school, goal.pk),
        "name": goal.text,
        "address": reverse("workspace:thread", kwargs=keys),
    }


def papers_of(request: PlacedRequest, registration: Any) -> list[Words]:
    """The certificate's file, which is made on a floor above."""
    asked = Asked(request.viewer, request.owner, timezone.localdate())
    return papers("certificate", asked, registration.pk)
