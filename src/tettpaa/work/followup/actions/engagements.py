"""Advisers from outside for a time: four steps, visits and contacts between, SWOT and expectation analysis."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.states import NotAllowedError, move
from tettpaa.core.orgs.models import Unit
from tettpaa.work.followup.actions.telling import tell
from tettpaa.work.followup.enums import VERB_PATHS, Verb
from tettpaa.work.followup.models import Contact, Engagement, FollowUpCase, Point


@transaction.atomic
def start_engagement(  # noqa: PLR0913 - who, where, what for
    *,
    owner: Unit,
    school: Unit,
    advisers: str,
    goal: str,
    by: str,
    case: FollowUpCase | None = None,
    on: date | None = None,
) -> Engagement:
    """Begin an engagement, with or without a case: advisers are a help and no verdict."""
    if not advisers.strip() or not goal.strip():
        raise ValueError("say who comes, and what for")
    if case is not None and case.school_id != school.pk:
        raise ValueError("the case is the school's own")
    row = Engagement.objects.create(
        owner=owner,
        school=school,
        case=case,
        advisers=advisers,
        goal=goal,
        starts_on=on or timezone.localdate(),
        started_by=by,
    )
    tell("followup.engagement_started", owner, row.pk, by)
    return row


@transaction.atomic
def move_engagement(*, engagement: Engagement, to: str, by: str, on: date | None = None) -> None:
    """On to the next of the four steps, back to one that needs more, or to the end."""
    held = Engagement.objects.select_for_update(of=("self",)).select_related("owner").get(pk=engagement.pk)
    move(held, to, paths=VERB_PATHS)
    held.ends_on = (on or timezone.localdate()) if to == Verb.ENDED else None
    held.save(update_fields=["state", "ends_on"])
    tell("followup.engagement_moved", held.owner, held.pk, by, {"to": to})
    engagement.refresh_from_db()


@transaction.atomic
def add_contact(*, engagement: Engagement, kind: str, text: str, by: str, on: date | None = None) -> Contact:
    """A visit, a call or mail between visits, or a note, in the step where the engagement is."""
    if engagement.state == Verb.ENDED:
        raise NotAllowedError(engagement.state, kind)
    if not text.strip():
        raise ValueError("a person's words are needed")
    row = Contact.objects.create(
        engagement=engagement,
        kind=kind,
        verb=engagement.state,
        on=on or timezone.localdate(),
        text=text,
        by=by,
    )
    tell("followup.contact_added", engagement.owner, engagement.pk, by, {"kind": kind})
    return row


@transaction.atomic
def add_point(*, engagement: Engagement, kind: str, text: str, by: str, role: str = "") -> Point:
    """A line of the SWOT or of the expectation analysis."""
    if not text.strip():
        raise ValueError("a person's words are needed")
    row = Point.objects.create(
        engagement=engagement,
        kind=kind,
        role=role,
        text=text,
        order=engagement.points.filter(kind=kind).count(),
    )
    tell("followup.point_added", engagement.owner, engagement.pk, by, {"kind": kind})
    return row


@transaction.atomic
def drop_point(*, point: Point, by: str) -> None:
    """Take a line away."""
    engagement = point.engagement
    point.delete()
    tell("followup.point_dropped", engagement.owner, engagement.pk, by)
