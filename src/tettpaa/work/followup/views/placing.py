"""What every view of the room begins with: the case of the address, the reader's role, and the page with one form."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.followup import access, actions
from tettpaa.work.followup.wording import FormWords

if TYPE_CHECKING:
    from tettpaa.core.orgs.models import Unit
    from tettpaa.work.followup.models import FollowUpCase

type Fetch = "Callable[[Viewer, Unit, Unit, UUID], FollowUpCase | None]"


def school_of(request: PlacedRequest) -> "Unit":
    """The school of the address; the guard at the door has found it."""
    if request.school is None:
        raise Http404
    return request.school


def case_or_404(request: PlacedRequest, pk: UUID, fetch: Fetch = access.case_for_reading) -> "FollowUpCase":
    """The case at this owner and school for those whom `fetch` lets in."""
    found = fetch(request.viewer, request.owner, school_of(request), pk)
    if found is None:
        raise Http404
    return found


def role_at(request: PlacedRequest, school: "Unit") -> str:
    """In which role the reader speaks: the one nearest to the school."""
    grants = [grant for grant in request.viewer.grants if school.is_below(grant.unit)]
    return max(grants, key=lambda grant: len(grant.unit.path)).role.key if grants else ""


def looked(request: PlacedRequest, key: object) -> None:
    """Written down before anything is shown."""
    actions.note_look(owner=request.owner, key=key, by=request.viewer.email)


def form_page(
    request: PlacedRequest,
    case: "FollowUpCase",
    form: Form,
    words: FormWords,
    template: str = "followup/form.html",
) -> HttpResponse:
    """A page with one form about a case."""
    looked(request, case.pk)
    return render(request, template, {"case": case, "school": case.school, "form": form, "words": words})


def done(request: PlacedRequest, case: "FollowUpCase", text: str) -> HttpResponse:
    """Back to the case with a word."""
    messages.success(request, text)
    return to_case(case)


def to_case(case: "FollowUpCase") -> HttpResponse:
    return redirect("followup:case", owner=case.owner.code, school=case.school.code, case=case.pk)


def attempt(request: PlacedRequest, deed: Callable[[], object]) -> bool:
    """Do it, or say why not; a step that is not drawn is told in words, and nothing is changed."""
    try:
        deed()
    except actions.TooEarlyError:
        messages.error(request, _("Rektor har ikke svart, og svarfristen er ikke ute."))
    except actions.CriteriaError:
        messages.error(request, _("Ikke alle vilkårene for å gå ned et trinn er oppfylt."))
    except NotAllowedError:
        messages.error(request, _("Det går ikke nå. Se hvor saken er."))
    else:
        return True
    return False
