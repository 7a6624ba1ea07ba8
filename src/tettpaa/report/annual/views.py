"""The pages of the report: the list, one year's state, a chapter to write, the document to read, and the files."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tettpaa.core.jobs.actions import enqueue
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.data.suppression.kinds import Edition
from tettpaa.report.annual import actions, beside, pages, queries, store
from tettpaa.report.annual.actions import Conflict
from tettpaa.report.annual.assembly import Stamp, document
from tettpaa.report.annual.chapters import Chapter
from tettpaa.report.annual.chapters import chapter as chapter_called
from tettpaa.report.annual.drawing import picture, pictures_of
from tettpaa.report.annual.enums import FileKind
from tettpaa.report.annual.forms import ChapterForm, ExportForm, FreezeForm, JobForm, StartForm
from tettpaa.report.annual.tasks import EXPORT, FREEZE

if TYPE_CHECKING:
    from tettpaa.report.annual.models import AnnualReport, Artefact

SEALED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"  # a file is shown, never run
YEAR_S = 365 * 24 * 3600


@require_safe
def reports(request: PlacedRequest, owner: str) -> HttpResponse:
    """Every report of the owner that the reader may see: drafts for those who write, else what is published."""
    may_edit = request.viewer.may(Permission.REPORTS_EDIT, request.owner)
    years = queries.years_to_start(request.owner, timezone.localdate()) if may_edit else []
    context = {
        "drafts": queries.reports(request.viewer, request.owner),
        "published": queries.published(request.viewer, request.owner),
        "newest": queries.report_status(request.viewer, request.owner),
        "form": StartForm(years=years) if years else None,
        "name": request.owner.settings.report_name,
        "links": beside.links(request.owner),
    }
    return render(request, "annual/reports.html", context)


@require_POST
def start(request: PlacedRequest, owner: str) -> HttpResponse:
    """Begin a year's report."""
    years = queries.years_to_start(request.owner, timezone.localdate())
    form = StartForm(request.POST, years=years)
    if not form.is_valid():
        messages.error(request, _("Velg et skoleår som ikke har en rapport fra før."))
        return redirect("annual:reports", owner=owner)
    made = actions.start_report(owner=request.owner, year=form.cleaned_data["year"], by=request.viewer.email)
    return redirect("annual:report", owner=owner, year=made.school_year)


@require_safe
def report(request: PlacedRequest, owner: str, year: str) -> HttpResponse:
    """How far one year's report has come, what to do next, and its files."""
    found = _report(request, year)
    status = queries.status_of(request.viewer, found)
    asked = JobForm(request.GET)
    job = asked.cleaned_data.get("arbeid") if asked.is_valid() else None
    context = {
        "report": found,
        "status": status,
        "links": beside.links(request.owner, found),
        "first": pages.first_line(status),
        "second": pages.second_line(status),
        "next": next((one for one in status.chapters if one.written < len(one.expected)), None),
        "works": queries.works_of(found, job),
        "files": queries.artefacts_of(found),
        "editions": queries.editions_of(found),
        "seen": queries.seen_digest(found),
        "kinds": list(FileKind),
        "editions_to_make": [("public", _("Offentlig utgave")), ("internal", _("Intern utgave"))],
        "may_edit": request.viewer.may(Permission.REPORTS_EDIT, request.owner),
        "may_freeze": request.viewer.may(Permission.REPORTS_FREEZE, request.owner),
    }
    return render(request, "annual/report.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def chapter(request: PlacedRequest, owner: str, year: str, block: str) -> HttpResponse:
    """Write one chapter beside its figures. A box that somebody else changed meanwhile comes back with both texts."""
    found, part = _report(request, year), chapter_called(block)
    if part is None:
        raise Http404
    versions = {box: row.version for (key, box), row in queries.texts_of(found).items() if key == block}
    if request.method != "POST":
        return _chapter_page(
            request, found, part, ChapterForm(chapter=part, versions=versions, initial=_texts(found, part))
        )
    form = ChapterForm(request.POST, chapter=part, versions=versions)
    if not form.is_valid():
        return _chapter_page(request, found, part, form)
    conflicts = actions.write_texts(
        report=found, chapter=part, writings=form.writings(), viewer=request.viewer, by=request.viewer.email
    )
    if conflicts:
        return _conflict_page(request, found, part, conflicts)
    messages.success(request, _("Kapittelet er lagret."))
    return redirect("annual:chapter", owner=owner, year=year, block=block)


@require_safe
def read(request: PlacedRequest, owner: str, year: str) -> HttpResponse:
    """The newest frozen public edition, for everybody who may read what is published."""
    found = queries.published_in(request.viewer, request.owner, _year(year))
    if found is None:
        raise Http404
    tree = queries.frozen_document(found.edition)
    context = {
        "report": found.report,
        "edition": found.edition,
        "files": found.artefacts,
        "document": tree,
        "contents": pages.contents(tree),
        "body": pages.frozen_html(found.report, tree),
    }
    return render(request, "annual/read.html", context)


@require_safe
def draft(request: PlacedRequest, owner: str, year: str) -> HttpResponse:
    """The document as it would be now, in the internal edition, with what is not written yet marked."""
    found = _report(request, year)
    tree = document(queries.draft_page_context(request.viewer, found), Stamp(found.next_version))
    context = {
        "report": found,
        "document": tree,
        "contents": pages.contents(tree),
        "body": pages.draft_html(found, tree),
    }
    return render(request, "annual/read.html", context)


@require_POST
def freeze(request: PlacedRequest, owner: str, year: str) -> HttpResponse:
    """Order the freeze of what was seen on the report's page."""
    found, form = _report(request, year), FreezeForm(request.POST)
    if not form.is_valid() or form.cleaned_data["seen"] != queries.seen_digest(found):
        messages.warning(request, _("Noe ble endret etter at du åpnet siden. Se over og frys på nytt."))
        return redirect("annual:report", owner=owner, year=year)
    if not queries.status_of(request.viewer, found).may_be_frozen:
        messages.info(request, _("Ingenting er endret siden rapporten ble frosset."))
        return redirect("annual:report", owner=owner, year=year)
    arguments = {"report": found.pk, "version": found.next_version, "seen": form.cleaned_data["seen"]}
    return _ordered(request, found, FREEZE, arguments)


@require_POST
def export(request: PlacedRequest, owner: str, year: str) -> HttpResponse:
    """Order a file."""
    found, form = _report(request, year), ExportForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Velg en utgave og et format."))
        return redirect("annual:report", owner=owner, year=year)
    return _ordered(request, found, EXPORT, {"report": found.pk, **form.cleaned_data})


@require_safe
def work(request: PlacedRequest, owner: str, year: str, job: UUID) -> HttpResponse:
    """How far a freeze or an export has come; the page asks again every second while it runs."""
    found = _report(request, year)
    running = next((one for one in queries.works_of(found, job) if one.job.pk == job), None)
    if running is None:
        raise Http404
    response = render(request, "annual/work.html", {"report": found, "work": running})
    if running.job.is_finished and request.headers.get("HX-Request"):
        response["HX-Refresh"] = "true"  # the rest of the page tells of what has changed, too
    return response


@require_safe
def file(request: PlacedRequest, owner: str, year: str, pk: int) -> FileResponse:
    """An exported file, for those who may read drafts."""
    artefact = queries.artefact_of(_report(request, year), pk)
    if artefact is None:
        raise Http404
    return _attachment(artefact)


@require_safe
def published_file(request: PlacedRequest, owner: str, year: str, kind: str) -> FileResponse:
    """A file of the newest frozen public edition."""
    found = queries.published_in(request.viewer, request.owner, _year(year))
    artefact = next((one for one in found.artefacts if one.kind == kind), None) if found else None
    if artefact is None:
        raise Http404
    return _attachment(artefact)


@require_safe
def published_picture(request: PlacedRequest, owner: str, year: str, key: str) -> HttpResponse:
    """A chart of a public page."""
    return _picture(request, Edition.PUBLIC, key)


@require_safe
def draft_picture(request: PlacedRequest, owner: str, year: str, key: str) -> HttpResponse:
    """A chart of a page with the internal edition."""
    return _picture(request, Edition.INTERNAL, key)


def _picture(request: PlacedRequest, edition: Edition, key: str) -> HttpResponse:
    drawn = picture(pictures_of(request.owner.code, edition.key), key)
    if drawn is None:
        raise Http404
    headers = {"Content-Security-Policy": SEALED, "Cache-Control": f"private, max-age={YEAR_S}, immutable"}
    return HttpResponse(drawn, content_type="image/svg+xml", headers=headers)


def _year(text: str) -> int:
    """2024 for `2024-25`; anything else is no page."""
    found = re.fullmatch(r"(20\d\d)-(\d\d)", text)
    if not found or int(found[2]) != (int(found[1]) + 1) % 100:
        raise Http404
    return int(found[1])


def _report(request: PlacedRequest, year: str) -> "AnnualReport":
    found = queries.report_of(request.viewer, request.owner, _year(year))
    if found is None:
        raise Http404
    return found


def _texts(found: "AnnualReport", part: Chapter) -> dict[str, str]:
    return {box: row.text for (key, box), row in queries.texts_of(found).items() if key == part.key}


def _chapter_page(
    request: PlacedRequest,
    found: "AnnualReport",
    part: Chapter,
    form: ChapterForm,
    conflicts: Sequence[Conflict] = (),
) -> HttpResponse:
    state = queries.chapter_state(request.viewer, found, part)
    preview = queries.preview_context(request.viewer, found, part.keys)
    last = queries.last_years_texts(found)
    boxes = [
        {"state": box, "field": form[box.spec.key], "seen": form[form.seen(box.spec.key)],
         "confirm": form[form.confirmed(box.spec.key)],
         "last": last.get((part.key, box.spec.key))}
        for box in state.boxes
    ]  # fmt: skip
    language = get_language() or "nb"
    context = {
        "report": found,
        "title": part.title.in_language(language),
        "about": part.about.in_language(language),
        "state": state,
        "form": form,
        "boxes": boxes,
        "conflicts": conflicts,
        "body": pages.section_html(found, part.build(preview), preview.language),
    }
    return render(request, "annual/chapter.html", context, status=409 if conflicts else 200)


def _conflict_page(
    request: PlacedRequest, found: "AnnualReport", part: Chapter, conflicts: Sequence[Conflict]
) -> HttpResponse:
    """The chapter again: what was saved, and for each conflict the reader's own text in the field, theirs beside it."""
    versions = {box: row.version for (key, box), row in queries.texts_of(found).items() if key == part.key}
    mine = {conflict.writing.box: conflict.writing.text for conflict in conflicts}
    form = ChapterForm(chapter=part, versions=versions, initial={**_texts(found, part), **mine})
    return _chapter_page(request, found, part, form, conflicts)


def _ordered(
    request: PlacedRequest, found: "AnnualReport", kind: str, arguments: dict[str, Any]
) -> HttpResponse:
    """Queue the work and go back to the report's page, which shows how far it has come."""
    by = request.viewer.email
    job = enqueue(kind=kind, arguments={**arguments, "by": by}, by=by, owner=request.owner.code)
    place = {"owner": request.owner.code, "year": found.school_year}
    return redirect(reverse("annual:report", kwargs=place) + f"?arbeid={job.pk}")


def _attachment(artefact: "Artefact") -> FileResponse:
    response = FileResponse(
        store.path_of(artefact.file_sha256).open("rb"),
        as_attachment=True,
        filename=artefact.file_name,
        content_type=FileKind(artefact.kind).media_type,
    )
    response["Content-Security-Policy"] = SEALED
    return response
