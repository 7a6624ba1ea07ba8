"""A school as the national school register (NSR v4) and the register of units (Brreg) answer it (data.md 2)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from tettpaa.data.sources.fetch.errors import FetchError

NSR: Final = "data-nsr.udir.no"
BRREG: Final = "data.brreg.no"
OSLO: Final = ZoneInfo("Europe/Oslo")
NUMBER: Final = re.compile(r"[0-9A-Z][0-9]{8}")
ADULTS: Final = {"10", "25"}  # categories of adult education
OTHER_TRADES: Final = re.compile(r"85\.593|85\.3")  # adult education, upper secondary
LANGUAGES: Final = {"B": "nb", "N": "nn"}
# Every field of a whole record, as it was recorded. One more or one less, and we no longer know what we read.
FIELDS: Final = frozenset(
    [
        "Organisasjonsnummer",
        "Navn",
        "Karakteristikk",
        "FulltNavn",
        "Fylke",
        "Kommune",
        "Beliggenhetsadresse",
        "Postadresse",
        "Koordinat",
        "Internettadresse",
        "Maalform",
        "Organisasjonsform",
        "Naeringskoder",
        "Hjelpeenhetskode",
        "Utgaattype",
        "UtgaattDato",
        "ErAktiv",
        "ErEkskludert",
        "ErSkole",
        "ErSkoleeier",
        "ErGrunnskole",
        "ErPrivatskole",
        "ErOffentligSkole",
        "ErVideregaaendeSkole",
        "ErSpesialskole",
        "ErGrunnopplaering",
        "PrivatskoleGodkjenning",
        "Elevtall",
        "AntallAnsatte",
        "SkoletrinnGSFra",
        "SkoletrinnGSTil",
        "SkoletrinnVGSFra",
        "SkoletrinnVGSTil",
        "Skolekategorier",
        "ForeldreRelasjoner",
        "BarnRelasjoner",
        "OppstartsEllerStiftelsesdato",
        "DatoEndret",
    ]
)


@dataclass(frozen=True, slots=True)
class RegisterSchool:
    """A school in the register. Dates are ISO text, empty when no register has them; `end_kind` is NSR's code.

    `unit_started` and `unit_ended` are what the register of units says of the same school, where it was asked.
    """

    code: str
    name: str
    municipality: str
    is_active: bool
    is_ordinary: bool
    is_private: bool
    started: str
    ended: str
    end_kind: str
    grade_from: int | None
    grade_to: int | None
    language: str
    address: str
    unit_started: str = ""
    unit_ended: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def start(self) -> date | None:
        """The first day: the school register's, else the register of units'."""
        return _day(self.started or self.unit_started)

    @property
    def end(self) -> date | None:
        """The last day of a school that is no longer active."""
        return None if self.is_active else _day(self.ended or self.unit_ended)


def listed_schools(answer: Any) -> list[str]:
    """Numbers of the schools for children in a municipality's list, also those that have ended. Raises FetchError."""
    rows = answer.get("EnhetListe") if isinstance(answer, Mapping) else None
    if not isinstance(rows, list):
        raise FetchError("changed", host=NSR, found="EnhetListe")
    found = []
    for row in rows:
        code = _field(row, "Organisasjonsnummer", str)
        if _field(row, "ErSkole", bool) and _field(row, "ErGrunnskole", bool):
            if not NUMBER.fullmatch(code):
                raise FetchError("changed", host=NSR, found=code[:20])
            found.append(code)
    return found


def school_from(answer: Any) -> RegisterSchool:
    """One whole record. Raises FetchError when a field is new, gone or of another kind."""
    names = set(answer) if isinstance(answer, Mapping) else set()
    if names != FIELDS:
        raise FetchError("changed", host=NSR, found=", ".join(sorted(names ^ FIELDS))[:80])
    kind = _id(answer, "Utgaattype")
    return RegisterSchool(
        code=_field(answer, "Organisasjonsnummer", str),
        name=" ".join(_field(answer, "Navn", str).split()),
        municipality=_field(_field(answer, "Kommune", dict), "Kommunenummer", str),
        is_active=_field(answer, "ErAktiv", bool),
        is_ordinary=_is_ordinary(answer),
        is_private=_field(answer, "ErPrivatskole", bool),
        started=_moment(answer, "OppstartsEllerStiftelsesdato"),
        ended=_moment(answer, "UtgaattDato"),
        end_kind="" if kind == "A" else kind,
        grade_from=_grade(answer, "SkoletrinnGSFra"),
        grade_to=_grade(answer, "SkoletrinnGSTil"),
        language=LANGUAGES.get(_id(answer, "Maalform"), ""),
        address=_address(answer["Beliggenhetsadresse"]),
    )


def with_units(schools: Iterable[RegisterSchool], units: Mapping[str, Any]) -> list[RegisterSchool]:
    """The schools with what the register of units answered about some of them. Raises FetchError."""
    return [_with_unit(school, units[school.code]) if school.code in units else school for school in schools]


def _with_unit(school: RegisterSchool, answer: Any) -> RegisterSchool:
    if _field(answer, "organisasjonsnummer", str, BRREG) != school.code:
        raise FetchError("changed", host=BRREG, found="organisasjonsnummer")
    started = answer.get("oppstartsdato") or answer.get("registreringsdatoEnhetsregisteret")
    ended = answer.get("nedleggelsesdato") or answer.get("slettedato")
    found = {"unit_started": _plain_day(started), "unit_ended": _plain_day(ended)}
    return RegisterSchool(**school.as_json() | found)


def _is_ordinary(answer: Mapping[str, Any]) -> bool:
    """A school for children: no adult education, no upper secondary in the first place (data.md 2)."""
    categories = {_field(row, "Id", str) for row in _field(answer, "Skolekategorier", list)}
    trades = [
        _field(row, "Kode", str)
        for row in _field(answer, "Naeringskoder", list)
        if _field(row, "Prioritet", int) == 1
    ]
    is_school = _field(answer, "ErSkole", bool) and _field(answer, "ErGrunnskole", bool)
    is_left_out = _field(answer, "ErEkskludert", bool)
    return (
        is_school and not is_left_out and not categories & ADULTS and not any(map(OTHER_TRADES.match, trades))
    )


def _field[T](row: Any, name: str, kind: type[T], host: str = NSR) -> T:
    value = row.get(name) if isinstance(row, Mapping) else None
    if not isinstance(value, kind):
        raise FetchError("changed", host=host, found=name)
    return value


def _id(answer: Mapping[str, Any], name: str) -> str:
    return "" if answer[name] is None else _field(answer[name], "Id", str)


def _grade(answer: Mapping[str, Any], name: str) -> int | None:
    return None if answer[name] is None else _field(answer, name, int)


def _moment(answer: Mapping[str, Any], name: str) -> str:
    """A moment as a Norwegian day."""
    if answer[name] is None:
        return ""
    try:
        return datetime.fromisoformat(_field(answer, name, str)).astimezone(OSLO).date().isoformat()
    except ValueError as error:
        raise FetchError("changed", host=NSR, found=name) from error


def _plain_day(value: Any) -> str:
    try:
        return date.fromisoformat(value).isoformat() if value else ""
    except (TypeError, ValueError) as error:
        raise FetchError("changed", host=BRREG, found=str(value)[:20]) from error


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _address(place: Any) -> str:
    """Street and postcode in one, to be compared; empty without a street."""
    if not isinstance(place, Mapping) or not place.get("Adresse"):
        return ""
    return " ".join(f"{place['Adresse']} {place.get('Postnummer') or ''}".casefold().split())
