"""How a file about single persons is known: headings, identity numbers, names, a mark of its own in each row. Plain Python."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from tettpaa.data.sources.open_template import PUPIL_HEADS
from tettpaa.data.sources.places import has_birth_number

# Headings after `plain_head`. "navn" and "elever" alone are not here: schools have names, and counts of pupils are figures.
PERSON_HEADS: Final = frozenset(
    {
        "fødselsdato", "født", "birthdate", "dateofbirth", "personnr", "personid", "fødselsnr", "fødselsnummer11siffer",
        "nationalid", "elevensnavn", "navnpåelev", "elevnr", "elevnummer", "elevidentitet", "elevkode", "pupil", "student",
        "studentid", "studentname", "pupilname", "mellomnavn", "mellomnamn", "førenamn", "fornamn", "etternamn", "firstname",
        "lastname", "surname", "fulltnavn", "etternavnfornavn", "navnetternavnfornavn", "kandidat", "kandidatnummer",
        "kandidatnr", "feideid", "feidenavn", "feidebrukernavn", "brukernavn", "brukernamn", "epost", "epostadresse", "email",
        "telefon", "mobil", "foresatt", "foresatte", "forelder", "ansatt", "ansattnr", "ansattnummer", "ansattnavn", "tilsett",
        "medarbeider", "medarbeidar", "employee", "employeeid", "ressursnr", "ressursnummer", "stillingsnr",
    }
)  # fmt: skip
_ALL_HEADS: Final = PERSON_HEADS | PUPIL_HEADS
_LETTERS: Final = re.compile(r"[^0-9a-zæøå]+")
_DIGITS: Final = re.compile(r"[0-9]{10,11}")
_NAME: Final = re.compile(
    r"[A-ZÆØÅ][a-zæøåéöäü]+(?:[ -][A-ZÆØÅ][a-zæøåéöäü.]*)*,? [A-ZÆØÅ][a-zæøåéöäü]+(?:[ -][A-ZÆØÅ][a-zæøåéöäü]+)*"
)
_SCHOOL_WORDS: Final = re.compile(
    r"skol|skul|barneh|oppvekst|gymnas|school|avdeling|enhet|kommune|trinn|steg|kjønn|klasse|senter|prøve",
    re.IGNORECASE,
)
_ENOUGH: Final = 5  # rows before a column of names or of marks can be told
_SAMPLE: Final = 2_000  # rows that names and marks are told from; identity numbers are looked for in all
_MOSTLY: Final = 0.8


def plain_head(head: str) -> str:
    """A heading for comparing: small letters and digits only."""
    return _LETTERS.sub("", head.casefold())


def is_person_head(head: str) -> bool:
    """Whether the heading tells of single persons."""
    return plain_head(head) in _ALL_HEADS


@lru_cache(maxsize=16384)
def has_identity_number(text: str) -> bool:
    """A national identity number, also one whose leading zero a spreadsheet took away."""
    if has_birth_number(text):
        return True
    bare = text.strip().removesuffix(".0")
    return bool(_DIGITS.fullmatch(bare)) and has_birth_number(bare.zfill(11)) and _is_day(bare.zfill(11))


def _is_day(number: str) -> bool:
    """Day and month as identity numbers write them; D-numbers add 40 to the day, test numbers 40 or 80 to the month."""
    return 1 <= int(number[:2]) % 40 <= 31 and 1 <= int(number[2:4]) % 40 <= 12


def is_like_a_name(text: str) -> bool:
    """Two words with capitals, and none that schools are called by."""
    return bool(_NAME.fullmatch(text.strip())) and not _SCHOOL_WORDS.search(text)


@dataclass(frozen=True, slots=True)
class Sign:
    """Why a file is about persons: `kind` is head, identity or names; `column` counts from 0."""

    kind: str
    column: int


@dataclass(slots=True)
class Watch:
    """Sees every row of a file and tells at the end whether it is about persons. Keeps counts, no texts beyond the sample."""

    heads: Sequence[str]
    rows: int = 0
    identity: set[int] = field(default_factory=set)
    _names: Counter[int] = field(default_factory=Counter)
    _values: dict[int, set[str]] = field(default_factory=dict)

    def see(self, cells: Sequence[str]) -> None:
        self.rows += 1
        for index, cell in enumerate(cells):
            if len(cell) >= 10 and has_identity_number(cell):
                self.identity.add(index)
            if self.rows <= _SAMPLE and cell:
                self._values.setdefault(index, set()).add(cell)
                if is_like_a_name(cell):
                    self._names[index] += 1

    def signs(self) -> list[Sign]:
        """Every sign found, the surest first; empty for a file of figures."""
        found = [Sign("head", index) for index, head in enumerate(self.heads) if is_person_head(head)]
        found += [Sign("identity", index) for index in sorted(self.identity)]
        seen = min(self.rows, _SAMPLE)
        if seen >= _ENOUGH:
            found += [
                Sign("names", index)
                for index, many in sorted(self._names.items())
                if many >= _MOSTLY * seen
                and len(self._values[index]) >= _MOSTLY * seen
                and not _SCHOOL_WORDS.search(self.heads[index] if index < len(self.heads) else "")
            ]
        return found
