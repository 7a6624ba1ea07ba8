"""The registers: a municipality's schools (NSR v4, and the register of units for what lately began or ended), SSB's codes.

The municipality's list is one question; each of its schools is one more.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from tettpaa.data.indicators.definitions.model import Words
from tettpaa.data.sources.fetch.asking import Got
from tettpaa.data.sources.fetch.dataset import Ask, Dataset, Kind, Scope, Step
from tettpaa.data.sources.fetch.errors import FetchError
from tettpaa.data.sources.register.klass import HOST as SSB
from tettpaa.data.sources.register.nsr import BRREG, NSR, RegisterSchool, listed_schools, school_from
from tettpaa.data.sources.register.reading import CHANGES, CODES, GROUPS, LIST, SCHOOL, UNIT

LATELY: Final = timedelta(days=3 * 365)
KLASS: Final = "/api/klass/v1/classifications/131"
KOSTRA_GROUPS: Final = "/api/klass/v1/classifications/112/correspondsAt?targetClassificationId=131"
KNOWN_UNTIL: Final = date(2026, 1, 1)  # the codes that come with the product


def schools(scope: Scope, ask: Ask) -> Iterator[Step]:
    """The municipality's schools. Raises FetchError when the register answers in a new way."""
    listed = ask(NSR, f"/v4/enheter/kommune/{scope.municipality}")
    codes = listed_schools(listed.data)
    yield Step("Skoler i kommunen", listed, 1 + len(codes), {"what": LIST})
    for number, code in enumerate(codes, start=1):
        got = ask(NSR, f"/v4/enhet/{code}")
        school = school_from(got.data)
        yield Step(f"{school.name} ({number}/{len(codes)})", got, 1 + len(codes), {"what": SCHOOL})
        unit = _unit(ask, code) if _is_in_question(school) else None
        if unit is not None:
            facts = {"what": UNIT, "code": code}
            yield Step(f"{school.name} i Enhetsregisteret", unit, 1 + len(codes), facts)


def _is_in_question(school: RegisterSchool) -> bool:
    """Whether the register of units is asked too: a date is missing, or the school lately began or ended."""
    edge = school.start if school.is_active else school.end
    return edge is None or date.today() - edge < LATELY  # noqa: DTZ011 - a day or two does not matter


def _unit(ask: Ask, code: str) -> Got | None:
    """The register of units' answer; a number that it does not know is no error, since it only confirms."""
    try:
        return ask(BRREG, f"/enhetsregisteret/api/underenheter/{code}")
    except FetchError as error:
        if error.code != "refused":
            raise
        return None


def municipalities(scope: Scope, ask: Ask) -> Iterator[Step]:
    """The codes that hold this year, and all that changed since those we came with."""
    del scope
    year = date.today().year  # noqa: DTZ011 - codes change at New Year, and are known months before
    codes = ask(SSB, f"{KLASS}/codesAt?date={year}-01-01")
    yield Step(f"Klass 131, {year}", codes, 2, {"what": CODES})
    changes = ask(SSB, f"{KLASS}/changes?from={KNOWN_UNTIL}&to={year + 1}-01-01")
    yield Step("Klass 131, endringer", changes, 2, {"what": CHANGES})


def kostra_groups(scope: Scope, ask: Ask) -> Iterator[Step]:
    """Which KOSTRA group each municipality is in this year."""
    del scope
    year = date.today().year  # noqa: DTZ011 - as above
    yield Step(f"Klass 112, {year}", ask(SSB, f"{KOSTRA_GROUPS}&date={year}-01-01"), 1, {"what": GROUPS})


_STATISTICS_NORWAY: Final = Words("Statistisk sentralbyrå", "Statistisk sentralbyrå", "Statistics Norway")
DATASETS: Final = (
    Dataset(
        "nsr",
        Words("Skoleregisteret", "Skuleregisteret", "The school register"),
        "",
        schools,
        needs_owner=True,
        kind=Kind.SCHOOLS,
        publisher=Words(
            "Nasjonalt skoleregister (Udir)",
            "Nasjonalt skuleregister (Udir)",
            "National school register (Udir)",
        ),
    ),
    Dataset(
        "klass_131",
        Words("Kommunenumre", "Kommunenummer", "Municipality numbers"),
        "",
        municipalities,
        kind=Kind.MUNICIPALITIES,
        publisher=_STATISTICS_NORWAY,
    ),
    # By its key it comes after the codes, and what fails of it stops nothing else.
    Dataset(
        "klass_kostra",
        Words("KOSTRA-grupper", "KOSTRA-grupper", "KOSTRA groups"),
        "",
        kostra_groups,
        kind=Kind.MUNICIPALITIES,
        publisher=_STATISTICS_NORWAY,
    ),
)
