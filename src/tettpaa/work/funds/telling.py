"""What every deed of the room writes down: its audit event, and the line of a history."""

from datetime import date
from typing import Any

from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.models import Unit
from tettpaa.work.funds.models import Application, ApplicationStep


def day(on: date | None) -> date:
    """The day a deed is told of: as said, else today."""
    return on or timezone.localdate()


def tell(kind: str, owner: Unit, subject: str, key: object, by: str, **detail: Any) -> None:
    """One event. `detail` holds no words of an application and no names."""
    record(
        kind=f"funds.{kind}",
        by=by,
        subject=subject,
        subject_key=str(key),
        owner=owner.code,
        detail=detail,
    )


def remember(application: Application, before: str, reason: str, on: date | None, by: str) -> None:
    """One line of an application's history, and its event."""
    ApplicationStep.objects.create(
        application=application, before=before, after=application.state, on=day(on), reason=reason, by=by
    )
    tell(
        "application_moved",
        application.owner,
        "søknad",
        application.pk,
        by,
        before=before,
        state=application.state,
    )
