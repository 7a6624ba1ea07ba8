"""What can be fetched, what is being fetched, and why the last try failed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tettpaa.core.jobs.models import Job
from tettpaa.core.ui.language import reader_language
from tettpaa.data.sources.fetch.dataset import Dataset, Kind, datasets
from tettpaa.data.sources.fetch.errors import told
from tettpaa.data.sources.registry import sources
from tettpaa.data.sources.screens.item_page import Progress


@dataclass(frozen=True, slots=True)
class FetchRow:
    """A dataset on the shelf: `job` while it is being fetched, `error` when the last try failed, `is_read`: a register
    that has been read, and has its own page."""

    key: str
    name: str
    publisher: str
    job: Job | None
    error: str
    is_read: bool = False

    @property
    def progress(self) -> Progress | None:
        return None if self.job is None else progress_of_fetch(self.job)


def fetch_rows(jobs: Sequence[Job]) -> list[FetchRow]:
    """All datasets in order of name. `jobs`: the owner's, newest last."""
    last = {job.arguments["dataset"]: job for job in jobs}
    rows = [_row(one, last.get(key)) for key, one in datasets().items()]
    return sorted(rows, key=lambda row: row.name)


def _row(dataset: Dataset, job: Job | None) -> FetchRow:
    language = reader_language()
    running = job if job is not None and not job.is_finished else None
    publisher = (dataset.publisher or sources()[dataset.source].name).in_language(language)
    is_read = job is not None and "register" in job.result and dataset.kind is Kind.SCHOOLS
    return FetchRow(
        dataset.key, dataset.name.in_language(language), publisher, running, error_of(job), is_read
    )


def error_of(job: Job | None) -> str:
    """Why a fetch ended without a file, in words; empty when it did not."""
    if job is None or not job.is_finished or job.result.keys() & {"import", "register"}:
        return ""
    if "error" in job.result:
        return told(job.result["error"], job.result["params"], reader_language())
    return _("Hentingen stoppet. Prøv igjen.")


def progress_of_fetch(job: Job) -> Progress:
    """A share in percent once it is known how many answers there are."""
    name = datasets()[job.arguments["dataset"]].name.in_language(reader_language())
    text = _("Henter ett svar om gangen. Du kan lukke siden og komme tilbake.")
    return Progress(f"hent-{job.pk}", name, job.share_pct or 0, 100 if job.total else 0, text)
