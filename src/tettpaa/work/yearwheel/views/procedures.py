"""The procedures' pages: what is done every year, edited in words."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tettpaa.core.audit.versions import ConflictError
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.work.yearwheel import access, actions, queries
from tettpaa.work.yearwheel.forms import ProcedureForm
from tettpaa.work.yearwheel.rules import CircleError, school_year_of


@require_safe
def procedures(request: PlacedRequest, owner: str) -> HttpResponse:
    """All procedures with dates, roles and reasons."""
    today = timezone.localdate()
    year = school_year_of(today)
    lines = queries.procedures(request.owner, today)
    context = {
        "lines": lines,
        "active": sum(1 for line in lines if line.row.is_active),
        "year": year,
        "next_year": year + 1,
        "is_rolled": queries.has_tasks(request.owner, year),
        "may_edit": request.viewer.may(Permission.WHEEL_EDIT, request.owner),
    }
    return render(request, "yearwheel/procedures.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_procedure(request: PlacedRequest, owner: str) -> HttpResponse:
    """A new procedure."""
    form = ProcedureForm(request.POST or None, owner=request.owner)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.add_procedure(
                owner=request.owner,
                words=form.words,
                not_for=form.not_for,
                by=request.viewer.email,
                on=timezone.localdate(),
            )
        except CircleError:
            form.add_error("anchor", _in_a_ring())
        else:
            messages.success(request, _("Prosedyren er lagret."))
            return redirect("yearwheel:procedure", owner=owner, procedure=row.pk)
    return render(request, "yearwheel/procedure.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def procedure(request: PlacedRequest, owner: str, procedure: UUID) -> HttpResponse:
    """Change a procedure; open tasks of the year follow."""
    row = access.procedure_for_editing(request.viewer, request.owner, procedure)
    initial = queries.procedure_words(row)
    form = ProcedureForm(request.POST or None, initial=initial, owner=request.owner, key=row.key)
    theirs, status = None, 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_procedure(
                procedure=row,
                version=form.cleaned_data["version"] or 0,
                words=form.words,
                not_for=form.not_for,
                by=request.viewer.email,
                on=timezone.localdate(),
            )
        except CircleError:
            form.add_error("anchor", _in_a_ring())
        except ConflictError:
            theirs, status = access.procedure_for_editing(request.viewer, request.owner, procedure), 409
            mine = request.POST.copy()
            mine["version"] = str(theirs.version)
            form = ProcedureForm(mine, owner=request.owner, key=row.key)
        else:
            messages.success(request, _("Prosedyren er lagret. Åpne gjøremål følger den."))
            return redirect("yearwheel:procedure", owner=owner, procedure=row.pk)
    context = {"form": form, "row": theirs or row, "theirs": theirs}
    return render(request, "yearwheel/procedure.html", context, status=422 if form.errors else status)


def _in_a_ring() -> str:
    return _("Da regner prosedyrene fristen fra hverandre i ring. Velg en annen.")


@require_POST
def end(request: PlacedRequest, owner: str, procedure: UUID) -> HttpResponse:
    """End a procedure, or take it up again."""
    row = access.procedure_for_editing(request.viewer, request.owner, procedure)
    today = timezone.localdate()
    if row.is_active:
        actions.end_procedure(procedure=row, by=request.viewer.email, on=today)
        messages.success(request, _("Prosedyren er avsluttet. Det som er gjort, står."))
    else:
        actions.resume_procedure(procedure=row, by=request.viewer.email, on=today)
        messages.success(request, _("Prosedyren gjelder igjen."))
    return redirect("yearwheel:procedures", owner=owner)


@require_POST
def roll(request: PlacedRequest, owner: str) -> HttpResponse:
    """Make the tasks of this school year from today on, or of the next."""
    today = timezone.localdate()
    year = school_year_of(today) + (request.POST.get("aar") == "neste")
    rolled = actions.roll_year(owner=request.owner, school_year=year, by=request.viewer.email, on=today)
    made = ngettext("Ett nytt gjøremål er laget.", "%(n)s nye gjøremål er laget.", rolled.made)
    messages.success(request, made % {"n": rolled.made})
    if rolled.undated:
        names = ", ".join(rolled.undated)
        messages.warning(request, _("Disse har ingen dato ennå: %(names)s.") % {"names": names})
    return redirect("yearwheel:procedures", owner=owner)
