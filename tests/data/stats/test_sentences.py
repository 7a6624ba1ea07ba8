"""The sentences: some word for word, and all of them in every language and situation."""

import re
from dataclasses import replace
from itertools import product

import pytest

from tests.data.stats.test_words import BOKMAL_ONLY, FORBIDDEN, NORWEGIAN, NYNORSK_ONLY
from tests.data.stats.worlds import nation
from tettpaa.data.stats.change import ChangeEstimate, change, cohort_change
from tettpaa.data.stats.constants import Components
from tettpaa.data.stats.kinds import Certainty, Gap, Kind, Side
from tettpaa.data.stats.level import LevelEstimate, level
from tettpaa.data.stats.numbers import LANGUAGES, NO_BREAK, Language, Unit
from tettpaa.data.stats.points import Point
from tettpaa.data.stats.rules import Rule
from tettpaa.data.stats.sentences import (
    About,
    Against,
    Situation,
    between,
    certainty_meaning,
    certainty_word,
    change_phrase,
    change_sentence,
    false_alarm_sentence,
    level_detail,
    level_phrase,
    level_sentence,
    one_year_sentence,
    school_year,
    situation_sentence,
    situation_word,
)
from tettpaa.data.suppression.kinds import Status

RULE = Rule(Kind.MEAN, Components(sd=10.0, persistent=7.25, cohort=1.44), delta=2.0, breaks=(2022,))
SAMPLING = Rule(Kind.MEAN, Components(sd=10.0), delta=2.0)
BULLYING = Rule(Kind.SHARE, delta=3.0)
NES = About("Nes")
NES_BULLYING = About("Nes", counted_in=Unit.PERCENT, direction=-1)


def three(mean: float, n: int | None = 34, half_width: float | None = None) -> list[Point]:
    return [Point(year, mean, n, half_width) for year in (2022, 2023, 2024)]


def plain(text: str) -> str:
    return text.replace(NO_BREAK, " ")


BELOW = level(three(46.6), nation(), RULE)
WITHIN = level([Point(2024, 47.9, 14)], nation(), RULE)
SMALL = level(three(49.2, 5000), nation(), replace(RULE, components=Components(10.0, 7.25, 0.0)))
EQUAL = level(three(50.0), nation(), RULE)
UNSURE = level(three(46.2, 12), nation(), RULE)
BULLIED = level(three(16.0, 47), three(7.1, None), BULLYING)
NO_N = level(three(-3.0, None, 1.2), nation(mean=0.0), Rule(Kind.MEAN, delta=1.0))
NO_N_NONE = level(three(-0.4, None, 1.2), nation(mean=0.0), Rule(Kind.MEAN, delta=1.0))
COUNTED = level([Point(2024, 14.4)], [Point(2024, 15.9)], Rule(Kind.CENSUS))
SAME_COUNT = level([Point(2024, 15.88)], [Point(2024, 15.9)], Rule(Kind.CENSUS))
UNKNOWN_SOURCE = level([Point(2024, 41.2)], [Point(2024, 42.0)], Rule(Kind.MEAN))
TOO_FEW = level([Point(2024, 44, 6)], nation(), RULE)
NO_YEARS = level([], nation(), RULE)
NO_REFERENCE = level([Point(2021, 44, 20)], [], RULE)


def test_a_likely_level_word_for_word() -> None:
    assert BELOW.certainty is Certainty.LIKELY
    assert level_phrase(BELOW, NES, "nb") == "ligger trolig under landet"
    assert plain(level_sentence(BELOW, NES, "nb")) == (
        "Nes ligger trolig under landet. Det er 77 % sannsynlig at forskjellen egentlig er mer enn 2 poeng."
    )
    assert plain(level_sentence(BELOW, NES, "nn")) == (
        "Nes ligg truleg under landet. Det er 77 % sannsynleg at skilnaden eigentleg er meir enn 2 poeng."
    )
    assert plain(level_sentence(BELOW, NES, "en")) == (
        "Nes is likely below the nation. It is 77% likely that the difference really is more than 2 points."
    )


def test_the_evidence_word_for_word() -> None:
    assert plain(level_detail(BELOW, NES, "nb")) == (
        "102 elever på tre år. Nivået ligger trolig mellom 45,4 og 49,0. Tallet for landet er 50,0. "
        "Snittet er 46,6. Det beregnede nivået, 47,2, er trukket mot landet, "
        "fordi noe av forskjellen trolig er tilfeldig."
    )


def test_fourteen_pupils_word_for_word() -> None:
    """The example of statistics.md B5, for one year."""
    assert plain(level_sentence(WITHIN, About("skolen"), "nb")) == (
        "Tallet ligger 2,1 poeng under landet. "
        "Med 14 elever kan tilfeldigheter alene gi forskjeller på opptil 5,7 poeng. "
        "Vi kan ikke si at skolen skiller seg fra landet. "
        "Ett år alene er for lite til å si noe sikkert om nivået over tid."
    )


def test_a_small_sure_difference_word_for_word() -> None:
    assert plain(level_sentence(SMALL, NES, "nb")) == (
        "Nes ligger litt under landet. Forskjellen er trolig mindre enn 2 poeng."
    )
    assert "Snittet" not in level_detail(SMALL, NES, "nb")


def test_equal_figures_word_for_word() -> None:
    assert plain(level_sentence(EQUAL, NES, "en")) == (
        "The figures for Nes and the nation are equal. "
        "With 102 pupils, chance alone can give differences of up to 2.4 points."
    )


def test_beyond_chance_yet_too_unsure_word_for_word() -> None:
    """Raw difference 3.8, chance 3.5, but P(more than two points) is under a half for so few pupils."""
    unsure = replace(UNSURE, certainty=Certainty.NONE, side=Side.NEITHER)
    assert plain(level_sentence(unsure, NES, "nb")) == (
        "Tallet ligger 3,8 poeng under landet. "
        "Forskjellen er for usikker til at vi kan si at Nes skiller seg fra landet."
    )


def test_bullying_says_that_low_is_good() -> None:
    assert plain(level_sentence(BULLIED, NES_BULLYING, "nb")) == (
        "Nes ligger klart over landet. Forskjellen er 8,9 prosentpoeng. "
        "Med 141 elever gir tilfeldigheter alene sjelden mer enn 4,3 prosentpoeng. Her er et lavt tall bra."
    )
    assert "Her er et lavt tall bra" not in level_sentence(BULLIED, replace(NES_BULLYING, direction=0), "nb")


def test_without_n_no_number_of_pupils_is_named() -> None:
    contribution = About("Nes", counted_in=Unit.POINTS)
    assert plain(level_sentence(NO_N, contribution, "nb")) == (
        "Nes ligger klart under landet. Forskjellen er 3,0 poeng. "
        "Her gir tilfeldigheter alene sjelden mer enn 0,7 poeng."
    )
    assert level_detail(NO_N, contribution, "nb").startswith(
        "Nivået ligger trolig mellom \u22123,6 og \u22122,4."
    )


def test_within_chance_of_the_normal_curve_names_no_chance() -> None:
    found = replace(BULLIED, difference=4.0)
    assert "tilfeldigheter" not in level_sentence(found, NES_BULLYING, "nb")
    assert "Forskjellen er 4,0" in plain(level_sentence(found, NES_BULLYING, "nb"))


def test_a_count_word_for_word() -> None:
    ratio = About("Nes", Against.COUNTY, "Rogaland", Unit.PUPILS_PER_TEACHER)
    assert plain(level_sentence(COUNTED, ratio, "nb")) == (
        "Nes har 14,4 elever per lærer. Tallet for Rogaland er 15,9 elever per lærer. "
        "Tallet bygger på alle, ikke på et utvalg, så vi regner ikke ut noen usikkerhet. "
        "I små grupper kan det likevel svinge mye fra år til år."
    )
    assert level_phrase(COUNTED, ratio, "nb") == "har et lavere tall enn Rogaland"
    assert level_phrase(SAME_COUNT, ratio, "nb") == "har samme tall som Rogaland"
    assert level_detail(COUNTED, ratio, "nb") == ""


def test_gaps_word_for_word() -> None:
    similar = replace(NES, against=Against.SIMILAR)
    assert [plain(level_sentence(found, similar, "nb")) for found in (TOO_FEW, NO_YEARS, NO_REFERENCE)] == [
        "For få elever til å si noe om Nes ennå: 6 elever på ett år.",
        "Vi har ingen tall å vise for Nes i de siste årene.",
        "Vi har ikke tall for lignende skoler å sammenligne Nes med.",
    ]
    assert level_sentence(UNKNOWN_SOURCE, NES, "nb").endswith(
        "Kilden sier ikke nok til at vi kan regne ut usikkerheten."
    )


def test_a_unit_first_in_a_sentence_gets_a_capital() -> None:
    assert level_sentence(BELOW, About("kommunen"), "nb").startswith("Kommunen ligger")
    assert situation_sentence(Situation.MISSING, "kommunen", "nb") == "Kilden har ikke noe tall for kommunen."


def test_many_years_are_counted_in_figures() -> None:
    long = level([Point(2019 + i, 46, 30) for i in range(5)], nation(2), replace(RULE, window=5, breaks=()))
    assert long.years == (2022, 2023)
    five = replace(BELOW, years=(2020, 2021, 2022, 2023, 2024))
    assert plain(level_detail(five, NES, "nb")).startswith("102 elever på 5 år.")


def test_likely_between() -> None:
    found = [plain(between(46.2, 49.8, NES, language)) for language in LANGUAGES]
    assert found == [
        "trolig mellom 46,2 og 49,8",
        "truleg mellom 46,2 og 49,8",
        "likely between 46.2 and 49.8",
    ]


FALL = change(Point(2022, 49, 30), Point(2024, 46, 30), RULE)
BIG_FALL = change(Point(2022, 52, 30), Point(2024, 42, 30), RULE)
SAME = change(Point(2022, 49, 30), Point(2024, 49, 30), RULE)
TINY_RISE = change(
    Point(2023, 49, 9000), Point(2024, 50, 9000), Rule(Kind.MEAN, Components(10, None, 0.0), 2.0)
)
UNSURE_RISE = replace(FALL, difference=9.0)
AGAINST_NATION = change(
    Point(2022, 49, 30), Point(2024, 46, 30), RULE, reference=(Point(2022, 50), Point(2024, 49))
)
COHORT = cohort_change(Point(2023, 47, 50), Point(2024, 51, 50), RULE)
BROKEN = change(Point(2021, 49, 30), Point(2024, 46, 30), RULE)
FEW = change(Point(2022, 49, 6), Point(2024, 46, 30), RULE)
COUNT_FALL = change(Point(2023, 412), Point(2024, 401), Rule(Kind.CENSUS))
COUNT_SAME = change(Point(2023, 14.42), Point(2024, 14.44), Rule(Kind.CENSUS))


def test_a_fall_that_may_be_chance_word_for_word() -> None:
    assert plain(change_sentence(FALL, NES, "nb")) == (
        "Nes viser ingen sikker endring fra 2022–23 til 2024–25. Nedgangen er 3,0 poeng. "
        "Tilfeldigheter alene kan gi opptil 6,1 poeng. Vi kan ikke si at noe har endret seg."
    )


def test_a_clear_fall_word_for_word() -> None:
    assert plain(change_sentence(BIG_FALL, NES, "nn")) == (
        "Nes har gått klart ned frå 2022–23 til 2024–25. Nedgangen er 10,0 poeng. "
        "Tilfeldigheiter aleine gir sjeldan meir enn 6,1 poeng."
    )


def test_a_change_against_the_nation_word_for_word() -> None:
    assert plain(change_sentence(AGAINST_NATION, NES, "en")).startswith(
        "Nes shows no reliable change from 2022–23 to 2024–25. "
        "Compared with the nation, the fall is 2.0 points."
    )


def test_other_changes_word_for_word() -> None:
    assert plain(change_sentence(SAME, NES, "nb")).split(". ")[1] == "Tallet er det samme"
    assert plain(change_sentence(TINY_RISE, NES, "nb")) == (
        "Nes har gått litt opp fra 2023–24 til 2024–25. Oppgangen er 1,0 poeng. "
        "Endringen er trolig mindre enn 2 poeng."
    )
    assert plain(change_sentence(UNSURE_RISE, NES, "nb")).endswith(
        "Oppgangen er 9,0 poeng. Det er for usikkert til at vi kan kalle det en varig endring."
    )
    assert plain(change_sentence(BIG_FALL, replace(NES, direction=-1), "nb")).endswith(
        "Her er et lavt tall bra."
    )


def test_the_same_cohort_says_what_we_do_not_know() -> None:
    told = "Vi følger det samme kullet, men ikke elev for elev. Derfor er usikkerheten satt høyt."
    assert change_sentence(COHORT, NES, "nb").endswith(told)
    assert not change_sentence(replace(COHORT, correlation=0.8), NES, "nb").endswith(told)


def test_changes_that_cannot_be_told_word_for_word() -> None:
    assert change_sentence(BROKEN, NES, "nb") == (
        "Fra 2022–23 er tallet laget på en ny måte. Tall fra før og etter kan ikke sammenlignes."
    )
    assert (
        change_sentence(FEW, NES, "nb")
        == "For få elever til å si om Nes har endret seg fra 2022–23 til 2024–25."
    )
    assert change_sentence(COUNT_FALL, About("Nes", counted_in=Unit.PUPILS, decimals=0), "nb") == (
        f"Nes har gått ned fra 2023–24 til 2024–25. Nedgangen er 11{NO_BREAK}elever."
    )
    assert change_phrase(COUNT_SAME, NES, "nb") == "er uendret"


def test_the_list_heading_word_for_word() -> None:
    assert [false_alarm_sentence(marked, expected, "nb") for marked, expected in ((12, 1.2), (12, 0.3))] == [
        "12 skoler er merket, omtrent 1 av dem trolig ved en tilfeldighet.",
        "12 skoler er merket. Vi venter at færre enn 1 av dem er merket ved en tilfeldighet.",
    ]
    assert plain(false_alarm_sentence(1, 0.21, "nb")).endswith(
        "Det er 21 % sannsynlig at merket skyldes tilfeldigheter."
    )
    assert plain(false_alarm_sentence(1, 0.004, "nb")).endswith(
        "Det er under 1 % sannsynlig at merket skyldes tilfeldigheter."
    )
    assert false_alarm_sentence(0, 0.0, "nb").startswith("Ingen skoler er merket.")
    assert false_alarm_sentence(30, 2.5, "nn").startswith("30 skular er merkte, omtrent 3 av dei")


def test_probabilities_are_never_certain() -> None:
    sure = replace(BELOW, certainty=Certainty.CLEAR, p_below=0.99999)
    assert plain(level_sentence(sure, NES, "nb")).endswith(
        "Det er over 99 % sannsynlig at forskjellen egentlig er mer enn 2 poeng."
    )


def test_situations_cover_every_status_of_a_missing_figure() -> None:
    assert {str(situation) for situation in Situation} == {s.key for s in Status} - {Status.OK.key}


LEVELS = {
    "below": BELOW,
    "above": level(three(53.4), nation(), RULE),
    "clear": level(three(42.0), nation(), RULE),
    "clear above": level(three(58.0), nation(), RULE),
    "within": WITHIN,
    "small": SMALL,
    "small above": level(three(50.8, 5000), nation(), replace(RULE, components=Components(10.0, 7.25, 0.0))),
    "equal": EQUAL,
    "unsure": replace(UNSURE, certainty=Certainty.NONE, side=Side.NEITHER),
    "bullied": BULLIED,
    "not shrunk": level(three(44.0), nation(), SAMPLING),
    "no delta": level(three(40.0), nation(), replace(SAMPLING, delta=None)),
    "no delta none": level(three(49.0), nation(), replace(SAMPLING, delta=None)),
    "no n": NO_N,
    "no n none": NO_N_NONE,
    "counted": COUNTED,
    "same count": SAME_COUNT,
    "higher count": level([Point(2024, 17.0)], [Point(2024, 15.9)], Rule(Kind.CENSUS)),
    "unknown source": UNKNOWN_SOURCE,
    "too few": TOO_FEW,
    "no years": NO_YEARS,
    "no reference": NO_REFERENCE,
}
CHANGES = {
    "fall": FALL,
    "big fall": BIG_FALL,
    "likely fall": change(Point(2022, 49, 30), Point(2024, 42, 30), RULE),
    "big rise": change(Point(2022, 42, 30), Point(2024, 52, 30), RULE),
    "likely rise": change(Point(2022, 42, 30), Point(2024, 49, 30), RULE),
    "same": SAME,
    "tiny rise": TINY_RISE,
    "tiny fall": replace(TINY_RISE, side=Side.BELOW, difference=-1.0),
    "unsure rise": UNSURE_RISE,
    "against": AGAINST_NATION,
    "against rise": replace(AGAINST_NATION, difference=2.0),
    "against same": replace(AGAINST_NATION, difference=0.0),
    "cohort": COHORT,
    "broken": BROKEN,
    "few": FEW,
    "count fall": COUNT_FALL,
    "count rise": replace(COUNT_FALL, difference=3.0),
    "count same": COUNT_SAME,
}
ABOUTS = [
    About("Eidet", against, name, unit, decimals, direction)
    for (against, name), (unit, decimals), direction in product(
        [*((against, None) for against in Against), (Against.COUNTY, "Rogaland")],
        [*((unit, 1) for unit in Unit), (Unit.POINTS, 0)],
        (-1, 0, 1),
    )
]


def check(text: str, language: Language) -> None:
    """What holds for every text: filled slots, tidy spaces, plain words, its own language, its own comma."""
    assert text == text.strip()
    assert not re.search(r"[{}]|  |None|\bnan\b|\.\.|,,| [.,]|(?<!\d)-\d", text)
    assert FORBIDDEN.findall(text) == []
    foreign = {"nb": NYNORSK_ONLY, "nn": BOKMAL_ONLY, "en": NORWEGIAN}[language]
    assert foreign.findall(text.replace("Eidet", "")) == []
    wrong_comma = r"\d,\d(?!\d\d)" if language == "en" else r"\d\.\d"
    assert not re.search(wrong_comma, text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", LEVELS)
def test_every_level_reads_well_in_every_setting(key: str, language: Language) -> None:
    estimate: LevelEstimate = LEVELS[key]
    for about in ABOUTS:
        sentence = level_sentence(estimate, about, language)
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        check(sentence, language)
        check(level_phrase(estimate, about, language), language)
        detail = level_detail(estimate, about, language)
        check(detail, language)
        assert (detail == "") is (estimate.estimate is None)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", CHANGES)
def test_every_change_reads_well_in_every_setting(key: str, language: Language) -> None:
    estimate: ChangeEstimate = CHANGES[key]
    for about in ABOUTS:
        sentence = change_sentence(estimate, about, language)
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        check(sentence, language)
        check(change_phrase(estimate, about, language), language)


def test_the_walk_meets_every_outcome() -> None:
    judged = {(e.certainty, e.side) for e in LEVELS.values()}
    assert judged == {
        *product((Certainty.CLEAR, Certainty.LIKELY), (Side.BELOW, Side.ABOVE)),
        *((Certainty.NONE, side) for side in Side),
        (Certainty.UNKNOWN, Side.NEITHER),
        (None, Side.NEITHER),
    }
    gaps = {e.gap for e in (*LEVELS.values(), *CHANGES.values())}
    assert gaps == {None, *Gap}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_and_situations_read_well(language: Language) -> None:
    for certainty in Certainty:
        check(certainty_word(certainty, language), language)
        check(certainty_meaning(certainty, language), language)
    for situation in Situation:
        check(situation_word(situation, language), language)
        check(situation_sentence(situation, "Eidet", language), language)
    check(one_year_sentence(language), language)
    for marked, expected in ((0, 0.0), (1, 0.3), (5, 0.4), (12, 1.2), (1200, 40.0)):
        check(false_alarm_sentence(marked, expected, language), language)


def test_certainty_words_and_circles() -> None:
    found = [(c.glyph, certainty_word(c, "nb")) for c in Certainty]
    assert found == [
        ("●", "Klart"),
        ("◐", "Trolig"),
        ("○", "Ingen sikker forskjell"),
        ("◌", "Kan ikke si ennå"),
    ]


def test_school_year_over_a_century() -> None:
    assert (school_year(2024), school_year(1999)) == ("2024–25", "1999–00")
