"""Worked examples of what no source fetches, one for each group of `not_fetched`: how an owner gets such a figure in by hand.

Each is a row of the template, and the same figure in a file of another form with what each column is pointed at as. The schools
and figures are invented; a test reads both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tettpaa.data.sources.mapping.profile import Profile, Role

_NES, _VIK, _FJORDVIK = (
    ("F00000001", "Nes skole (oppdiktet)"),
    ("F00000002", "Vik skole (oppdiktet)"),
    ("9901", "Fjordvik (oppdiktet)"),
)
YEAR: Final = "2024-25"
_SCHOOL, _PERIOD, _VALUE, _N = Role.SCHOOL, Role.PERIOD, Role.VALUE, Role.N


@dataclass(frozen=True, slots=True)
class ByHand:
    """A figure of `indicator`. `file`: each heading with its role and what stands below it."""

    indicator: str
    unit: tuple[str, str]
    value: str
    file: Mapping[str, tuple[Role, str]]
    grade: str = ""
    n: str = ""
    uncertainty: str = ""
    source: str = ""

    @property
    def line(self) -> tuple[str, ...]:
        """The row of the template. A figure with a star is confidential."""
        status = "konfidensiell" if self.value.endswith("*") else "ok"
        figure = (self.value, self.n, "", "", self.uncertainty, status, self.source)
        return (*self.unit, YEAR, self.grade, self.indicator, "", "", *figure)

    @property
    def rows(self) -> tuple[list[str], list[str]]:
        """The other file: its heading and its row."""
        return list(self.file), [text for _, text in self.file.values()]

    @property
    def profile(self) -> Profile:
        """What its columns are pointed at as. The grade goes for the whole file."""
        roles = {head: role for head, (role, _) in self.file.items()}
        value = next(head for head, role in roles.items() if role is Role.VALUE)
        return Profile(
            roles, {value: self.indicator}, fixed={"grade": self.grade} if self.grade else {}, year="starts"
        )


BY_HAND: Final = (
    ByHand(
        "np5_lesing_niva1_andel", _NES, "25,0", grade="5", n="36", source="Udirs statistikk",
        file={"Skole": (_SCHOOL, "F00000001"), "Skoleår": (_PERIOD, YEAR), "Nivå 1 (prosent)": (_VALUE, "25,0"), "Elever": (_N, "36")},
    ),
    ByHand(
        "np8_lesing_fritak", _VIK, "4,5", grade="8", n="88", source="Udirs statistikk",
        file={"Skole": (_SCHOOL, "F00000002"), "Skoleår": (_PERIOD, YEAR), "Fritatt (prosent)": (_VALUE, "4,5"), "Elever": (_N, "88")},
    ),
    ByHand(
        "gs_gap", _VIK, "0,4", grade="10", n="61", source="Egen beregning",
        file={"Skole": (_SCHOOL, "F00000002"), "Skoleår": (_PERIOD, YEAR), "Standpunkt minus eksamen": (_VALUE, "0,4"), "Elever": (_N, "61")},
    ),
    ByHand(
        "vgo_gjennomforing", _FJORDVIK, "79,3", n="174", source="SSB",
        file={"Kommune": (_SCHOOL, "9901"), "Startår": (_PERIOD, "2024"), "Fullført (prosent)": (_VALUE, "79,3"), "Personer": (_N, "174")},
    ),
    ByHand(
        "vgo_overgang", _FJORDVIK, "98,1", grade="10", n="158", source="Udirs statistikk",
        file={"Kommune": (_SCHOOL, "9901"), "Skoleår": (_PERIOD, YEAR), "Direkte overgang": (_VALUE, "98,1 %"), "Elever": (_N, "158")},
    ),
    ByHand(
        "skolebidrag_5_7", _VIK, "0,3", uncertainty="0,5", source="Udirs statistikk",
        file={
            "Skole": (_SCHOOL, "F00000002"), "Skoleår": (_PERIOD, YEAR), "Skolebidrag": (_VALUE, "0,3"),
            "Usikkerhet": (Role.UNCERTAINTY, "0,5"),
        },
    ),
    ByHand(
        "laerertetthet_2_5_7", _NES, "14,8", source="GSI",
        file={"Organisasjonsnummer": (_SCHOOL, "F00000001"), "Skoleår": (_PERIOD, YEAR), "Gruppestørrelse 2": (_VALUE, "14,8")},
    ),
    ByHand(
        "vid_utd", _FJORDVIK, "12", source="Kommunens oversikt",
        file={"Kommune": (_SCHOOL, "9901"), "Skoleår": (_PERIOD, YEAR), "Lærere i videreutdanning": (_VALUE, "12")},
    ),
    ByHand(
        "foreldre_svarprosent", _NES, "69,2", n="120", source="Foreldreundersøkelsen",
        file={"Enhet": (_SCHOOL, "F00000001"), "Periode": (_PERIOD, "høst 2024"), "Svarprosent": (_VALUE, "69,2 %"), "Inviterte": (_N, "120")},
    ),
    ByHand(
        "kart1_lesing", _VIK, "18,5*", grade="1", n="27", source="PAS",
        file={"Skole": (_SCHOOL, "F00000002"), "Skoleår": (_PERIOD, YEAR), "Under grensen": (_VALUE, "18,5*"), "Elever": (_N, "27")},
    ),
    ByHand(
        "sykefravaer", _NES, "6,4", n="21", source="HR-systemet",
        file={"Avdeling": (_SCHOOL, "F00000001"), "År": (_PERIOD, "2024"), "Sykefravær": (_VALUE, "6,4"), "Ansatte i alt": (_N, "21")},
    ),
)  # fmt: skip
