"""Transformation (d): Statistics Norway's correction of the national tests' scale points 2014-15 to 2021-22.

new = sd_new / sd_old · (old - mean_old) + mean_new, per test and school year (parameters of 13 November 2025). It is linear,
so it holds for means as well. It is never applied by itself: it makes series of its own (`np5_lesing_ssb` …) beside the
published ones, when somebody asks for it. Grade 9 is not covered; reading starts in 2016-17.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from tettpaa.data.indicators.definitions.model import Words
from tettpaa.data.sources.numbers import parse_number
from tettpaa.data.sources.places import school_year
from tettpaa.data.sources.source import Cell

KEY: Final = "ssb_correction"
SUFFIX: Final = "_ssb"
PARAMETERS: Final = Path(__file__).with_name("ssb_correction.csv")
NOTE: Final = Words(
    "Korrigert: Skalapoengene fra 2014 til 2021 hadde en regnefeil. Tallene er regnet om med SSBs korreksjon, publisert "
    "13. november 2025. Kilden ga hele poeng, så siste siffer er usikkert. 9. trinn er ikke korrigert.",
    "Korrigert: Skalapoenga frå 2014 til 2021 hadde ein reknefeil. Tala er rekna om med korreksjonen til SSB, publisert "
    "13. november 2025. Kjelda gav heile poeng, så siste sifferet er usikkert. 9. steg er ikkje korrigert.",
    "Corrected: The scale points from 2014 to 2021 had an error. The figures are converted with Statistics Norway's "
    "correction, published on 13 November 2025. The source gave whole points, so the last digit is uncertain. Grade 9 is "
    "not corrected.",
)
CREDIT: Final = Words(
    "Korreksjonen er laget av Statistisk sentralbyrå (CC BY 4.0). Skalapoengene er fra Utdanningsdirektoratet (NLOD).",
    "Korreksjonen er laga av Statistisk sentralbyrå (CC BY 4.0). Skalapoenga er frå Utdanningsdirektoratet (NLOD).",
    "The correction is by Statistics Norway (CC BY 4.0). The scale points are from the Norwegian Directorate for "
    "Education and Training (NLOD).",
)


class Line(NamedTuple):
    """The correction of one test in one school year."""

    mean_old: float
    sd_old: float
    mean_new: float
    sd_new: float

    def value(self, old: float) -> float:
        """A scale point or a mean of scale points on the corrected scale."""
        return self.sd_new / self.sd_old * (old - self.mean_old) + self.mean_new

    def spread(self, old: float) -> float:
        """A half-width or a standard deviation on the corrected scale."""
        return self.sd_new / self.sd_old * old


@cache
def parameters() -> Mapping[tuple[str, int], Line]:
    """Corrections by indicator key and period, from Statistics Norway's table as it was published."""
    with PARAMETERS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    lines = {}
    for year, test, *figures in rows[3:]:
        subject, grade = test.split(" ")[0].lower(), test.split(" ")[1].rstrip(".")
        numbers = [parse_number(figure).value for figure in figures]
        period = school_year(year)
        if period is None or None in numbers:
            raise ValueError(f"ssb_correction.csv: {year} {test}")
        lines[f"np{grade}_{subject}", period] = Line(*(n for n in numbers if n is not None))
    return lines


def corrected(cells: Iterable[Cell]) -> Iterator[Cell]:
    """The corrected series of those cells that the correction covers; other cells give nothing.

    Missing and shielded cells stay what they are. Row and column still lead to the figure that was read.
    """
    lines = parameters()
    for cell in cells:
        line = lines.get((cell.indicator, cell.period))
        if line is None:
            continue
        yield cell._replace(
            indicator=cell.indicator + SUFFIX,
            value=None if cell.value is None else line.value(cell.value),
            uncertainty=None if cell.uncertainty is None else line.spread(cell.uncertainty),
        )
