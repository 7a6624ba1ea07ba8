"""KOSTRA from Statistics Norway's PxWebApi v2 (data.md 3): the table's own metadata first, then fifty places at a time.

All places in one address is too long and is answered by a web page; fifty are fine (measured by the publisher's users).
"""

from collections.abc import Iterator, Mapping
from itertools import batched
from typing import Any, Final

from tettpaa.data.indicators.definitions.model import Words
from tettpaa.data.sources.fetch.dataset import Ask, Dataset, Scope, Step
from tettpaa.data.sources.fetch.errors import FetchError
from tettpaa.data.sources.ssb_kostra import MEASURE, MEASURES, REGION, YEAR, measure_of

HOST: Final = "data.ssb.no"
TABLE: Final = "/api/pxwebapi/v2/tables/12255"
AT_ONCE: Final = 50


def plan(scope: Scope, ask: Ask) -> Iterator[Step]:
    """All places and years of our measures. Raises FetchError when a measure or a dimension has another name."""
    del scope
    known = ask(HOST, f"{TABLE}/metadata?lang=no").data
    measures = {code: key for code, name in _labels(known, MEASURE).items() if (key := measure_of(name))}
    if sorted(measures.values()) != sorted(MEASURES):
        raise FetchError("changed", host=HOST, found="; ".join(MEASURES))
    years = ",".join(sorted(_labels(known, YEAR)))
    places = list(batched(_labels(known, REGION), AT_ONCE))
    for number, part in enumerate(places, start=1):
        chosen = {REGION: ",".join(part), MEASURE: ",".join(measures), YEAR: years}
        query = "&".join(f"valuecodes[{name}]={codes}" for name, codes in chosen.items())
        got = ask(HOST, f"{TABLE}/data?lang=no&format=json-stat2&{query}")
        yield Step(f"KOSTRA 12255 ({number}/{len(places)})", got, len(places))


def _labels(metadata: Any, name: str) -> Mapping[str, str]:
    """Codes of a dimension with their names."""
    try:
        labels = metadata["dimension"][name]["category"]["label"]
    except (KeyError, TypeError) as error:
        raise FetchError("changed", host=HOST, found=name) from error
    return {str(code): str(label) for code, label in labels.items()}


DATASETS: Final = (
    Dataset(
        "ssb_kostra", Words("KOSTRA grunnskole", "KOSTRA grunnskule", "KOSTRA schools"), "ssb_kostra", plan
    ),
)
