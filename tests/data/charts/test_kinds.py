"""Rows, strip, funnel, bars and cohort: rows drawn, words, tables."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.data.charts.samples import (
    HIDDEN,
    LANDET,
    START,
    drawn,
    figure,
    fjordvik,
    hidden,
    layers,
    level,
    outside,
    series,
    texts,
)
from tettpaa.data.charts import bars, cohort, funnel, rows, strip
from tettpaa.data.charts.bars import Bar, BarsInput
from tettpaa.data.charts.cohort import Cohort, CohortInput
from tettpaa.data.charts.drawing import ChartInput, draw
from tettpaa.data.charts.funnel import FunnelInput, Limit, School
from tettpaa.data.charts.inputs import Break, Certainty, Estimate, ReferenceLevel
from tettpaa.data.charts.rows import Row, RowsInput
from tettpaa.data.charts.scales import Domain
from tettpaa.data.charts.strip import StripInput
from tettpaa.data.charts.words import COUNT, NumberStyle, YearStyle, range_text, value_text
from tettpaa.data.suppression.kinds import Status

FUNNEL = FunnelInput(
    "Regning 5. trinn",
    (School(level("Vik", 51.8, n=189), outside=True), School(level("Lia", 50.7, n=19)), School(hidden("Ås"))),
    tuple(Limit(n, 50 - 16.45 / n**0.5, 50 + 16.45 / n**0.5) for n in (10, 50, 100, 200, 5000)),
    LANDET,
    (level("x", 49.0, n=60), level("y", 53.0, n=31), hidden("z")),
)
COHORTS = CohortInput(
    "Regning",
    (
        Cohort(
            "5. trinn 2017",
            (figure(2020, 50.2, grade=8), figure(2017, 49.0), figure(2021, 0, HIDDEN, grade=9)),
        ),
        Cohort(
            "5. trinn 2022", (figure(2022, 48.0), figure(2025, 49.2, grade=8), figure(2026, 49.9, grade=9))
        ),
    ),
    START,
    LANDET,
)


def test_rows_stand_in_alphabetical_order() -> None:
    spec = rows.spec(fjordvik())
    assert drawn(spec, "value", "py", "tip") == [
        (50.7, 18, "Lia: 50,7 (49,2–52,2)"),
        (47.1, 54, "Nes: 47,1 (45,6–48,6)"),
        (51.8, 90, "Vik: 51,8 (50,3–53,3)"),
    ]
    assert drawn(spec, "low", "high", "py") == [(49.2, 52.2, 18), (45.6, 48.6, 54), (50.3, 53.3, 90)]
    # The rule of the reference passes every row but the hidden one.
    assert drawn(spec, "reference", "py", "py2") == [(50, 0, 36), (50, 36, 72), (50, 72, 108)]
    squares = [layer for layer in layers(spec, "point") if layer["mark"]["shape"] == "square"]
    assert squares[0]["data"]["values"] == [{"px": 5, "py": 126}]


def test_rows_say_how_sure_we_are() -> None:
    spec = rows.spec(fjordvik())
    assert "Trolig over landet" in texts(spec)
    assert "Klart under landet" in texts(spec)
    assert "Kan ikke si ennå" in texts(spec)
    shapes = [layer["mark"] for layer in layers(spec, "point") if layer["mark"].get("stroke") == "theme:ink"]
    assert [mark.get("strokeDash") for mark in shapes] == [[2, 2], None, None, None]
    assert [mark["fill"] for mark in shapes] == ["theme:bg", "theme:ink", "theme:bg", "theme:ink"]


def test_rows_table_and_alt() -> None:
    assert rows.table(fjordvik(), "nb").header == ("Skole", "Elever", "Nivå", "Trolig mellom", "Mot landet")
    assert rows.table(fjordvik(), "nb").rows == (
        ("Lia", "19", "50,7", "49,2–52,2", "Kan ikke si ennå"),
        ("Nes", "1\u00a0102", "47,1", "45,6–48,6", "Klart under landet"),
        ("Vik", "189", "51,8", "50,3–53,3", "Trolig over landet"),
        ("Ås", "", "Skjult for å verne elevene", "", ""),
    )
    assert rows.alt(fjordvik(), "nb") == (
        "Regning 5. trinn: 4 skoler i alfabetisk rekkefølge, fra 47,1 til 51,8; Landet 50. "
        "Nes: Klart under landet; Vik: Trolig over landet. Skjult: Ås."
    )
    assert rows.alt(fjordvik(), "en") == (
        "Regning 5. trinn: 4 schools in alphabetical order, from 47.1 to 51.8; Landet 50. "
        "Nes: Clearly below landet; Vik: Probably above landet. Hidden: Ås."
    )
    assert rows.alt(fjordvik(), "nn").startswith(
        "Regning 5. trinn: 4 skular i alfabetisk rekkjefølgje, frå 47,1"
    )


def test_rows_without_reference_or_certainty() -> None:
    plain = RowsInput("Trivsel", (Row(level("Nes", 4.2, 0.2)), Row(level("Vik", 4.4, 0.2))))
    assert rows.table(plain, "nb").header == ("Skole", "Elever", "Nivå", "Trolig mellom")
    assert rows.table(plain, "nb").caption == "Trivsel"
    assert drawn(rows.spec(plain, size="page"), "reference") == []
    sure = RowsInput("Trivsel", (Row(level("Nes", 4.2), Certainty.LIKELY),))
    assert rows.table(sure, "nb").rows[0][-1] == "Trolig"
    assert rows.table(sure, "nb").header[-1] == "Hvor sikkert"


def test_rows_keep_to_given_limits_and_may_lack_an_interval() -> None:
    limits = Domain(40, 60, (40, 50, 60))
    bare = Estimate("1", "Nes", 2024, 2026, 48.0)
    spec = rows.spec(RowsInput("Regning", (Row(bare),), limits=limits))
    assert spec["layer"][0]["encoding"]["x"]["scale"]["domain"] == [40, 60]
    assert drawn(spec, "low") == []
    assert drawn(spec, "value") == [(48.0,)]
    assert drawn(strip.spec(StripInput("Regning", bare, limits)), "low") == []


def test_rows_all_hidden() -> None:
    gone = RowsInput("Trivsel", (Row(hidden("Ås")), Row(hidden("Nes"))), reference=LANDET)
    assert rows.alt(gone, "nb") == "Trivsel. Skjult: Nes, Ås."
    assert drawn(rows.spec(gone), "value") == []


@pytest.mark.parametrize(
    ("size", "width", "height"), [("wide", 792, 176), ("page", 492, 144), ("narrow", 350, 344)]
)
def test_rows_are_as_tall_as_they_need(size: str, width: int, height: int) -> None:
    spec = rows.spec(fjordvik(), size=size)
    pad = spec["padding"]
    assert spec["width"] + pad["left"] + pad["right"] == width
    assert spec["height"] + pad["top"] + pad["bottom"] == height


@settings(max_examples=60)
@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 30), st.booleans()), min_size=1, max_size=12))
def test_rows_table_holds_exactly_what_is_drawn(levels: list[tuple[float, float, bool]]) -> None:
    chart = RowsInput(
        "Regning",
        tuple(
            Row(level(f"Skole {i:02d}", value, half) if shown else hidden(f"Skole {i:02d}"))
            for i, (value, half, shown) in enumerate(levels)
        ),
    )
    spec, style = rows.spec(chart), chart.style
    shown = [row for row in rows.table(chart, "nb").rows if row[1]]
    assert [row[2] for row in shown] == [value_text(v, style, "nb") for (v,) in drawn(spec, "value")]
    assert [row[3] for row in shown] == [
        range_text(lo, hi, style, "nb") for lo, hi in drawn(spec, "low", "high")
    ]
    assert len(shown) == sum(shown for *_, shown in levels)


def test_strip() -> None:
    chart = StripInput("Regning", level("Nes", 48.0), Domain(44, 54, ()), LANDET, named=True)
    spec = strip.spec(chart)
    assert drawn(spec, "low", "high") == [(46.5, 49.5)]
    assert drawn(spec, "reference") == [(50,)]
    assert drawn(spec, "value") == [(48.0,)]
    assert texts(spec) == ["48,0", "Landet 50"]
    assert strip.alt(chart, "nb") == "Regning, Nes: 48,0, trolig mellom 46,5 og 49,5; Landet 50."
    assert strip.table(chart, "nb").rows == (("Nes", "100", "48,0", "46,5–49,5"),)


def test_strip_hidden_or_bare() -> None:
    chart = StripInput("Regning", hidden("Ås"), Domain(44, 54, ()), LANDET, named=True)
    assert texts(strip.spec(chart)) == ["Skjult for å verne elevene", "Landet 50"]
    assert drawn(strip.spec(chart), "value") == []
    assert strip.alt(chart, "nn") == "Regning, Ås: Skjult for å verne elevane."
    bare = StripInput("Regning", level("Nes", 48.0), Domain(44, 54, ()))
    assert texts(strip.spec(bare, size="page")) == []
    assert strip.alt(bare, "en") == "Regning, Nes: 48.0, probably between 46.5 and 49.5."
    alone = StripInput("Regning", level("Nes", 48.0), Domain(44, 54, ()), named=True)
    assert texts(strip.spec(alone)) == ["48,0"]


def test_funnel_circles() -> None:
    spec = funnel.spec(FUNNEL)
    assert drawn(spec, "n", "value", "tip") == [
        (19, 50.7, "Lia: 50,7 (49,2–52,2)"),
        (189, 51.8, "Vik: 51,8 (50,3–53,3)"),
    ]
    others = [layer for layer in layers(spec, "point") if layer["mark"]["fill"] == "theme:ref"]
    assert others[0]["data"]["values"] == [{"n": 60, "value": 49.0}, {"n": 31, "value": 53.0}]
    rings = [layer["mark"]["fill"] for layer in layers(spec, "point") if "tooltip" in layer["encoding"]]
    assert rings == ["theme:bg", "theme:accent"]
    # The limits stop where the schools do.
    assert [n for n, _, _ in drawn(spec, "n", "low", "high")] == [10, 50, 100]
    assert {"Lia", "Vik", "Skjult: Ås"} <= set(texts(spec))


def test_funnel_axes_come_from_what_is_shown() -> None:
    heights, counts = funnel.axes(FUNNEL)
    assert heights.high > 50 + 16.45 / 10**0.5
    assert (counts.low, counts.high) == (0, pytest.approx(189 * 1.05))


def test_funnel_words() -> None:
    assert funnel.alt(FUNNEL, "nb") == (
        "Regning 5. trinn: 3 skoler etter antall elever; Vik ligger utenfor trakten; Landet 50. Skjult: Ås."
    )
    assert funnel.alt(FUNNEL, "nn").startswith(
        "Regning 5. trinn: 3 skular etter talet på elevar; Vik ligg utanfor"
    )
    calm = FunnelInput("Regning", FUNNEL.schools[1:2], FUNNEL.limits, LANDET)
    assert (
        funnel.alt(calm, "en")
        == "Regning: 1 schools by number of pupils; none is outside the funnel; Landet 50."
    )
    assert funnel.table(calm, "nb").caption == "Regning. Landet 50"
    assert funnel.table(FUNNEL, "nb").caption == "Regning 5. trinn. Landet 50, 2 andre skoler"
    assert funnel.table(FUNNEL, "nb").rows == (
        ("Lia", "19", "50,7", "49,2–52,2", "Nei"),
        ("Vik", "189", "51,8", "50,3–53,3", "Ja"),
        ("Ås", "", "Skjult for å verne elevene", "", ""),
    )


def test_narrow_funnel_names_the_outliers_and_the_smallest() -> None:
    schools = (*FUNNEL.schools, School(level("Nes", 49.0, n=102)))
    chart = FunnelInput("Regning", schools, FUNNEL.limits, LANDET)
    assert {"Lia", "Vik", "Nes"} <= set(texts(funnel.spec(chart)))
    narrow = texts(funnel.spec(chart, size="narrow"))
    assert ("Nes" in narrow, "Vik" in narrow, "Lia" in narrow) == (False, True, True)
    assert "Innenfor trakten:" not in narrow


def test_a_crowded_funnel_leaves_names_out_rather_than_over_each_other() -> None:
    crowd = tuple(School(level(f"Skole nummer {i}", 50.0 + i / 50, n=100)) for i in range(30))
    spec = funnel.spec(FunnelInput("Regning", crowd, (), LANDET))
    assert len(drawn(spec, "n", "value", "tip")) == 30
    assert 2 <= sum(text.startswith("Skole nummer") for text in texts(spec)) < 30


def test_columns_by_year() -> None:
    chart = BarsInput("Elever ved Nes", tuple(Bar(f) for f in series([214, 220, HIDDEN, 208], half=None)))
    spec = bars.spec(chart)
    assert drawn(spec, "year", "value") == [(2017, 214), (2018, 220), (2020, 208)]
    squares = [layer for layer in layers(spec, "point") if layer["mark"]["shape"] == "square"]
    assert [row["year"] for row in squares[0]["data"]["values"]] == [2019]
    assert texts(spec)[-1] == "208"
    assert spec["layer"][0]["encoding"]["y"]["scale"]["domain"][0] == 0
    assert (
        bars.alt(chart, "nb") == "Elever ved Nes: 214 i 2017–18 og 208 i 2020–21. Ett skjult tall vises ikke."
    )
    assert (
        bars.alt(chart, "nn")
        == "Elever ved Nes: 214 i 2017–18 og 208 i 2020–21. Eitt skjult tal er ikkje vist."
    )
    assert bars.alt(chart, "en") == "Elever ved Nes: 214 in 2017–18 and 208 in 2020–21. One hidden figure."
    assert bars.table(chart, "nb").rows == (
        ("2020–21", "208"),
        ("2019–20", "Skjult for å verne elevene"),
        ("2018–19", "220"),
        ("2017–18", "214"),
    )


def test_many_columns_get_an_axis_and_only_the_newest_its_count() -> None:
    style = NumberStyle(decimals=0, years=YearStyle.START)
    chart = BarsInput("Elever", tuple(Bar(f) for f in series([12345.0] * 12, half=None)), style=style)
    spec = bars.spec(chart, size="narrow")
    assert texts(spec).count("12\u00a0345") == 1
    assert texts(spec)[:3] == ["0", "5\u00a0000", "10\u00a0000"]


def test_rows_of_counts_by_school() -> None:
    schools = (
        ("Vik", 480.0, Status.OK),
        ("Ås", 0.0, HIDDEN),
        ("Nes", 214.0, Status.OK),
        ("Ny", 0, Status.MISSING),
    )
    chart = BarsInput(
        "Elever", tuple(Bar(figure(2024, v, s), name) for name, v, s in schools), "schools", COUNT
    )
    spec = bars.spec(chart)
    assert drawn(spec, "value", "tip") == [(214, "Nes: 214"), (480, "Vik: 480")]
    assert len(drawn(spec, "px", "py")) == len(texts(spec)) + 1  # one square, for the hidden one
    assert bars.table(chart, "nb").rows == (
        ("Nes", "214"),
        ("Ny", "Mangler"),
        ("Vik", "480"),
        ("Ås", "Skjult for å verne elevene"),
    )
    assert bars.alt(chart, "en") == (
        "Elever: 4 schools in alphabetical order, from 214 to 480. One hidden figure."
    )


def test_bars_with_nothing_to_show() -> None:
    gone = BarsInput("Elever", (Bar(figure(2024, 1, HIDDEN)),))
    assert bars.alt(gone, "nb") == "Elever. Ett skjult tall vises ikke."
    assert drawn(bars.spec(gone), "value") == []
    assert texts(bars.spec(BarsInput("Elever", ()))) == []


def test_cohorts() -> None:
    spec = cohort.spec(COHORTS)
    assert drawn(spec, "grade", "value", "tip") == [
        (5, 49.0, "5. trinn 2017, 5. trinn 2017: 49,0"),
        (8, 50.2, "5. trinn 2017, 8. trinn 2020: 50,2"),
        (5, 48.0, "5. trinn 2022, 5. trinn 2022: 48,0"),
        (8, 49.2, "5. trinn 2022, 8. trinn 2025: 49,2"),
        (9, 49.9, "5. trinn 2022, 9. trinn 2026: 49,9"),
    ]
    # Only the newest cohort has its interval.
    assert drawn(spec, "grade", "low", "high") == [(5, 45.0, 51.0), (8, 46.2, 52.2), (9, 46.9, 52.9)]
    assert drawn(spec, "reference") == [(50,)]
    assert drawn(spec, "x", "tip") == [(9, "5. trinn 2017, 9. trinn 2021: Skjult for å verne elevene")]
    assert {"5. trinn 2017", "5. trinn 2022", "Landet 50"} <= set(texts(spec))


def test_cohort_words() -> None:
    assert cohort.alt(COHORTS, "en") == (
        "Regning, the same pupils through the grades: 5. trinn 2017: Grade 5 49.0, Grade 8 50.2; "
        "5. trinn 2022: Grade 5 48.0, Grade 8 49.2, Grade 9 49.9; Landet 50. One hidden figure."
    )
    assert cohort.alt(COHORTS, "nb").startswith("Regning, de samme elevene gjennom trinnene: ")
    assert cohort.alt(COHORTS, "nn").startswith("Regning, dei same elevane gjennom trinna: ")
    assert cohort.table(COHORTS, "nb").rows == (
        ("5. trinn 2017", "5. trinn", "2017", "49,0", ""),
        ("5. trinn 2017", "8. trinn", "2020", "50,2", ""),
        ("5. trinn 2017", "9. trinn", "2021", "Skjult for å verne elevene", ""),
        ("5. trinn 2022", "5. trinn", "2022", "48,0", "45,0–51,0"),
        ("5. trinn 2022", "8. trinn", "2025", "49,2", "46,2–52,2"),
        ("5. trinn 2022", "9. trinn", "2026", "49,9", "46,9–52,9"),
    )


def test_no_cohort_line_crosses_a_break() -> None:
    broken = CohortInput("Regning", COHORTS.cohorts[1:], START, breaks=(Break(2024, "a", "b"),))
    assert [run for _, _, run in drawn(cohort.spec(broken), "grade", "value", "run")] == [1, 2, 2]
    assert cohort.table(broken, "nb").caption == "Regning"


def test_cohorts_hidden_in_the_same_grade_stand_side_by_side() -> None:
    gone = CohortInput(
        "Regning", tuple(Cohort(f"Kull {i}", (figure(2020 + i, 0, HIDDEN),)) for i in range(3))
    )
    spec = cohort.spec(gone, size="narrow")
    places = [x for x, _ in drawn(spec, "x", "tip")]
    assert places[0] == 5
    assert places == sorted(set(places))
    assert cohort.alt(gone, "nb") == "Regning. 3 skjulte tall vises ikke."


LONG = "Øvre Fjordvik oppvekstsenter, avdeling ungdomstrinn"
WIDE_NUMBERS = NumberStyle(decimals=1, percent=True)
CROWDED = (
    fjordvik(),
    RowsInput("R", (Row(level(LONG, 100.0, 20), Certainty.LIKELY), Row(hidden(LONG))), WIDE_NUMBERS, LANDET),
    RowsInput("R", (Row(level(LONG, 10.0, 5)), Row(level("Nes", 90.0, 5))), WIDE_NUMBERS, LANDET),
    FUNNEL,
    FunnelInput("R", (School(level(LONG, 99.9, n=3000), outside=True), School(hidden(LONG))), (), LANDET),
    StripInput("R", level("Nes", 100.0), Domain(0, 100, ()), LANDET, WIDE_NUMBERS, named=True),
    COHORTS,
    CohortInput("R", (Cohort(LONG, COHORTS.cohorts[0].figures), Cohort(LONG, COHORTS.cohorts[1].figures))),
    BarsInput("E", tuple(Bar(f) for f in series([12345.0] * 14, half=None))),
    BarsInput("E", (Bar(figure(2024, 1234567.0), LONG), Bar(figure(2024, 0, HIDDEN), "Ås")), "schools"),
)


@pytest.mark.parametrize("size", ["wide", "page", "narrow"])
@pytest.mark.parametrize("chart", CROWDED, ids=lambda chart: type(chart).__name__)
def test_no_text_leaves_any_picture(chart: ChartInput, size: str) -> None:
    for language in ("nb", "nn", "en"):
        assert outside(draw(chart, size=size, language=language).spec) == []


def test_a_reference_below_the_least_level_is_inside_the_axis() -> None:
    low = ReferenceLevel("Landet", "landet", 30.0)
    assert rows.limits_of(RowsInput("R", (Row(level("Nes", 50.0)),), reference=low)).low < 30
    assert cohort.limits_of(CohortInput("R", COHORTS.cohorts, START, low)).low < 30
