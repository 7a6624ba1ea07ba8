"""One way to draw any kind of chart: what pages, documents and the API call."""

from dataclasses import dataclass
from types import ModuleType
from typing import Final, Protocol, cast

from tettpaa.data.charts import bars, cohort, funnel, panel, rows, spark, strip, trend
from tettpaa.data.charts.bars import BarsInput
from tettpaa.data.charts.cohort import CohortInput
from tettpaa.data.charts.funnel import FunnelInput
from tettpaa.data.charts.inputs import Size, Spec
from tettpaa.data.charts.panel import PanelInput
from tettpaa.data.charts.render import digest
from tettpaa.data.charts.rows import RowsInput
from tettpaa.data.charts.spark import SparkInput
from tettpaa.data.charts.strip import StripInput
from tettpaa.data.charts.table import ChartTable
from tettpaa.data.charts.trend import TrendInput
from tettpaa.data.charts.words import Language

type ChartInput = (
    TrendInput | PanelInput | SparkInput | RowsInput | StripInput | FunnelInput | BarsInput | CohortInput
)


class _Kind(Protocol):
    """What the module of a kind offers."""

    def spec(self, chart: ChartInput, *, size: Size, language: Language) -> Spec: ...

    def table(self, chart: ChartInput, language: Language) -> ChartTable: ...


_KINDS: Final[dict[type, ModuleType]] = {
    TrendInput: trend,
    PanelInput: panel,
    SparkInput: spark,
    RowsInput: rows,
    StripInput: strip,
    FunnelInput: funnel,
    BarsInput: bars,
    CohortInput: cohort,
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart's spec, the hash for its address and its text alternative."""

    spec: Spec
    digest: str
    alt: str

    @property
    def width(self) -> int:
        """Width of the picture in px."""
        return _length(self.spec, "width", "left", "right")

    @property
    def height(self) -> int:
        """Height of the picture in px: a page can keep the place free until the picture comes."""
        return _length(self.spec, "height", "top", "bottom")


def draw(chart: ChartInput, *, size: Size = "wide", language: Language = "nb") -> Drawing:
    """Draw a chart of any kind. KeyError for something that is not a chart."""
    kind = cast("_Kind", _KINDS[type(chart)])
    spec = kind.spec(chart, size=size, language=language)
    return Drawing(spec, digest(spec), str(spec["description"]))


def table_of(chart: ChartInput, language: Language = "nb") -> ChartTable:
    """The table of a chart of any kind."""
    return cast("_Kind", _KINDS[type(chart)]).table(chart, language)


def _length(spec: Spec, inner: str, before: str, after: str) -> int:
    padding = cast("dict[str, int]", spec["padding"])
    return cast("int", spec[inner]) + padding[before] + padding[after]
