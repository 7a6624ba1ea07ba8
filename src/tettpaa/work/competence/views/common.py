"""What the room's pages share: tabs, the page of a form, and errors told in words beside the form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.language import reader_language
from tettpaa.core.ui.parts import Link
from tettpaa.work.competence import actions, shelves
from tettpaa.work.competence.access import may_decide, rank_at
from tettpaa.work.competence.requirements import subject_name, subjects

if TYPE_CHECKING:
    from tettpaa.core.orgs.models import Unit

GET_POST = require_http_methods(["GET", "HEAD", "POST"])

WORDS: Mapping[type[Exception], str | Promise] = {
    NotAllowedError: gettext_lazy("Det går ikke nå. Noen andre kan ha vært her før deg."),
    actions.PlanClosedError: gettext_lazy(
        "Planen er vedtatt og kan ikke endres. Ta den tilbake til utkast først."
    ),
    actions.NotDiscussedError: gettext_lazy("Planen må være drøftet med de tillitsvalgte først."),
    actions.NoGapError: gettext_lazy("Læreren oppfyller kravet, eller underviser ikke i faget dette året."),
    actions.NoReasonError: gettext_lazy("Skriv hvorfor."),
    actions.NoMentorError: gettext_lazy("Velg en veileder som ikke er den nyutdannedes egen leder."),
    actions.NotHereError: gettext_lazy("Personen arbeider ikke her."),
    actions.NotAgreedError: gettext_lazy(
        "Temaet må være avtalt med de ansatte og drøftet med de tillitsvalgte først."
    ),
    actions.NotYoursError: gettext_lazy("Notatet tilhører en annen."),
    actions.WrongSizeError: gettext_lazy("Velg én eller to kolleger."),
    actions.TooFewError: gettext_lazy(
        "Det er for få vandringer ennå, eller hos for få lærere. Da ville et mønster vise enkeltpersoner."
    ),
    actions.NobodyNewError: gettext_lazy(
        "Ingen nyutdannede er lagt inn, så det er ingen andel å legge fram."
    ),
    actions.WrongDayError: gettext_lazy("Siste dag kan ikke være før første."),
    actions.TooShortError: gettext_lazy("Praksisen er ikke lang nok ennå."),
}
POST_WORDS: Mapping[str, str | Promise] = {
    "needs_education": gettext_lazy("Fast stilling som lærer krever fullført lærerutdanning. %(law)s."),
    "needs_competence": gettext_lazy(
        "Fast stilling som lærer krevde relevant faglig og pedagogisk kompetanse da arbeidet begynte. %(law)s."
    ),
    "needs_end": gettext_lazy("Skriv når ansettelsen slutter. %(law)s."),
    "too_long": gettext_lazy(
        "Uten vilkår om påbegynt utdanning varer ansettelsen høyst til 31. juli. %(law)s."
    ),
}


@dataclass(frozen=True)
class FormPage:
    """What the page of a form says. `back` is where it leads; `remove` the address of the button that takes away."""

    title: str
    heading: str
    back: str
    eyebrow: str = ""
    help: str = ""
    button: str = ""
    remove: str = ""
    remove_label: str = ""


def school_of(request: PlacedRequest) -> "Unit":
    """The school of the address; the guard at the door has found it."""
    if request.school is None:
        raise Http404
    return request.school


def tabs(request: PlacedRequest, here: str) -> list[Link]:
    """The owner's pages about competence that the reader may open."""
    owner, viewer = request.owner, request.viewer
    pages = [("competence:plan", _("Planen")), ("competence:coverage", _("Dekning"))]
    pages.append(("competence:requirements", _("Kompetansekrav")))
    pages += shelves.beside(viewer, owner)
    if may_decide(viewer, owner):
        pages.append(("competence:deviations", _("Fravik")))
    if rank_at(viewer, owner, None):
        pages.append(("competence:owner_staff", _("Ansatte")))
    if any(Permission.STAFF_OWN in grant.role.permissions for grant in viewer.grants):
        pages.append(("competence:mine", _("Min side")))
    return [
        Link(title, reverse(route, args=[owner.code]), is_current=route == here) for route, title in pages
    ]


def subject_choices() -> list[tuple[str, str]]:
    """Subjects in the table's order, by name."""
    return [(key, subject_name(key, reader_language())) for key in subjects()]


def said(error: Exception) -> str:
    """An error of the room in words; raises it again when it is none of ours."""
    if isinstance(error, actions.PostError):
        return str(POST_WORDS[error.fault.key]) % {"law": error.fault.law}
    for kind, words in WORDS.items():
        if isinstance(error, kind):
            return str(words)
    raise error


OURS: tuple[type[Exception], ...] = (*WORDS, actions.PostError)


def form_page(
    request: PlacedRequest,
    form: BaseForm,
    page: FormPage,
    save: Callable[[], object],
    *,
    template: str = "competence/form.html",
    extra: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Show the form, or save it and lead back. What goes wrong is told beside the words, which stay; two who wrote
    at once get both versions (409)."""
    context = {"form": form, "form_page": page, "sides": [], **(extra or {})}
    if request.method != "POST":
        return render(request, template, context)
    status = 422
    if form.is_valid():
        try:
            save()
        except ConflictError as conflict:
            context["sides"] = form.sides(conflict.theirs)  # type: ignore[attr-defined]
            form.see(conflict.theirs)  # type: ignore[attr-defined]
            status = 409
        except OURS as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("Lagret."))
            return redirect(page.back)
    return render(request, template, context, status=status)


def act(request: PlacedRequest, deed: Callable[[], object], back: str, done: str) -> HttpResponse:
    """One deed of a button, and back with a word."""
    try:
        deed()
    except OURS as error:
        messages.error(request, said(error))
    else:
        messages.success(request, done)
    return redirect(back)
