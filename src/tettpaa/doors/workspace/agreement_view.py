"""The agreement as a file. Here, since documents are made on a floor above the agreements."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.doors.workspace.agreement_document import EDITIONS, document_of
from tettpaa.report.annual.drawing import fonts_folder
from tettpaa.work.agreements.access import agreement_for_reading, agreement_open_part
from tettpaa.work.agreements.queries import document_content


@require_safe
def agreement_file(
    request: PlacedRequest, owner: str, school: str, agreement: UUID, kind: str
) -> HttpResponse:
    """The version in force as PDF, in the public edition or the internal one; a draft only in the internal."""
    if kind not in EDITIONS or request.school is None:
        raise Http404
    public = EDITIONS[kind]
    fetch = agreement_open_part if public else agreement_for_reading
    found = fetch(request.viewer, request.owner, request.school, agreement)
    paper = document_content(request.viewer, found, _number(request), public=public)
    from tettpaa.report.export import pdf  # noqa: PLC0415 - slow import: the typesetter

    name = slugify(f"avtale {owner} {school} {kind} versjon {paper.number or 'utkast'}")
    response = HttpResponse(pdf.render(document_of(paper), fonts_folder()), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def _number(request: PlacedRequest) -> int:
    """`?versjon=2`; anything else is the one in force."""
    asked = request.GET.get("versjon", "")
    return int(asked) if asked.isdecimal() and len(asked) < 5 else 0
