"""The catalogue, one offer, the calendar of it, the file, and whether readers found what they looked for."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.language import reader_language
from tettpaa.work.offers import actions, queries
from tettpaa.work.offers.access import may_edit, may_lead, offer_for_reading
from tettpaa.work.offers.forms import FilterForm, FoundForm, WhyForm
from tettpaa.work.offers.parts import WITH_SEAT
from tettpaa.work.offers.standing import Standing
from tettpaa.work.offers.views.places import calendar_answer, file_answer, me_of, papers_of, thread_of
from tettpaa.work.yearwheel.rules import school_year_of

LEAVING: Final = frozenset({"applied", "waiting", "confirmed"})
OVER: Final = frozenset({Standing.OVER, Standing.CANCELLED})


@require_safe
def catalogue(request: PlacedRequest, owner: str) -> HttpResponse:
    """The year's offers, a page at a time, with filters that can be linked to."""
    today, me = timezone.localdate(), me_of(request)
    form, wanted = _wanted(request)
    page, lines = queries.catalogue(request.viewer, request.owner, wanted, me, today)
    query = urlencode({key: str(value) for key, value in request.GET.items() if key != "side" and value})
    context = {
        "form": form,
        "wanted": wanted,
        "list_page": page,
        "lines": lines,
        "query": query,
        "page_query": f"{query}&" if query else "",
        "dates": queries.dates_of(request.owner, wanted.year),
        "may_edit": may_edit(request.viewer, request.owner),
        "is_staff": me is not None,
        "has_filter": bool(wanted.service or wanted.kind or wanted.text),
        "leads_here": request.viewer.may(Permission.OFFERS_APPROVE, request.owner),
    }
    return render(request, "offers/catalogue.html", context)


def _wanted(request: PlacedRequest) -> tuple[FilterForm, queries.Wanted]:
    today = timezone.localdate()
    years = queries.years_of(request.viewer, request.owner, today)
    this = school_year_of(today)
    form = FilterForm(
        {"ar": this} | request.GET.dict(), years=years, services=queries.service_choices(request.owner)
    )
    form.is_valid()
    values = form.cleaned_data
    side = request.GET.get("side", "1")
    return form, queries.Wanted(
        year=values.get("ar") or this,
        service=values.get("tjeneste", ""),
        kind=values.get("slag", ""),
        text=values.get("sok", ""),
        side=int(side) if side.isdecimal() and len(side) < 5 else 1,
    )


@require_safe
def export(request: PlacedRequest, owner: str, kind: str) -> HttpResponse:
    """The catalogue that the filters leave, as a file."""
    if kind not in {"csv", "xlsx"}:
        raise Http404
    _form, wanted = _wanted(request)
    rows: list[list[Any]] = []
    for one in queries.every_line(request.viewer, request.owner, wanted, timezone.localdate()):
        offer = one.offer
        rows.append([
            offer.title, str(offer.get_kind_display()), one.service, offer.target_group,
            offer.starts_on.isoformat() if offer.starts_on else "", one.gatherings,
            "" if offer.seats is None else offer.seats, one.taken, "" if offer.cost is None else offer.cost,
            offer.held_by, offer.goal.text if offer.goal else "",
        ])  # fmt: skip
    header = [
        _("Tilbud"), _("Slag"), _("Tjeneste"), _("Målgruppe"), _("Første samling"), _("Samlinger"), _("Plasser"),
        _("Opptatt"), _("Pris i kroner"), _("Holdes av"), _("Mål i planen"),
    ]  # fmt: skip
    return file_answer("kurskatalog", kind, header, rows, reader_language())


@require_safe
def offer(request: PlacedRequest, owner: str, offer: UUID) -> HttpResponse:
    """One offer: what, when, for whom, why; and the reader's own step."""
    found = offer_for_reading(request.viewer, request.owner, offer)
    today, me = timezone.localdate(), me_of(request)
    line = queries.lines_of(request.owner, [found], me, today)[0]
    mine = line.mine
    in_queue = mine is not None and mine.seat is None and mine.state in {"applied", "waiting"}
    days, finishes = queries.of_offer(found), _may_finish(request, found)
    has_seat = mine is not None and mine.state in WITH_SEAT
    context = {
        "offer": found,
        "line": line,
        "days": days,
        "day_open": has_seat
        or (finishes and (found.network is None or may_lead(request.viewer, found.network))),
        "said": [one for one in queries.factors_of(found) if one.fit],
        "area": dict(queries.area_choices(request.owner)).get(found.area, ""),
        "thread": thread_of(request, me, found.goal),
        "may_edit": may_edit(request.viewer, request.owner),
        "may_finish": finishes,
        "can_hold": found.state == "published" and bool(days) and all(one.on <= today for one in days),
        "tally": queries.tally_of(found) if finishes else None,
        "papers": papers_of(request, mine) if mine and mine.state == "completed" else [],
        "may_register": _may_register(me, line),
        "may_leave": mine is not None and mine.state in LEAVING and line.standing not in OVER,
        "is_staff": me is not None,
        "mine": mine,
        "place": queries.number_in_queue(mine) if mine and in_queue else 0,
        "form": WhyForm(),
        "answer_days": queries.rules_of(request.owner).answer_days,
        "survey": queries.survey_of(found),
    }
    return render(request, "offers/offer.html", context)


def _may_finish(request: PlacedRequest, found: Any) -> bool:
    return may_edit(request.viewer, request.owner) or may_lead(request.viewer, found.network)


def _may_register(me: Any, line: queries.OfferLine) -> bool:
    """An employee who is in the target place and not in the line, while it is open."""
    if me is None or line.standing not in {Standing.OPEN, Standing.FULL}:
        return False
    if line.offer.school_id is not None and line.offer.school_id != me.school_id:
        return False
    return line.mine is None or line.mine.state in {"declined", "withdrawn", "lapsed"}


@require_safe
def offer_calendar(request: PlacedRequest, owner: str, offer: UUID) -> HttpResponse:
    """All days of an offer as a calendar file."""
    found = offer_for_reading(request.viewer, request.owner, offer)
    content = queries.calendar_of(found.title, queries.of_offer(found), reader_language())
    return calendar_answer(content, "kurs")


@require_POST
def found(request: PlacedRequest, owner: str) -> HttpResponse:
    """Yes or no, and perhaps what was missing. Nobody's name is kept."""
    form = FoundForm(request.POST)
    back = reverse("offers:catalogue", kwargs={"owner": owner})
    if not form.is_valid():
        messages.error(request, _("Svar ja eller nei."))
        return redirect(back)
    values, about = form.cleaned_data, None
    if values["offer"]:
        about = offer_for_reading(request.viewer, request.owner, values["offer"])
        back = reverse("offers:offer", kwargs={"owner": owner, "offer": about.pk})
    actions.say_found(owner=request.owner, offer=about, found=values["found"], missed=values["missed"])
    messages.success(request, _("Takk. Vi bruker svaret til å gjøre siden bedre."))
    return redirect(back)


@require_safe
def page_words(request: PlacedRequest, owner: str) -> HttpResponse:
    """What readers said of the pages."""
    yes, no, missed = queries.page_words(request.owner)
    return render(request, "offers/page_words.html", {"yes": yes, "no": no, "missed": missed})
