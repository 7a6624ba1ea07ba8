"""The competence plan as a document. It is open: nothing of persons, and small counts are hidden already."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tettpaa.core.orgs.models import Unit
from tettpaa.core.ui import formats
from tettpaa.core.ui.language import reader_language as language
from tettpaa.report.export.canonical import checksum
from tettpaa.report.export.tree import Block, Bullets, Cell, Document, Lead, Note, Paragraph, Section, Table
from tettpaa.work.competence.pages import need_told
from tettpaa.work.competence.queries import PlanPaper


def document_of(paper: PlanPaper, owner: Unit) -> Document:
    """The tree. `paper` has been asked for with the viewer."""
    content = paper.content
    year = formats.school_year(content["year"], language())
    label = _("Offentlig utgave, åpen for alle") if paper.number else _("Utkast, ikke vedtatt")
    made = Document(
        title=content["title"],
        owner=owner.label,
        language=language(),
        edition="public" if paper.number else "internal",
        edition_label=label,
        subtitle=_("Kompetanseplan, skoleåret %(year)s") % {"year": year},
        running_left=owner.label,
        running_right=_("Kompetanseplan"),
        version=_("Versjon %(number)s") % {"number": paper.number} if paper.number else _("Utkast"),
        checksum=paper.fingerprint,
        frozen_on=paper.adopted_on,
        sections=(_chapter(paper),),
    )
    return made if paper.fingerprint else replace(made, checksum=checksum(made))


def _chapter(paper: PlanPaper) -> Section:
    """All in one chapter: a plan is a few pages, and each chapter begins a new one."""
    lead = Lead(_("Dette skal vi bli bedre til."), _("Planen gjelder ett skoleår, for alle tjenestene."))
    parts = tuple(Section("", title, blocks, level=2) for title, blocks in _parts(paper) if blocks)
    return Section("", _("Kompetanseplanen"), (lead,), subsections=parts)


def _parts(paper: PlanPaper) -> Iterable[tuple[str, tuple[Block, ...]]]:
    content = paper.content
    yield _("Bakgrunn og formål"), _text(content["background"])
    yield _("Grunnlag"), _text(content["basis"])
    yield _("Ledelse og organisasjon"), _text(content["organisation"])
    areas = tuple(block for area in content["areas"] for block in _area(area, paper.outcomes))
    yield _("Kompetanseområder"), areas
    yield _("Behov"), _needs(content["needs"])
    yield _("Tjenestene"), _services(paper)
    yield _("Nøkkelfaktorer"), _listed(one["title"] for one in content["factors"])
    yield _("Budsjett"), _text(content["budget"])
    yield _("Drøfting og vedtak"), _road(paper)
    yield _("Evaluering"), _text(paper.evaluation)


def _text(text: str) -> tuple[Block, ...]:
    return tuple(Paragraph(part.strip()) for part in text.split("\n\n") if part.strip())


def _listed(lines: Iterable[str]) -> tuple[Block, ...]:
    found = tuple(lines)
    return (Bullets(found),) if found else ()


def _area(area: Mapping[str, Any], outcomes: Mapping[str, str]) -> tuple[Block, ...]:
    said = [f"{area['title']}.", area["why"], area["what"]]
    if area["goal"]:
        said.append(_("Tjener målet: %(goal)s.") % {"goal": area["goal"]["text"].rstrip(".")})
    if area["key"] in outcomes:
        said.append(_("Slik gikk det:") + " " + outcomes[area["key"]])
    return (Paragraph(" ".join(part for part in said if part)),)


def _needs(needs: Iterable[Mapping[str, Any]]) -> tuple[Block, ...]:
    return _listed(need_told(one) for one in needs)


def _services(paper: PlanPaper) -> tuple[Block, ...]:
    names = {one["key"]: one for one in paper.content["services"]}
    found: list[Block] = []
    for key, one in names.items():
        said = " ".join(part for part in (f"{one['title']}.", one["catalogue"], one["text"]) if part)
        found.append(Paragraph(said))
        lines = [line for line in paper.offers if line.service == key]
        if lines:
            rows = tuple((Cell(line.title), Cell(line.kind), Cell(line.when)) for line in lines)
            found.append(Table(one["title"], (_("Tilbud"), _("Slag"), _("Når")), rows))
            found += _listed(
                f"{line.title}. {name}: {reason}" for line in lines for name, reason in line.factors
            )
    if found and paper.offers:
        found.append(Note(_("Tilbudene er slik de står den dagen filen er laget.")))
    return tuple(found)


def _road(paper: PlanPaper) -> tuple[Block, ...]:
    lines = []
    for one in paper.content["discussions"]:
        day = formats.day(date.fromisoformat(one["on"]), language())
        changed = _("Det førte til: %(changed)s") % {"changed": one["changed"]} if one["changed"] else ""
        lines.append(" ".join(part for part in (f"{one['with']}, {day}.", changed) if part))
    if paper.adopted_on:
        said = _("Vedtatt %(day)s.") % {"day": formats.day(paper.adopted_on, language())}
        case = _("Sak %(case)s.") % {"case": paper.case_reference} if paper.case_reference else ""
        lines.append(" ".join(part for part in (said, case) if part))
    return _listed(lines)
