"""What the room's pages show beside the models: the document as HTML, and sentences that answer first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tettpaa.report.annual.drawing import pictures_of, remember
from tettpaa.report.annual.models import AnnualReport
from tettpaa.report.annual.queries import ReportStatus
from tettpaa.report.export import html
from tettpaa.report.export.tree import Document, Figure, Section


@dataclass(frozen=True, slots=True)
class Entry:
    """A chapter in the contents of a page."""

    anchor: str
    heading: str


def contents(document: Document) -> list[Entry]:
    """The chapters of a document with the anchors that its HTML has."""
    return [Entry(html.anchor(section), section.heading) for section in document.sections]


def frozen_html(report: AnnualReport, document: Document) -> SafeString:
    """A frozen public document as HTML; its own pictures are what the page shows."""
    folder = pictures_of(report.owner.code, document.edition)
    for figure in figures_in(document.sections):
        remember(folder, figure)
    return _safe(html.render(document, _address("annual:published_picture", report)))


def draft_html(report: AnnualReport, document: Document) -> SafeString:
    """A draft as HTML."""
    return _safe(html.render(document, _address("annual:draft_picture", report)))


def section_html(report: AnnualReport, section: Section, document_language: str) -> SafeString:
    """One chapter as HTML, for the preview beside its form: a document of one chapter."""
    alone = Document(
        title=report.name,
        owner=report.owner.label,
        language="nn" if document_language == "nn" else "nb",
        edition="internal",
        edition_label="-",
        sections=(section,),
    )
    return draft_html(report, alone)


def figures_in(sections: Sequence[Section]) -> list[Figure]:
    """Every figure of the sections and their parts."""
    found = []
    for section in sections:
        found += [block for block in section.blocks if isinstance(block, Figure)]
        found += figures_in(section.subsections)
    return found


def first_line(status: ReportStatus) -> str:
    """The report's page opens with how far it has come."""
    if status.is_frozen:
        return _("Versjon %(version)d er frosset.") % {"version": status.report.version}
    return _("%(written)d av %(expected)d deler er skrevet.") % {
        "written": status.written,
        "expected": status.expected,
    }


def second_line(status: ReportStatus) -> str:
    """What needs a look, or what is next."""
    if status.stale:
        return ngettext(
            "Én tekst står ved tall som har endret seg.",
            "%(count)d tekster står ved tall som har endret seg.",
            status.stale,
        ) % {"count": status.stale}
    if status.has_newer_figures:
        return _("Tall er publisert eller trukket tilbake etter frysingen.")
    if status.is_frozen:
        return _("Endrer du en tekst, blir det en ny versjon.")
    if status.written == status.expected:
        return _("Rapporten kan fryses.")
    return _("Tallene og setningene om dem er på plass.")


def _address(route: str, report: AnnualReport) -> html.AddressOf:
    place = {"owner": report.owner.code, "year": report.school_year}

    def address_of(figure: Figure) -> str:
        return reverse(route, kwargs={**place, "key": figure.key})

    return address_of


def _safe(made: html.Html) -> SafeString:
    """The renderer escapes every text itself; its type says that it did."""
    return mark_safe(made)  # noqa: S308 - Html is made by export/html.py alone
