"""The report's own words in bokmål and nynorsk, and how a typed text becomes paragraphs.

A report is a document of the owner, in the owner's language form; English is for the interface only.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from tettpaa.core.orgs.permissions import roles
from tettpaa.report.export.tree import Block, Bullets, Language, Paragraph


class Pair(NamedTuple):
    """One text of the document in both language forms."""

    nb: str
    nn: str


NAME_WIDTH: Final = 26  # characters of a school's name in a narrow column
_SCHOOL: Final = re.compile(r"\s+(?:skole|skule)\Z", re.IGNORECASE)
_POINT: Final = re.compile(r"[-–•*]\s+")

COMMON: Final[Mapping[str, Pair]] = {
    "and": Pair("og", "og"),
    "school": Pair("Skole", "Skule"),
    "pupils": Pair("Elever", "Elevar"),
    "area": Pair("Område", "Område"),
    "level": Pair("Nivå", "Nivå"),
    "between": Pair("Trolig mellom", "Truleg mellom"),
    "against_nation": Pair("Mot landet", "Mot landet"),
    "nation": Pair("Landet", "Landet"),
    "indicator": Pair("Hva vi måler", "Kva vi måler"),
    "source_hidden": Pair(
        "Skjult hos kilden for å verne elevene: få elever, eller dekning for andre små tall.",
        "Skjult hos kjelda for å verne elevane: få elevar, eller dekning for andre små tal.",
    ),
    "us_hidden": Pair(
        "Skjult av oss for å verne elevene: få elever, eller dekning for andre små tall.",
        "Skjult av oss for å verne elevane: få elevar, eller dekning for andre små tal.",
    ),
    "confidential": Pair(
        "Tallet kan bare brukes internt hos skoleeieren.",
        "Talet kan berre brukast internt hos skuleeigaren.",
    ),
    "hint": Pair(
        "Ikke skrevet ennå. Her hører det hjemme: {help}",
        "Ikkje skrive enno. Her høyrer det heime: {help}",
    ),
    "none_of": Pair("Vi har ikke tall for {names}.", "Vi har ikkje tal for {names}."),
    "none_since": Pair(
        "Vi har ikke tall for {name} etter {year}.",
        "Vi har ikkje tal for {name} etter {year}.",
    ),
    "few_pupils": Pair("for få elever", "for få elevar"),
    "all_schools": Pair("Skolene står alfabetisk.", "Skulane står alfabetisk."),
    "pooled_2": Pair("To år samlet, {first} til {last}.", "To år samla, {first} til {last}."),
    "pooled_3": Pair("Tre år samlet, {first} til {last}.", "Tre år samla, {first} til {last}."),
    "single": Pair("Skoleåret {first}.", "Skuleåret {first}."),
    "confidential_mark": Pair("{value} (bare internt)", "{value} (berre internt)"),
}


def tell(texts: Mapping[str, Pair], key: str, language: Language, **slots: object) -> str:
    """The text of `key` in the report's language, with its slots filled. KeyError for an unknown key."""
    pair = texts[key]
    text = pair.nn if language == "nn" else pair.nb
    return text.format(**slots) if slots else text


def say(key: str, language: Language, **slots: object) -> str:
    """A text that several chapters share."""
    return tell(COMMON, key, language, **slots)


def role_name(key: str, language: Language) -> str:
    """A role as the document names it; duties lie on roles, never on names. A dash when nobody has it."""
    role = roles().get(key)
    return key or "–" if role is None else role.names.get(language, role.names["nb"])


def listed(names: Sequence[str], language: Language) -> str:
    """`a, b og c`; names that hold a comma themselves are parted by semicolons."""
    if len(names) < 2:
        return "".join(names)
    joint = "; " if any("," in name for name in names) else ", "
    return f"{joint.join(names[:-1])} {say('and', language)} {names[-1]}"


def short_name(name: str) -> str:
    """A school in a narrow column: `Nes skole` → `Nes`; a long name is cut at a word and says so with `…`."""
    short = _SCHOOL.sub("", name) or name
    if len(short) <= NAME_WIDTH:
        return short
    return f"{short[:NAME_WIDTH].rsplit(' ', 1)[0]} …"


def lower_first(text: str) -> str:
    """For a name inside a sentence: `Lesing 5. trinn` → `lesing 5. trinn`; abbreviations stay."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def typed(text: str) -> tuple[Block, ...]:
    """What somebody wrote, as blocks: an empty line starts a paragraph, lines that start with a dash are points.

    Everything else is kept as it was typed; nothing in it is markup.
    """
    blocks: list[Block] = []
    for part in re.split(r"\n\s*\n", text.strip()):
        blocks.extend(_part([line.strip() for line in part.splitlines() if line.strip()]))
    return tuple(blocks)


def lines_of(text: str) -> tuple[str, ...]:
    """One point a line, without leading dashes or numbers."""
    lines = (re.sub(r"^(?:[-–•*]|\d{1,2}[.)])\s+", "", line.strip()) for line in text.splitlines())
    return tuple(line for line in lines if line)


def _part(lines: list[str]) -> list[Block]:
    blocks: list[Block] = []
    plain: list[str] = []
    points: list[str] = []
    for line in lines:
        if _POINT.match(line):
            if plain:
                blocks.append(Paragraph(" ".join(plain)))
                plain = []
            points.append(_POINT.sub("", line, count=1))
        elif points:
            blocks.append(Bullets(tuple(points)))
            points, plain = [], [line]
        else:
            plain.append(line)
    if points:
        blocks.append(Bullets(tuple(points)))
    if plain:
        blocks.append(Paragraph(" ".join(plain)))
    return blocks
