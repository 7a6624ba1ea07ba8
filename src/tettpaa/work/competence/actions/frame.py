"""The owner's own numbers for the requirements, and the daily judging."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from tettpaa.core.orgs.models import Unit
from tettpaa.work.competence.actions.judging import judge_owner
from tettpaa.work.competence.actions.telling import tell
from tettpaa.work.competence.models import RequirementSetting
from tettpaa.work.competence.requirements import school_year


@dataclass(frozen=True)
class Asked:
    """Credits asked for in a subject at a stage, from a day. 0 means that nothing is asked."""

    subject: str
    stage: str
    credits: Decimal
    valid_from: date
    source: str
    valid_to: date | None = None
    key: str = ""


@transaction.atomic
def set_requirement(*, owner: Unit, asked: Asked, by: str) -> RequirementSetting:
    """Confirm or set a number, with where it stands. The rows of this school year are judged anew."""
    key = asked.key or f"{asked.subject}-{asked.stage.replace('_', '-')}-{asked.valid_from.isoformat()}"
    row, _made = RequirementSetting.objects.update_or_create(
        owner=owner,
        key=key,
        defaults={
            "subject": asked.subject,
            "stage": asked.stage,
            "credits": asked.credits,
            "valid_from": asked.valid_from,
            "valid_to": asked.valid_to,
            "source": asked.source,
        },
    )
    today = timezone.localdate()
    judge_owner(owner, school_year(today), today)
    tell("competence.requirement_set", owner, "kompetansekrav", row.pk, by, {"key": key})
    return row


@transaction.atomic
def drop_requirement(*, owner: Unit, key: str, by: str) -> None:
    """Take an own number away; the table's holds again."""
    RequirementSetting.objects.filter(owner=owner, key=key).delete()
    today = timezone.localdate()
    judge_owner(owner, school_year(today), today)
    tell("competence.requirement_dropped", owner, "kompetansekrav", key, by)
