"""What the room shows on others' pages: lines on the front pages, and a part of one's own page."""

from datetime import date
from typing import Final

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.core.ui.panels import Asked, Item, PackagePart
from tettpaa.work.competence.access import is_self, led_by
from tettpaa.work.competence.models import Employee
from tettpaa.work.competence.shelves import OwnPart
from tettpaa.work.funds import queries
from tettpaa.work.funds.access import may_rank
from tettpaa.work.funds.enums import PERSONAL, RANKER, REPORTING, CallState, DateKind, State
from tettpaa.work.funds.models import Application, Call, StateNeed

_SHOWN: Final = 6  # the newest; the rest stand on the room's own page


def items(asked: Asked) -> list[Item]:
    """A draft that is not sent, a report that is due, applications that wait for a leader's word, a call to be ranked.
    No names.

    A constant number of queries: none for who neither applies, leads nor ranks.
    """
    viewer, owner = asked.viewer, asked.owner
    if not any(
        permission in grant.role.permissions
        for grant in viewer.grants
        for permission in (Permission.FUNDS_APPLY, Permission.FUNDS_ENDORSE, Permission.FUNDS_RANK)
    ):
        return []
    return [
        *_own(viewer, owner, asked.school),
        *_words(viewer, owner, asked.school),
        *_ranking(viewer, owner),
    ]


def _own(viewer: Viewer, owner: Unit, school: Unit | None) -> list[Item]:
    """Drafts in calls that are open and reports that are due: one's own, and those of the schools one leads. Two
    queries."""
    mine = Q(employee__email=viewer.email.lower())
    schools = [one.pk for one in queries.led_schools(viewer, owner) if school is None or one.pk == school.pk]
    if schools:
        mine |= Q(is_personal=False, school__in=schools)
    waits = Q(state=State.DRAFT, call__state=CallState.OPEN) | Q(
        state=State.PAID, call__scheme__kind__in=REPORTING
    )
    rows = Application.objects.filter(mine, waits, owner=owner)
    found = rows.select_related("call__scheme", "school").prefetch_related("call__dates").order_by("pk")
    return [_own_item(one, owner) for one in found]


def _own_item(one: Application, owner: Unit) -> Item:
    is_draft = one.state == State.DRAFT
    title = _("Send søknaden: %(title)s") if is_draft else _("Skriv rapport: %(title)s")
    return Item(
        kind="due",
        title=title % {"title": one.title},
        address=reverse("funds:application", args=[owner.code, one.pk]),
        when=_date(one.call, DateKind.APPLY if is_draft else DateKind.REPORT),
        place=one.school.label if one.school and not one.is_personal else "",
        note=one.call.scheme.name,
        mine=True,
    )


def _words(viewer: Viewer, owner: Unit, school: Unit | None) -> list[Item]:
    """How many applications at a school wait for the leader."""
    found = []
    for place in queries.led_schools(viewer, owner):
        if school is not None and place.pk != school.pk:
            continue
        rows = Application.objects.filter(
            owner=owner, school=place, state=State.SUBMITTED, employee__in=led_by(viewer, owner, place)
        )
        count = rows.count()
        if count:
            found.append(
                Item(
                    kind="waiting",
                    title=ngettext(
                        "Én søknad venter på det du sier", "%(count)s søknader venter på det du sier", count
                    )
                    % {"count": count},
                    address=reverse("funds:staff", args=[owner.code, place.code]),
                    place=place.label,
                    mine=True,
                )
            )
    return found


def _ranking(viewer: Viewer, owner: Unit) -> list[Item]:
    """Calls that the owner is to rank. One with a date stands in the wheel as the ranker's own work already."""
    if not may_rank(viewer, owner):
        return []
    in_wheel = any(grant.role.key == RANKER for grant in viewer.grants)
    return [
        Item(
            kind="due",
            title=_("Prioriter søknadene: %(name)s") % {"name": one.scheme.name},
            address=reverse("funds:board", args=[owner.code, one.pk]),
            when=_date(one, DateKind.RANK),
            mine=True,
        )
        for one in queries.calls_of(owner, state=CallState.RANKING)
        if not (in_wheel and _date(one, DateKind.RANK))
    ]


def _last_day(call: Call) -> date | None:
    return _date(call, DateKind.APPLY)


def _date(call: Call, kind: DateKind) -> date | None:
    return next((row.on for row in call.dates.all() if row.kind == kind), None)


def package_part(asked: Asked) -> PackagePart | None:
    """What the school has been given to develop for, and the state's money it takes part in, for a meeting.

    No persons, so everybody in the meeting reads it, also years later. Two queries.
    """
    if asked.school is None or not asked.viewer.may(Permission.FUNDS_READ, asked.owner):
        return None
    content = {
        "grants": [_grant(one) for one in queries.grants_of(asked.owner, asked.school)[:_SHOWN]],
        "needs": [_need(one) for one in queries.needs_at(asked.owner, asked.school)[:_SHOWN]],
    }
    if not any(content.values()):
        return None
    return PackagePart("funds", _("Utviklingsmidler"), 66, "funds/part.html", content)


def _grant(one: Application) -> dict[str, object]:
    """Plain values, to be sealed."""
    return {
        "year": one.call.year,
        "title": one.title,
        "goal": one.goal.text if one.goal else "",
        "granted": str(one.granted) if one.granted is not None else "",
        "report": one.report,
    }


def _need(one: StateNeed) -> dict[str, object]:
    return {
        "years": [one.first_year, one.last_year],
        "title": one.title,
        "partner": one.partner,
        "state": one.state,
    }


def own_part(viewer: Viewer, employee: Employee, today: date) -> OwnPart | None:
    """One's own applications and the open calls, only for oneself."""
    if not is_self(viewer, employee):
        return None
    rows = Application.objects.filter(employee=employee).select_related("call__scheme")
    found = list(rows.order_by("-call__year", "-submitted_on"))
    calls = [
        one
        for one in queries.calls_of(employee.owner, state=CallState.OPEN)
        if one.scheme.kind in PERSONAL and _is_not_late(one, today)
    ]
    if not found and not calls:
        return None
    content = {"applications": found, "calls": calls, "owner": employee.owner.code}
    return OwnPart(key="funds", order=40, template="funds/own.html", content=content)


def _is_not_late(call: Call, today: date) -> bool:
    last = _last_day(call)
    return last is None or today <= last
