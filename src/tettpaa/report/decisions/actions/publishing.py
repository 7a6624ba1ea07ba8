"""Publishing a report: held back while it is planned, checked point by point, let out by a named person."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.audit.states import NotAllowedError, move
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.report.annual.actions import hold_report, publish_report
from tettpaa.report.annual.models import AnnualReport
from tettpaa.report.decisions import checking
from tettpaa.report.decisions.enums import PUBLICATION_PATHS, PublicationState
from tettpaa.report.decisions.models import Confirmation, EarlyReader, Publication


class ChecklistError(Exception):
    """Points of the checklist are open. `keys` are those of `checking.POINTS`."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__(", ".join(keys))
        self.keys = tuple(keys)


@transaction.atomic
def plan_publication(*, report: AnnualReport, planned_for: datetime, by: str) -> Publication:
    """Plan when the report is to be public. From now on nothing newer than what already is public can be seen."""
    row = Publication.objects.select_for_update().filter(report=report).first()
    if row is None:
        row = Publication(owner=report.owner, report=report)
    elif row.state == PublicationState.PUBLISHED:
        move(row, PublicationState.PLANNED, paths=PUBLICATION_PATHS)
    row.planned_for = planned_for
    row.save()
    hold_report(report=report, by=by)
    _tell("decisions.publication_planned", row, by)
    return row


@transaction.atomic
def add_early_reader(
    *, publication: Publication, name: str, role: str, reason: str, by: str, given_at: datetime | None = None
) -> EarlyReader:
    """Write down somebody who sees the report before it is public."""
    if publication.state != PublicationState.PLANNED:
        raise NotAllowedError(publication.state, PublicationState.PLANNED)
    row = EarlyReader.objects.create(
        publication=publication,
        name=name,
        role=role,
        reason=reason,
        given_at=given_at or timezone.now(),
        added_by=by,
    )
    _tell("decisions.early_reader_added", publication, by)
    return row


@transaction.atomic
def confirm(
    *, publication: Publication, key: str, by: str, note: str = "", at: datetime | None = None
) -> None:
    """Answer for a point of the checklist, for the version that is frozen now. KeyError for a point that there is not."""
    if key not in checking.PERSONAL:
        raise KeyError(key)
    Confirmation.objects.get_or_create(
        publication=publication,
        key=key,
        version=publication.report.version,
        defaults={"note": note, "by": by, "at": at or timezone.now()},
    )
    _tell("decisions.checklist_confirmed", publication, by, key)


@transaction.atomic
def publish(*, publication: Publication, viewer: Viewer, by: str, at: datetime | None = None) -> None:
    """Let the newest frozen version out. Raises ChecklistError while a point is open."""
    held = (
        Publication.objects.select_for_update(of=("self",))
        .select_related("report__owner__settings")
        .get(pk=publication.pk)
    )
    move(held, PublicationState.PUBLISHED, paths=PUBLICATION_PATHS)
    if still_open := [point.key for point in checking.checklist(viewer, held) if not point.is_met]:
        raise ChecklistError(still_open)
    publish_report(report=held.report, by=by)
    held.published_at, held.published_by = at or timezone.now(), by
    held.save(update_fields=["state", "published_at", "published_by"])
    _tell("decisions.report_published", held, by)
    publication.refresh_from_db()


def _tell(kind: str, publication: Publication, by: str, key: str = "") -> None:
    record(
        kind=kind,
        by=by,
        subject=str(publication.report),
        subject_key=str(publication.pk),
        owner=publication.owner.code,
        detail={"version": publication.report.version, **({"point": key} if key else {})},
    )
