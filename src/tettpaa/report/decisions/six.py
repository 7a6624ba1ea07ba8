"""The council member's six questions, answered in sentences from public figures and from what was decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.cache import cache
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import ANONYMOUS
from tettpaa.core.ui.language import reader_language
from tettpaa.data.indicators.queries import watermark
from tettpaa.data.stats.kinds import Certainty, Side
from tettpaa.data.stats.sentences import Against, change_phrase
from tettpaa.data.suppression.kinds import Edition
from tettpaa.report.annual.blocks import completion, environment, results, schools
from tettpaa.report.annual.context import Context, Wish, context_for
from tettpaa.report.annual.evidence import Subject, subjects
from tettpaa.report.annual.readings import Reading, about, area_reading, school_readings, tally, value_text
from tettpaa.report.decisions.enums import ItemKind, ItemState
from tettpaa.report.decisions.queries import ItemLine, counts_of
from tettpaa.report.decisions.wording import left_undone
from tettpaa.work.yearwheel.rules import school_year_of

REMEMBERED_S: Final = 24 * 3600
COUNTED: Final = "counted"  # counted and not estimated, so nothing is unsure about it
KEYS: Final = (*environment.MAIN, *results.TESTS, *completion.KEYS, *schools.TEACHERS)


@dataclass(frozen=True, slots=True)
class Answer:
    """One question: the answer as a sentence, one sentence with a figure, how sure, and whose figures to see.

    `certainty` is a key of the four circles, or `counted` for what is counted and not estimated.
    """

    key: str
    question: str
    answer: str
    proof: str
    certainty: str
    indicator: str = ""


def answers(owner: Unit, decided: Sequence[ItemLine], today: date) -> tuple[Answer, ...]:
    """The six, in their order. From public figures whoever looks; worked out anew when a figure changes."""
    key = _key(owner, today)
    found: tuple[Answer, ...] | None = cache.get(key)
    if found is None:
        found = _from_figures(owner, today)
        cache.set(key, found, REMEMBERED_S)
    return (*found, _done(decided))


def first_line(found: Sequence[Answer]) -> str:
    """The page's answer: the first two questions' answers after each other."""
    return " ".join(answer.answer for answer in found[:2])


def _key(owner: Unit, today: date) -> str:
    mark = "-".join(str(part).replace(" ", "_") for part in watermark())
    changed = owner.settings.changed_at.timestamp()
    return f"six:{owner.code}:{changed}:{mark}:{today:%Y%m%d}:{get_language()}"


def _from_figures(owner: Unit, today: date) -> tuple[Answer, ...]:
    year = school_year_of(today)
    wish = Wish(
        year=year, name=owner.settings.report_name, edition=Edition.PUBLIC, keys=KEYS, is_preview=True
    )
    context = context_for(ANONYMOUS, owner, wish)
    tests = subjects(context, results.TESTS)
    return (
        _judged(context, "well", _("Har elevene det bra?"), subjects(context, environment.MAIN)),
        _judged(context, "learn", _("Lærer de det de skal?"), tests),
        _judged(context, "complete", _("Fullfører de skolen?"), subjects(context, completion.KEYS)),
        _spread(context, tests),
        _judged(context, "teachers", _("Har vi lærerne vi trenger?"), subjects(context, schools.TEACHERS)),
    )


def _judged(context: Context, key: str, question: str, found: Sequence[Subject]) -> Answer:
    """Against the nation, over all the indicators of the question. Counts of sides, never a sum or a rank."""
    readings = [area_reading(context, subject.key, subject.grade) for subject in found]
    told = [
        reading for reading in readings if reading.newest is not None and reading.newest.value is not None
    ]
    if not told:
        return Answer(key, question, _("Det har vi ikke tall for ennå."), "", Certainty.UNKNOWN.value)
    first = next((reading for reading in told if _is_sure(reading)), told[0])
    label = next(s.label for s in found if (s.key, s.grade) == (first.definition.key, first.grade))
    sure = _sure(told)
    said = _sentence(key, told, sure)
    return Answer(key, question, said, _proof(context, first, label), sure, first.definition.key)


def _is_sure(reading: Reading) -> bool:
    return reading.level.certainty in (Certainty.CLEAR, Certainty.LIKELY)


def _sides(readings: Iterable[Reading]) -> tuple[int, int]:
    """How many are surely on the good side of the nation, and on the other. What has no good side counts as neither."""
    good = bad = 0
    for reading in readings:
        if not _is_sure(reading) or not reading.definition.direction:
            continue
        above = reading.level.side is Side.ABOVE
        if above == (reading.definition.direction > 0):
            good += 1
        else:
            bad += 1
    return good, bad


def _sentence(key: str, readings: Sequence[Reading], sure: str) -> str:
    """The answer, with what it is held against; where nothing is judged it claims nothing."""
    if sure == COUNTED:
        return _("Slik er tallene nå.")
    if sure == Certainty.UNKNOWN:
        return _("Det kan vi ikke si sikkert ennå.")
    starts = {
        "well": _("Elevene har det"),
        "learn": _("Elevene lærer"),
        "complete": _("Elevene fullfører"),
        "teachers": _("Vi har lærere"),
    }
    good, bad = _sides(readings)
    county = all(reading.beside.against is Against.COUNTY for reading in readings)
    slots = {"start": starts[key], "ref": _("fylket") if county else _("landet"), "count": len(readings)}
    slots |= {"good": good, "bad": bad}
    if good and bad:
        text = _("%(start)s bedre enn i %(ref)s på %(good)d av %(count)d mål og svakere på %(bad)d.")
    elif good * 2 > len(readings):
        text = _("%(start)s bedre enn i %(ref)s på %(good)d av %(count)d mål.")
    elif good:
        text = _("%(start)s omtrent som i %(ref)s, og bedre på %(good)d av %(count)d mål.")
    elif bad * 2 > len(readings):
        text = _("%(start)s svakere enn i %(ref)s på %(bad)d av %(count)d mål.")
    elif bad:
        text = _("%(start)s omtrent som i %(ref)s, men svakere på %(bad)d av %(count)d mål.")
    else:
        text = _("%(start)s omtrent som i %(ref)s.")
    return text % slots


def _sure(readings: Sequence[Reading]) -> str:
    """The least sure of what the answer rests on: the sure differences, or that there is none."""
    sure = [r.level.certainty for r in readings if _is_sure(r)]
    if sure:
        return Certainty.LIKELY.value if Certainty.LIKELY in sure else Certainty.CLEAR.value
    judged = [r.level.certainty for r in readings if r.level.certainty is not None]
    if not judged:
        return COUNTED
    return Certainty.NONE.value if Certainty.NONE in judged else Certainty.UNKNOWN.value


def _proof(context: Context, reading: Reading, label: str) -> str:
    """`Lesing 5. trinn: 48 i Fjordvik, 50 i landet.` and what has changed since last year, if that is known."""
    language = reader_language()
    own = value_text(reading.definition, reading.newest, language)
    beside = reading.beside.figures[-1] if reading.beside.figures else None
    slots = {"label": label, "own": own, "owner": context.owner.name}
    if beside is None or beside.value is None:
        text = _("%(label)s: %(own)s i %(owner)s.") % slots
    else:
        slots["other"] = value_text(reading.definition, beside, language)
        is_county = reading.beside.against is Against.COUNTY
        slots["place"] = _("fylket") if is_county else _("landet")
        text = _("%(label)s: %(own)s i %(owner)s, %(other)s i %(place)s.") % slots
    if reading.change is None:
        return text
    words = about(context, reading.definition, context.owner.name, reading.beside.against)
    phrase = change_phrase(reading.change, words, language)
    return (
        text
        + " "
        + _("Siden året før: %(owner)s %(phrase)s.") % {"owner": context.owner.name, "phrase": phrase}
    )


def _spread(context: Context, found: Sequence[Subject]) -> Answer:
    """Whether schools surely differ from the nation on the tests. Counts; nobody is named."""
    question = _("Er det store forskjeller mellom skolene?")
    counts = [tally(school_readings(context, subject.key, subject.grade)) for subject in found]
    judged = sum(c.below + c.above + c.none for c in counts)
    if not judged:
        return Answer("spread", question, _("Det kan vi ikke si ennå."), "", Certainty.UNKNOWN.value)
    apart = sum(c.below + c.above for c in counts)
    proof = _(
        "Av %(judged)d skoletall på nasjonale prøver skiller %(apart)d seg trolig eller klart fra landet når vi slår sammen tre år."
    ) % {"judged": judged, "apart": apart}
    if not apart:
        return Answer(
            "spread", question, _("Nei, ikke som vi kan se."), proof, Certainty.NONE.value, found[0].key
        )
    return Answer(
        "spread", question, _("Noen skoler skiller seg ut."), proof, Certainty.LIKELY.value, found[0].key
    )


def _done(decided: Sequence[ItemLine]) -> Answer:
    """What became of last year's decisions. Counted, so there is no doubt about it."""
    question = _("Gjør vi det vi har bestemt?")
    counts: Mapping[str, int] = counts_of(decided)
    total = sum(1 for line in decided if line.kind == ItemKind.DECISION)
    if not total:
        return Answer("decided", question, _("Det er ikke gjort noe vedtak å følge opp ennå."), "", COUNTED)
    done = counts[ItemState.DONE]
    slots = {"done": done, "total": total}
    text = _("%(done)d av %(total)d vedtak er gjennomført.")
    return Answer("decided", question, text % slots, " ".join(left_undone(counts)), COUNTED)
