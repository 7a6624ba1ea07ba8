"""Writes docs/sources.md and docs/indicators.md from the modules and definitions: `python -m tettpaa.data.sources.docs [FOLDER]`."""

import sys
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from tettpaa.data.indicators.definitions import definitions
from tettpaa.data.indicators.definitions.model import THEMES, Definition
from tettpaa.data.sources import ssb_correction
from tettpaa.data.sources.by_hand import BY_HAND, ByHand
from tettpaa.data.sources.not_fetched import OTHERS, left_out
from tettpaa.data.sources.registry import sources
from tettpaa.data.sources.source import Source
from tettpaa.data.sources.template_words import COLUMNS

_MADE = "<!-- Made by `python -m tettpaa.data.sources.docs`; change the modules or definitions, not this page. -->"
_DIRECTIONS = {1: "higher is better", -1: "lower is better", 0: "neither"}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def _table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> list[str]:
    heads = list(heads)
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    return lines + [f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |" for row in rows]


def _source_section(source: Source) -> list[str]:
    month = "when the owner wishes" if source.published_month is None else _MONTHS[source.published_month - 1]
    lines = [f"## {source.name.en} (`{source.key}`)", "", f"{source.about.en}", ""]
    lines += _table(
        ("", ""),
        (
            ("Bokmål / nynorsk", f"{source.name.nb} / {source.name.nn}"),
            ("Headings", f"`{source.heads}`"),
            ("Licence", source.licence),
            ("Credit", source.credit.en),
            ("The source's own smallest group", source.threshold),
            ("Public figures", "yes" if source.is_public else "no"),
            ("Next expected publication", month),
            (
                "Indicators",
                ", ".join(f"`{key}`" for key in source.indicators)
                or "all in docs/indicators.md that name it",
            ),
        ),
    )
    return [*lines, ""]


def _left_out_section() -> list[str]:
    lines = ["## What is not fetched, and why", ""]
    lines += [
        "These come by the template, or by a file whose columns are pointed at. Nothing is guessed.",
        "",
    ]
    rows = [(", ".join(f"`{key}`" for key in keys), why) for why, keys in left_out().items()]
    lines += [*_table(("What", "Why"), [*rows, *OTHERS.items()]), "", "### How such a figure comes in", ""]
    lines += [
        "One example of each group: the row of the template, and a file of another form, which is pointed at. Both give the same figure.",
        "",
    ]
    return [*lines, *chain.from_iterable(map(_by_hand, BY_HAND))]


def _by_hand(example: ByHand) -> list[str]:
    """The row of the template, and the other file with what its columns are pointed at as."""
    roles = "; ".join(f"{head} = {role.value}" for head, (role, _) in example.file.items())
    grade = f"; grade of the whole file {example.grade}" if example.grade else ""
    other = [";".join(cells) for cells in example.rows]
    return ["```csv", ";".join(example.line), "```", "", "```csv", *other, "```", "", f"`{roles}{grade}`", ""]


def sources_page() -> str:
    """docs/sources.md: every source, the correction, the template's columns."""
    lines = ["# Sources of figures", "", _MADE, ""]
    lines.append(
        "A file is read in a process of its own with limits on memory and time, and comes in whole or not at all."
    )
    lines += ["Each problem says where it is, what we read and expected, and how to mend it.", ""]
    for source in sources().values():
        lines += _source_section(source)
    lines += _left_out_section()
    lines += [
        f"## Statistics Norway's correction 2014-15 to 2021-22 (`{ssb_correction.KEY}`)",
        "",
        ssb_correction.NOTE.en,
    ]
    lines += [
        "",
        f"{ssb_correction.CREDIT.en} Made on request as series of their own (`np5_lesing_ssb` …).",
        "",
    ]
    lines += _table(
        ("Indicator", "School year", "Old mean", "Old sd", "New mean", "New sd"),
        (
            (f"`{key}`", f"{p}-{(p + 1) % 100:02d}", *line)
            for (key, p), line in sorted(ssb_correction.parameters().items())
        ),
    )
    lines += ["", "## Columns of the template", ""]
    lines += _table(("Column", "What goes here", "Example"), ((f"`{h}`", w.en, s) for h, w, s in COLUMNS))
    return "\n".join(lines) + "\n"


def indicators_page() -> str:
    """docs/indicators.md: the catalogue by theme, with units, breaks and models."""
    lines = ["# Indicators", "", _MADE, ""]
    lines.append(
        f"{len(definitions())} indicators, one file each in `src/tettpaa/data/indicators/definitions`."
    )
    for theme in THEMES:
        chosen = [d for d in definitions().values() if d.theme == theme]
        lines += ["", f"## {theme.capitalize()} ({len(chosen)})", ""]
        lines += _table(
            (
                "Key",
                "Bokmål",
                "Nynorsk",
                "English",
                "Unit",
                "Direction",
                "Levels",
                "Smallest group",
                "Published",
                "Breaks",
            ),
            (_row(d) for d in chosen),
        )
    return "\n".join(lines) + "\n"


def _row(d: Definition) -> tuple[object, ...]:
    breaks = "; ".join(f"{b.from_period}: {b.reason.en}" for b in d.breaks) or "–"
    month = "–" if d.published.month is None else _MONTHS[d.published.month - 1]
    return (
        f"`{d.key}`",
        d.names.nb,
        d.names.nn,
        d.names.en,
        d.unit,
        _DIRECTIONS[d.direction],
        ", ".join(d.levels),
        d.smallest_group,
        month,
        breaks,
    )


PAGES = {"sources.md": sources_page, "indicators.md": indicators_page}


def main(arguments: list[str]) -> int:
    """Write both pages into the folder (default `docs`)."""
    folder = Path(arguments[0] if arguments else "docs")
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
