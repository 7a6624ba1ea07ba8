"""A certificate of a course as a file. Here, since documents are made on a floor above the courses."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui import formats
from tettpaa.core.ui.language import reader_language
from tettpaa.core.ui.panels import Asked, Words
from tettpaa.report.annual.drawing import fonts_folder
from tettpaa.report.export.tree import Block, Cell, Document, Lead, Note, Paragraph, Section, Table
from tettpaa.work.offers.access import certificate_for_reading
from tettpaa.work.offers.enums import Kind


def papers(asked: Asked, registration: UUID) -> Iterator[Words]:
    """Where the file is fetched; the view asks who fetches it."""
    keys = {"owner": asked.owner.code, "registration": registration}
    yield Words(_("Last ned kursbeviset (PDF)"), reverse("workspace:certificate_file", kwargs=keys))


@require_safe
def certificate_file(
    request: PlacedRequest,
    owner: str,  # noqa: ARG001 - the guard has used the place in the address already
    registration: UUID,
) -> HttpResponse:
    """One's own certificate, or that of somebody one leads."""
    found = certificate_for_reading(request.viewer, request.owner, registration)
    from tettpaa.report.export import pdf  # noqa: PLC0415 - slow import: the typesetter

    paper = document_of(json.loads(found.certificate.content), found.certificate.sha256)
    response = HttpResponse(pdf.render(paper, fonts_folder()), content_type="application/pdf")
    name = slugify(f"kursbevis {found.offer.title}") or "kursbevis"
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def document_of(content: Mapping[str, Any], fingerprint: str) -> Document:
    """The tree of a certificate. `content` is what was sealed when it was given."""
    given = date.fromisoformat(content["on"])
    return Document(
        title=_("Kursbevis"),
        owner=content["owner"],
        language=reader_language(),
        edition="public",
        edition_label=_("Kursbevis"),
        subtitle=content["offer"],
        running_left=content["name"],
        running_right=_("Kursbevis"),
        version=_("Gitt %(day)s") % {"day": _day(content["on"])},
        checksum=fingerprint,
        frozen_on=given,
        sections=(Section("", content["offer"], _blocks(content)),),
    )


def _blocks(content: Mapping[str, Any]) -> tuple[Block, ...]:
    place = content["school"] or content["owner"]
    blocks: list[Block] = [
        Lead(
            _("%(name)s har fullført «%(offer)s».") % {"name": content["name"], "offer": content["offer"]},
            f"{place}. {Kind(content['kind']).label}.",
        )
    ]
    if content["about"]:
        blocks.append(Paragraph(content["about"]))
    if content["hours"]:
        said = ngettext("Omfang: %(n)s time.", "Omfang: %(n)s timer.", content["hours"])
        blocks.append(Paragraph(said % {"n": content["hours"]}))
    if content["held_by"]:
        blocks.append(Paragraph(_("Holdt av %(who)s.") % {"who": content["held_by"]}))
    blocks.append(_table(content))
    if content["instead"]:
        blocks.append(Paragraph(_("I stedet for fravær: %(what)s") % {"what": content["instead"]}))
    if content["goal"]:
        blocks.append(Note(_("Mål i kommunens plan: %(goal)s") % {"goal": content["goal"]}))
    return tuple(blocks)


def _table(content: Mapping[str, Any]) -> Table:
    rows = tuple(
        (
            Cell(_day(one["on"])),
            Cell(one["title"]),
            Cell(_("Til stede") if one["came"] else _("Ikke til stede")),
        )
        for one in content["gatherings"]
    )
    return Table(_("Samlinger"), (_("Dag"), _("Tema"), _("Oppmøte")), rows)


def _day(iso: str) -> str:
    return formats.day(date.fromisoformat(iso), reader_language())
