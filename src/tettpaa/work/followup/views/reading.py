"""The list, a school's follow-up, and a case with its four voices."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.work.agreements.panels import Thread, thread_of
from tettpaa.work.followup import actions, queries, wording
from tettpaa.work.followup.enums import FOLLOWED, LIVE
from tettpaa.work.followup.views.placing import case_or_404, looked, school_of

if TYPE_CHECKING:
    from tettpaa.work.agreements.models import Agreement

ENDED_AT_ONCE = 40


def _thread(viewer: Viewer, agreements: "Iterable[Agreement]") -> Thread | None:
    """A case lies in the thread of the agreement it led to, if it has one."""
    for agreement in agreements:
        wording = agreement.wordings.order_by("-number").first()
        if wording and (found := thread_of(viewer, wording)):
            return found
    return None


@require_safe
def cases(request: PlacedRequest, owner: str) -> HttpResponse:
    """Signals that wait and cases, alphabetically by school; only for those with the permission."""
    looked(request, request.owner.code)
    signals = queries.signals_to_judge(request.viewer, request.owner)
    found = queries.cases(request.viewer, request.owner)
    ended = [case for case in found if case.state not in LIVE]
    first, second = wording.list_line(len(signals), sum(case.state in FOLLOWED for case in found))
    context = {
        "first": first,
        "second": second,
        "signals": signals,
        "doubt": wording.list_doubt(signals),
        "live": [case for case in found if case.state in LIVE],
        "ended": Paginator(ended, ENDED_AT_ONCE).get_page(request.GET.get("side")),
        "may_look": request.viewer.may(Permission.CASES_WRITE, request.owner),
    }
    return render(request, "followup/cases.html", context)


@require_POST
def look(request: PlacedRequest, owner: str) -> HttpResponse:
    """Look through the figures again."""
    found = actions.find_signals(owner=request.owner, by=request.viewer.email)
    if found:
        text = ngettext("Ett nytt signal.", "%(n)d nye signaler.", len(found)) % {"n": len(found)}
        messages.success(request, text)
    else:
        messages.info(request, _("Ingen nye signaler."))
    return redirect("followup:cases", owner=owner)


@require_safe
def school_cases(request: PlacedRequest, owner: str, school: str) -> HttpResponse:
    """The same for one school; the principal sees what the owner sees."""
    place = school_of(request)
    looked(request, place.code)
    signals = queries.signals_to_judge(request.viewer, request.owner, place)
    found = queries.cases(request.viewer, request.owner, place)
    context = {
        "school": place,
        "first": wording.school_line(place.label, signals, found),
        "signals": signals,
        "readings": queries.level_readings(request.viewer, place),
        "cases": found,
        "engagements": queries.engagements_at(request.viewer, request.owner, place),
        "may_write": request.viewer.may(Permission.CASES_WRITE, place),
    }
    return render(request, "followup/school.html", context)


@require_safe
def case(request: PlacedRequest, owner: str, school: str, case: UUID) -> HttpResponse:
    """Four voices in fixed order, the stairs, the support, and what must hold to go down."""
    found = case_or_404(request, case)
    looked(request, found.pk)
    voices = queries.voices_of(found)
    missing = queries.missing_for_step(found)
    agreements = queries.agreements_of(found)
    viewer, place, today = request.viewer, found.school, timezone.localdate()
    context = {
        "case": found,
        "school": place,
        "first": wording.case_line(found),
        "lede": wording.case_lede(voices),
        "voices": voices,
        "road": wording.state_line(found, min((s.found_on for s in voices.signals), default=None)),
        "stair": wording.stair(queries.ladder_of(request.owner), found.step),
        "support": queries.support_of(found),
        "criteria": queries.criteria_of(found),
        "agreements": agreements,
        "meetings": queries.meetings_of(found),
        "engagements": queries.engagements_of(found),
        "missing": wording.missing_line(missing) if missing else "",
        "may_write": viewer.may(Permission.CASES_WRITE, place),
        "may_decide": viewer.may(Permission.CASES_DECIDE, place),
        "may_comment": viewer.may(Permission.CASES_COMMENT, place),
        "may_decide_now": found.state == "commented"
        or (found.state == "assessed" and today > found.answer_by),
        "is_live": found.state in LIVE,
        "is_followed": found.state in FOLLOWED,
        "thread": _thread(viewer, agreements),
    }
    return render(request, "followup/case.html", context)
