"""National tests read together, as the signals of the follow-up are: both places point out the same schools."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext

from tettpaa.core.ui.language import reader_language
from tettpaa.data.indicators.queries import SeriesKey
from tettpaa.data.stats.kinds import Certainty, Side
from tettpaa.data.stats.numbers import Unit as Counted
from tettpaa.data.stats.numbers import distance
from tettpaa.data.stats.verdicts import Footing
from tettpaa.data.suppression.kinds import Gender
from tettpaa.doors.workspace.judging import Judgement, Phrase, split
from tettpaa.doors.workspace.queries.sheets import NATION, Sheet, Topic
from tettpaa.work.followup.screening import TOGETHER, screened
from tettpaa.work.followup.signals import NUMBERS, Finding

NATIONAL_TESTS: Final = "normal_sd10"  # the kind of model they have


@dataclass(frozen=True, slots=True)
class Marks:
    """What the screening says. `topics`: what it has judged, marked or not; by school: weak levels, and a fall."""

    topics: frozenset[Topic]
    levels: Mapping[tuple[str, Topic], Finding]
    falls: Mapping[str, Finding]


def marks_of(sheet: Sheet, schools: Collection[str]) -> Marks:
    """Screen the schools (codes) on the sheet's figures: hidden ones are no figures, so what rests on them is not seen.

    Only tests that the nation has figures of; the others are judged one by one.
    """
    topics = {
        topic
        for code, topic in sheet.lines
        if code == NATION and topic.definition.model.kind == NATIONAL_TESTS and topic.definition.direction
    }
    lines = {
        SeriesKey(code, *topic, Gender.ALL): line
        for (code, topic), line in sheet.lines.items()
        if topic in topics and (code == NATION or code in schools)
    }
    found = screened(lines, NATION)
    return Marks(
        topics=frozenset(topics),
        levels={
            (one.unit, Topic(one.indicator, one.grade)): one for one in found if one.indicator != TOGETHER
        },
        falls={one.unit: one for one in found if one.indicator == TOGETHER},
    )


def together(judgement: Judgement, found: Finding) -> Judgement:
    """The judgement of one test by itself, with the level that all the school's tests together give."""
    kept = found.evidence
    estimate = replace(
        judgement.estimate,
        **{name: kept[name] for name in NUMBERS},
        certainty=Certainty(found.certainty),
        side=Side(kept["side"]),
        footing=Footing.SHRUNK if kept["p"] is not None else judgement.estimate.footing,
    )
    return replace(judgement, estimate=estimate)


def counts_others(found: Finding) -> bool:
    """Whether other tests of the school count in the level."""
    return bool(found.evidence.get("others"))


def fall_phrase(found: Finding) -> Phrase:
    """`har trolig gått ned`, around its word; an early warning has none."""
    if found.evidence["rule"] == "early":
        return Phrase(gettext("kan ha gått ned"), "", "")
    is_clear = Certainty(found.certainty) is Certainty.CLEAR
    text = gettext("har gått klart ned") if is_clear else gettext("har trolig gått ned")
    return split(text, Certainty(found.certainty), reader_language())


def fall_words(found: Finding) -> str:
    """What was seen, and how often chance alone gives such a mark."""
    if found.evidence["rule"] == "early":
        first = gettext("De nyeste tallene er lavere enn årene før tilsier. Det er et tidlig varsel.")
    else:
        size = distance(found.evidence["fall"], Counted.POINTS, 1, reader_language())
        first = gettext("De siste tre årene ligger %(size)s lavere enn skolens tidligere år.") % {
            "size": size
        }
    return f"{first} {gettext('Omtrent 1 av 100 skoler uten endring får et slikt varsel hvert år.')}"
