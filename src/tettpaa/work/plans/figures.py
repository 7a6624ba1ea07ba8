"""A goal's indicators in figures: the baseline, where we stand now, and whether reaching the target could be told
from chance. Only published, suppressed figures come in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from tettpaa.core.orgs.enums import Kind
from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.queries import above, schools_of
from tettpaa.core.orgs.viewer import ANONYMOUS, Viewer
from tettpaa.core.ui.language import reader_language
from tettpaa.data.indicators.definitions import Definition, definitions
from tettpaa.data.indicators.queries import SeriesKey, Wanted, figures, series
from tettpaa.data.indicators.reckoning import counted_in, rule_of
from tettpaa.data.stats import sentences
from tettpaa.data.stats.change import ChangeEstimate, change
from tettpaa.data.stats.kinds import Gap
from tettpaa.data.stats.level import LevelEstimate, level
from tettpaa.data.stats.numbers import distance, quantity
from tettpaa.data.stats.points import Point
from tettpaa.data.stats.sentences import About, Against
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.data.suppression.kinds import Edition, Gender
from tettpaa.work.plans.content import indicator_name
from tettpaa.work.yearwheel.rules import school_year_of

type Lines = Mapping[SeriesKey, Sequence[SafeFigure]]


@dataclass(frozen=True, slots=True)
class Baseline:
    """A published figure as a plan remembers it; `period` 2024 means 2024-25, low and high are its 95 % interval."""

    value: float
    low: float | None
    high: float | None
    n: int | None
    period: int


@dataclass(frozen=True, slots=True)
class Followed:
    """What a linked indicator is, whoever holds it: a row, or words that were sealed."""

    indicator: str
    grade: int = 0
    gender: int = Gender.ALL
    baseline: Baseline | None = None
    target: float | None = None
    target_on: date | None = None
    note: str = ""
    id: str = ""


def followed(words: Mapping[str, Any]) -> Followed:
    """From a goal's words (content.py)."""
    value, period = words["baseline"], words["baseline_period"]
    known = value is not None and period is not None
    return Followed(
        indicator=words["indicator"],
        grade=words["grade"],
        gender=words["gender"],
        baseline=Baseline(value, words["baseline_low"], words["baseline_high"], words["baseline_n"], period)
        if known
        else None,
        target=words["target"],
        target_on=date.fromisoformat(words["target_on"]) if words["target_on"] else None,
        note=words["note"],
        id=words["id"],
    )


def name_of(link: Followed) -> str:
    """`Lesing 5. trinn`; with the grade when the indicator has several."""
    return indicator_name(link.indicator, link.grade)


def baseline_of(owner: Unit, indicator: str, grade: int, gender: int) -> Baseline | None:
    """The owner's newest shown figure of the public edition; None when there is none."""
    wanted = Wanted(indicators=[indicator], grades=[grade], genders=[Gender(gender)])
    shown = [f for f in figures(ANONYMOUS, [owner], wanted, edition=Edition.PUBLIC) if f.value is not None]
    if not shown:
        return None
    last = max(shown, key=lambda figure: figure.period)
    return Baseline(last.value or 0.0, last.low, last.high, last.n, last.period)


def lines_for(
    viewer: Viewer, units: Sequence[Unit], links: Iterable[Followed], edition: Edition | None = None
) -> Lines:
    """All figures that the links ask for, of these units, in three queries; none at all when nothing is asked."""
    links = list(links)
    if not links:
        return {}
    wanted = Wanted(
        indicators={link.indicator for link in links},
        grades={link.grade for link in links},
        genders={Gender(link.gender) for link in links},
    )
    return series(figures(viewer, units, wanted, edition=edition))


def points_of(line: Iterable[SafeFigure]) -> tuple[Point, ...]:
    """The shown figures as the statistics take them; a hidden year is no point at all."""
    return tuple(
        Point(
            figure.period,
            figure.value,
            figure.n or None,
            half_width=None if figure.low is None or figure.high is None else (figure.high - figure.low) / 2,
        )
        for figure in line
        if figure.value is not None
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands on an indicator against another, in words. `key` is that of the certainty circle,
    empty when the figures are described and not judged; `phrase` follows the unit's name."""

    key: str
    phrase: str
    sentence: str
    now: str
    year: str
    beside: str
    beside_name: str


def standing(
    link: Followed, lines: Lines, unit: Unit, reference: Unit, *, schools: int = 0, against: Against
) -> Standing | None:
    """The level over three years against the reference; None when the unit has no shown figure.

    `schools`: how many schools the unit has when it is a municipality (0: it is a school).
    """
    definition = definitions().get(link.indicator)
    own = points_of(_line(lines, unit, link))
    if definition is None or not own:
        return None
    beside = points_of(_line(lines, reference, link)) if definition.comparable else ()
    newest = max((point.year for point in beside), default=own[-1].year)
    rule = rule_of(definition, newest)
    estimate = level(own, beside, rule.for_area(schools) if schools else rule)
    on, tongue = _about(definition, unit.label, against), reader_language()
    word = points_of(_line(lines, reference, link))
    return Standing(
        key=_circle(estimate),
        phrase=sentences.level_phrase(estimate, on, tongue) if beside else "",
        sentence=sentences.level_sentence(estimate, on, tongue),
        now=value_text(definition, own[-1].mean),
        year=sentences.school_year(own[-1].year),
        beside=value_text(definition, word[-1].mean) if word else "",
        beside_name=reference.label,
    )


def _line(lines: Lines, unit: Unit, link: Followed) -> Sequence[SafeFigure]:
    return lines.get(SeriesKey(unit.code, link.indicator, link.grade, Gender(link.gender)), ())


def _circle(estimate: LevelEstimate) -> str:
    if estimate.certainty is None or estimate.gap is Gap.NO_REFERENCE:
        return ""
    return str(estimate.certainty)


def _about(definition: Definition, unit: str, against: Against) -> About:
    decimals = max(1, definition.decimals) if definition.model.kind != "census" else definition.decimals
    return About(
        unit=unit,
        against=against,
        counted_in=counted_in(definition),
        decimals=decimals,
        direction=definition.direction,
    )


def value_text(definition: Definition, value: float) -> str:
    """`47,4`, `27 %`: with one decimal more than the figure when a target has it."""
    unit = counted_in(definition)
    decimals = definition.decimals if round(value, definition.decimals) == value else definition.decimals + 1
    return quantity(value, unit, decimals, reader_language())


@dataclass(frozen=True, slots=True)
class Chance:
    """Whether reaching the target could be told from chance. `can_tell` None: nothing can be said."""

    can_tell: bool | None
    sentence: str


def chance_of_target(link: Followed, schools: int) -> Chance | None:
    """A test of the difference between two measurements that are both uncertain: the baseline, and a later one on as
    many pupils that hits the target exactly (statistics.md B2). None without a baseline or target."""
    definition = definitions().get(link.indicator)
    start = link.baseline
    if definition is None or start is None or link.target is None:
        return None
    step = (link.target - start.value) * (definition.direction or 1)
    if step <= 0 and (definition.direction or not step):
        text = _("Utgangspunktet er allerede ved målet eller bedre. Da er målet å holde nivået.")
        return Chance(None, text)
    half_width = None if start.low is None or start.high is None else (start.high - start.low) / 2
    year = max(start.period + 1, school_year_of(link.target_on) if link.target_on else 0)
    earlier = Point(start.period, start.value, start.n, half_width)
    later = Point(year, link.target, start.n, half_width)
    found = change(earlier, later, rule_of(definition, start.period).for_area(schools))
    return _chance_words(found, _about(definition, "", Against.NATION))


def _chance_words(found: ChangeEstimate, on: About) -> Chance:
    tongue = reader_language()
    if found.gap is Gap.BREAK:
        return Chance(
            None, _("Tallet er laget på en ny måte siden utgangspunktet, så de to kan ikke sammenlignes.")
        )
    if found.gap is Gap.COUNTED:
        return Chance(None, _("Tallet bygger på alle, så vi regner ikke ut hva tilfeldigheter kan gi."))
    if found.gap is not None or found.difference is None or found.chance is None:
        return Chance(
            None, _("Vi vet for lite om usikkerheten til å si om et nådd mål er mer enn tilfeldigheter.")
        )
    slots = {
        "step": distance(found.difference, on.counted_in, on.decimals, tongue),
        "chance": distance(found.chance, on.counted_in, on.decimals, tongue),
    }
    if abs(found.difference) > found.chance:
        text = _(
            "Når vi målet, kan vi si at noe er endret: veien dit er %(step)s, "
            "og tilfeldigheter alene gir sjelden mer enn %(chance)s."
        )
        return Chance(True, text % slots)
    text = _(
        "Når vi målet, kan vi likevel ikke si om noe er endret: veien dit er %(step)s, "
        "og tilfeldigheter alene kan gi opptil %(chance)s."
    )
    return Chance(False, text % slots)


@dataclass(frozen=True, slots=True)
class Strip:
    """The picture of a baseline with its interval, and the target, as places on a line of 300 units."""

    low: float
    high: float
    dot: float
    target: float | None

    @property
    def width(self) -> float:
        return round(self.high - self.low, 1)


STRIP: Final = 300.0
MARGIN: Final = 24.0


def strip_of(link: Followed) -> Strip | None:
    """None without a baseline. The line spans the interval and the target; it has no zero."""
    start = link.baseline
    if start is None:
        return None
    low, high = (
        start.low if start.low is not None else start.value,
        start.high if start.high is not None else start.value,
    )
    ends = [low, high, start.value, *([] if link.target is None else [link.target])]
    first, last = min(ends), max(ends)
    scale = (STRIP - 2 * MARGIN) / ((last - first) or 1.0)

    def place(value: float) -> float:
        return round(MARGIN + (value - first) * scale, 1)

    target = None if link.target is None else place(link.target)
    return Strip(place(low), place(high), place(start.value), target)


@dataclass(frozen=True, slots=True)
class Row:
    """One linked indicator as a page shows it."""

    link: Followed
    name: str
    why: str
    baseline: str
    baseline_between: str
    baseline_year: str
    target: str
    standing: Standing | None
    chance: Chance | None
    strip: Strip | None


def rows_for(viewer: Viewer, owner: Unit, links: Sequence[Followed]) -> list[Row]:
    """The indicators of a goal with the owner's figures now, in the edition the viewer may see. Few queries."""
    nation = next((unit for unit in above(owner) if unit.kind == Kind.NATION), None) if links else None
    units = [owner] if nation is None else [owner, nation]
    lines = lines_for(viewer, units, links)
    schools = max(1, len(schools_of(owner))) if links else 1
    return [_row(link, lines, (owner, nation), schools) for link in links]


def _row(link: Followed, lines: Lines, places: tuple[Unit, Unit | None], schools: int) -> Row:
    owner, nation = places
    definition = definitions().get(link.indicator)
    start = link.baseline
    found = (
        standing(link, lines, owner, nation, schools=schools, against=Against.NATION)
        if definition is not None and nation is not None
        else None
    )
    between = ""
    if definition and start and start.low is not None and start.high is not None:
        between = f"{value_text(definition, start.low)}–{value_text(definition, start.high)}"
    return Row(
        link=link,
        name=name_of(link),
        why=definition.why.in_language(reader_language()) if definition else "",
        baseline=value_text(definition, start.value) if definition and start else "",
        baseline_between=between,
        baseline_year=sentences.school_year(start.period) if start else "",
        target=value_text(definition, link.target) if definition and link.target is not None else "",
        standing=found,
        chance=chance_of_target(link, schools),
        strip=strip_of(link),
    )
