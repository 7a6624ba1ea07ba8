"""What may be said of a series: its level against a reference, and its change, with the words for both."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext

from tettpaa.core.ui.language import reader_language
from tettpaa.data.charts.inputs import Certainty as ChartCertainty
from tettpaa.data.charts.inputs import Estimate
from tettpaa.data.charts.words import NumberStyle, range_text, value_text
from tettpaa.data.indicators.definitions import Definition, definitions
from tettpaa.data.indicators.reckoning import rule_of
from tettpaa.data.stats import sentences, words
from tettpaa.data.stats.change import ChangeEstimate, change
from tettpaa.data.stats.kinds import Certainty, Gap, Side
from tettpaa.data.stats.level import LevelEstimate, level
from tettpaa.data.stats.numbers import Language
from tettpaa.data.stats.points import Point
from tettpaa.data.stats.sentences import About
from tettpaa.data.suppression.figure import SafeFigure
from tettpaa.data.suppression.kinds import Status
from tettpaa.doors.workspace.reading import compares, points_of, style_of

BACK = 5  # years that a change is followed, within one unbroken series


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase with the word that tells how sure we are taken out, so that it can have its circle."""

    before: str
    word: str
    after: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A level against a reference. Words are in the language it was made in."""

    estimate: LevelEstimate
    about: About
    language: Language
    reference: str
    style: NumberStyle
    is_alone: bool = False  # nothing of its kind can be held against it

    @property
    def key(self) -> str:
        """Key of the circle; empty for what is described and not judged, or has nothing beside it."""
        if self.estimate.certainty is None or self.estimate.gap is Gap.NO_REFERENCE:
            return ""
        return str(self.estimate.certainty)

    @property
    def is_marked(self) -> bool:
        """Clear or likely."""
        return self.estimate.certainty in (Certainty.CLEAR, Certainty.LIKELY)

    @property
    def says_something(self) -> bool:
        """There is a verdict, be it that nothing can be told apart."""
        return bool(self.key) and self.estimate.certainty is not Certainty.UNKNOWN

    @property
    def is_bad(self) -> bool:
        """Marked on the side nobody wants."""
        unwanted = Side.BELOW if self.about.direction > 0 else Side.ABOVE
        return self.is_marked and self.about.direction != 0 and self.estimate.side is unwanted

    @property
    def heading(self) -> str:
        """`Nes skole ligger trolig under landet.`"""
        return f"{self.about.unit} {sentences.level_phrase(self.estimate, self.about, self.language)}."

    @property
    def phrase(self) -> Phrase:
        """The heading without the unit, around its word of certainty."""
        return split(
            sentences.level_phrase(self.estimate, self.about, self.language),
            self.estimate.certainty,
            self.language,
        )

    @property
    def sentence(self) -> str:
        """The finding without what the heading has said."""
        whole = sentences.level_sentence(self.estimate, self.about, self.language)
        return whole.removeprefix(self.heading).strip()

    @property
    def detail(self) -> str:
        return sentences.level_detail(self.estimate, self.about, self.language)

    @property
    def short(self) -> str:
        """`Trolig under landet`, for a cell."""
        return _short(self)

    @property
    def level_text(self) -> str:
        """The computed level as charts write it; empty when there is none."""
        made = self.estimate
        value = made.estimate if made.estimate is not None else made.mean
        return "" if value is None else value_text(value, self.style, self.language)

    @property
    def between_text(self) -> str:
        """`46,2–49,8`, the 90 % interval of the level; empty without one."""
        return range_text(self.estimate.low90, self.estimate.high90, self.style, self.language)

    @property
    def chart_certainty(self) -> ChartCertainty | None:
        return ChartCertainty(self.key) if self.key else None


def split(phrase: str, certainty: Certainty | None, tongue: Language) -> Phrase:
    """Take the word of certainty out of a phrase; without one the whole phrase stands before it."""
    if certainty in (Certainty.CLEAR, Certainty.LIKELY):
        word = sentences.certainty_word(certainty, tongue).lower()
        before, found, after = phrase.partition(word)
        if found:
            return Phrase(before, found, after)
    return Phrase(phrase, "", "")


def judged(
    own: Sequence[SafeFigure],
    reference: Sequence[Point],
    definition: Definition,
    on: About,
    *,
    schools: int = 0,
) -> Judgement:
    """The level of the figures over three years against the reference.

    `schools`: for a municipality or county, how many schools it has (0: the figures are one school's).
    """
    return _judged(tuple(own), tuple(reference), definition.key, on, schools, reader_language())


@lru_cache(maxsize=8192)
def _judged(
    own: tuple[SafeFigure, ...],
    reference: tuple[Point, ...],
    key: str,
    on: About,
    schools: int,
    tongue: Language,
) -> Judgement:
    """Remembered by everything that goes into it, the figures themselves first, as charts are."""
    definition = definitions()[key]
    newest = max((point.year for point in reference), default=max((f.period for f in own), default=0))
    rule = rule_of(definition, newest)
    beside = reference if compares(definition) else ()
    # Only the years of the window count: the rest need not be made into points.
    recent = [figure for figure in own if figure.period > newest - rule.window] if beside else own
    estimate = level(points_of(recent), beside, rule.for_area(schools) if schools else rule)
    style = style_of(definition, level=True)
    return Judgement(
        estimate, on, tongue, reference_word(on, tongue), style, is_alone=not compares(definition)
    )


def reference_word(on: About, tongue: Language) -> str:
    """`landet`, as it stands in a sentence."""
    word: str = on.reference_name or getattr(words.AGAINST[on.against], tongue)
    return word


def moved(own: Sequence[SafeFigure], definition: Definition) -> ChangeEstimate | None:
    """The change from the first to the newest shown year of the unbroken series, at most five years back.

    None with fewer than two such years.
    """
    points = points_of(own)
    if not points:
        return None
    last = points[-1]
    rule = rule_of(definition, last.year)
    start = rule.break_between(last.year - BACK, last.year) or last.year - BACK
    first = next((point for point in points if point.year >= start), last)
    return change(first, last, rule) if first.year < last.year else None


def moved_sentence(found: ChangeEstimate | None, on: About, tongue: Language) -> str:
    """The change in words; empty when there is nothing to compare."""
    return "" if found is None else sentences.change_sentence(found, on, tongue)


def estimate_of(judgement: Judgement, own: Sequence[SafeFigure], name: str) -> Estimate:
    """The level as a chart takes it; hidden when no year of the window is shown."""
    made, last = judgement.estimate, own[-1]
    value = made.estimate if made.estimate is not None else made.mean
    years = made.years or (last.period,)
    if value is None or made.gap is Gap.TOO_FEW:
        status = last.status if not last.is_shown else Status.MISSING
        return Estimate(last.unit, name, years[0], years[-1], None, status=status)
    return Estimate(last.unit, name, years[0], years[-1], value, low=made.low90, high=made.high90, n=made.n)


def _short(judgement: Judgement) -> str:
    made, ref = judgement.estimate, judgement.reference
    if judgement.is_alone:
        return ""
    if made.gap is Gap.NO_REFERENCE:
        return gettext("Ikke noe å sammenligne med")
    if made.certainty is None:
        return _described(made, ref, judgement.about)
    if not judgement.is_marked or made.side is Side.NEITHER:
        return sentences.certainty_word(made.certainty, judgement.language)
    below, clear = made.side is Side.BELOW, made.certainty is Certainty.CLEAR
    if clear:
        text = gettext("Klart under %(ref)s") if below else gettext("Klart over %(ref)s")
    else:
        text = gettext("Trolig under %(ref)s") if below else gettext("Trolig over %(ref)s")
    return text % {"ref": ref}


def _described(made: LevelEstimate, ref: str, on: About) -> str:
    """Words without a verdict for what is counted, as a reader sees the two figures."""
    shown = round(made.difference or 0.0, on.decimals)
    if shown > 0:
        return gettext("Høyere enn %(ref)s") % {"ref": ref}
    if shown < 0:
        return gettext("Lavere enn %(ref)s") % {"ref": ref}
    return gettext("Samme tall som %(ref)s") % {"ref": ref}
