"""Invented series for the chart tests: Fjordvik's schools, no real unit."""

from collections.abc import Sequence

from tettpaa.data.charts.inputs import Break, Certainty, Estimate, Reference, ReferenceLevel
from tettpaa.data.charts.lettering import text_width
from tettpaa.data.charts.rows import Row, RowsInput
from tettpaa.data.charts.trend import TrendInput
from tettpaa.data.charts.words import NumberStyle, YearStyle
from tettpaa.data.suppression.figure import SafeFigure, safe_figure
from tettpaa.data.suppression.kinds import Status

START = NumberStyle(years=YearStyle.START)
BREAK = Break(2022, "Gammel prøve", "Ny prøve fra 2022")
LANDET = ReferenceLevel("Landet", "landet", 50.0)
HIDDEN = Status.HIDDEN_BY_US


def figure(
    period: int,
    value: float,
    status: Status = Status.OK,
    *,
    half: float | None = 3.0,
    unit: str = "974000001",
    grade: int = 5,
    n: int = 34,
) -> SafeFigure:
    """A figure as published; with a status that hides it, the numbers given here are what must not come out."""
    return safe_figure(
        id=period,
        unit=unit,
        indicator="np.regning",
        period=period,
        grade=grade,
        gender=0,
        value=value,
        low=None if half is None else value - half,
        high=None if half is None else value + half,
        n=n,
        status=status,
        edition=0,
        release=1,
    )


def series(
    values: Sequence[float | Status], first: int = 2017, half: float | None = 3.0, unit: str = "974000001"
) -> tuple[SafeFigure, ...]:
    """One figure a year; a status in place of a value is a figure without one."""
    return tuple(
        figure(first + i, 0.0, value, unit=unit)
        if isinstance(value, Status)
        else figure(first + i, value, half=half, unit=unit)
        for i, value in enumerate(values)
    )


def nes(*, values: Sequence[float | Status] | None = None, name: str = "Nes") -> TrendInput:
    """Nes school: ten years with a break in 2022, against the nation."""
    ten = (49.2, 48.6, 49.9, 48.8, 49.3, 49.6, 48.9, 48.0, 47.3, 47.4)
    nation = Reference("Landet", series([50.0] * 10, half=None, unit="NO"))
    return TrendInput("Regning 5. trinn", name, series(values or ten), START, (nation,), (BREAK,))


def level(name: str, value: float, half: float = 1.5, n: int = 100, status: Status = Status.OK) -> Estimate:
    """Three years together."""
    return Estimate(name, name, 2024, 2026, value, value - half, value + half, n, status)


def hidden(name: str) -> Estimate:
    """A level that may not be shown."""
    return Estimate(name, name, 2024, 2026, None, status=HIDDEN)


def fjordvik() -> RowsInput:
    """Four schools out of order, one hidden."""
    rows = (
        Row(level("Vik", 51.8, n=189), Certainty.LIKELY),
        Row(hidden("Ås")),
        Row(level("Nes", 47.1, n=1102), Certainty.CLEAR),
        Row(level("Lia", 50.7, n=19), Certainty.UNKNOWN),
    )
    return RowsInput("Regning 5. trinn", rows, START, LANDET)


def layers(spec: dict, kind: str) -> list[dict]:
    """The layers with this mark."""
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]


def drawn(spec: dict, *fields: str) -> list[tuple]:
    """The rows of every layer that hold all these fields, as tuples in that order."""
    return [
        tuple(row[name] for name in fields)
        for layer in spec["layer"]
        for row in layer["data"]["values"]
        if all(name in row for name in fields)
    ]


def texts(spec: dict) -> list[str]:
    """Everything written in the chart."""
    return [row["text"] for layer in layers(spec, "text") for row in layer["data"]["values"]]


def outside(spec: dict) -> list[str]:
    """Text that leaves the picture, by Inter's widths."""
    pad, width, height = spec["padding"], spec["width"], spec["height"]
    gone = []
    for layer in layers(spec, "text"):
        bold, align = layer["mark"]["fontWeight"] == 600, layer["mark"]["align"]
        for row in layer["data"]["values"]:
            length = text_width(row["text"], bold=bold)
            left = row["px"] - {"left": 0, "center": length / 2, "right": length}[align]
            across = -pad["left"] - 0.1 <= left and left + length <= width + pad["right"] + 0.1
            down = -pad["top"] <= row["py"] - 6 and row["py"] + 6 <= height + pad["bottom"]
            if not (across and down):
                gone.append(row["text"])
    return gone
