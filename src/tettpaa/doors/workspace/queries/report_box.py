"""Where the yearly report stands, in one section of the overview."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from tettpaa.core.orgs.models import Unit
from tettpaa.core.orgs.viewer import Viewer
from tettpaa.report.annual.queries import report_status


@dataclass(frozen=True, slots=True)
class ReportBox:
    """The newest report: one bar for each part that the owner writes."""

    name: str
    sentence: str
    states: tuple[str, ...]
    text: str
    address: str


def report_box(viewer: Viewer, owner: Unit) -> ReportBox | None:
    """None when there is no report, or the viewer may not read drafts."""
    status = report_status(viewer, owner)
    if status is None:
        return None
    parts = {"written": status.written, "all": status.expected, "missing": status.missing}
    text = gettext("%(written)s skrevet · %(missing)s ikke skrevet") % parts
    if status.stale:
        text += " · " + gettext("%(stale)s der tallene er endret siden") % {"stale": status.stale}
    sentence = gettext("%(written)s av %(all)s deler er skrevet.") % parts
    if status.is_frozen:
        sentence = gettext("Rapporten er låst.")
        if status.has_newer_figures:
            sentence = gettext("Rapporten er låst, men det er kommet nyere tall.")
    return ReportBox(
        name=status.report.name,
        sentence=sentence,
        states=tuple(state for chapter in status.chapters for state in chapter.bars),
        text=text,
        address=reverse("annual:report", kwargs={"owner": owner.code, "year": status.report.school_year}),
    )
