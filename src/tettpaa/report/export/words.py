"""The few words the renderers write themselves, in bokmål, nynorsk and English, and their dates."""

from datetime import date
from typing import Final, TypedDict

from tettpaa.report.export.tree import Language, Question


class Words(TypedDict):
    """Renderers' own words in one language."""

    contents: str
    frozen: str
    draft: str
    checksum: str
    page: str
    of: str
    source: str
    proposals: str
    part: str
    months: tuple[str, ...]
    questions: dict[str, str]


_NORWEGIAN_MONTHS: Final = (
    *("januar", "februar", "mars", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "desember"),
)
_ENGLISH_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

WORDS: Final[dict[str, Words]] = {
    "nb": {
        "contents": "Innhold",
        "frozen": "frosne tall",
        "draft": "utkast, tallene er ikke frosset",
        "checksum": "kontrollsum",
        "page": "side",
        "of": "av",
        "source": "Kilde:",
        "proposals": "Forslag til vedtak",
        "part": "del",
        "months": _NORWEGIAN_MONTHS,
        "questions": {
            Question.SEE: "Hva ser vi?",
            Question.SURE: "Hvor sikkert er det?",
            Question.WHY: "Hvorfor kan det være slik?",
            Question.DONE: "Hva har vi gjort, og virket det?",
            Question.PROPOSE: "Hva foreslår vi?",
        },
    },
    "nn": {
        "contents": "Innhald",
        "frozen": "frosne tal",
        "draft": "utkast, tala er ikkje frosne",
        "checksum": "kontrollsum",
        "page": "side",
        "of": "av",
        "source": "Kjelde:",
        "proposals": "Framlegg til vedtak",
        "part": "del",
        "months": _NORWEGIAN_MONTHS,
        "questions": {
            Question.SEE: "Kva ser vi?",
            Question.SURE: "Kor sikkert er det?",
            Question.WHY: "Kvifor kan det vere slik?",
            Question.DONE: "Kva har vi gjort, og verka det?",
            Question.PROPOSE: "Kva foreslår vi?",
        },
    },
    "en": {
        "contents": "Contents",
        "frozen": "figures frozen",
        "draft": "draft, figures not frozen",
        "checksum": "checksum",
        "page": "page",
        "of": "of",
        "source": "Source:",
        "proposals": "Proposed decisions",
        "part": "part",
        "months": _ENGLISH_MONTHS,
        "questions": {
            Question.SEE: "What do we see?",
            Question.SURE: "How sure are we?",
            Question.WHY: "Why might it be so?",
            Question.DONE: "What have we done, and did it work?",
            Question.PROPOSE: "What do we propose?",
        },
    },
}

# BCP 47 tags that Word and PowerPoint know for proofing and speech.
LOCALES: Final[dict[str, str]] = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
SHOWN_CHECKSUM: Final = 8


def day(when: date, language: Language) -> str:
    """`20. november 2026`; in English `20 November 2026`."""
    dot = "" if language == "en" else "."
    return f"{when.day}{dot} {WORDS[language]['months'][when.month - 1]} {when.year}"


def imprint(version: str, frozen_on: date | None, checksum: str, language: Language) -> str:
    """The foot of every page: `Versjon 0.9 · frosne tall 20. november 2026 · kontrollsum 7c1e 90ab`."""
    words = WORDS[language]
    frozen = f"{words['frozen']} {day(frozen_on, language)}" if frozen_on else words["draft"]
    short = checksum[:SHOWN_CHECKSUM]
    mark = f"{words['checksum']} {short[:4]} {short[4:]}".strip() if short else ""
    return " · ".join(part for part in (version, frozen, mark) if part)
