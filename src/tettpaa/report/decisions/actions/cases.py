"""The case and its document: begun, written, sent by the chief executive, reopened when it is sent back, closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from tettpaa.core.audit.states import move
from tettpaa.core.audit.versions import ConflictError, save_changes
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import bodies_of
from tettpaa.report.annual.models import AnnualReport
from tettpaa.report.decisions import paper, queries
from tettpaa.report.decisions.actions.plans import present_plan
from tettpaa.report.decisions.actions.telling import tell
from tettpaa.report.decisions.enums import (
    BODIES,
    CASE_PATHS,
    CaseState,
    ItemKind,
    ItemState,
    StatementState,
    Subject,
)
from tettpaa.report.decisions.models import CasePaper, CaseStep, CaseText, PoliticalCase, RoadStep, Statement
from tettpaa.report.decisions.road import proposed_dates
from tettpaa.report.export.canonical import to_json
from tettpaa.work.plans.models import QualityPlan
from tettpaa.work.yearwheel.actions import finish_date, put_date


class NotReadyError(Exception):
    """The case cannot be sent or closed yet. `reasons` are keys of `queries.REASONS`."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = tuple(reasons)


@transaction.atomic
def start_case(
    *,
    owner: Unit,
    by: str,
    report: AnnualReport | None = None,
    plan: QualityPlan | None = None,
    at: datetime | None = None,
) -> PoliticalCase:
    """Begin the case of a report or of a plan (exactly one), with the steps of the owner's road and proposed dates.

    An existing case of the report, or an open one of the plan, is returned as it is.
    """
    if (report is None) == (plan is None):
        raise ValueError("a case is about a report or about a plan")
    if (subject := report or plan) and subject.owner_id != owner.pk:
        raise ValueError("the subject of a case is its owner's")
    found = PoliticalCase.objects.filter(owner=owner, report=report, plan=plan).exclude(
        state=CaseState.CLOSED, plan__isnull=False
    )
    if known := found.first():
        return known
    at = at or timezone.now()
    case = PoliticalCase.objects.create(
        owner=owner,
        subject=Subject.REPORT if report is not None else Subject.PLAN,
        report=report,
        plan=plan,
        title=str(subject)[:200],
        started_at=at,
        started_by=by,
    )
    _copy_road(case, timezone.localdate(at))
    tell("decisions.case_started", case, case.pk, by)
    return case


def _copy_road(case: PoliticalCase, today: date) -> None:
    steps = list(RoadStep.objects.filter(owner=case.owner, is_active=True))
    names = {body.key: body.name for body in bodies_of(case.owner)}
    CaseStep.objects.bulk_create(
        CaseStep(
            case=case,
            key=step.key,
            name=step.name,
            body_name=names.get(step.body, ""),
            kind=step.kind,
            decides=step.decides,
            order=step.order,
            planned_on=planned_on,
        )
        for step, planned_on in zip(steps, proposed_dates(steps, today), strict=True)
    )


@transaction.atomic
def plan_step(*, step: CaseStep, planned_on: date | None, by: str) -> None:
    """Set the day of a step; it stands in the year wheel until the step is done."""
    step.planned_on = planned_on
    step.save(update_fields=["planned_on"])
    case = step.case
    if planned_on is not None and step.held_on is None:
        put_date(
            owner=case.owner,
            source=_source(step),
            title=f"{step.name}: {case.title}",
            due_on=planned_on,
            role="adviser",
            address=reverse("decisions:case", kwargs={"owner": case.owner.code, "case": case.pk}),
            by=by,
        )
    tell("decisions.step_planned", case, step.pk, by, {"on": planned_on.isoformat() if planned_on else ""})


@transaction.atomic
def finish_step(*, step: CaseStep, on: date, by: str, note: str = "") -> None:
    """A step without a protocol was held (a sketch, a dialogue, a consultation, the aftermath)."""
    if step.kind in BODIES:
        raise ValueError("a body's step is finished by its protocol")
    step.held_on, step.note = on, note
    step.save(update_fields=["held_on", "note"])
    finish_date(source=_source(step), owner=step.case.owner, by=by)
    tell("decisions.step_finished", step.case, step.pk, by, {"on": on.isoformat()})


def _source(step: CaseStep) -> str:
    return f"decisions.step:{step.pk}"


@transaction.atomic
def write_text(
    *, case: PoliticalCase, part: str, text: str, version: int, by: str, at: datetime | None = None
) -> CaseText:
    """Write one part of the case document. `version` is the one the writer saw, 0 for a part nobody has written.

    Raises ConflictError when somebody else wrote meanwhile, NotReadyError once the case is sent, and KeyError for a
    part that there is not.
    """
    if part not in paper.KEYS:
        raise KeyError(part)
    held = PoliticalCase.objects.select_for_update().get(pk=case.pk)
    if held.state != CaseState.PREPARED:
        raise NotReadyError(["sent"])
    row, is_new = CaseText.objects.get_or_create(
        case=held, part=part, defaults={"text": text, "by": by, "at": at or timezone.now()}
    )
    if is_new:
        tell("decisions.text_written", held, held.pk, by, {"part": part, "version": 1})
        return row
    row.text, row.by, row.at = text, by, at or timezone.now()
    if version == 0:
        raise ConflictError(CaseText.objects.get(pk=row.pk), row)
    save_changes(row, version=version, fields=("text", "by", "at"))
    tell("decisions.text_written", held, held.pk, by, {"part": part, "version": row.version})
    return row


@dataclass(frozen=True, slots=True)
class Clash:
    """A part that somebody else wrote meanwhile: what one wanted, and what stands there."""

    part: str
    mine: str
    theirs: CaseText


class ClashError(Exception):
    """Nothing was written, since some parts were changed by somebody else."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__(", ".join(clash.part for clash in clashes))
        self.clashes = tuple(clashes)


@transaction.atomic
def write_paper(
    *, case: PoliticalCase, writings: Sequence[tuple[str, str, int]], by: str, at: datetime | None = None
) -> None:
    """Write several parts (part, text, version seen), all or none. Raises ClashError with every clash."""
    clashes = []
    for part, text, version in writings:
        try:
            write_text(case=case, part=part, text=text, version=version, by=by, at=at)
        except ConflictError:
            clashes.append(Clash(part, text, CaseText.objects.get(case=case, part=part)))
    if clashes:
        raise ClashError(clashes)


@transaction.atomic
def set_number(*, case: PoliticalCase, number: str, by: str) -> None:
    """The archive's number of the case."""
    case.number = number
    case.save(update_fields=["number"])
    tell("decisions.case_numbered", case, case.pk, by)


@transaction.atomic
def submit_case(*, case: PoliticalCase, by: str, at: datetime | None = None) -> CasePaper:
    """The chief executive sends the case: its document is kept as it is now, with the public edition it points to.
    A plan comes to its reading.

    Raises NotReadyError with every reason at once, and NotAllowedError when it is already sent.
    """
    held = (
        PoliticalCase.objects.select_for_update(of=("self",))
        .select_related("owner__settings", "report")
        .get(pk=case.pk)
    )
    move(held, CaseState.SUBMITTED, paths=CASE_PATHS)
    if reasons := queries.missing_before_sending(held):
        raise NotReadyError(reasons)
    at = at or timezone.now()
    held.rounds += 1
    held.save(update_fields=["state", "rounds"])
    attached = queries.attached_of(held)
    tree = queries.paper_document(held, sent_on=timezone.localdate(at))
    row = CasePaper.objects.create(
        case=held,
        round=held.rounds,
        content=to_json(tree),
        sha256=tree.checksum,
        attached={"version": attached.version, "sha256": attached.sha256} if attached else {},
        sent_at=at,
        sent_by=by,
    )
    Statement.objects.filter(hearing__case=held, state=StatementState.ANSWERED).update(
        state=StatementState.ATTACHED
    )
    present_plan(case=held, on=timezone.localdate(at), by=by)
    tell("decisions.case_submitted", held, row.pk, by, {"round": held.rounds, "sha256": row.sha256})
    case.refresh_from_db()
    return row


@transaction.atomic
def reopen_case(*, case: PoliticalCase, by: str) -> None:
    """Work on a case that was sent back. Raises NotAllowedError for any other."""
    held = PoliticalCase.objects.select_for_update().get(pk=case.pk)
    move(held, CaseState.PREPARED, paths=CASE_PATHS)
    held.save(update_fields=["state"])
    tell("decisions.case_reopened", held, held.pk, by)
    case.refresh_from_db()


@transaction.atomic
def close_case(*, case: PoliticalCase, by: str) -> None:
    """Close a decided case when every point of it has been told done or not done. Raises NotReadyError."""
    held = PoliticalCase.objects.select_for_update().get(pk=case.pk)
    move(held, CaseState.CLOSED, paths=CASE_PATHS)
    ended = (ItemState.DONE, ItemState.NOT_DONE)
    if any(
        line.state not in ended
        for line in queries.item_lines(held.owner, case=held)
        if line.kind == ItemKind.DECISION
    ):
        raise NotReadyError(["open_items"])
    held.save(update_fields=["state"])
    tell("decisions.case_closed", held, held.pk, by)
    case.refresh_from_db()
