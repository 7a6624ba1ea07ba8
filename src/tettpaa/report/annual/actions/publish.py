"""Holding a report back until its day, and letting it out."""

from django.db import transaction

from tettpaa.core.audit.actions import record
from tettpaa.report.annual.enums import State
from tettpaa.report.annual.models import AnnualReport


class NotFrozenError(Exception):
    """There is no frozen version to publish, or the newest texts are not in it."""


@transaction.atomic
def hold_report(*, report: AnnualReport, by: str) -> None:
    """From now on what is frozen is not public before `publish_report`; what already is public stays so."""
    held = AnnualReport.objects.select_for_update().get(pk=report.pk)
    if held.public_version is None:
        held.public_version = held.version
        held.save(update_fields=["public_version"])
        _tell("annual.report_held", held, by)
    report.refresh_from_db()


@transaction.atomic
def publish_report(*, report: AnnualReport, by: str) -> None:
    """Let the newest frozen version out. Raises NotFrozenError while the report is worked on."""
    held = AnnualReport.objects.select_for_update().get(pk=report.pk)
    if held.state != State.FROZEN:
        raise NotFrozenError
    if held.public_version is not None:
        held.public_version = None
        held.save(update_fields=["public_version"])
        _tell("annual.report_published", held, by)
    report.refresh_from_db()


def _tell(kind: str, report: AnnualReport, by: str) -> None:
    record(
        kind=kind,
        by=by,
        subject=str(report),
        subject_key=str(report.pk),
        owner=report.owner.code,
        detail={"version": report.version},
    )
