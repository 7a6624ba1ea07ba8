"""An agreement as a document: the public edition from the open part, the internal one from the whole text.

The restricted annex is in neither. The fingerprint is the signed text's own, so that a print can be held against it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from tettpaa.core.ui import formats
from tettpaa.core.ui.language import reader_language
from tettpaa.report.export.canonical import checksum
from tettpaa.report.export.tree import Block, Bullets, Cell, Document, Lead, Note, Paragraph, Section, Table
from tettpaa.work.agreements.queries.page import Signed, goals_in
from tettpaa.work.agreements.queries.papers import Paper, readable

EDITIONS: Final = {"offentlig": True, "intern": False}


def document_of(paper: Paper) -> Document:
    """The tree. `paper` has been asked for with the viewer, and is public or whole already."""
    content = readable(paper.content)
    edition = _("Offentlig utgave") if paper.is_public else _("Intern utgave")
    stamp = _("åpen for alle") if paper.is_public else _("skal ikke offentliggjøres")
    label = f"{edition}, {stamp}" if paper.number else _("Utkast, ikke signert")
    made = Document(
        title=content["title"],
        owner=content["owner"]["name"],
        language=reader_language(),
        edition="public" if paper.is_public else "internal",
        edition_label=label,
        subtitle=_subtitle(paper, content),
        running_left=content["school"]["name"],
        running_right=_("Avtale"),
        version=_version(paper),
        checksum=paper.fingerprint,
        frozen_on=paper.sealed_on,
        sections=(_chapter(paper, content),),
    )
    return made if paper.fingerprint else replace(made, checksum=checksum(made))


def _version(paper: Paper) -> str:
    if not paper.number:
        return _("Utkast")
    return _("Versjon %(number)s") % {"number": paper.number}


def _subtitle(paper: Paper, content: Mapping[str, Any]) -> str:
    kind = _("Avtale") if paper.is_public else content["kind_name"]
    period = f"{_day(content['starts_on'])} – {_day(content['ends_on'])}"
    return f"{kind[:1].upper()}{kind[1:]}, {content['school']['name']}, {period}"


def _sections(paper: Paper, content: Mapping[str, Any]) -> list[tuple[str, tuple[Block, ...]]]:
    found: list[tuple[str, tuple[Block, ...]]] = [
        (_("Løfter"), _promises(content)),
        (_("Mål"), _goals(paper.content)),
        (_("Sjekkpunkt"), _points(content)),
    ]
    if not paper.is_public:
        found += [(_("Kompetanse"), _competence(content)), (_("Rammer"), _frame(content))]
    found += [(_("Hvem er hørt"), _heard(content)), (_("Signaturer"), _signatures(paper))]
    return [(title, blocks) for title, blocks in found if blocks]


def _chapter(paper: Paper, content: Mapping[str, Any]) -> Section:
    """All in one chapter: an agreement is a few pages, and each chapter begins a new one."""
    lead = Lead(
        _("%(school)s og skoleeier lover hverandre dette.") % {"school": content["school"]["name"]},
        _("Løfter som står på samme linje, henger sammen."),
    )
    parts = tuple(Section("", title, blocks, level=2) for title, blocks in _sections(paper, content))
    return Section("", _("Avtalen"), (lead,), subsections=parts)


def _promises(content: Mapping[str, Any]) -> tuple[Block, ...]:
    rows = [
        (Cell(_promise(pair.get("school"))), Cell(_promise(pair.get("owner")))) for pair in content["pairs"]
    ]
    header = (_("Skolen skal"), _("Skoleeier skal"))
    return (Table(_("Løfter fra begge sider"), header, tuple(rows), row_headers=False),) if rows else ()


def _promise(row: Mapping[str, Any] | None) -> str:
    """The promise as it is read aloud."""
    if row is None:
        return "–"
    why = row["goal"]["text"] if row["goal"] else row["why"]
    parts = [
        row["what"] + (_(", fordi: %(why)s") % {"why": why} if why else ""),
        _("Ansvar: %(who)s") % {"who": row["who"]} if row["who"] else "",
        _("Innen %(day)s") % {"day": _day(row["due_on"])} if row["due_on"] else "",
        _("Vi ser det når %(sign)s") % {"sign": row["sign"]} if row["sign"] else "",
    ]
    return ". ".join(part for part in parts if part) + "."


def _goals(content: Mapping[str, Any]) -> tuple[Block, ...]:
    found: list[Block] = []
    for one in goals_in(content):
        said = [one.content["text"] + "."]
        if one.aim is not None:
            said += [one.aim.fact, one.aim.strip.alt if one.aim.strip else "", one.aim.sentence]
        if one.content["sign"]:
            said.append(_("Vi ser det når %(sign)s.") % {"sign": one.content["sign"]})
        found.append(Paragraph(" ".join(part for part in said if part)))
    return tuple(found)


def _points(content: Mapping[str, Any]) -> tuple[Block, ...]:
    rows = [f"{_day(one['due_on'])}. {one['about']}".strip() for one in content["checkpoints"]]
    return (Bullets(tuple(rows)),) if rows else ()


def _competence(content: Mapping[str, Any]) -> tuple[Block, ...]:
    rows = [
        " ".join(part for part in (f"{one['who']}:", one["need"], one["how"]) if part)
        for one in content["competence"]
    ]
    return (Bullets(tuple(rows)),) if rows else ()


def _frame(content: Mapping[str, Any]) -> tuple[Block, ...]:
    said = [
        (_("Bakgrunn"), content["background"]),
        (_("Hvis målene ikke nås"), content["next_step"]),
        (_("Nytt i denne versjonen"), content["changes"]),
    ]
    return tuple(Paragraph(f"{name}: {text}") for name, text in said if text)


def _heard(content: Mapping[str, Any]) -> tuple[Block, ...]:
    rows = []
    for one in content["consultations"]:
        day = f", {_day(one['heard_on'])}" if one["heard_on"] else ""
        changed = _("Det endret dette: %(changed)s") % {"changed": one["changed"]} if one["changed"] else ""
        rows.append(" ".join(part for part in (f"{one['name']}{day}.", one.get("said", ""), changed) if part))
    if not rows and content.get("not_heard"):
        return (Paragraph(content["not_heard"]),)
    return (Bullets(tuple(rows)),) if rows else ()


def _signatures(paper: Paper) -> tuple[Block, ...]:
    if not paper.number:
        return (Note(_("Ingen har signert denne teksten.")),)
    rows = [_signature(one) for one in paper.signatures]
    printed = _("Fingeravtrykk av den signerte teksten: %(print)s") % {"print": paper.fingerprint}
    notes: list[Block] = [Bullets(tuple(rows)), Note(printed)]
    if not paper.is_public and paper.content.get("annex"):
        notes.append(Note(_("Avtalen har et avgrenset vedlegg som ikke følger med.")))
    return tuple(notes)


def _signature(one: Signed) -> str:
    words = {"role": one.role, "at": formats.moment(one.at, reader_language()), "method": one.method}
    return _("%(role)s, %(at)s %(method)s") % words


def _day(day: date | None) -> str:
    return formats.day(day, reader_language()) if day else ""
