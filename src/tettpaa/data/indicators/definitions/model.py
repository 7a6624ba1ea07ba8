"""What an indicator is: the frozen shape behind each TOML file of this folder. Plain Python, no Django."""

from dataclasses import dataclass
from typing import Literal, get_args

Language = Literal["nb", "nn", "en"]
Unit = Literal[
    "scale_points",  # national tests: mean 50, sd 10 among pupils
    "mean_points_1_3",  # national tests grade 5 up to 2013-14
    "index_1_5",
    "percent",
    "count",
    "days",
    "hours",
    "kroner",
    "grade_1_6",
    "points_0_60",
    "ratio",
    "deviation",
]
Theme = Literal["læringsmiljø", "læringsresultater", "gjennomføring", "rammer"]
LevelName = Literal["land", "fylke", "kommune", "skole"]
Breakdown = Literal["gender", "ownership", "main_stage"]
ModelKind = Literal["normal_sd10", "survey_mean", "share", "census"]
BreakKind = Literal["scale", "definition", "wording", "exam_cancelled", "shielding", "grouping", "norm"]

UNITS: tuple[str, ...] = get_args(Unit)
THEMES: tuple[str, ...] = get_args(Theme)
LEVELS: tuple[str, ...] = get_args(LevelName)
BREAKDOWNS: tuple[str, ...] = get_args(Breakdown)
MODEL_KINDS: tuple[str, ...] = get_args(ModelKind)
BREAK_KINDS: tuple[str, ...] = get_args(BreakKind)


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in bokmål, nynorsk and English."""

    nb: str
    nn: str
    en: str

    def in_language(self, language: str) -> str:
        """The words in `nb`, `nn` or `en`; anything else gets bokmål."""
        return self.nn if language == "nn" else self.en if language == "en" else self.nb


@dataclass(frozen=True, slots=True)
class Published:
    """When in the year new figures come: month 1-12, or None when there is no fixed month."""

    month: int | None
    words: Words


@dataclass(frozen=True, slots=True)
class Break:
    """An event in a series, from the school year that starts in `from_period`."""

    from_period: int
    kind: BreakKind
    reason: Words

    @property
    def stops_comparison(self) -> bool:
        """Whether figures from here on cannot be compared with those before (no line, no trend across)."""
        return self.kind not in {"shielding", "grouping", "norm"}


@dataclass(frozen=True, slots=True)
class Model:
    """How chance is reckoned (statistics.md B2). Variances are in the indicator's unit, squared.

    `sd`: spread between single pupils' values; `school_variance`: lasting differences between schools;
    `cohort_variance`: differences between one school's cohorts beyond sampling. None means not measured.
    `measured_on` says on which test the variances were measured, when it is not the indicator itself.
    """

    kind: ModelKind
    sd: float | None = None
    school_variance: float | None = None
    cohort_variance: float | None = None
    measured_on: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """One indicator. `direction`: +1 higher is better, -1 lower is better, 0 neither.

    Periods are the year in which the school year starts (2024 means 2024-25). `grades` empty means the
    figure is not about a grade; Vg1-Vg3 are 11-13. `materiality` is the smallest difference that matters, in the
    indicator's unit, only where statistics.md gives one. `sources` are keys of `tettpaa.data.sources`.
    `confidential` figures are used inside by the owner and never shown outside. `open_counts`: how many pupils a
    share tells of is no secret (who answered or took part), so small counts are shown where the group is large enough. `comparable` is False when the
    source forbids comparing units. `derived_from` names the indicator a transformation starts from.
    """

    key: str
    names: Words
    short_names: Words
    theme: Theme
    why: Words
    good_for: Words
    not_for: Words
    unit: Unit
    scale_min: float | None
    scale_max: float | None
    decimals: int
    direction: Literal[-1, 0, 1]
    grades: tuple[int, ...]
    breakdowns: tuple[Breakdown, ...]
    levels: tuple[LevelName, ...]
    smallest_group: int
    model: Model
    materiality: float | None
    publisher: str
    sources: tuple[str, ...]
    published: Published
    breaks: tuple[Break, ...]
    valid_from: int | None
    valid_to: int | None
    replaced_by: str | None
    derived_from: str | None
    comparable: bool
    confidential: bool
    open_counts: bool
    reviewed_by: str
    reviewed_on: str

    def is_valid_in(self, period: int) -> bool:
        """Whether the indicator exists in the school year that starts in `period`."""
        after = self.valid_from is None or period >= self.valid_from
        return after and (self.valid_to is None or period <= self.valid_to)

    def break_between(self, earlier: int, later: int) -> Break | None:
        """The first break after `earlier`, up to and with `later`, that stops comparison; None when they compare."""
        low, high = sorted((earlier, later))
        return next((b for b in self.breaks if b.stops_comparison and low < b.from_period <= high), None)
