"""What other systems write for a school year, a grade, a gender, a yes. Plain Python."""

import re
from functools import lru_cache
from typing import Final

from tettpaa.data.sources.mapping.profile import ENDS, STARTS
from tettpaa.data.sources.places import school_year, school_year_text

_GENDERS: Final = {
    word: kind
    for kind, words in {
        "jenter": ("j", "k", "jente", "jenter", "jenta", "kvinne", "kvinner", "kvinna", "f", "female", "girl", "girls"),
        "gutter": ("g", "m", "gutt", "gutter", "gut", "gutar", "mann", "menn", "male", "boy", "boys"),
        "": ("", "alle", "begge", "begge kjønn", "alle kjønn", "all", "totalt", "samlet", "samla"),
    }.items()
    for word in words
}  # fmt: skip
_YES: Final = frozenset({"ja", "j", "yes", "y", "1", "x", "sann", "true", "over"})
_NO: Final = frozenset({"nei", "n", "no", "0", "usann", "false", "under"})
# A person without a result; counted, and told.
WITHOUT: Final = frozenset(
    {"fritatt", "fritatt (f)", "fritak", "friteken", "ikke deltatt", "ikkje deltatt", "ikke møtt", "fravær", "im", "f"}
)  # fmt: skip
_GRADE: Final = re.compile(
    r"(?:trinn|steg|klasse)?\s*([0-9]{1,2})\s*\.?\s*(?:[a-zæøå]|trinn|steg|årstrinn|årssteg|klasse)?"
)
_VG: Final = re.compile(r"vg ?([123]).*")
_LONE: Final = re.compile(r"(20[0-9]{2})")
_TERM: Final = re.compile(
    r"(høst|haust|h|autumn|vår|v|spring)\s*(20[0-9]{2})|(20[0-9]{2})\s*(høst|haust|h|autumn|vår|v|spring)"
)
_DAY: Final = re.compile(
    r"(20[0-9]{2})-([0-9]{2})(?:-[0-9]{2})?(?:[ T].*)?|[0-9]{1,2}\.([0-9]{1,2})\.(20[0-9]{2})"
)
_FIRST_MONTH: Final = 8  # the school year begins on 1 August


@lru_cache(maxsize=4096)
def year_text(text: str, rule: str) -> str | None:
    """The school year as our template writes it; None when it cannot be told, `""` when a lone year lacks its rule.

    Reads `2024-25`, `2024/2025`, `høst 2024`, dates (the school year begins on 1 August), and a lone year by `rule`.
    """
    plain = " ".join(text.casefold().split())
    known = school_year(plain.replace(" ", ""))
    if known is not None:
        return school_year_text(known)
    if match := _LONE.fullmatch(plain):
        return {STARTS: school_year_text(int(match[1])), ENDS: school_year_text(int(match[1]) - 1)}.get(
            rule, ""
        )
    if match := _TERM.fullmatch(plain):
        term, year = (match[1], match[2]) if match[1] else (match[4], match[3])
        return school_year_text(int(year) - (term[0] in "vs"))
    if match := _DAY.fullmatch(plain):
        year, month = (match[1], match[2]) if match[1] else (match[4], match[3])
        return school_year_text(int(year) - (int(month) < _FIRST_MONTH))
    return None


@lru_cache(maxsize=4096)
def grade_text(text: str) -> str:
    """`5`, `5. trinn`, `5A`, `Trinn 5` → `5`; `Vg1` stays; anything else is left for the template to refuse."""
    plain = " ".join(text.casefold().split())
    if match := _VG.fullmatch(plain):
        return f"vg{match[1]}"
    match = _GRADE.fullmatch(plain)
    return match[1] if match else text


def gender_text(text: str) -> str | None:
    """`jenter`, `gutter`, empty for all; None for another word."""
    return _GENDERS.get(" ".join(text.casefold().split()))


def yes_or_no(text: str) -> bool | None:
    """Whether a cell says yes; None when it says neither."""
    plain = text.strip().casefold()
    return True if plain in _YES else False if plain in _NO else None
