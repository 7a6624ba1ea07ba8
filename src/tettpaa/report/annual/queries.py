"""Reading reports: viewer first. Somebody who may only read what is published sees frozen public editions alone."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery

from tettpaa.core.jobs.models import Job
from tettpaa.core.jobs.queries import job_for_owner, running_jobs
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.data.indicators.queries import watermark
from tettpaa.data.suppression.kinds import Edition
from tettpaa.report.annual.chapters import BoxSpec, Chapter, chapters
from tettpaa.report.annual.context import Context, Wish, context_for, digest_of
from tettpaa.report.annual.enums import EditionName, FileKind, State
from tettpaa.report.annual.facts import Difference, differences, facts, mark_of
from tettpaa.report.annual.models import AnnualReport, Artefact, BlockText, FrozenEdition
from tettpaa.report.annual.work import work_of
from tettpaa.report.export.canonical import from_json
from tettpaa.report.export.tree import Document
from tettpaa.work.yearwheel.rules import school_year_of

type Texts = dict[tuple[str, str], BlockText]


@dataclass(frozen=True, slots=True)
class BoxState:
    """One box: its newest text, if any, and the figures that have changed since it was written."""

    spec: BoxSpec
    text: BlockText | None
    changed: Sequence[Difference] = ()

    @property
    def is_written(self) -> bool:
        return self.text is not None and bool(self.text.text.strip())

    @property
    def is_stale(self) -> bool:
        return bool(self.changed)


@dataclass(frozen=True, slots=True)
class ChapterState:
    """A chapter and how much of it is written."""

    chapter: Chapter
    boxes: tuple[BoxState, ...]

    @property
    def expected(self) -> list[BoxState]:
        return [box for box in self.boxes if box.spec.is_expected]

    @property
    def written(self) -> int:
        return sum(box.is_written for box in self.expected)

    @property
    def stale(self) -> int:
        return sum(box.is_stale for box in self.boxes)

    @property
    def bars(self) -> list[str]:
        """One bar a box, for the component that draws the state of a thing."""
        return ["done" if box.is_written else "later" for box in self.expected]


@dataclass(frozen=True, slots=True)
class ReportStatus:
    """Where the report of one year stands. `last_frozen` is the newest public edition, or None.

    `has_newer_figures`: something was published or withdrawn, for this owner or another, after the last freeze.
    """

    report: AnnualReport
    chapters: tuple[ChapterState, ...]
    last_frozen: FrozenEdition | None
    has_newer_figures: bool = False

    @property
    def written(self) -> int:
        return sum(chapter.written for chapter in self.chapters)

    @property
    def expected(self) -> int:
        return sum(len(chapter.expected) for chapter in self.chapters)

    @property
    def missing(self) -> int:
        """Parts that the owner has not written."""
        return self.expected - self.written

    @property
    def stale(self) -> int:
        return sum(chapter.stale for chapter in self.chapters)

    @property
    def is_frozen(self) -> bool:
        return self.report.state == State.FROZEN

    @property
    def may_be_frozen(self) -> bool:
        """Whether there is anything that the last frozen version does not have."""
        return not self.is_frozen or self.has_newer_figures


@dataclass(frozen=True, slots=True)
class Published:
    """A report as those see it who read what is published."""

    report: AnnualReport
    edition: FrozenEdition
    artefacts: tuple[Artefact, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Work:
    """A freeze or an export, under way or done, and the files it made."""

    job: Job
    files: tuple[Artefact, ...]


def reports(viewer: Viewer, owner: Unit) -> list[AnnualReport]:
    """The owner's reports with their drafts, newest year first; none for those who may not read drafts."""
    if not viewer.may(Permission.REPORTS_READ, owner):
        return []
    return list(AnnualReport.objects.select_related("owner__settings").filter(owner=owner).order_by("-year"))


def report_of(viewer: Viewer, owner: Unit, year: int) -> AnnualReport | None:
    """The report of one school year for those who may read drafts."""
    return next((report for report in reports(viewer, owner) if report.year == year), None)


def report_by_id(pk: int) -> AnnualReport:
    """For work that somebody with the permission has ordered; the owner comes with its settings."""
    return AnnualReport.objects.select_related("owner__settings").get(pk=pk)


def report_or_sketch(owner: Unit, year: int) -> AnnualReport:
    """The report of the year, or one that is not saved, so that a draft can be printed before anybody has begun."""
    found = AnnualReport.objects.select_related("owner__settings").filter(owner=owner, year=year).first()
    return found or AnnualReport(owner=owner, year=year, name=owner.settings.report_name)


def published(viewer: Viewer, owner: Unit) -> list[Published]:
    """The newest frozen public edition of each year, newest year first."""
    if not viewer.may(Permission.REPORTS_PUBLISHED, owner):
        return []
    newest = _editions(owner).filter(report=OuterRef("report")).order_by("-version").values("pk")[:1]
    rows = list(_editions(owner).filter(pk=Subquery(newest)).defer("content").order_by("-report__year"))
    files = _files(rows)
    return [Published(row.report, row, files.get(row.pk, ())) for row in rows]


def published_in(viewer: Viewer, owner: Unit, year: int) -> Published | None:
    """The newest frozen public edition of one year."""
    return next((found for found in published(viewer, owner) if found.report.year == year), None)


def _editions(owner: Unit):  # type: ignore[no-untyped-def]
    """Frozen public editions, without those that wait for their day."""
    is_out = Q(report__public_version=None) | Q(version__lte=F("report__public_version"))
    return FrozenEdition.objects.select_related("report").filter(
        is_out, report__owner=owner, edition=EditionName.PUBLIC
    )


def _files(editions: Sequence[FrozenEdition]) -> dict[int, tuple[Artefact, ...]]:
    """The newest file of each kind by edition, in the kinds' own order. One query."""
    rows = Artefact.objects.filter(frozen__in=editions)
    newest = {(file.frozen_id, file.kind): file for file in rows if file.frozen_id is not None}
    kinds = [kind.value for kind in FileKind]
    found: dict[int, tuple[Artefact, ...]] = {}
    for (edition, _kind), file in sorted(newest.items(), key=lambda item: kinds.index(item[0][1])):
        found[edition] = (*found.get(edition, ()), file)
    return found


def frozen_document(edition: FrozenEdition) -> Document:
    """The tree of a frozen edition."""
    return from_json(FrozenEdition.objects.only("content").get(pk=edition.pk).content)


def editions_of(report: AnnualReport) -> list[FrozenEdition]:
    """Every frozen edition, newest first, without their contents."""
    return list(report.editions.defer("content").order_by("-version", "edition"))


def artefacts_of(report: AnnualReport) -> list[Artefact]:
    """Every exported file, newest first. The caller may read drafts."""
    return list(report.artefacts.select_related("frozen").defer("frozen__content").order_by("-pk"))


def artefact_of(report: AnnualReport, artefact_id: int) -> Artefact | None:
    """One exported file of the report."""
    return next((artefact for artefact in artefacts_of(report) if artefact.pk == artefact_id), None)


def texts_of(report: AnnualReport) -> Texts:
    """The newest text of each box. Empty for a report that is not saved yet."""
    if not report.pk:
        return {}
    rows = BlockText.objects.filter(report=report).order_by("version")
    return {(row.block, row.box): row for row in rows}


def plain_texts(texts: Texts) -> dict[tuple[str, str], str]:
    """Only the words, as chapters take them."""
    return {key: row.text for key, row in texts.items()}


def last_years_texts(report: AnnualReport) -> Texts:
    """The texts of the report before this one."""
    earlier = AnnualReport.objects.filter(owner=report.owner, year__lt=report.year).order_by("-year").first()
    return texts_of(earlier) if earlier is not None else {}


def status_of(viewer: Viewer, report: AnnualReport) -> ReportStatus:
    """How much is written, and which texts speak of figures that have changed since.

    Figures are read only when something was published or withdrawn after a text was written; what the work rooms
    tell has no such mark, so it is read when a text speaks of it.
    """
    texts = texts_of(report)
    now = mark_of(watermark())
    with_figures = {chapter.key for chapter in chapters() if chapter.keys}
    with_work = {chapter.key for chapter in chapters() if chapter.told is not None}
    doubtful = {
        row.block
        for row in texts.values()
        if row.text.strip()
        and (row.block in with_work or (row.figures_mark != now and row.block in with_figures))
    }
    context = _facts_context(viewer, report, doubtful) if doubtful else None
    found = tuple(_chapter_state(chapter, texts, context, doubtful) for chapter in chapters())
    last = report.editions.filter(edition=EditionName.PUBLIC).defer("content").order_by("-version").first()
    newer = report.state == State.FROZEN and report.figures_mark != now
    return ReportStatus(report, found, last, newer)


def chapter_state(viewer: Viewer, report: AnnualReport, chapter: Chapter) -> ChapterState:
    """The same for one chapter."""
    return next(found for found in status_of(viewer, report).chapters if found.chapter is chapter)


def report_status(viewer: Viewer, owner: Unit) -> ReportStatus | None:
    """The newest report of the owner, for the overview; None when there is none, or the viewer may not read drafts."""
    newest = next(iter(reports(viewer, owner)), None)
    return status_of(viewer, newest) if newest is not None else None


def preview_context(viewer: Viewer, report: AnnualReport, keys: Iterable[str]) -> Context:
    """What one chapter is shown from, beside its form: the internal edition, with hints and charts that load later."""
    wish = Wish(
        year=report.year,
        name=report.name,
        edition=Edition.INTERNAL,
        texts=plain_texts(texts_of(report)),
        keys=tuple(keys),
        hints=True,
        is_preview=True,
    )
    return context_for(viewer, report.owner, wish)


def draft_page_context(viewer: Viewer, report: AnnualReport) -> Context:
    """The whole draft as a page: as `draft_context`, with charts that load when they are scrolled to."""
    return replace(preview_context(viewer, report, ()), is_preview=False)


def draft_context(viewer: Viewer, report: AnnualReport, edition: Edition) -> Context:
    """What a draft is made from; the internal one says in empty boxes what belongs there."""
    wish = Wish(
        year=report.year,
        name=report.name,
        edition=edition,
        texts=plain_texts(texts_of(report)),
        hints=edition is Edition.INTERNAL,
    )
    return context_for(viewer, report.owner, wish)


def chapter_facts(viewer: Viewer, report: AnnualReport, chapter: Chapter) -> dict[str, str]:
    """The figures that the chapter's texts speak of now."""
    if not chapter.speaks_of_facts:
        return {}
    return facts(_facts_context(viewer, report, {chapter.key}), chapter)


def seen_digest(report: AnnualReport) -> str:
    """A short hash of everything a freeze would freeze: who approves posts it, so that nothing slips in after."""
    parts = [f"{block}/{box}={row.version}" for (block, box), row in sorted(texts_of(report).items())]
    parts.append(work_of(report.owner, report.year).digest)
    text = "\n".join([str(report.pk), report.name, str(report.version), mark_of(watermark()), *parts])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def works_of(report: AnnualReport, also: UUID | None = None) -> list[Work]:
    """Work under way on the report, and the job that `also` names although it is finished, with the files it made."""
    found = {job.pk: job for job in running_jobs(owner=report.owner.code)}
    if also is not None and (named := job_for_owner(owner=report.owner.code, job_id=also)) is not None:
        found.setdefault(named.pk, named)
    mine = [job for job in found.values() if job.arguments.get("report") == report.pk]
    files = {artefact.pk: artefact for artefact in artefacts_of(report)} if mine else {}
    return [
        Work(job, tuple(files[pk] for pk in job.result.get("artefacts", ()) if pk in files)) for job in mine
    ]


def years_to_start(owner: Unit, today: date) -> list[int]:
    """School years a report may be started for: this one and the four before, less those that have one."""
    current = school_year_of(today)
    taken = set(AnnualReport.objects.filter(owner=owner).values_list("year", flat=True))
    return [year for year in range(current, current - 5, -1) if year not in taken]


def _facts_context(viewer: Viewer, report: AnnualReport, blocks: Iterable[str]) -> Context:
    wanted = set(blocks)
    found = [chapter for chapter in chapters() if chapter.key in wanted]
    with_work = any(chapter.told is not None for chapter in found)
    keys = {key for chapter in found for key in chapter.keys}
    wish = Wish(
        year=report.year,
        name=report.name,
        edition=Edition.INTERNAL,
        keys=() if with_work else tuple(sorted(keys)),
        is_preview=True,
        with_work=with_work,
    )
    return context_for(viewer, report.owner, wish)


def _chapter_state(
    chapter: Chapter, texts: Texts, context: Context | None, doubtful: set[str]
) -> ChapterState:
    now = facts(context, chapter) if context is not None and chapter.key in doubtful else None
    boxes = []
    for spec in chapter.boxes:
        row = texts.get((chapter.key, spec.key))
        changed: Sequence[Difference] = ()
        if row is not None and row.text.strip() and now is not None and digest_of(now) != row.figures_digest:
            changed = differences(row.facts, now)
        boxes.append(BoxState(spec, row, changed))
    return ChapterState(chapter, tuple(boxes))
