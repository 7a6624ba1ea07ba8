"""Sources with their credits, and the numbers that the method page speaks of."""

from dataclasses import dataclass

from tettpaa.core.orgs.models import Unit
from tettpaa.core.ui import formats
from tettpaa.core.ui.language import reader_language
from tettpaa.data.sources.registry import sources
from tettpaa.data.stats.constants import tables
from tettpaa.data.stats.kinds import Certainty
from tettpaa.data.stats.rules import MIN_PUPILS, WINDOW
from tettpaa.data.stats.sentences import certainty_meaning, certainty_word
from tettpaa.data.stats.verdicts import CLEAR_FROM, LIKELY_FROM


@dataclass(frozen=True, slots=True)
class Credit:
    """A source as its licence wants it named."""

    name: str
    credit: str
    licence: str
    threshold: int


@dataclass(frozen=True, slots=True)
class Meaning:
    """A circle, its word, and what the word means."""

    key: str
    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class MethodPage:
    """What the method page prints beside its own text."""

    owner: Unit
    meanings: tuple[Meaning, ...]
    credits: tuple[Credit, ...]
    constants: tuple[tuple[str, str], ...]
    clear: int
    likely: int
    years: int
    pupils: int


def credits_page() -> tuple[Credit, ...]:
    """Every source, by key."""
    tongue = reader_language()
    return tuple(
        Credit(one.name.in_language(tongue), one.credit.in_language(tongue), one.licence, one.threshold)
        for one in sources().values()
    )


def method_page(owner: Unit) -> MethodPage:
    """The words and cut-offs as they are used, so that the page cannot say something else."""
    tongue = reader_language()
    return MethodPage(
        owner=owner,
        meanings=tuple(
            Meaning(str(one), certainty_word(one, tongue), certainty_meaning(one, tongue))
            for one in Certainty
        ),
        credits=credits_page(),
        constants=tuple(
            (formats.school_year(one.valid_from), formats.day(one.measured_on, tongue)) for one in tables()
        ),
        clear=round(CLEAR_FROM * 100),
        likely=round(LIKELY_FROM * 100),
        years=WINDOW,
        pupils=MIN_PUPILS,
    )
