"""The case document (saksframlegg) as one document tree: fixed parts, points to vote on, and what is attached."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from tettpaa.data.indicators.definitions import Words
from tettpaa.report.annual.wording import Pair, lines_of, tell, typed
from tettpaa.report.export.canonical import checksum
from tettpaa.report.export.tree import (
    Block,
    Bullets,
    Document,
    Language,
    Lead,
    Note,
    Paragraph,
    Proposals,
    Section,
)


@dataclass(frozen=True, slots=True)
class PartSpec:
    """A part that a person writes. `is_required`: the case is not sent without it."""

    key: str
    title: Words
    help: Words
    is_required: bool = True
    is_list: bool = False


PARTS: Final = (
    PartSpec(
        "kort",
        Words("Saken i korte trekk", "Saka i korte trekk", "The case in short"),
        Words(
            "Hva saken gjelder, og hva dere ber om, på fem linjer.",
            "Kva saka gjeld, og kva de ber om, på fem linjer.",
            "What the case is about and what you ask for, in five lines.",
        ),
    ),
    PartSpec(
        "bakgrunn",
        Words("Bakgrunn", "Bakgrunn", "Background"),
        Words(
            "Hvorfor saken kommer nå: lov, plan og tidligere vedtak.",
            "Kvifor saka kjem no: lov, plan og tidlegare vedtak.",
            "Why the case comes now: law, plan and earlier decisions.",
        ),
    ),
    PartSpec(
        "opplysninger",
        Words("Saksopplysninger", "Saksopplysningar", "Facts"),
        Words(
            "Det folkevalgte må vite for å bestemme. Funnene i meldingen står her fra før.",
            "Det folkevalde må vite for å avgjere. Funna i meldinga står her frå før.",
            "What the members need to know to decide. The findings of the report are here already.",
        ),
        is_required=False,
    ),
    PartSpec(
        "vurdering",
        Words("Vurdering", "Vurdering", "Assessment"),
        Words(
            "Hva det betyr, barnets beste, hva det koster, og hva dere ikke vet.",
            "Kva det betyr, barnets beste, kva det kostar, og kva de ikkje veit.",
            "What it means, the best interests of the child, the cost, and what you do not know.",
        ),
    ),
    PartSpec(
        "horing",
        Words("Høring og medvirkning", "Høyring og medverknad", "Consultation and participation"),
        Words(
            "Hvem som er hørt. Uttalelsene og det de endret, står her fra før.",
            "Kven som er høyrde. Fråsegnene og det dei endra, står her frå før.",
            "Who was heard. The statements and what they changed are here already.",
        ),
        is_required=False,
    ),
    PartSpec(
        "innstilling",
        Words(
            "Kommunedirektørens innstilling",
            "Innstillinga frå kommunedirektøren",
            "The chief executive's recommendation",
        ),
        Words(
            "Ett punkt på hver linje. Hvert punkt skal gå an å stemme over.",
            "Eitt punkt på kvar linje. Kvart punkt skal gå an å røyste over.",
            "One point a line. It must be possible to vote on each.",
        ),
        is_list=True,
    ),
)
KEYS: Final = tuple(part.key for part in PARTS)
RECOMMENDATION: Final = "innstilling"

TEXTS: Final[dict[str, Pair]] = {
    "title": Pair("Saksframlegg: {title}", "Saksframlegg: {title}"),
    "number": Pair("Sak {number}", "Sak {number}"),
    "edition": Pair("offentlig utgave", "offentleg utgåve"),
    "draft": Pair("Utkast, offentlig utgave", "Utkast, offentleg utgåve"),
    "findings": Pair("Fra meldingen", "Frå meldinga"),
    "said": Pair("{body} sa", "{body} sa"),
    "said_school": Pair("{body} ved {school} sa", "{body} ved {school} sa"),
    "changed": Pair("Det endret: {text}", "Det endra: {text}"),
    "not_answered": Pair("Ikke besvart ennå.", "Ikkje svart på enno."),
    "nobody": Pair("Ingen uttalelser er kommet inn.", "Ingen fråsegner er komne inn."),
    "attached": Pair("Vedlegg", "Vedlegg"),
    "report": Pair(
        "{name} {year}, offentlig utgave, versjon {version} (kontrollsum {sha})",
        "{name} {year}, offentleg utgåve, versjon {version} (kontrollsum {sha})",
    ),
    "only_public": Pair(
        "Bare den offentlige utgaven er lagt ved.",
        "Berre den offentlege utgåva er lagd ved.",
    ),
    "none": Pair("Ingen vedlegg.", "Ingen vedlegg."),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as the case document prints it."""

    body: str
    school: str
    text: str
    changed: str


@dataclass(frozen=True, slots=True)
class Attached:
    """The public edition that goes with the case."""

    name: str
    year: str
    version: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything the case document is made from."""

    title: str
    number: str
    owner: str
    language: Language
    accent: str
    texts: Mapping[str, str]
    findings: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    attached: Attached | None = None
    sent_on: date | None = None


def document(paper: Paper) -> Document:
    """The tree with its checksum; a draft says that it is one."""
    language = paper.language
    sections = [
        Section(
            str(number),
            spec.title.in_language(language),
            _blocks(paper, spec),
            subsections=_subsections(paper, spec),
        )
        for number, spec in enumerate(PARTS, start=1)
    ]
    sections.append(Section(str(len(PARTS) + 1), tell(TEXTS, "attached", language), _attachments(paper)))
    made = Document(
        title=tell(TEXTS, "title", language, title=paper.title),
        owner=paper.owner,
        language=language,
        edition="public",
        edition_label=tell(TEXTS, "edition" if paper.sent_on else "draft", language),
        subtitle=tell(TEXTS, "number", language, number=paper.number) if paper.number else "",
        running_left=paper.title,
        accent=paper.accent,
        frozen_on=paper.sent_on,
        sections=tuple(sections),
    )
    return replace(made, checksum=checksum(made))


def _blocks(paper: Paper, spec: PartSpec) -> tuple[Block, ...]:
    text = paper.texts.get(spec.key, "").strip()
    if spec.is_list:
        points = lines_of(text)
        return (Proposals(points),) if points else ()
    blocks: list[Block] = [*typed(text)]
    if spec.key == "opplysninger" and paper.findings:
        blocks += [Paragraph(tell(TEXTS, "findings", paper.language)), Bullets(paper.findings)]
    if spec.key == "horing" and not paper.said:
        blocks.append(Paragraph(tell(TEXTS, "nobody", paper.language)))
    return tuple(blocks)


def _subsections(paper: Paper, spec: PartSpec) -> tuple[Section, ...]:
    """Each statement word for word, and what it changed."""
    if spec.key != "horing":
        return ()
    language, made = paper.language, []
    for said in paper.said:
        key = "said_school" if said.school else "said"
        changed = (
            Lead(tell(TEXTS, "changed", language, text=said.changed))
            if said.changed
            else Note(tell(TEXTS, "not_answered", language))
        )
        title = tell(TEXTS, key, language, body=said.body, school=said.school)
        made.append(Section("", title, (*typed(said.text), changed), level=2))
    return tuple(made)


def _attachments(paper: Paper) -> tuple[Block, ...]:
    language, attached = paper.language, paper.attached
    if attached is None:
        return (Paragraph(tell(TEXTS, "none", language)),)
    line = tell(
        TEXTS,
        "report",
        language,
        name=attached.name,
        year=attached.year,
        version=attached.version,
        sha=attached.sha256[:8],
    )
    return (Bullets((line,)), Note(tell(TEXTS, "only_public", language)))


_NOTES: Final = re.compile(
    r"\btil\s+(?:orientering|etterretning|etterretting|vitende|vitande)\b[\s.!»\"]*\Z", re.I
)
_ACTS: Final = re.compile(
    r"\b(?:ber|bed|vedtar|vedtek|skal|vil|godkjenner|godkjenn|slutter seg|sluttar seg)\b", re.I
)


def is_bare(point: str) -> bool:
    """A point that only takes note: nobody can be asked next year what became of it."""
    return bool(_NOTES.search(point.strip())) and not _ACTS.search(point)


def points_of(text: str) -> tuple[str, ...]:
    """The recommendation's points."""
    return lines_of(text)


def can_be_voted_on(points: Sequence[str]) -> bool:
    """At least one point, and not only that something is taken note of (issue B §7; practice.md (2), chapter 0)."""
    return bool(points) and not all(is_bare(point) for point in points)
