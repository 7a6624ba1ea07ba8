"""The import shelf: thin functions between forms, actions, queries and pages."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from tettpaa.core.orgs.queries import schools_of
from tettpaa.core.ui.language import reader_language
from tettpaa.data.indicators.queries import release_for
from tettpaa.data.sources import actions, queries
from tettpaa.data.sources.column_views import columns_page, email_of, may_write
from tettpaa.data.sources.enums import WORKING
from tettpaa.data.sources.fetch.dataset import datasets
from tettpaa.data.sources.files import TooLargeError, path_of
from tettpaa.data.sources.forms import SchoolNamesForm, UploadForm, WithdrawForm
from tettpaa.data.sources.lock import BusyError
from tettpaa.data.sources.marked import marked_workbook
from tettpaa.data.sources.problem_json import problem_from_json
from tettpaa.data.sources.queries import Work
from tettpaa.data.sources.registry import sources
from tettpaa.data.sources.screens.fetching import fetch_rows, progress_of_fetch
from tettpaa.data.sources.screens.item_page import ItemPage, progress_of
from tettpaa.data.sources.screens.problems_shown import unmatched_names
from tettpaa.data.sources.screens.release_page import release_page
from tettpaa.data.sources.screens.saved_names import NamesPage
from tettpaa.data.sources.screens.shelf import shelf
from tettpaa.data.sources.template_writer import template_csv, template_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNPROCESSABLE = 422


def show_shelf(request: HttpRequest, owner: str, form: UploadForm | None = None) -> HttpResponse:
    """What has come in, what is on its way, what is expected."""
    del owner
    place: Any = request.owner  # type: ignore[attr-defined]
    page = shelf(queries.imports_of(place), queries.published_for(place), timezone.localdate())
    context = {
        "shelf": page,
        "form": form or UploadForm(),
        "may_write": may_write(request),
        "fetches": fetch_rows(queries.fetches_of(place)) if may_write(request) else [],
        "has_names": queries.has_saved_names(place),
    }
    status = UNPROCESSABLE if form is not None else None
    return render(request, "sources/shelf.html", context, status=status)


def fetch(request: HttpRequest, owner: str, dataset: str) -> HttpResponse:
    """Start fetching from the publisher."""
    if dataset not in datasets():
        raise Http404
    actions.order_fetch(owner=request.owner, dataset=datasets()[dataset], by=email_of(request))  # type: ignore[attr-defined]
    return redirect("sources:shelf", owner)


def fetching(request: HttpRequest, owner: str, job: UUID) -> HttpResponse:
    """How far a fetch has come; when it is done, the page loads itself again."""
    found = queries.fetch_of(request.owner, job)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    context = {"progress": progress_of_fetch(found), "owner": owner, "job": found}
    response = render(request, "sources/fetching.html", context)
    if found.is_finished:
        response["HX-Refresh"] = "true"
    return response


def upload(request: HttpRequest, owner: str) -> HttpResponse:
    """Take a file in and show its way."""
    form = UploadForm(request.POST, request.FILES)
    form.was_too_large = getattr(request, "upload_was_too_large", False)  # type: ignore[attr-defined]
    if not form.is_valid():
        return show_shelf(request, owner, form)
    file = form.cleaned_data["file"]
    sent = actions.Sent(file.file, file.name, email_of(request), form.cleaned_data["key"])
    try:
        taken = actions.take_in(owner=request.owner, sent=sent)  # type: ignore[attr-defined]
    except TooLargeError:
        form.was_too_large = True  # type: ignore[attr-defined]
        form.full_clean()
        return show_shelf(request, owner, form)
    if taken.row is None:
        return columns_page(request, owner, taken)
    return redirect("sources:item", owner, taken.row.pk)


def template(request: HttpRequest, owner: str, format: str) -> HttpResponse:  # noqa: A002 - the address's word
    """The open template in the reader's language."""
    del owner
    writers = {"csv": (template_csv, "text/csv; charset=utf-8"), "xlsx": (template_xlsx, XLSX)}
    if format not in writers:
        raise Http404
    write, kind = writers[format]
    return _download(write(reader_language()), f"tett-paa-mal.{format}", kind)


def show_item(
    request: HttpRequest, owner: str, item: UUID, form: SchoolNamesForm | None = None
) -> HttpResponse:
    """One file's way in."""
    work = _work(request, item)
    names = unmatched_names([problem_from_json(stored) for stored in work.item.problems])
    if form is None and names and may_write(request):
        form = SchoolNamesForm(names, schools_of(request.owner))  # type: ignore[attr-defined]
    context = {"page_of": ItemPage(work), "names_form": form, "may_write": may_write(request)}
    status = UNPROCESSABLE if form is not None and form.is_bound else None
    return render(request, "sources/item.html", context, status=status)


def progress(request: HttpRequest, owner: str, item: UUID) -> HttpResponse:
    """How far the work has come; when it is done, the page loads itself again."""
    work = _work(request, item)
    response = render(
        request, "sources/progress.html", {"progress": progress_of(work), "owner": owner, "work": work}
    )
    if work.state not in WORKING:
        response["HX-Refresh"] = "true"
    return response


def match_names(request: HttpRequest, owner: str, item: UUID) -> HttpResponse:
    """Give each unknown name a school, and check the file again."""
    work = _work(request, item)
    names = unmatched_names([problem_from_json(stored) for stored in work.item.problems])
    form = SchoolNamesForm(names, schools_of(request.owner), request.POST)  # type: ignore[attr-defined]
    if not form.is_valid():
        return show_item(request, owner, item, form)
    place: Any = request.owner  # type: ignore[attr-defined]
    actions.save_school_names(owner=place, source=work.item.source, codes=form.codes(), by=email_of(request))
    return _do(request, owner, work, actions.recheck)


def recheck(request: HttpRequest, owner: str, item: UUID) -> HttpResponse:
    """Check the file again."""
    return _do(request, owner, _work(request, item), actions.recheck)


def discard(request: HttpRequest, owner: str, item: UUID) -> HttpResponse:
    """Throw the file away."""
    return _do(request, owner, _work(request, item), actions.discard_import)


def publish(request: HttpRequest, owner: str, item: UUID) -> HttpResponse:
    """Publish what the page showed."""
    work = _work(request, item)
    version = request.POST.get("version", "")
    try:
        if version.isdigit():
            actions.order_publishing(row=work.item, version=int(version), by=email_of(request))
    except actions.StaleError:
        messages.warning(request, _("Noen andre har gjort noe med filen i mellomtiden. Slik står den nå."))
    return redirect("sources:item", owner, item)


def _do(request: HttpRequest, owner: str, work: Work, deed: Any) -> HttpResponse:
    """Do it once; a second press finds it done and shows the page."""
    try:
        deed(row=work.item, by=email_of(request))
    except actions.StaleError:
        messages.warning(request, _("Noen andre har gjort noe med filen i mellomtiden. Slik står den nå."))
    return redirect("sources:item", owner, work.item.pk)


def marked(request: HttpRequest, owner: str, item: UUID) -> HttpResponse:
    """The refused file with its wrong cells marked."""
    del owner
    work = _work(request, item)
    row = work.item
    if row.file is None or not ItemPage(work).can_mark:
        raise Http404  # what could not be read in the limited child is not opened here
    problems = [problem_from_json(stored) for stored in row.problems]
    content = marked_workbook(path_of(row.file.sha256), problems, reader_language())
    return _download(content, f"{Path(row.file_name).stem}-merket.xlsx", XLSX)


def original(request: HttpRequest, owner: str, item: UUID) -> FileResponse:
    """The file exactly as it came."""
    del owner
    row = _work(request, item).item
    if row.file is None:
        raise Http404
    return _file(row.file.sha256, row.file_name)


def show_release(
    request: HttpRequest, owner: str, release: int, form: WithdrawForm | None = None
) -> HttpResponse:
    """What a release published, and where it came from."""
    del owner
    place: Any = request.owner  # type: ignore[attr-defined]
    row = release_for(place, release)
    if row is None:
        raise Http404
    context = {
        "release_page": release_page(row, place),
        "form": form or WithdrawForm(),
        "may_write": may_write(request),
    }
    return render(request, "sources/release.html", context, status=UNPROCESSABLE if form else None)


def withdraw(request: HttpRequest, owner: str, release: int) -> HttpResponse:
    """Take a release back, with a reason."""
    place: Any = request.owner  # type: ignore[attr-defined]
    row = release_for(place, release)
    if row is None:
        raise Http404
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return show_release(request, owner, release, form)
    try:
        actions.withdraw_release(
            owner=place, release=row, reason=form.cleaned_data["reason"], by=email_of(request)
        )
    except actions.NotWithdrawableError as error:
        messages.warning(request, _why_not(str(error)))
    except BusyError:
        messages.warning(request, _("Andre tall publiseres akkurat nå. Prøv igjen om litt."))
    return redirect("sources:release", owner, release)


def _why_not(reason: str) -> str:
    return {
        "superseded": _("En nyere utgivelse bygger på denne. Trekk den nyeste først."),
        "owner": _("Tallene ble lagt inn for hele installasjonen. Bare driften kan trekke dem tilbake."),
    }.get(reason, _("Tallene er allerede trukket tilbake."))


def release_file(request: HttpRequest, owner: str, release: int) -> FileResponse:
    """The file behind a release, if the owner may have it whole."""
    del owner
    place: Any = request.owner  # type: ignore[attr-defined]
    row = release_for(place, release)
    if row is None or not queries.may_have_original(place, row):
        raise Http404
    return _file(row.file_sha256, row.file_name)


def names(request: HttpRequest, owner: str) -> HttpResponse:
    """Saved school names, to be corrected."""
    del owner
    place: Any = request.owner  # type: ignore[attr-defined]
    page = NamesPage(queries.saved_names(place), schools_of(place))
    return render(request, "sources/names.html", {"names_page": page, "may_write": may_write(request)})


def save_names(request: HttpRequest, owner: str) -> HttpResponse:
    """Correct saved names; the next file is read with them."""
    place: Any = request.owner  # type: ignore[attr-defined]
    page = NamesPage(queries.saved_names(place), schools_of(place), request.POST)
    changed = sum(
        actions.save_school_names(owner=place, source=source, codes=codes, by=email_of(request))
        for source, codes in page.changes().items()
        if source in sources()
    )
    text = _("Lagret. Neste fil leses med de nye navnene.") if changed else _("Ingen navn ble endret.")
    messages.success(request, text)
    return redirect("sources:names", owner)


def _work(request: HttpRequest, item: UUID) -> Work:
    work = queries.import_of(request.owner, item)  # type: ignore[attr-defined]
    if work is None:
        raise Http404
    return work


def _file(sha256: str, name: str) -> FileResponse:
    """A foreign file: always as an attachment, never interpreted, in a sandbox (R26)."""
    path = path_of(sha256)
    if not path.exists():
        raise Http404
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream"
    )
    return _caged(response)


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return _caged(response)


def _caged[R: HttpResponse | FileResponse](response: R) -> R:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
