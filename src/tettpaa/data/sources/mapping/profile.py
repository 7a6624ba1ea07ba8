"""What a person has said about a file's columns. Plain Python; stored as JSON with the owner."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Final

from tettpaa.data.sources.mapping.persons import plain_head


class Role(StrEnum):
    """What a column holds."""

    SCHOOL = "school"
    PERIOD = "period"
    GRADE = "grade"
    GENDER = "gender"
    INDICATOR = "indicator"
    VALUE = "value"
    N = "n"
    COUNTER = "counter"
    DENOMINATOR = "denominator"
    UNCERTAINTY = "uncertainty"
    STATUS = "status"


# The open template's heading that a role fills.
TEMPLATE_HEAD: Final = {
    Role.SCHOOL: "orgnr",
    Role.PERIOD: "skoleaar",
    Role.GRADE: "trinn",
    Role.GENDER: "kategori",
    Role.INDICATOR: "indikator",
    Role.VALUE: "verdi",
    Role.N: "n",
    Role.COUNTER: "teller",
    Role.DENOMINATOR: "nevner",
    Role.UNCERTAINTY: "usikkerhet",
    Role.STATUS: "status",
}
# What a lone year such as 2024 means.
STARTS, ENDS = "starts", "ends"


@dataclass(frozen=True, slots=True)
class Profile:
    """A pointing: `columns` heading → role, `indicators` heading of a value → indicator, `words` word → indicator.

    `fixed` holds what the whole file has in common (school, period, grade). `year` says what a lone year means:
    the year in which the school year starts or ends; empty: it is refused. `per_person`: one row a person, so rows are added up.
    """

    columns: Mapping[str, Role]
    indicators: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    year: str = ""
    per_person: bool = False

    def with_role(self, role: Role) -> list[str]:
        """Headings of the columns with the role, in order."""
        return [head for head, found in self.columns.items() if found is role]

    def fits(self, heads: Sequence[str]) -> bool:
        """Whether a file with these headings can be read so: each pointed column is there once."""
        return all(list(heads).count(head) == 1 for head in self.columns)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def profile_from(stored: Mapping[str, Any]) -> Profile:
    """The profile again. Raises ValueError or KeyError for what is none."""
    columns = {head: Role(role) for head, role in stored["columns"].items()}
    return Profile(
        columns,
        dict(stored["indicators"]),
        dict(stored["words"]),
        dict(stored["fixed"]),
        str(stored["year"]),
        bool(stored["per_person"]),
    )


# Words in headings that tell what a column holds; the first that fits wins.
_GUESSES: Final = (
    (Role.SCHOOL, ("orgnr", "organisasjonsnummer", "skole", "skule", "school", "enhet", "eining", "avdeling", "virksomhet")),
    (Role.PERIOD, ("skoleår", "skuleår", "skoleaar", "periode", "årstall", "år", "year", "period", "dato", "termin")),
    (Role.GRADE, ("trinn", "årstrinn", "klassetrinn", "steg", "grade", "klasse")),
    (Role.GENDER, ("kjønn", "kjonn", "gender", "sex")),
    (Role.COUNTER, ("teller", "teljar")),
    (Role.DENOMINATOR, ("nevner", "nemnar")),
    (Role.N, ("antall", "antallelever", "antallsvar", "antallbesvart", "talpå", "n", "svar", "antallansatte", "elever", "elevar")),
    (Role.UNCERTAINTY, ("usikkerhet", "usikkerheit", "konfidensintervall")),
    (Role.STATUS, ("status",)),
    (Role.INDICATOR, ("indikator", "spørsmål", "indeks", "måling", "indicator", "prøve", "tema")),
    (Role.VALUE, ("verdi", "snitt", "gjennomsnitt", "prosent", "andel", "score", "skår", "poeng", "skalapoeng", "resultat",
                  "sykefravær", "sjukefråvær", "value", "fraværsprosent")),
)  # fmt: skip


def guessed_roles(heads: Sequence[str]) -> list[Role | None]:
    """A role for each heading, as far as it can be guessed: a whole word first, then the start of one. Each once."""
    plain = [plain_head(head) for head in heads]
    found: list[Role | None] = [None] * len(heads)
    for is_whole in (True, False):
        for role, words in _GUESSES:
            hits = (
                at
                for word in words
                for at, head in enumerate(plain)
                if found[at] is None and _is_like(head, word, is_whole)
            )
            hit = None if role in found else next(hits, None)
            if hit is not None:
                found[hit] = role
    return found


def _is_like(head: str, word: str, is_whole: bool) -> bool:
    return head == word if is_whole else len(word) > 3 and head.startswith(word)
