"""Codes of places as files write them: organisation numbers, municipalities, counties, school years."""

import re
from functools import lru_cache

_ORGNR = re.compile(r"[0-9]{9}")
_PSEUDO = re.compile(r"[A-Z][0-9]{8}")  # U90099013: schools abroad; F00000001: invented schools of the demo
_YEAR = re.compile(r"(20[0-9]{2})[-/\u2013]((?:20)?[0-9]{2})")
_BIRTH_NUMBER = re.compile(r"(?<![0-9])([0-9]{6}) ?([0-9]{5})(?![0-9])")
_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
_K1 = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_K2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
# Svalbard, abroad and unknown are listed like municipalities but are none (data.md 1B).
PSEUDO_MUNICIPALITIES = frozenset({"2100", "2599", "9999"})


def _check_digit(digits: str, weights: tuple[int, ...]) -> int:
    """The modulus-11 check digit; 10 means that no valid number starts like this."""
    return (11 - sum(int(d) * w for d, w in zip(digits, weights, strict=False)) % 11) % 11


@lru_cache(maxsize=16384)
def is_orgnr(text: str) -> bool:
    """Nine digits with a right check digit (modulus 11, Brønnøysund), or a pseudo number (letter, 8 digits)."""
    if _PSEUDO.fullmatch(text):
        return True
    return bool(_ORGNR.fullmatch(text)) and _check_digit(text, _WEIGHTS) == int(text[8])


@lru_cache(maxsize=1024)
def school_year(text: str) -> int | None:
    """The year in which the school year starts: `2024-25`, `2024-2025`, `2024/25` → 2024; else None."""
    match = _YEAR.fullmatch(text.strip())
    if match is None:
        return None
    first = int(match[1])
    return first if int(match[2]) % 100 == (first + 1) % 100 and len(match[2]) in {2, 4} else None


def school_year_text(period: int) -> str:
    """2024 → `2024-25`."""
    return f"{period}-{(period + 1) % 100:02d}"


@lru_cache(maxsize=16384)
def has_birth_number(text: str) -> bool:
    """Whether the text holds a national identity number with right check digits (no pupil comes in here)."""
    for match in _BIRTH_NUMBER.finditer(text):
        number = match[1] + match[2]
        if _check_digit(number, _K1) == int(number[9]) and _check_digit(number, _K2) == int(number[10]):
            return True
    return False
