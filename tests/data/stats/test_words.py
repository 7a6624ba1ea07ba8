"""The word tables: complete, alike in their slots, and each in its own language."""

import re
from string import Formatter

import pytest

from tettpaa.data.stats import words
from tettpaa.data.stats.kinds import Certainty, Gap, Side
from tettpaa.data.stats.sentences import Against, Situation
from tettpaa.data.stats.words import Words

FORBIDDEN = re.compile(
    r"±|signifikan|significan|konfidens|confidence|p-verdi|p-value|\brang|\brank|\bbest|\bverst|\bworst|\bnr\.|"
    r"statistisk|standardavvik|standard deviation",
    re.IGNORECASE,
)
BOKMAL_ONLY = re.compile(
    r"\b(ikke|ligger|fra|trolig|skole\w*|elever|ett|noe|noen|bare|også|vises|kilden?|hvis|høyere|lavere|tallet|"
    r"tallene|forskjell\w*|sammenlign\w*|lignende|mer|mangler|usikkerhet\w*|endringen|endringer|dager|lærer)\b",
    re.IGNORECASE,
)
NYNORSK_ONLY = re.compile(
    r"\b(ikkje|ligg|frå|truleg|skul\w*|elevar|eitt|noko|nokon|berre|kjelda|høgare|lågare|talet|tala|skilnad\w*|"
    r"samanlikn\w*|liknande|meir|manglar|uviss\w*|aleine|sjeldan)\b",
    re.IGNORECASE,
)
NORWEGIAN = re.compile(r"[æøåÆØÅ]|\b(og|er|ikke|skole|elever|tallet|landet)\b", re.IGNORECASE)


def texts() -> dict[str, Words]:
    """Every text of the module by its name."""
    found: dict[str, Words] = {}
    for name, value in vars(words).items():
        if isinstance(value, Words):
            found[name] = value
        elif isinstance(value, dict) and name.isupper():
            found |= {f"{name}.{key}": text for key, text in value.items()}
    return found


TEXTS = texts()


def slots(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text)} - {None}


def test_every_table_was_found() -> None:
    assert len(TEXTS) > 80
    assert {name.split(".")[0] for name in TEXTS} >= {"LEVEL", "CHANGE", "SITUATION", "BETWEEN", "MANY_YEARS"}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_has_three_languages_with_the_same_slots(name: str) -> None:
    text = TEXTS[name]
    assert all(part.strip() for part in text)
    assert slots(text.nb) == slots(text.nn) == slots(text.en)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_plain_and_in_its_own_language(name: str) -> None:
    text = TEXTS[name]
    bare = Words(*(re.sub(r"\{\w+\}", "", part) for part in text))
    assert [FORBIDDEN.findall(part) for part in bare] == [[], [], []]
    assert NYNORSK_ONLY.findall(bare.nb) == []
    assert BOKMAL_ONLY.findall(bare.nn) == []
    assert NORWEGIAN.findall(bare.en) == []


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        (words.CERTAINTY, {str(c) for c in Certainty}),
        (words.CERTAINTY_MEANING, {str(c) for c in Certainty}),
        (words.AGAINST, {str(a) for a in Against}),
        (words.SITUATION, {str(s) for s in Situation}),
        (words.SITUATION_SHORT, {str(s) for s in Situation}),
        (words.SIDE, {str(s) for s in Side} - {"neither"}),
    ],
)
def test_a_table_has_a_text_for_each_of_its_words(table: dict[str, Words], keys: set[str]) -> None:
    assert set(table) == keys


def test_each_gap_has_its_sentence() -> None:
    assert {str(gap) for gap in Gap} <= set(words.LEVEL) | set(words.CHANGE)


def test_the_check_itself_sees_a_foreign_word() -> None:
    assert BOKMAL_ONLY.findall("Skolen ligg ikke under landet") == ["Skolen", "ikke"]
    assert NYNORSK_ONLY.findall("Skulen ligger trolig frå landet") == ["Skulen", "frå"]
    assert FORBIDDEN.findall("47 ± 2 er signifikant") == ["±", "signifikan"]
