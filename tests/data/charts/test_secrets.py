"""A hidden figure leaves no trace: not in the spec, not in the axis, not in the words."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.data.charts.samples import BREAK, HIDDEN, LANDET, START, figure, hidden, level
from tettpaa.data.charts.bars import Bar, BarsInput
from tettpaa.data.charts.cohort import Cohort, CohortInput
from tettpaa.data.charts.drawing import ChartInput, draw, table_of
from tettpaa.data.charts.funnel import FunnelInput, Limit, School
from tettpaa.data.charts.inputs import Estimate
from tettpaa.data.charts.panel import PanelInput, shared_limits
from tettpaa.data.charts.rows import Row, RowsInput
from tettpaa.data.charts.spark import SparkInput
from tettpaa.data.charts.strip import StripInput
from tettpaa.data.charts.trend import TrendInput
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.data.suppression.kinds import Status

KINDS = ("trend", "panel", "spark", "rows", "strip", "funnel", "years", "schools", "cohort")


def charts(secret: SafeFigure) -> dict[str, ChartInput]:
    """Every kind of chart with one figure that must not be seen among some that may."""
    open_year, late = figure(2023, 48.0), figure(2025, 49.5)
    shut = Estimate.of(secret, "Ås")
    trend = TrendInput("Regning", "Ås", (open_year, secret, late), START, breaks=(BREAK,), pooled=shut)
    limits = shared_limits((trend,), START)
    return {
        "trend": trend,
        "panel": PanelInput(trend, limits, first=True),
        "spark": SparkInput(trend),
        "rows": RowsInput("Regning", (Row(shut), Row(level("Nes", 48.0))), START, LANDET),
        "strip": StripInput("Regning", shut, limits, LANDET, START, named=True),
        "funnel": FunnelInput(
            "Regning",
            (School(shut), School(level("Nes", 48.0))),
            (Limit(10, 45, 55),),
            LANDET,
            (hidden("x"), shut),
        ),
        "years": BarsInput("Elever", (Bar(open_year), Bar(secret), Bar(late))),
        "schools": BarsInput("Elever", (Bar(secret, "Ås"), Bar(open_year, "Nes")), "schools"),
        "cohort": CohortInput("Regning", (Cohort("Kull", (open_year, secret)),), START, LANDET),
    }


def everything(chart: ChartInput) -> str:
    """All that leaves the room for a chart."""
    drawings = [draw(chart, size=size, language=lang) for size in ("wide", "narrow") for lang in ("nb", "en")]
    return json.dumps([[d.spec, d.alt, d.digest] for d in drawings]) + repr(table_of(chart))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", [s for s in Status if s is not Status.OK])
def test_every_kind_looks_the_same_whatever_the_secret_is(kind: str, status: Status) -> None:
    one, other = (
        charts(figure(2024, value, status, half=half, n=n, grade=5))[kind]
        for value, half, n in ((37.7391, 2.7182, 7), (961.4142, 55.5, 8888))
    )
    assert everything(one) == everything(other)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_number_is_there_when_it_may_be_shown(kind: str) -> None:
    # Proves that the test above could fail.
    shown, gone = (charts(figure(2024, 37.7391, status))[kind] for status in (Status.OK, HIDDEN))
    assert "37.7" in everything(shown) or "38" in everything(shown)
    assert "37.7" not in everything(gone)
    assert "37,7" not in everything(gone)


@settings(max_examples=30)
@given(st.floats(-1e6, 1e6), st.floats(0, 1e5), st.integers(0, 10**6))
def test_no_secret_moves_a_trend(value: float, half: float, n: int) -> None:
    plain = charts(figure(2024, 0.0, HIDDEN))["trend"]
    assert everything(charts(figure(2024, value, HIDDEN, half=half, n=n))["trend"]) == everything(plain)


def test_values_are_written_no_finer_than_the_table() -> None:
    chart = TrendInput("Regning", "Nes", (figure(2023, 47.123456), figure(2024, 48.987654)), START)
    assert "47.12" not in everything(chart)
    assert "48.98" not in everything(chart)
