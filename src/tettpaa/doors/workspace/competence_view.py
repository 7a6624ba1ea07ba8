"""The competence plan as a file. Here, since documents are made on a floor above the plan."""

from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.panels import Asked, Words
from tettpaa.doors.workspace.competence_document import document_of
from tettpaa.report.annual.drawing import fonts_folder
from tettpaa.report.export.tree import Document
from tettpaa.work.competence.access import plan_for_reading
from tettpaa.work.competence.queries import plan_paper

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@require_safe
def competence_file(request: PlacedRequest, owner: str, plan: UUID, format: str) -> HttpResponse:  # noqa: A002 - the address's word
    """The plan as it was adopted, as PDF or Word; a draft for those who may read it."""
    if format not in KINDS:
        raise Http404
    found = plan_for_reading(request.viewer, request.owner, plan)
    paper = plan_paper(request.viewer, found)
    name = slugify(f"kompetanseplan {owner} {found.year} versjon {paper.number or 'utkast'}")
    content = _render(document_of(paper, request.owner), format)
    response = HttpResponse(content, content_type=KINDS[format])
    response["Content-Disposition"] = f'attachment; filename="{name}.{format}"'
    return response


def _render(document: Document, kind: str) -> bytes:
    from tettpaa.report.export import docx, pdf  # noqa: PLC0415 - slow import: the typesetter

    if kind == "pdf":
        return pdf.render(document, fonts_folder())
    return docx.render(document, lambda _figure: b"")


def papers(asked: Asked, plan: UUID) -> Iterator[Words]:
    """The files of a plan, for its own page on the floor below."""
    for kind, words in (("pdf", _("Last ned som PDF")), ("docx", _("Last ned som Word"))):
        place = {"owner": asked.owner.code, "plan": plan, "format": kind}
        yield Words(words, reverse("workspace:competence_file", kwargs=place))
