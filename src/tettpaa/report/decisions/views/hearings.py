"""Asking a body, its answer, and what the answer changed."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tettpaa.core.audit.states import NotAllowedError
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.report.decisions import access, actions, queries
from tettpaa.report.decisions.forms import ChangedForm, InviteForm, StatementForm
from tettpaa.report.decisions.views.cases import asked, case_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: PlacedRequest, owner: str, case: UUID) -> HttpResponse:
    """Ask a body."""
    found = case_or_404(request, case, preparing=True)
    bodies = queries.bodies_to_ask(request.owner)
    form = InviteForm(request.POST or None, bodies=bodies)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        body = next(one for one in bodies if str(one.pk) == data["body"])
        try:
            actions.invite(
                case=found,
                body=body,
                question=data["question"],
                due_on=data["due_on"],
                by=request.viewer.email,
            )
        except NotAllowedError:
            messages.error(request, _("Saken er vedtatt. Da er det for sent å spørre."))
        else:
            messages.success(
                request, _("Spørsmålet er sendt. De får et brev, og de ser det på forsiden sin.")
            )
        return redirect("decisions:case", owner=owner, case=case)
    context = {"case": found, "form": form, "bodies": bodies, "asked": asked(request)}
    return render(request, "decisions/invite.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hearing(request: PlacedRequest, owner: str, hearing: UUID) -> HttpResponse:
    """The question, what has been said, and, for those who speak for the body, the answer."""
    found = access.hearing_for_reading(request.viewer, request.owner, hearing)
    if found is None:
        raise Http404
    places = access.places_to_speak_from(request.viewer, found)
    lines = queries.hearing_lines(found.case)
    said = next(line.statements for line in lines if line.hearing.pk == found.pk)
    answered = {row.school_id or request.owner.pk for row in said}
    left = [place for place in places if place.pk not in answered] if not access.decided(found.case) else []
    form = StatementForm(request.POST or None, places=left) if left else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            place = next(one for one in left if one.code == form.cleaned_data["place"])
            school = place if place.pk != request.owner.pk else None
            actions.answer_hearing(
                hearing=found, school=school, text=form.cleaned_data["text"], by=request.viewer.email
            )
            messages.success(request, _("Uttalelsen er sendt. Dere får se hva den endret."))
            return redirect("decisions:hearing", owner=owner, hearing=hearing)
    seen = [row for row in said if _may_see(request, row, found)]
    context = {
        "hearing": found,
        "subject": queries.subject_address(request.viewer, found.case),
        "form": form,
        "left": left,
        "statements": seen,
        "is_late": found.due_on < timezone.localdate(),
        "asked": asked(request),
    }
    return render(request, "decisions/hearing.html", context)


def _may_see(request: PlacedRequest, row: object, found: object) -> bool:
    """Before the case is sent, a body sees its own statement only; after, all are public."""
    if access.prepares(request.viewer, request.owner) or found.case.rounds > 0:  # type: ignore[attr-defined]
        return True
    mine = {place.pk for place in access.places_to_speak_from(request.viewer, found)}  # type: ignore[arg-type]
    return (row.school_id or request.owner.pk) in mine  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def changed(request: PlacedRequest, owner: str, statement: UUID) -> HttpResponse:
    """Say what a statement changed."""
    found = access.statement_for_answering(request.viewer, request.owner, statement)
    if found is None:
        raise Http404
    form = ChangedForm(request.POST or None, initial={"changed": found.changed})
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_what_changed(
                statement=found, changed=form.cleaned_data["changed"], by=request.viewer.email
            )
        except NotAllowedError:
            messages.error(request, _("Svaret er alt lagt ved saken og kan ikke endres."))
        else:
            messages.success(request, _("Svaret er lagret, og de som uttalte seg, ser det."))
        return redirect("decisions:case", owner=owner, case=found.hearing.case_id)
    context = {"statement": found, "case": found.hearing.case, "form": form, "asked": asked(request)}
    return render(request, "decisions/changed.html", context)
