"""Files from a report: a frozen edition as it was frozen, or a draft that says on every page that it is one."""

import re
from collections.abc import Sequence

from django.db import transaction

from tettpaa.core.audit.actions import record
from tettpaa.data.suppression.kinds import Edition
from tettpaa.report.annual import store
from tettpaa.report.annual.assembly import Progress, Stamp, document, part
from tettpaa.report.annual.context import owners_eyes
from tettpaa.report.annual.drawing import fonts_folder, png_of
from tettpaa.report.annual.enums import FileKind, State
from tettpaa.report.annual.models import AnnualReport, Artefact, FrozenEdition
from tettpaa.report.annual.queries import draft_context, frozen_document
from tettpaa.report.export.tree import Document


def export(
    *,
    report: AnnualReport,
    edition: Edition,
    kinds: Sequence[FileKind],
    by: str,
    progress: Progress | None = None,
) -> list[Artefact]:
    """Make the files that are not there yet, and return them all in the order asked for.

    A frozen report gives its newest frozen edition; one that is being worked on gives a draft. A file is known by
    the checksum of its document: the same content is never made twice.
    """
    tree, frozen = source_of(report, edition, part(progress, 0, 2))
    made = []
    files = part(progress, 1, 2)
    for done, kind in enumerate(kinds, start=1):
        known = Artefact.objects.filter(report=report, content_sha256=tree.checksum, kind=kind).first()
        made.append(known or _keep(report, tree, frozen, kind, by))
        if files:
            files(done, len(kinds))
    return made


def source_of(
    report: AnnualReport, edition: Edition, progress: Progress | None = None
) -> tuple[Document, FrozenEdition | None]:
    """The document to hand out: the frozen one of the present version, else a draft built now."""
    if report.state == State.FROZEN:
        frozen = report.editions.defer("content").get(edition=edition.key, version=report.version)
        return frozen_document(frozen), frozen
    context = draft_context(owners_eyes(report.owner), report, edition)
    return document(context, Stamp(report.next_version), progress), None


def render(tree: Document, kind: FileKind) -> bytes:
    """The document as a file."""
    from tettpaa.report.export import docx, pdf, pptx  # noqa: PLC0415 - slow import: the Office libraries

    if kind is FileKind.PDF:
        return pdf.render(tree, fonts_folder())
    return docx.render(tree, png_of) if kind is FileKind.DOCX else pptx.render(tree, png_of)


def file_name(report: AnnualReport, tree: Document, kind: FileKind) -> str:
    """`Stavanger-Tilstandsrapport-for-grunnskolen-2024-25-offentlig-v1.pdf`; a draft says so."""
    label = tree.edition_label if tree.frozen_on is None else f"{tree.edition_label} v{report.version}"
    text = f"{report.owner.label} {report.name} {report.school_year} {label}"
    return re.sub(r"[\W_]+", "-", text).strip("-") + f".{kind}"


def _keep(
    report: AnnualReport, tree: Document, frozen: FrozenEdition | None, kind: FileKind, by: str
) -> Artefact:
    content = render(tree, kind)
    sha256 = store.keep(content)
    with transaction.atomic():
        artefact, created = Artefact.objects.get_or_create(
            report=report,
            content_sha256=tree.checksum,
            kind=kind,
            defaults={
                "frozen": frozen,
                "edition": tree.edition,
                "file_sha256": sha256,
                "file_name": file_name(report, tree, kind),
                "size": len(content),
                "made_by": by,
            },
        )
        if created:
            record(
                kind="annual.file_exported",
                by=by,
                subject=artefact.file_name,
                subject_key=str(artefact.pk),
                owner=report.owner.code,
                detail={"sha256": sha256, "content": tree.checksum, "draft": frozen is None},
            )
    return artefact
