"""Reading the room: viewer first. What was never sent is seen only by those who prepare it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from tettpaa.core.orgs.enums import Accent, BodyLevel
from tettpaa.core.orgs.models import Body, Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.queries import alphabetical, bodies_of
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.report.annual.context import language_of
from tettpaa.report.annual.drawing import ACCENTS
from tettpaa.report.annual.enums import EditionName, State
from tettpaa.report.annual.models import AnnualReport, FrozenEdition
from tettpaa.report.annual.queries import frozen_document, published
from tettpaa.report.decisions import paper
from tettpaa.report.decisions.access import cases_for, places_to_speak_from
from tettpaa.report.decisions.enums import CaseState, ItemKind, ItemState, StatementState, Subject
from tettpaa.report.decisions.models import (
    CasePaper,
    CaseStep,
    CaseText,
    DecisionItem,
    Hearing,
    PoliticalCase,
    Protocol,
    Publication,
    ReportBack,
    Statement,
)
from tettpaa.report.export.canonical import from_json
from tettpaa.report.export.tree import Document, Lead, Section
from tettpaa.work.plans.access import may_read_plan
from tettpaa.work.plans.enums import OPEN_STATES
from tettpaa.work.plans.models import Goal, QualityPlan

LEADING: Final = 4  # findings of the report that the case document repeats
RESULTS: Final = frozenset({"3", "4", "5"})  # numbers of the chapters that they come from


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A point with the newest that was told of it."""

    item: DecisionItem
    told: ReportBack | None

    @property
    def state(self) -> str:
        return self.told.state if self.told else ItemState.ASSIGNED

    @property
    def kind(self) -> str:
        return self.item.kind

    def is_late(self, today: date) -> bool:
        """Its day has passed and nobody has said that it is done, or why not."""
        is_open = self.state in (ItemState.ASSIGNED, ItemState.STARTED)
        return is_open and self.item.due_on is not None and self.item.due_on < today


@dataclass(frozen=True, slots=True)
class HearingLine:
    """A hearing with its statements; `awaited` names the places that have not answered."""

    hearing: Hearing
    statements: tuple[Statement, ...]
    awaited: tuple[str, ...] = ()


def state_of(item: DecisionItem) -> str:
    """What was told last of a point."""
    newest = item.reports.order_by("-told_at", "-pk").first()
    return newest.state if newest else ItemState.ASSIGNED


def cases(viewer: Viewer, owner: Unit) -> list[PoliticalCase]:
    """The owner's cases that the viewer may see, newest first."""
    found = PoliticalCase.objects.select_related("owner", "report", "plan").prefetch_related("steps")
    return list(found.filter(cases_for(viewer, owner)))


def case_of_report(viewer: Viewer, report: AnnualReport) -> PoliticalCase | None:
    """The report's case, if the viewer may see it."""
    return PoliticalCase.objects.filter(cases_for(viewer, report.owner), report=report).first()


def subject_address(viewer: Viewer, case: PoliticalCase) -> str:
    """Where the plan or the report that the case is about can be read; empty for those who may not read it yet."""
    code = case.owner.code
    if case.plan is not None:
        may_read = may_read_plan(viewer, case.plan)
        return reverse("plans:one", kwargs={"owner": code, "plan": case.plan.pk}) if may_read else ""
    assert case.report is not None, "a case has its subject"  # noqa: S101 - tells the type checker
    place = {"owner": code, "year": case.report.school_year}
    if viewer.may(Permission.REPORTS_READ, case.owner):
        return reverse("annual:report", kwargs=place)
    is_out = any(one.report.pk == case.report.pk for one in published(viewer, case.owner))
    return reverse("annual:read", kwargs=place) if is_out else ""


def steps_of(case: PoliticalCase) -> list[CaseStep]:
    return list(case.steps.all())


def protocols_of(case: PoliticalCase) -> list[Protocol]:
    """What the bodies did, in order."""
    return list(case.protocols.select_related("step"))


def papers_of(case: PoliticalCase) -> list[CasePaper]:
    """The case document as it was sent, newest first, without its contents."""
    return list(case.papers.defer("content").order_by("-round"))


def sent_document(paper_row: CasePaper) -> Document:
    """The tree as it was sent."""
    return from_json(CasePaper.objects.only("content").get(pk=paper_row.pk).content)


def texts_of(case: PoliticalCase) -> dict[str, CaseText]:
    """What is written of the case document, by part."""
    return {row.part: row for row in case.texts.all()}


def hearing_lines(case: PoliticalCase, schools: Sequence[Unit] = ()) -> list[HearingLine]:
    """The hearings with their statements. `schools` are those whose bodies are waited for."""
    hearings = list(case.hearings.select_related("body", "owner"))
    rows = Statement.objects.filter(hearing__case=case).select_related("school")
    by_hearing: dict[object, list[Statement]] = {}
    for row in rows:
        by_hearing.setdefault(row.hearing_id, []).append(row)
    made = []
    for hearing in hearings:
        said = by_hearing.get(hearing.pk, [])
        said.sort(key=lambda row: alphabetical(row.school.label) if row.school else "")
        answered = {row.school_id for row in said}
        awaited: Iterable[str] = ()
        if hearing.body.level == BodyLevel.SCHOOL:
            awaited = (school.label for school in schools if school.pk not in answered)
        elif not said:
            awaited = (hearing.owner.label,)
        made.append(HearingLine(hearing, tuple(said), tuple(awaited)))
    return made


def bodies_to_ask(owner: Unit) -> list[Body]:
    """Bodies that somebody speaks for, so that an answer can come."""
    return [body for body in bodies_of(owner) if body.role]


def hearings_to_answer(viewer: Viewer, owner: Unit) -> list[tuple[Hearing, Unit]]:
    """The hearings that wait for the viewer, with the place the viewer speaks from; by deadline. Two queries."""
    if not any(Permission.HEARINGS_ANSWER in grant.role.permissions for grant in viewer.grants):
        return []
    rows = Hearing.objects.select_related("body", "owner", "case").filter(owner=owner)
    open_rows = rows.exclude(case__state__in=(CaseState.DECIDED, CaseState.CLOSED))
    answered = set(Statement.objects.filter(owner=owner).values_list("hearing", "school"))
    found = []
    for hearing in open_rows:
        for place in places_to_speak_from(viewer, hearing):
            key = place.pk if place.pk != owner.pk else None
            if (hearing.pk, key) not in answered:
                found.append((hearing, place))
    return found


def item_lines(
    owner: Unit, *, case: PoliticalCase | None = None, rows: QuerySet[DecisionItem] | None = None
) -> list[ItemLine]:
    """Points of decisions with what was told last, in the order they were decided. Two queries."""
    items = DecisionItem.objects.filter(owner=owner) if rows is None else rows
    if case is not None:
        items = items.filter(protocol__case=case)
    linked = items.select_related("owner", "protocol__case", "initiative", "task", "goal", "school")
    found = list(linked.order_by("protocol__met_on", "number"))
    told: dict[object, ReportBack] = {}
    for row in ReportBack.objects.filter(item__in=found).order_by("told_at", "pk"):
        told[row.item_id] = row
    return [ItemLine(item, told.get(item.pk)) for item in found]


def late_items(owner: Unit, today: date) -> list[DecisionItem]:
    """Points whose day has passed, and nobody has said that they are done, or why not. One query."""
    newest = ReportBack.objects.filter(item=OuterRef("pk")).order_by("-told_at", "-pk").values("state")[:1]
    rows = DecisionItem.objects.filter(owner=owner, kind=ItemKind.DECISION, due_on__lt=today)
    open_still = Q(said=None) | Q(said__in=(ItemState.ASSIGNED, ItemState.STARTED))
    return list(rows.annotate(said=Subquery(newest)).filter(open_still).order_by("due_on", "number"))


def last_decisions(owner: Unit, *, before_year: int | None = None) -> list[ItemLine]:
    """The points of the newest decided report, or of the newest before a report's school year. Public."""
    decided = PoliticalCase.objects.filter(
        owner=owner, subject=Subject.REPORT, state__in=(CaseState.DECIDED, CaseState.CLOSED)
    )
    if before_year is not None:
        decided = decided.filter(report__year__lt=before_year)
    newest = decided.order_by("-decided_on").first()
    return item_lines(owner, case=newest) if newest is not None else []


def counts_of(lines: Iterable[ItemLine]) -> Mapping[str, int]:
    """How many decisions stand where; only what was decided counts, not what was taken note of."""
    counts = dict.fromkeys(ItemState.values, 0)
    for line in lines:
        if line.kind == ItemKind.DECISION:
            counts[line.state] += 1
    return counts


def goals_to_choose(owner: Unit) -> list[Goal]:
    """Goals that a point may be tied to."""
    return list(Goal.objects.filter(owner=owner).select_related("plan"))


def reports_to_decide(viewer: Viewer, owner: Unit) -> list[AnnualReport]:
    """Reports without a case, newest first, for those who prepare cases."""
    if not viewer.may(Permission.DECISIONS_EDIT, owner):
        return []
    taken = PoliticalCase.objects.filter(owner=owner, report__isnull=False).values("report")
    return list(AnnualReport.objects.filter(owner=owner).exclude(pk__in=taken).order_by("-year"))


def plans_to_decide(viewer: Viewer, owner: Unit) -> list[QualityPlan]:
    """Plans that are being written and have no open case; one that holds is revised before it is decided anew."""
    if not viewer.may(Permission.DECISIONS_EDIT, owner):
        return []
    taken = PoliticalCase.objects.filter(owner=owner, plan__isnull=False).exclude(state=CaseState.CLOSED)
    being_written = QualityPlan.objects.filter(owner=owner, state__in=OPEN_STATES)
    return list(being_written.exclude(pk__in=taken.values("plan")))


def publication_of(report: AnnualReport) -> Publication | None:
    return Publication.objects.filter(report=report).first()


def missing_before_sending(case: PoliticalCase) -> list[str]:
    """Why a case cannot be sent yet: keys of `wording.REASONS`, all at once."""
    texts = texts_of(case)
    reasons = [
        f"part_{spec.key}"
        for spec in paper.PARTS
        if spec.is_required and not (spec.key in texts and texts[spec.key].text.strip())
    ]
    row = texts.get(paper.RECOMMENDATION)
    points = paper.points_of(row.text) if row else ()
    if points and not paper.can_be_voted_on(points):
        reasons.append("only_noted")
    report = case.report
    if report is not None and report.state != State.FROZEN:
        reasons.append("not_frozen")
    elif report is not None and report.public_version is not None:
        reasons.append("not_public")
    return reasons


def attached_of(case: PoliticalCase) -> paper.Attached | None:
    """The public edition that goes with the case: never the internal one, and never one that is held back."""
    edition = _public_edition(case)
    if edition is None or case.report is None:
        return None
    year = f"{case.report.year}–{(case.report.year + 1) % 100:02d}"
    return paper.Attached(case.report.name, year, edition.version, edition.sha256)


def _public_edition(case: PoliticalCase) -> FrozenEdition | None:
    report = case.report
    if report is None or report.public_version is not None:
        return None
    rows = FrozenEdition.objects.defer("content").filter(report=report, edition=EditionName.PUBLIC)
    return rows.order_by("-version").first()


def paper_document(case: PoliticalCase, sent_on: date | None = None) -> Document:
    """The case document as it is now."""
    owner = case.owner
    edition = _public_edition(case)
    made = paper.Paper(
        title=case.title,
        number=case.number,
        owner=owner.label,
        language=language_of(owner),
        accent=ACCENTS[Accent(owner.settings.accent)],
        texts={part: row.text for part, row in texts_of(case).items()},
        findings=_findings(frozen_document(edition).sections) if edition is not None else (),
        said=tuple(_said(case)),
        attached=attached_of(case),
        sent_on=sent_on,
    )
    return paper.document(made)


def _findings(sections: Iterable[Section]) -> tuple[str, ...]:
    """The first lines of the report's chapters of results (those with the five boxes come with a lead)."""
    leads = [
        block.text
        for section in sections
        if section.number in RESULTS
        for block in section.blocks[:1]
        if isinstance(block, Lead)
    ]
    return tuple(leads[:LEADING])


def _said(case: PoliticalCase) -> Iterable[paper.Said]:
    for line in hearing_lines(case):
        for row in line.statements:
            place = row.school.label if row.school else ""
            yield paper.Said(line.hearing.body.name, place, row.text, row.changed)


def unanswered(case: PoliticalCase) -> int:
    """Statements nobody has said the outcome of."""
    return Statement.objects.filter(hearing__case=case, state=StatementState.RECEIVED).count()
