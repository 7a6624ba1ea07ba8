"""Source (e): KOSTRA figures from Statistics Norway's PxWebApi v2, json-stat2 (data.md 3). Table 12255, by the measure's own name.

Figures of the nation and of KOSTRA groups are Statistics Norway's weighted estimates and are never reckoned by us.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any, Final

from tettpaa.data.indicators.definitions.model import Words
from tettpaa.data.sources.bytes_in import shown
from tettpaa.data.sources.places import PSEUDO_MUNICIPALITIES
from tettpaa.data.sources.source import NATION, Answer, Cell, Problem, ReadOptions, Source, Tally
from tettpaa.data.suppression.kinds import Gender, Level, Status

REGION: Final = "KOKkommuneregion0000"
MEASURE: Final = "ContentsCode"
YEAR: Final = "Tid"
# A measure is known by the words of its name, which has been told in two ways over the years: «til grunnskole» and
# «til grunnskolesektor (202, 215, 222, 223),». Without them, or with two such measures, the source stops.
MEASURES: Final = {
    "netto_elev": re.compile(r"netto driftsutgifter\b.*\bper innbygger 6-15 år \(kr\)", re.IGNORECASE)
}
_DIMENSIONS: Final = [REGION, MEASURE, YEAR]
_COUNTRY: Final = "EAK"
_COUNTY: Final = re.compile(r"EKA([0-9]{2})")
_GROUP: Final = re.compile(r"EKG[0-9]{2}")  # which municipalities are in it, Klass 112 says
_NO_PLACE: Final = "EAKUO"  # the country without Oslo
_SYMBOLS: Final = {":": Status.HIDDEN_BY_SOURCE, ".": Status.NOT_APPLICABLE, "..": Status.MISSING}
_FINAL: Final = (6, 15)  # figures are provisional from March until this day of the year after


def measure_of(name: str) -> str | None:
    """The indicator of a measure's name, if it is one of ours."""
    return next((key for key, words in MEASURES.items() if words.fullmatch(name)), None)


def recognise(data: Any) -> bool:
    """Whether this is a json-stat2 data set."""
    return isinstance(data, dict) and data.get("class") == "dataset" and "dimension" in data


def read(answers: Iterator[Answer], options: ReadOptions, tally: Tally) -> Iterator[Cell | Problem]:
    """Cells of all answers."""
    del options
    for answer in answers:
        yield from _one(answer, tally)


def _one(answer: Answer, tally: Tally) -> Iterator[Cell | Problem]:
    strange = _strange(answer.data)
    if strange:
        yield Problem("unknown_answer_form", tally.rows + 1, sheet=answer.name, found=shown(strange))
        return
    dimension, values, statuses = (
        answer.data["dimension"],
        answer.data["value"],
        answer.data.get("status", {}),
    )
    keys = {
        code: measure_of(str(name)) or "" for code, name in dimension[MEASURE]["category"]["label"].items()
    }
    updated = date.fromisoformat(answer.data["updated"][:10])
    lists = (_codes(dimension[name]) for name in _DIMENSIONS)
    for at, (region, measure, year) in enumerate(product(*lists)):
        tally.rows += 1
        place = _place(region, str(dimension[REGION]["category"]["label"][region]))
        if place is None:
            continue
        status = _status(values[at], statuses.get(str(at)))
        if isinstance(place, str) or status is None:
            found = place if isinstance(place, str) else str(values[at])
            yield Problem("unknown_answer_form", tally.rows, sheet=answer.name, found=shown(found))
            continue
        is_provisional = updated < date(int(year) + 1, *_FINAL)
        value = float(values[at]) if status is Status.OK else None
        yield Cell(
            keys[measure], *place, int(year), 0, Gender.ALL,
            value, None, None, status, is_provisional, tally.rows, "A",
        )  # fmt: skip


def _strange(data: Any) -> str:
    """What of the form is not as we know it; empty when all is."""
    if not recognise(data) or data.get("id") != _DIMENSIONS:
        return ", ".join(map(str, data.get("id", []))) if isinstance(data, dict) else str(data)
    sizes = [len(data["dimension"][name]["category"]["index"]) for name in _DIMENSIONS]
    if data.get("size") != sizes or len(data.get("value", [])) != sizes[0] * sizes[1] * sizes[2]:
        return f"size {data.get('size')}"
    names = list(map(str, data["dimension"][MEASURE]["category"]["label"].values()))
    unknown = [
        name for at, name in enumerate(names) if measure_of(name) in {None, *map(measure_of, names[:at])}
    ]
    years = [year for year in _codes(data["dimension"][YEAR]) if not re.fullmatch("20[0-9]{2}", year)]
    return ", ".join([*unknown, *years])


def _codes(dimension: Mapping[str, Any]) -> list[str]:
    index: Mapping[str, int] = dimension["category"]["index"]
    return sorted(index, key=lambda code: index[code])


def _place(code: str, name: str) -> tuple[Level, str, str, str, str] | str | None:
    """Level, code, name, county and municipality; None for what is no place of ours, the code itself when it is unknown."""
    if code == _COUNTRY:
        return Level.NATION, NATION, name, "", ""
    if county := _COUNTY.fullmatch(code):
        return Level.COUNTY, county[1], name, county[1], ""
    if _GROUP.fullmatch(code):
        return Level.GROUP, code, name, "", ""
    if code == _NO_PLACE or code in PSEUDO_MUNICIPALITIES:
        return None
    if re.fullmatch("[0-9]{4}", code):
        return Level.MUNICIPALITY, code, name, code[:2], code
    return code


def _status(value: Any, symbol: Any) -> Status | None:
    if isinstance(value, int | float):
        return Status.OK
    return _SYMBOLS.get(str(symbol or "..")) if value is None else None


SOURCE = Source(
    key="ssb_kostra",
    name=Words("KOSTRA fra SSB", "KOSTRA frå SSB", "KOSTRA from Statistics Norway"),
    about=Words(
        "Hentes fra SSB: hva kommunen bruker på grunnskolen. Regnskapsåret står der skoleåret ellers begynner.",
        "Blir henta frå SSB: kva kommunen bruker på grunnskulen. Rekneskapsåret står der skuleåret elles byrjar.",
        "Fetched from Statistics Norway: what the municipality spends on school. The accounting year stands where a school year begins.",
    ),
    credit=Words(
        "Kilde: Statistisk sentralbyrå (CC BY 4.0).",
        "Kjelde: Statistisk sentralbyrå (CC BY 4.0).",
        "Source: Statistics Norway (CC BY 4.0).",
    ),
    licence="CC BY 4.0",
    threshold=3,
    is_public=True,
    published_month=3,
    indicators=tuple(sorted(MEASURES)),
    heads="",
    recognise_answer=recognise,
    read_answers=read,
)
