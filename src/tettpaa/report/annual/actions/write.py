"""Starting a report and writing its texts. Two people at once: nothing is lost, the later one is told."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.data.indicators.queries import watermark
from tettpaa.report.annual.chapters import Chapter
from tettpaa.report.annual.context import digest_of
from tettpaa.report.annual.enums import State
from tettpaa.report.annual.facts import mark_of
from tettpaa.report.annual.models import AnnualReport, BlockText
from tettpaa.report.annual.queries import chapter_facts, texts_of


@dataclass(frozen=True, slots=True)
class Writing:
    """What somebody wants to stand in a box, and the version (0: none) that was there when they began.

    `is_confirmed`: an unchanged text still holds although its figures have changed; it is saved anew beside them.
    """

    box: str
    text: str
    seen_version: int
    is_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else wrote in the box meanwhile: their text stands, and this one is handed back."""

    writing: Writing
    theirs: BlockText


@transaction.atomic
def start_report(*, owner: Unit, year: int, by: str) -> AnnualReport:
    """Begin the report of a school year, under the owner's own name for it. An existing one is returned as it is."""
    report, created = AnnualReport.objects.get_or_create(
        owner=owner, year=year, defaults={"name": owner.settings.report_name, "started_by": by}
    )
    if created:
        record(
            kind="annual.report_started",
            by=by,
            subject=str(report),
            subject_key=str(report.pk),
            owner=owner.code,
        )
    return report


def write_texts(
    *, report: AnnualReport, chapter: Chapter, writings: Sequence[Writing], viewer: Viewer, by: str
) -> list[Conflict]:
    """Save the boxes of a chapter that were changed. Returns the boxes where somebody else was first.

    A box without a conflict is saved although another has one. A saved text makes a frozen report a draft again:
    the frozen version stays as it is, and the next freeze is a new one. Raises KeyError for an unknown box.
    """
    for writing in writings:
        chapter.box(writing.box)
    found = chapter_facts(viewer, report, chapter)
    with transaction.atomic():
        AnnualReport.objects.select_for_update().get(pk=report.pk)  # one writer at a time per report
        newest = texts_of(report)
        conflicts, fresh = [], []
        for writing in writings:
            row = newest.get((chapter.key, writing.box))
            standing = row.text if row else ""
            text = writing.text.replace("\r\n", "\n").strip()
            if text == standing and not (writing.is_confirmed and text):
                continue
            if row is not None and row.version != writing.seen_version:
                conflicts.append(Conflict(writing, row))
                continue
            fresh.append(_row(report, chapter, Writing(writing.box, text, row.version if row else 0), by))
        for row in fresh:
            row.facts, row.figures_digest = found, digest_of(found)
            row.figures_mark = mark_of(watermark())
            row.save(force_insert=True)
        if fresh:
            _reopen(report, chapter, fresh, by)
    return conflicts


def _row(report: AnnualReport, chapter: Chapter, writing: Writing, by: str) -> BlockText:
    return BlockText(
        report=report,
        block=chapter.key,
        box=writing.box,
        version=writing.seen_version + 1,
        text=writing.text,
        by=by,
    )


def _reopen(report: AnnualReport, chapter: Chapter, fresh: Sequence[BlockText], by: str) -> None:
    """A changed text is work on the next version. The trail says which boxes, never what was written."""
    AnnualReport.objects.filter(pk=report.pk).update(state=State.DRAFT)
    report.state = State.DRAFT
    record(
        kind="annual.texts_written",
        by=by,
        subject=f"{report} {chapter.key}",
        subject_key=str(report.pk),
        owner=report.owner.code,
        detail={"boxes": {row.box: row.version for row in fresh}},
    )
