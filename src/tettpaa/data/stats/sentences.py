"""The plain sentence for each comparison: what the numbers can and cannot say (statistics.md B5)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tettpaa.data.stats import words
from tettpaa.data.stats.change import ChangeEstimate
from tettpaa.data.stats.kinds import Certainty, Gap, Side
from tettpaa.data.stats.level import LevelEstimate
from tettpaa.data.stats.numbers import NO_BREAK, Language, Unit, distance, number, quantity
from tettpaa.data.stats.verdicts import Footing
from tettpaa.data.stats.words import Words


class Against(StrEnum):
    """What a unit is compared with. OTHERS: the municipality without the school itself."""

    NATION = "nation"
    COUNTY = "county"
    MUNICIPALITY = "municipality"
    OTHERS = "others"
    SIMILAR = "similar"


class Situation(StrEnum):
    """Why a figure is missing; the keys of the suppression room's statuses."""

    HIDDEN_BY_SOURCE = "hidden_by_source"
    HIDDEN_BY_US = "hidden_by_us"
    NO_PARTICIPANTS = "no_participants"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"
    CONFIDENTIAL = "confidential"


@dataclass(frozen=True, slots=True)
class About:
    """Who and what a sentence is about.

    `unit`: the name as it stands in a sentence. `against` with an optional `reference_name` ("Rogaland") in
    place of "fylket". `counted_in` and `decimals`: how values are written. `direction`: 1 when high is good,
    -1 when low is good, 0 when neither; it adds words and never touches a number.
    """

    unit: str
    against: Against = Against.NATION
    reference_name: str | None = None
    counted_in: Unit = Unit.POINTS
    decimals: int = 1
    direction: int = 1


# Below this the computed level stands visibly apart from the mean, and the page must say why.
_DRAWN_BELOW: Final = 0.95

_CHANGE: Final = {**words.CHANGE, "low_is_good": words.LEVEL["low_is_good"]}


def certainty_word(certainty: Certainty, language: Language) -> str:
    """`Klart`, `Trolig`, `Ingen sikker forskjell` or `Kan ikke si ennå`."""
    return _text(words.CERTAINTY[certainty], language)


def certainty_meaning(certainty: Certainty, language: Language) -> str:
    """One sentence on what the word means, for the page that the word links to."""
    return _text(words.CERTAINTY_MEANING[certainty], language)


def between(low: float, high: float, about: About, language: Language) -> str:
    """`trolig mellom 46,2 og 49,8`."""
    ends = (quantity(end, about.counted_in, about.decimals, language) for end in (low, high))
    return _text(words.BETWEEN, language, **dict(zip(("low", "high"), ends, strict=True)))


def level_phrase(estimate: LevelEstimate, about: About, language: Language) -> str:
    """What follows the unit's name in a heading: `ligger trolig under landet`."""
    key = _phrase_key(estimate, about)
    return _text(words.PHRASE[key], language, ref=_reference(about, language))


def level_sentence(estimate: LevelEstimate, about: About, language: Language) -> str:
    """The finding on a level in one to four short sentences."""
    return _paragraph(
        words.LEVEL, _level_keys(estimate, about), _level_slots(estimate, about, language), language
    )


def level_detail(estimate: LevelEstimate, about: About, language: Language) -> str:
    """The evidence under a finding: pupils and years, where the level lies, why it differs from the mean.

    Empty when there is no estimate.
    """
    if estimate.estimate is None or estimate.low90 is None or estimate.high90 is None:
        return ""
    keys = ["pupils"] if estimate.n is not None else []
    keys.append("between")
    if _is_drawn(estimate):
        keys.append("drawn")
    slots = _level_slots(estimate, about, language)
    slots["between"] = between(estimate.low90, estimate.high90, about, language)
    return _paragraph(words.DETAIL, keys, slots, language)


def change_phrase(estimate: ChangeEstimate, about: About, language: Language) -> str:
    """What follows the unit's name in a heading: `har trolig gått ned`."""
    return _text(words.CHANGE_PHRASE[_phrase_key(estimate, about)], language)


def change_sentence(estimate: ChangeEstimate, about: About, language: Language) -> str:
    """The finding on a change between two school years, in one to four short sentences."""
    slots = {
        "unit": about.unit,
        "ref": _reference(about, language),
        "phrase": change_phrase(estimate, about, language),
        "start": school_year(estimate.from_year),
        "end": school_year(estimate.to_year),
    }
    if estimate.broken_in is not None:
        slots["broken_in"] = school_year(estimate.broken_in)
    slots |= _sizes(about, language, estimate.difference, estimate.chance, estimate.delta)
    return _paragraph(_CHANGE, _change_keys(estimate, about), slots, language)


def situation_sentence(situation: Situation, unit: str, language: Language) -> str:
    """Why `unit` has no figure, in words; never blank and never 0."""
    return _capital(_text(words.SITUATION[situation], language, unit=unit))


def situation_word(situation: Situation, language: Language) -> str:
    """The same in two or three words, for a table cell."""
    return _text(words.SITUATION_SHORT[situation], language)


def one_year_sentence(language: Language) -> str:
    """That one year is too little."""
    return _text(words.LEVEL["one_year"], language)


def false_alarm_sentence(marked: int, expected: float, language: Language) -> str:
    """The heading of a list of marked schools, with the number to expect wrong.

    `expected` is `verdicts.expected_false_alarms` of the same schools: a number for a list, and for a single
    school the probability itself.
    """
    if marked == 1:
        return _text(words.FALSE_ALARMS["one"], language, p=probability(expected, language))
    key = "none" if marked == 0 else "fewer" if expected < 0.5 else "about"
    return _text(
        words.FALSE_ALARMS[key],
        language,
        marked=number(marked, 0, language),
        expected=number(max(1.0, expected), 0, language),
    )


def school_year(year: int) -> str:
    """`2024–25` for 2024, with the dash of the pages."""
    return f"{year}–{(year + 1) % 100:02d}"


def _level_keys(estimate: LevelEstimate, about: About) -> list[str]:
    if estimate.certainty is Certainty.UNKNOWN:
        return [str(estimate.gap)]
    if estimate.certainty is None:
        return ["described", str(estimate.gap)]
    if estimate.certainty is Certainty.NONE:
        keys = _unfound_level_keys(estimate, about)
    else:
        keys = ["says", _reason_key(estimate)]
        if about.direction < 0:
            keys.append("low_is_good")
    if len(estimate.years) == 1:
        keys.append("one_year")
    return keys


def _reason_key(estimate: LevelEstimate) -> str:
    """A probability where the curve is a true posterior, else the size beside what chance gives."""
    if estimate.footing is Footing.SHRUNK and estimate.delta is not None:
        return "probability"
    return "by" if _is_within_chance(estimate.difference, estimate.chance) else "beyond_chance"


def _unfound_level_keys(estimate: LevelEstimate, about: About) -> list[str]:
    if estimate.side is not Side.NEITHER:
        return ["says", "small"]
    if _shown_side(estimate.difference, about) is Side.NEITHER:
        return ["no_difference"]
    return ["within_chance" if _is_within_chance(estimate.difference, estimate.chance) else "too_unsure"]


def _change_keys(estimate: ChangeEstimate, about: About) -> list[str]:
    if estimate.certainty is Certainty.UNKNOWN:
        return ["break" if estimate.gap is Gap.BREAK else "too_few"]
    direction = _shown_side(estimate.difference, about)
    kind = "against" if estimate.is_against_reference else "size"
    keys = ["says", f"{kind}.{direction}"]
    if estimate.certainty is None:
        return keys
    if estimate.certainty is not Certainty.NONE:
        keys.append("beyond_chance")
        if about.direction < 0:
            keys.append("low_is_good")
    elif estimate.side is not Side.NEITHER:
        keys.append("small")
    else:
        is_within = _is_within_chance(estimate.difference, estimate.chance)
        keys.append("within_chance" if is_within else "too_unsure")
    if estimate.is_same_cohort and estimate.correlation is None:
        keys.append("same_cohort")
    return keys


def _phrase_key(estimate: LevelEstimate | ChangeEstimate, about: About) -> str:
    if estimate.certainty is None:
        return f"described.{_shown_side(estimate.difference, about)}"
    return f"{estimate.certainty}.{estimate.side}"


def _level_slots(estimate: LevelEstimate, about: About, language: Language) -> dict[str, str]:
    unit, decimals = about.counted_in, about.decimals
    slots = {
        "unit": about.unit,
        "ref": _reference(about, language),
        "phrase": level_phrase(estimate, about, language),
        "years": _years(len(estimate.years), language),
        "With_n": _text(words.WITH_N["no_n"], language),
    }
    if estimate.n is not None:
        slots["n"] = distance(estimate.n, Unit.PUPILS, 0, language)
        slots["With_n"] = _text(words.WITH_N["n"], language, n=slots["n"])
    for name in ("mean", "reference", "estimate"):
        value = getattr(estimate, name)
        if value is not None:
            slots[name] = quantity(value, unit, decimals, language)
    if estimate.p_below is not None and estimate.p_above is not None:
        slots["p"] = probability(max(estimate.p_below, estimate.p_above), language)
    return slots | _sizes(about, language, estimate.difference, estimate.chance, estimate.delta)


def _sizes(
    about: About, language: Language, difference: float | None, chance: float | None, delta: float | None
) -> dict[str, str]:
    sizes = {"difference": difference, "chance": chance}
    slots = {
        name: distance(value, about.counted_in, about.decimals, language)
        for name, value in sizes.items()
        if value is not None
    }
    if difference:
        slots["side"] = _text(words.SIDE[_side(difference)], language)
    if delta is not None:
        # 2 poeng, not 2,0: a limit is chosen, not measured.
        decimals = 0 if float(delta).is_integer() else about.decimals
        slots["delta"] = distance(delta, about.counted_in, decimals, language)
    return slots


def probability(p: float, language: Language) -> str:
    """In whole percent, never 0 or 100."""
    percent = number(min(99.0, max(1.0, 100 * p)), 0, language)
    text = f"{percent}%" if language == "en" else f"{percent}{NO_BREAK}%"
    if 0.01 <= p <= 0.99:
        return text
    return _text(words.PROBABILITY["under" if p < 0.5 else "over"], language, p=text)


def _reference(about: About, language: Language) -> str:
    return about.reference_name or _text(words.AGAINST[about.against], language)


def _years(count: int, language: Language) -> str:
    return _text(words.YEARS.get(count, words.MANY_YEARS), language, count=str(count))


def _side(difference: float) -> Side:
    return Side.BELOW if difference < 0 else Side.ABOVE


def _shown_side(difference: float | None, about: About) -> Side:
    """The side a reader sees: what is written as 0 has none."""
    if difference is None or number(abs(difference), about.decimals, "en").strip("0.") == "":
        return Side.NEITHER
    return _side(difference)


def _is_within_chance(difference: float | None, chance: float | None) -> bool:
    return difference is not None and chance is not None and abs(difference) <= chance


def _is_drawn(estimate: LevelEstimate) -> bool:
    """Whether the computed level is so far from the mean, towards the reference, that it needs a word."""
    is_drawn = estimate.shrinkage is not None and estimate.shrinkage < _DRAWN_BELOW
    return (
        is_drawn
        and estimate.mean is not None
        and estimate.reference is not None
        and estimate.deviation is not None
        and abs(estimate.deviation) < abs(estimate.mean - estimate.reference)
    )


def _paragraph(texts: dict[str, Words], keys: list[str], slots: dict[str, str], language: Language) -> str:
    return " ".join(_capital(_text(texts[key], language, **slots)) for key in keys)


def _text(text: Words, language: Language, **slots: str) -> str:
    plain: str = getattr(text, language)
    return plain.format(**slots)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
