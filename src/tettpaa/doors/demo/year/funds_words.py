"""The words of the story about applications and money. Everything is invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Study:
    """A study, why, and the leader's word."""

    title: str
    subject: str
    form: str
    why: str
    need: str
    word: str
    goal: str = ""
    institution: str = "Høgskolen på kysten"


@dataclass(frozen=True, slots=True)
class Project:
    """What a school wants to develop."""

    title: str
    goal: str
    why: str
    need: str
    sought: Decimal
    own: Decimal


TERMS: Final[Mapping[str, str]] = {
    "kompetanse-for-kvalitet": "Snakk med lederen din om hva skolen trenger før du søker. Du søker også om plass hos studiestedet selv.",
    "utviklingsmidler": "Skolen søker ut fra eget behov. Si hvilket mål i kvalitetsplanen det gjelder, og hva dere vil se hvis det virker.",
    "stipend": "Til bøker, reise og eksamen. Snakk med lederen din først.",
}
STUDIES: Final = (
    Study(
        "Naturfag 1", "naturfag", "substitute",
        "Jeg underviser i naturfag på mellomtrinnet og vil kunne gjøre flere forsøk.",
        "Ingen på trinnet har fordypning i naturfag.",
        "Skolen trenger en til som kan lede faget.",
    ),
    Study(
        "Matematikk 1", "matematikk", "substitute", "Jeg vil forstå hvorfor elevene tenker som de gjør.",
        "Kravet er ikke oppfylt for alle som underviser.", "Vi har for få med fordypning i matematikk.", "regning",
    ),
    Study(
        "Engelsk 1", "engelsk", "stipend", "Jeg vil bruke mer engelsk i timene.",
        "En av oss mangler fordypning i engelsk.", "Skolen trenger det.",
    ),
    Study(
        "Lesing på mellomtrinnet", "norsk", "substitute", "Jeg er ressurslærer i lesing og vil kunne mer.",
        "Skolen har lovet en lesespesialist i avtalen.", "Dette henger sammen med avtalen vår.", "lesing",
    ),
    Study(
        "Musikk", "musikk", "stipend", "Jeg har lyst til å lede koret.", "Ingen.",
        "Det er ikke dette skolen trenger mest nå.",
    ),
    Study(
        "Engelsk 2", "engelsk", "stipend", "Jeg vil bygge videre på det jeg har.",
        "Vi er få som underviser i engelsk.", "Jeg støtter søknaden.",
    ),
)  # fmt: skip
MOVED: Final = "Lesespesialist er lovet i avtalen med skolen."
REJECTED: Final = "Skolen har nok fordypning i faget i dag. Søk gjerne igjen når planen for neste år er klar."
WITHDREW: Final = "Søkeren tok en annen stilling."
REFUSED: Final = "Plassene rakk ikke."
GRANTED: Final = "Midlene skal brukes til vikar når lærerne besøker hverandre."
FIRST: Final = Project(
    "Lærere som ser hverandres lesetimer", "lesing",
    "Vi vil at alle som underviser på mellomtrinnet, skal ha sett to kolleger og blitt sett to ganger.",
    "Resultatene viser at mange elever leser uten å forstå.", Decimal(95_000), Decimal(20_000),
)  # fmt: skip
REPORT: Final = (
    "Ti lærere har besøkt hverandre to ganger. Vi ser at flere lar elevene snakke om teksten før de skriver. "
    "Vi vet ikke ennå om elevene leser bedre. Det ser vi på til høsten."
)
PROJECTS: Final = (
    Project(
        "Samtaler om tekst i alle fag", "lesing", "Vi bygger videre på besøkene fra i fjor.",
        "Lærerne i fagene ber om hjelp til lesing.", Decimal(90_000), Decimal(20_000),
    ),
    Project(
        "Regning i hverdagen", "regning", "Vi vil lage oppgaver sammen på tvers av trinn.",
        "Elevene kan regne, men kjenner ikke igjen oppgaven.", Decimal(70_000), Decimal(10_000),
    ),
    Project(
        "Trygge friminutt", "trygghet", "Elevrådet har bedt om flere leker og flere voksne.",
        "Elevene sier at de er utrygge bak gymsalen.", Decimal(60_000), Decimal(0),
    ),
    Project(
        "Lesing på nettbrett", "lesing", "Vi vil prøve ut tekster på skjerm.", "Elevene leser mest på skjerm.",
        Decimal(55_000), Decimal(5_000),
    ),
    Project(
        "Foreldre som lesepartnere", "lesing", "Vi vil invitere foreldre inn i lesetimen.",
        "Foreldrene spør hva de kan gjøre.", Decimal(40_000), Decimal(0),
    ),
)  # fmt: skip
STIPEND: Final = "Eksamen i spansk"
SECOND_STIPEND: Final = "Kurs i veiledning, bøker og reise"
STIPEND_WHY: Final = "Jeg tar studiet på fritiden og trenger penger til bøker og reise."
OLD_NEED: Final[Mapping[str, Any]] = {
    "title": "Lesing i alle fag",
    "analysis": "Skolene har vurdert praksis selv, og lesing i fagene kom ut som det de ville arbeide mest med.",
    "staff_part": "Drøftet på hver skole og med de tillitsvalgte.",
    "common_goals": "Lærerne underviser i lesing i sitt eget fag.",
    "partner": "Høgskolen på kysten",
    "partner_kind": "university",
    "others": "Utvik kommune",
}
OLD_ROAD: Final[tuple[tuple[str, date, Mapping[str, str]], ...]] = (
    ("partnered", date(2024, 1, 10), {}),
    ("submitted", date(2024, 1, 29), {}),
    ("in_forum", date(2024, 2, 20), {}),
    ("recommended", date(2024, 3, 15), {"recommendation": "Forumet er enig i behovet og i fordelingen."}),
    (
        "decided",
        date(2024, 4, 24),
        {"decision": "Innvilget for to år.", "decision_reference": "Sak 2024/118"},
    ),
    ("paid", date(2024, 5, 30), {}),
    ("running", date(2024, 8, 15), {}),
    (
        "reported",
        date(2026, 1, 12),
        {
            "report": "Alle skolene har deltatt på seks samlinger og prøvd ut mellom dem. Lærerne sier at de bruker "
            "de samme strategiene. Prøvene viser ingen sikker endring ennå."
        },
    ),
)
OLD_YEARS: Final[Mapping[int, Mapping[str, Any]]] = {
    2024: {
        "plan": "Tre samlinger, med utprøving imellom.",
        "sought": Decimal(350_000),
        "granted": Decimal(300_000),
        "own": Decimal(90_000),
        "spent": Decimal(388_000),
    },
    2025: {
        "plan": "Tre samlinger, og skolene besøker hverandre.",
        "sought": Decimal(350_000),
        "granted": Decimal(300_000),
        "own": Decimal(90_000),
        "spent": Decimal(391_500),
    },
}
NEW_NEED: Final[Mapping[str, Any]] = {
    "title": "Regning som alle lærere eier",
    "analysis": "Elevene kan regne når de vet at det er matematikk, men ikke i andre fag.",
    "staff_part": "Alle skolene har drøftet det på et felles møte, og de tillitsvalgte har uttalt seg.",
    "common_goals": "Elevene kjenner igjen regning i alle fag.",
    "partner": "Fagskolen i Fjordfylket",
    "partner_kind": "vocational",
    "others": "Utvik kommune",
}
NEW_PLAN: Final = "Fire samlinger, og hver skole prøver ut mellom dem."
MILESTONES: Final = (
    ("Skolebibliotekene er åpnet", -120, True),
    ("Bøkene i naturfag er valgt", -30, True),
    ("Styringsgruppen møtes", 21, False),
    ("Midtveisvurdering", 75, False),
)
SPENDING: Final = (
    ("Bøker til tre bibliotek", -115, 142_000),
    ("Hyller og lesekroker", -100, 61_500),
    ("Vikar når lærerne møtes", -35, 38_000),
)
