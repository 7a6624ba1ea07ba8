"""Trend, panel and spark: every row drawn, in its place, and nothing else."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.data.charts.samples import BREAK, HIDDEN, START, drawn, layers, nes, outside, series, texts
from tettpaa.data.charts import panel, spark, trend
from tettpaa.data.charts.inputs import Break, Estimate, Reference
from tettpaa.data.charts.panel import PanelInput, shared_limits
from tettpaa.data.charts.spark import SparkInput
from tettpaa.data.charts.trend import TrendInput
from tettpaa.data.charts.words import NumberStyle, range_text, value_text, year_text
from tettpaa.data.suppression.kinds import Status

LIA = TrendInput(
    "Regning 5. trinn",
    "Lia",
    series([HIDDEN] * 10),
    START,
    breaks=(BREAK,),
    pooled=Estimate("1", "Lia", 2024, 2026, 50.7, 47.5, 53.9, 19),
)


def test_the_series_of_nes() -> None:
    spec = trend.spec(nes())
    assert drawn(spec, "x", "low", "high", "run") == [
        (0, 46.2, 52.2, 1),
        (1, 45.6, 51.6, 1),
        (2, 46.9, 52.9, 1),
        (3, 45.8, 51.8, 1),
        (4, 46.3, 52.3, 1),
        (5.55, 46.6, 52.6, 2),
        (6.55, 45.9, 51.9, 2),
        (7.55, 45.0, 51.0, 2),
        (8.55, 44.3, 50.3, 2),
        (9.55, 44.4, 50.4, 2),
    ]
    assert drawn(spec, "x", "value", "tip") == [
        (0, 49.2, "2017: 49,2 (46,2–52,2)"),
        (1, 48.6, "2018: 48,6 (45,6–51,6)"),
        (2, 49.9, "2019: 49,9 (46,9–52,9)"),
        (3, 48.8, "2020: 48,8 (45,8–51,8)"),
        (4, 49.3, "2021: 49,3 (46,3–52,3)"),
        (5.55, 49.6, "2022: 49,6 (46,6–52,6)"),
        (6.55, 48.9, "2023: 48,9 (45,9–51,9)"),
        (7.55, 48.0, "2024: 48,0 (45,0–51,0)"),
        (8.55, 47.3, "2025: 47,3 (44,3–50,3)"),
        (9.55, 47.4, "2026: 47,4 (44,4–50,4)"),
    ]
    assert drawn(spec, "x", "py", "py2") == [(4.775, -22, 232)]
    assert texts(spec) == [
        *("44", "46", "48", "50", "52"),
        *("2017", "2026", "2022", "2021", "2019", "2024"),
        *("Gammel prøve", "Ny prøve fra 2022", "Landet 50", "Nes 47,4"),
    ]


def test_before_a_break_all_is_fainter_and_no_line_crosses_it() -> None:
    spec = trend.spec(nes())
    areas = layers(spec, "area")
    assert [area["mark"]["opacity"] for area in areas] == ["theme:band_old", "theme:band"]
    assert [len(area["data"]["values"]) for area in areas] == [5, 5]
    own = [line for line in layers(spec, "line") if line["mark"]["color"] != "theme:ref"]
    assert [line["mark"]["color"] for line in own] == ["theme:accent_old", "theme:accent"]
    assert [{row["run"] for row in line["data"]["values"]} for line in own] == [{1}, {2}]
    reference = [line for line in layers(spec, "line") if line["mark"]["color"] == "theme:ref"]
    assert [(row["x"], row["run"]) for row in reference[0]["data"]["values"]][3:7] == [
        (3, 1),
        (4, 1),
        (5.55, 2),
        (6.55, 2),
    ]


def test_a_year_alone_has_a_dot_and_a_bar_and_hidden_years_a_square() -> None:
    chart = nes(values=[49.2, HIDDEN, 49.9, HIDDEN, Status.NO_PARTICIPANTS, 49.6, 48.9, 48.0, 47.3, HIDDEN])
    spec = trend.spec(chart)
    bars = [layer for layer in layers(spec, "rule") if layer["mark"]["strokeWidth"] == 9]
    assert [[row["x"] for row in bar["data"]["values"]] for bar in bars] == [[0, 2]]
    squares = [layer for layer in layers(spec, "point") if layer["mark"]["shape"] == "square"]
    assert squares[0]["data"]["values"] == [
        {"x": 1, "tip": "2018: Skjult for å verne elevene"},
        {"x": 3, "tip": "2020: Skjult for å verne elevene"},
        {"x": 9.55, "tip": "2026: Skjult for å verne elevene"},
    ]
    # The line ended a year early, so its label says when.
    assert "Nes 47,3 (2025)" in texts(spec)
    assert trend.table(chart, "nb").rows[0] == ("2026", "", "Skjult for å verne elevene", "", "50,0")
    assert trend.table(chart, "nb").rows[5] == ("2021", "", "Ingen deltok", "", "50,0")


def test_years_together_stand_where_single_years_are_hidden() -> None:
    spec = trend.spec(LIA)
    assert drawn(spec, "x", "x2", "low", "high") == [(7.55, 9.55, 47.5, 53.9)]
    assert drawn(spec, "x", "x2", "value", "tip") == [(7.55, 9.55, 50.7, "2024–26: 50,7 (47,5–53,9)")]
    assert texts(spec)[-1] == "Lia 50,7"
    assert trend.table(LIA, "nn").rows[0] == ("2024–26", "19", "50,7", "47,5–53,9")
    assert trend.alt(LIA, "nn") == (
        "Regning 5. trinn, Lia, 2017 til 2026: 50,7 i 2024–26, truleg mellom 47,5 og 53,9. "
        "Serien er broten i 2022, så tal før og etter kan ikkje samanliknast. 10 skjulte tal er ikkje viste."
    )


def test_a_hidden_pooled_level_is_not_drawn() -> None:
    gone = Estimate("1", "Lia", 2024, 2026, None, status=HIDDEN)
    chart = TrendInput("Regning", "Lia", LIA.figures, START, pooled=gone)
    assert layers(trend.spec(chart), "rect") == []
    assert trend.alt(chart, "nb") == "Regning, Lia: ingen tall kan vises. 10 skjulte tall vises ikke."
    assert trend.alt(chart, "en") == "Regning, Lia: no figures can be shown. 10 hidden figures."


def test_alt_in_three_languages() -> None:
    assert trend.alt(nes(), "nb") == (
        "Regning 5. trinn, Nes, 2017 til 2026: 47,4 i 2026, trolig mellom 44,4 og 50,4; Landet 50. "
        "Serien er brutt i 2022, så tall før og etter kan ikke sammenlignes."
    )
    assert trend.alt(nes(), "nn") == (
        "Regning 5. trinn, Nes, 2017 til 2026: 47,4 i 2026, truleg mellom 44,4 og 50,4; Landet 50. "
        "Serien er broten i 2022, så tal før og etter kan ikkje samanliknast."
    )
    assert trend.alt(nes(), "en") == (
        "Regning 5. trinn, Nes, 2017 to 2026: 47.4 in 2026, probably between 44.4 and 50.4; Landet 50. "
        "The series breaks in 2022, so figures before and after cannot be compared."
    )


def test_table_is_newest_first_with_the_old_series_last() -> None:
    table = trend.table(nes(), "nb")
    assert table.caption == "Regning 5. trinn, Nes"
    assert table.header == ("År", "Elever", "Verdi", "Trolig mellom", "Landet")
    assert table.rows[0] == ("2026", "34", "47,4", "44,4–50,4", "50,0")
    assert [row[0] for row in table.rows[-table.folded :]] == ["2021", "2020", "2019", "2018", "2017"]


def test_only_old_figures_leave_the_end_of_the_line_unnamed() -> None:
    chart = nes(values=[49.2, 48.6, 49.9, 48.8, 49.3, *[HIDDEN] * 5])
    assert [text for text in texts(trend.spec(chart)) if text.startswith("Nes")] == []
    assert trend.alt(chart, "nb").startswith("Regning 5. trinn, Nes, 2017 til 2026: 49,3 i 2021, trolig")


def test_long_names_take_two_lines_and_two_references_two_dashes() -> None:
    second = Reference("Fjordvik", series([50.4] * 10, half=None, unit="F"))
    chart = TrendInput(
        "Regning", "Breidablikk oppvekstsenter", nes().figures, START, (*nes().references, second)
    )
    spec = trend.spec(chart, size="narrow")
    assert set(texts(spec)[-4:]) == {"Fjordvik 50,4", "Landet 50", "Breidablikk op…", "47,4"}
    dashes = [line["mark"]["strokeDash"] for line in layers(spec, "line") if "strokeDash" in line["mark"]]
    assert dashes == [[1, 3.2], [4, 3]]


@pytest.mark.parametrize(
    ("size", "width", "height"), [("wide", 452, 300), ("page", 492, 280), ("narrow", 350, 250)]
)
def test_sizes(size: str, width: int, height: int) -> None:
    spec = trend.spec(nes(), size=size)
    pad = spec["padding"]
    assert spec["width"] + pad["left"] + pad["right"] == width
    assert spec["height"] + pad["top"] + pad["bottom"] == height


def test_panels_share_a_scale_and_only_the_first_names_the_nation() -> None:
    charts = (nes(), LIA)
    limits = shared_limits(charts, START)
    assert limits.words(START, "nb") == "44 til 54"
    first, second = panel.spec(PanelInput(nes(), limits, first=True)), panel.spec(PanelInput(nes(), limits))
    assert sorted(texts(first)) == ["2017", "2026", "47,4", "Landet"]
    assert texts(second) == ["2017", "2026", "47,4"]
    scales = [spec["layer"][0]["encoding"]["y"]["scale"]["domain"] for spec in (first, second)]
    assert scales == [[44, 54], [44, 54]]
    assert texts(panel.spec(PanelInput(LIA, limits))) == ["2017", "2026", "50,7"]
    assert panel.table(PanelInput(LIA, limits), "nb") == trend.table(LIA, "nb")
    assert panel.alt(PanelInput(LIA, limits), "nb") == trend.alt(LIA, "nb")


def test_panels_without_an_end_have_no_end_label() -> None:
    only_old = nes(values=[49.2, 48.6, 49.9, 48.8, 49.3, *[HIDDEN] * 5])
    no_nation = TrendInput("Regning", "Lia", series([HIDDEN] * 10), START, (Reference("Landet", ()),))
    limits = shared_limits((only_old, no_nation), START)
    assert texts(panel.spec(PanelInput(only_old, limits))) == ["2017", "2026"]
    assert texts(panel.spec(PanelInput(no_nation, limits, first=True))) == ["2017", "2026"]
    assert texts(trend.spec(no_nation))[-1] == "2025"


def test_years_together_may_lack_an_interval_and_reach_outside() -> None:
    pooled = Estimate("1", "Lia", 2014, 2016, 50.7)
    chart = TrendInput("Regning", "Lia", series([HIDDEN] * 3, first=2016), START, pooled=pooled)
    assert layers(trend.spec(chart), "rect") == []
    assert drawn(trend.spec(chart), "x", "x2", "value") == [(0, 0, 50.7)]
    assert layers(panel.spec(PanelInput(chart, shared_limits((chart,), START))), "rect") == []


def test_a_break_near_the_edge_drops_the_words_that_do_not_fit() -> None:
    edge = Break(2018, "En prøve med et svært langt navn", "Ny")
    chart = TrendInput("Regning", "Nes", nes().figures, START, breaks=(edge, BREAK))
    written = texts(trend.spec(chart, size="narrow"))
    assert edge.before not in written
    assert "Ny" in written
    assert BREAK.before not in written


def test_a_spark_has_the_rule_of_its_break() -> None:
    assert drawn(spark.spec(SparkInput(nes())), "x", "py", "py2") == [(4.775, 0, 24)]
    whole = TrendInput("Regning", "Nes", nes().figures, START)
    assert drawn(spark.spec(SparkInput(whole)), "x", "py", "py2") == []


def test_spark_has_no_text_and_the_end_is_a_dot() -> None:
    spec = spark.spec(SparkInput(nes()))
    assert texts(spec) == []
    assert drawn(spec, "x", "value")[-1] == (9.55, 47.4)
    assert spec["description"] == spark.alt(SparkInput(nes()), "nb") == trend.alt(nes(), "nb")
    assert spark.table(SparkInput(nes()), "nb") == trend.table(nes(), "nb")
    # Hidden years get a strip of their own under the line.
    with_hidden = spark.spec(SparkInput(LIA), size="narrow")
    low, high = with_hidden["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert (47.5 - low) / (high - low) > 0.3


states = st.one_of(
    st.floats(0, 100),
    st.sampled_from([s for s in Status if s is not Status.OK]),
)


@st.composite
def trends(draw: st.DrawFn) -> TrendInput:
    """Any series of up to 12 years with any holes, any name, any break and year style."""
    values = draw(st.lists(states, min_size=1, max_size=12))
    style = NumberStyle(
        decimals=draw(st.integers(0, 2)),
        percent=draw(st.booleans()),
        years=draw(st.sampled_from(list(START.years.__class__))),
    )
    half = draw(st.one_of(st.none(), st.floats(0, 20)))
    nation = Reference("Landet", series([50.0] * len(values), half=None, unit="NO"))
    name = draw(st.text(st.characters(codec="latin-1", categories=["L"]), min_size=1, max_size=30))
    breaks = (BREAK,) if draw(st.booleans()) else ()
    return TrendInput("Regning", name, series(values, half=half), style, (nation,), breaks)


@settings(max_examples=150)
@given(trends(), st.sampled_from(["nb", "nn", "en"]))
def test_the_table_holds_exactly_what_is_drawn(chart: TrendInput, language: str) -> None:
    spec, style = trend.spec(chart, language=language), chart.style
    laid = trend.lay(chart)
    years = {point.x: year_text(point.period, style.years) for point in laid.points}
    values = {
        years[x]: value_text(value, style, language) for x, value, _ in drawn(spec, "x", "value", "tip")
    }
    ranges = {
        years[x]: range_text(low, high, style, language) for x, low, high in drawn(spec, "x", "low", "high")
    }
    table = trend.table(chart, language)
    shown = {row[0]: row for row in table.rows if row[0] in values}
    assert {year: row[2] for year, row in shown.items()} == values
    assert {year: row[3] for year, row in shown.items() if row[3]} == ranges
    for row in table.rows:
        if row[0] not in values:
            assert row[1] == row[3] == ""
            assert not any(character.isdigit() for character in row[2])


@settings(max_examples=150)
@given(trends(), st.sampled_from(["wide", "page", "narrow"]))
def test_no_text_leaves_the_picture_and_end_labels_never_meet(chart: TrendInput, size: str) -> None:
    spec = trend.spec(chart, size=size)
    assert outside(spec) == []
    edge = spec["width"] + 9
    ends = sorted(y for x, y, _ in drawn(spec, "px", "py", "text") if x == edge)
    assert all(below - above >= 14.8 for above, below in itertools.pairwise(ends))
    limits = shared_limits((chart,), chart.style)
    assert [
        text for text in outside(panel.spec(PanelInput(chart, limits), size=size)) if "," not in text
    ] == []
