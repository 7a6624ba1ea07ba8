"""What every deed of the room writes down: its audit event, and the line of a history."""

from datetime import date, timedelta
from typing import Any, Final

from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.jobs.actions import enqueue
from tettpaa.core.orgs.models import Unit
from tettpaa.work.funds.enums import TOLD
from tettpaa.work.funds.models import Application, ApplicationStep

FRESH: Final = timedelta(days=31)  # what is written in long afterwards is not told of by letter


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
    """One line of an application's history, its event, and the letter that tells the applicant."""
    step = ApplicationStep.objects.create(
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
    if application.state in TOLD and step.on >= timezone.localdate() - FRESH:
        enqueue(kind="funds.tell", arguments={"step": step.pk}, by=by, owner=application.owner.code)
