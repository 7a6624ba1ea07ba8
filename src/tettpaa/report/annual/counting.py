"""Counts of schools, meetings and promises in a report that anybody may read."""

from typing import Final

from tettpaa.report.annual.wording import Pair, tell
from tettpaa.report.annual.work import FEWEST
from tettpaa.report.export.tree import Language

TEXTS: Final[dict[str, Pair]] = {
    "none": Pair("Ingen", "Ingen"),
    "few": Pair("Færre enn fem", "Færre enn fem"),
    "share": Pair("{kept} av {made}", "{kept} av {made}"),
    "too_few": Pair("for få til å telles opp", "for få til å bli talde opp"),
}


def few(count: int, language: Language) -> str:
    """A count that cannot point at a school: the number, or that it is small."""
    if not count:
        return tell(TEXTS, "none", language)
    return str(count) if count >= FEWEST else tell(TEXTS, "few", language)


def share(kept: int, made: int, language: Language) -> str:
    """`12 av 16`, or that there are too few to count."""
    if made < FEWEST:
        return tell(TEXTS, "too_few", language)
    return tell(TEXTS, "share", language, kept=kept, made=made)
