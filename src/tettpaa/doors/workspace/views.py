"""Pages of the workspace: each asks its query for the page and prints it."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from tettpaa.core.orgs.permissions import Permission
from tettpaa.core.orgs.queries import schools_of
from tettpaa.core.orgs.request import PlacedRequest
from tettpaa.core.ui.language import reader_language
from tettpaa.data.charts.drawing import draw
from tettpaa.doors.workspace.charting import Place, theme_of
from tettpaa.doors.workspace.downloads import download
from tettpaa.doors.workspace.enums import Against
from tettpaa.doors.workspace.memo import shared
from tettpaa.doors.workspace.pictures import json_of, svg_of
from tettpaa.doors.workspace.placing import placed_school, whole_number
from tettpaa.doors.workspace.queries.about import credits_page, method_page
from tettpaa.doors.workspace.queries.chart import asked, chart_asked
from tettpaa.doors.workspace.queries.cohorts import cohorts_page
from tettpaa.doors.workspace.queries.indicator import indicator_page
from tettpaa.doors.workspace.queries.indicators import indicators_page
from tettpaa.doors.workspace.queries.now import now, now_address
from tettpaa.doors.workspace.queries.overview import overview as overview_page
from tettpaa.doors.workspace.queries.report_box import report_box
from tettpaa.doors.workspace.queries.school import school_page
from tettpaa.doors.workspace.queries.school_indicator import school_indicator_page
from tettpaa.doors.workspace.queries.schools import schools_page
from tettpaa.doors.workspace.queries.start import start_page
from tettpaa.doors.workspace.queries.tables import figures_table, schools_table
from tettpaa.doors.workspace.queries.threads import thread_page, threads_page
from tettpaa.doors.workspace.queries.trace import trace_page

THREADS_AT_ONCE = 30


class HtmxRequest(PlacedRequest):
    """A placed request that knows whether a script asks for a part of a page."""

    htmx: bool


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The reader's own place: a school, a municipality, a choice between several, or a kind word."""
    found = start_page(request.viewer)  # type: ignore[attr-defined]
    if found.address:
        return redirect(found.address)
    return render(request, "workspace/start.html", {"view": found})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this is, whose figures it shows, and how to tell us about a hindrance."""
    return render(request, "workspace/about.html", {"credits": credits_page()})


@require_safe
def overview(request: PlacedRequest, owner: str) -> HttpResponse:
    """What the schools' figures say together."""
    viewer, place = request.viewer, request.owner
    page = overview_page(viewer, place, request.GET.get("indikator"))
    context = {"view": page, "may_read_imports": viewer.may(Permission.IMPORTS_READ, place)}

    def draw_body() -> str:
        return render_to_string("workspace/overview_body.html", context)

    # The body is a hundred kilobytes of tables that many readers share: it is written once a release.
    key = ("overview body", page.chosen, context["may_read_imports"])
    context |= {
        "body": shared(viewer, place, key, draw_body) if page.attention.has_figures else "",
        "today": timezone.localdate(),
        "report": report_box(viewer, place),
        "may_import": viewer.may(Permission.IMPORTS_WRITE, place),
        "now_address": now_address(viewer, place),
    }
    return render(request, "workspace/overview.html", context)


@require_safe
def schools(request: PlacedRequest, owner: str) -> HttpResponse:
    """The owner's schools, alphabetically."""
    page = schools_page(
        request.viewer, request.owner, request.GET.get("navn", "")[:80], request.GET.get("bare", "")[:20]
    )
    return render(request, "workspace/schools.html", {"view": page})


@require_safe
def schools_file(request: PlacedRequest, owner: str, format: str) -> HttpResponse:  # noqa: A002
    """The list of schools as a file."""
    return download(schools_table(request.owner), format, reader_language())


@require_safe
def school(request: PlacedRequest, owner: str, school: str) -> HttpResponse:
    """One school's page."""
    page = school_page(
        request.viewer, request.owner, placed_school(request), Against.of(request.GET.get("mot"))
    )
    address = now_address(request.viewer, request.owner, placed_school(request))
    return render(request, "workspace/school.html", {"view": page, "now_address": address})


@require_safe
def work_now(request: HtmxRequest, owner: str) -> HttpResponse:
    """What waits for the owner: a part of the front page, which comes after it, or a page of its own."""
    return _now(request)


@require_safe
def school_work_now(request: HtmxRequest, owner: str, school: str) -> HttpResponse:
    """What waits at one school, in the same two forms."""
    return _now(request, at_school=True)


def _now(request: HtmxRequest, at_school: bool = False) -> HttpResponse:
    school = placed_school(request) if at_school else None
    found = now(request.viewer, request.owner, timezone.localdate(), school)
    if request.htmx:
        return render(request, "workspace/parts/now.html", {"now": found})
    return render(request, "workspace/now.html", {"now": found, "place": school or request.owner})


@require_safe
def school_file(request: PlacedRequest, owner: str, school: str, format: str) -> HttpResponse:  # noqa: A002
    """A school's figures as a file, in the edition the reader sees."""
    indicator = request.GET.get("indikator")
    made = figures_table(request.viewer, request.owner, [placed_school(request)], indicator)
    return download(made, format, reader_language())


@require_safe
def school_indicator(request: PlacedRequest, owner: str, school: str, indicator: str) -> HttpResponse:
    """One indicator of one school, whole."""
    against = Against.of(request.GET.get("mot"))
    page = school_indicator_page(request.viewer, request.owner, placed_school(request), indicator, against)
    if page is None:
        raise Http404
    return render(request, "workspace/school_indicator.html", {"view": page})


@require_safe
def indicators(request: PlacedRequest, owner: str) -> HttpResponse:
    """All indicators by theme."""
    page = indicators_page(request.viewer, request.owner)
    return render(request, "workspace/indicators.html", {"view": page})


@require_safe
def indicator(request: PlacedRequest, owner: str, indicator: str) -> HttpResponse:
    """One indicator for all schools."""
    page = indicator_page(request.viewer, request.owner, indicator, whole_number(request.GET.get("trinn")))
    if page is None:
        raise Http404
    return render(request, "workspace/indicator.html", {"view": page})


@require_safe
def indicator_file(request: PlacedRequest, owner: str, indicator: str, format: str) -> HttpResponse:  # noqa: A002
    """One indicator for the municipality and all its schools, as a file."""
    units = [request.owner, *schools_of(request.owner)]
    made = figures_table(request.viewer, request.owner, units, indicator, whole=True)
    return download(made, format, reader_language())


@require_safe
def cohorts(request: PlacedRequest, owner: str) -> HttpResponse:
    """The same pupils from grade 5 to 8 and 9."""
    page = cohorts_page(
        request.viewer, request.owner, request.GET.get("fag", ""), request.GET.get("sted", "")
    )
    return render(request, "workspace/cohorts.html", {"view": page})


@require_safe
def trace(request: HtmxRequest, owner: str, figure: int) -> HttpResponse:
    """Where a figure comes from: a drawer when scripts ask, else a page of its own."""
    page = trace_page(request.viewer, request.owner, figure)
    if page is None:
        raise Http404
    name = "workspace/trace.html#drawer" if request.htmx else "workspace/trace.html"
    response = render(request, name, {"view": page, "level": 2 if request.htmx else 1})
    response["Vary"] = "HX-Request"
    return response


@require_safe
def thread(request: PlacedRequest, owner: str, school: str, goal: UUID) -> HttpResponse:
    """One goal at one school, from the plan to the decision."""
    page = thread_page(request.viewer, request.owner, placed_school(request), goal, timezone.localdate())
    return render(request, "workspace/thread.html", {"view": page})


@require_safe
def threads(request: PlacedRequest, owner: str) -> HttpResponse:
    """All threads of the owner that the reader may follow."""
    page = threads_page(request.viewer, request.owner, timezone.localdate())
    rows = Paginator(page.rows, THREADS_AT_ONCE).get_page(request.GET.get("side"))
    return render(request, "workspace/threads.html", {"view": page, "rows": rows})


@require_safe
def method(request: PlacedRequest, owner: str) -> HttpResponse:
    """How we reckon, in plain words."""
    return render(request, "workspace/method.html", {"view": method_page(request.owner)})


@require_safe
def chart(request: PlacedRequest, owner: str, **parts: str) -> HttpResponse:
    """A chart's picture or spec. An address whose figures have changed leads to the chart of today."""
    ask = asked(parts["kind"], parts["unit"], parts["indicator"], int(parts["grade"]), parts["variant"])
    made = (
        chart_asked(request.viewer, request.owner, ask)
        if ask and parts["suffix"] in {"svg", "json"}
        else None
    )
    if ask is None or made is None:
        raise Http404
    drawing, dark = draw(made, size=ask.size, language=reader_language()), request.GET.get("tema") == "mork"
    if drawing.digest != parts["digest"]:
        place = Place(request.owner, ask.kind, ask.unit, ask.topic.indicator, ask.topic.grade, ask.extra)
        return redirect(place.address(ask.size, drawing.digest, parts["suffix"], dark=dark))
    theme = theme_of(request.owner, dark=dark)
    if parts["suffix"] == "svg":
        response = HttpResponse(svg_of(drawing, theme), content_type="image/svg+xml")
    else:
        response = HttpResponse(json_of(drawing, theme), content_type="application/json")
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    return response
