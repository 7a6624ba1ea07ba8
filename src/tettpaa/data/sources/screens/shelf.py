"""The shelf: what there is, what is on its way, what is expected next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tettpaa.core.ui import formats
from tettpaa.core.ui.language import reader_language
from tettpaa.data.indicators.models import Release
from tettpaa.data.sources.difference import changes_anything
from tettpaa.data.sources.enums import WORKING, State
from tettpaa.data.sources.queries import Work
from tettpaa.data.sources.registry import sources
from tettpaa.data.sources.screens.calendar import Calendar, calendar
from tettpaa.data.sources.screens.item_page import Progress, progress_of
from tettpaa.data.sources.screens.steps import lead, rejected_line
from tettpaa.data.sources.screens.wording import count, sentence
from tettpaa.data.sources.source import Source


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source on the shelf. `is_due`: new figures can be fetched now."""

    name: str
    about: str
    release: Release | None
    expected: str
    is_due: bool


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file on the shelf, with the status icon that goes with it."""

    work: Work
    kind: str
    text: str

    @property
    def is_working(self) -> bool:
        return self.work.state in WORKING

    @property
    def progress(self) -> Progress:
        return progress_of(self.work)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The whole page."""

    first: str
    second: str
    sources: list[SourceRow]
    open_files: list[FileRow]
    ended_files: list[FileRow]
    credits: list[str]
    calendar: Calendar


def shelf(works: Sequence[Work], published: Sequence[Release], today: date) -> Shelf:
    """Put the page together from the owner's files and all that is published for it, oldest first."""
    releases = {release.source: release for release in published}
    rows = [_source_row(source, releases.get(key), today) for key, source in sources().items()]
    is_open = [
        work for work in works if work.state not in {State.PUBLISHED, State.DISCARDED} and not _is_empty(work)
    ]
    ended = [work for work in works if work not in is_open]
    told = dict.fromkeys(
        sources()[key].credit.in_language(reader_language()) for key in releases if key in sources()
    )
    year = calendar(published, today)
    return Shelf(
        *_answer(is_open, rows, year),
        sources=rows,
        open_files=[_file_row(work) for work in is_open],
        ended_files=[_file_row(work) for work in ended],
        credits=list(told),
        calendar=year,
    )


def _is_empty(work: Work) -> bool:
    """A file that brought nothing new waits for nobody."""
    return work.state is State.COMPARED and not changes_anything(work.item.difference)


def _answer(is_open: Sequence[Work], rows: Sequence[SourceRow], year: Calendar) -> tuple[str, str]:
    """The first line: what must be mended, then what waits, then what is on its way, then what is missing."""
    refused = [work for work in is_open if work.state is State.REJECTED]
    ready = [work for work in is_open if work.state is State.COMPARED]
    working = [work for work in is_open if work.state in WORKING]
    if len(refused) == 1:
        return rejected_line(refused[0].item), _("Ingenting er endret ennå.")
    if refused:
        return _("%(n)s filer må rettes.") % {"n": sentence(count(len(refused)))}, _(
            "Ingenting er endret ennå."
        )
    if ready:
        text = ngettext(
            "Én fil er klar til å publiseres.", "%(n)s filer er klare til å publiseres.", len(ready)
        )
        return text % {"n": sentence(count(len(ready)))}, _("Se på forskjellen først.")
    if working:
        text = ngettext("Én fil er i arbeid.", "%(n)s filer er i arbeid.", len(working))
        return text % {"n": sentence(count(len(working)))}, _("Du kan lukke siden og komme tilbake.")
    if any(work.state is State.FAILED for work in is_open):
        return _("Arbeidet med en fil stoppet."), _("Ingenting er endret. Prøv igjen.")
    return _quiet_answer(rows, year)


def _quiet_answer(rows: Sequence[SourceRow], year: Calendar) -> tuple[str, str]:
    if not any(row.release for row in rows):
        return _("Ingen tall er lagt inn ennå."), _("Last opp den første filen, eller begynn med malen.")
    due = [row for row in rows if row.is_due]
    if due:
        return _("Nye tall kan hentes nå."), _("Det gjelder %(source)s.") % {"source": due[0].name}
    month = year.next_month
    return _("Alle tall er på plass."), _("Neste ventes i %(month)s.") % {"month": month} if month else ""


def _source_row(source: Source, release: Release | None, today: date) -> SourceRow:
    expected, is_due = expectation(source.published_month, _published_on(release), today)
    return SourceRow(
        source.name.in_language(reader_language()),
        source.about.in_language(reader_language()),
        release,
        expected,
        is_due,
    )


def _published_on(release: Release | None) -> date | None:
    return timezone.localdate(release.published_at) if release and release.published_at else None


def expectation(month: int | None, published_on: date | None, today: date) -> tuple[str, bool]:
    """When new figures come, in words, and whether they can be fetched already but have not been."""
    if month is None:
        return "", False
    this_year = date(today.year, month, 1)
    last = this_year if today >= this_year else date(today.year - 1, month, 1)
    name = formats.MONTHS[reader_language()][month - 1]
    if published_on is not None and published_on < last:
        return _("Nye tall har vært ventet siden %(month)s %(year)s.") % {
            "month": name,
            "year": last.year,
        }, True
    following = date(last.year + 1, month, 1)
    return _("Neste ventes i %(month)s %(year)s.") % {"month": name, "year": following.year}, False


def _file_row(work: Work) -> FileRow:
    kinds = {
        State.REJECTED: "late",
        State.FAILED: "late",
        State.COMPARED: "waiting",
        State.PUBLISHED: "done",
        State.DISCARDED: "withdrawn",
    }
    item, state = work.item, work.state
    if state is State.PUBLISHED and item.finished_at:
        text = _("Publisert %(day)s") % {
            "day": formats.day(timezone.localtime(item.finished_at), reader_language())
        }
        if item.release is not None and item.release.withdrawn_at:
            return FileRow(work, "withdrawn", _("Trukket tilbake"))
        return FileRow(work, "done", text)
    if state is State.COMPARED:
        empty = _is_empty(work)
        return FileRow(
            work,
            "done" if empty else "waiting",
            _("Endrer ingenting") if empty else _("Klar til å publiseres"),
        )
    if state is State.DISCARDED:
        return FileRow(work, "withdrawn", _("Forkastet"))
    return FileRow(work, kinds.get(state, "running"), lead(work)[0])
