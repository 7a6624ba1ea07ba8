"""One file's page: where it stands, what is wrong with it, what publishing it would change."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from tettpaa.core.ui.language import reader_language
from tettpaa.core.ui.parts import Step
from tettpaa.data.sources.difference import changes_anything
from tettpaa.data.sources.enums import WORKING, State
from tettpaa.data.sources.models import Import
from tettpaa.data.sources.queries import Work
from tettpaa.data.sources.registry import sources
from tettpaa.data.sources.screens.columns_page import MappedShown
from tettpaa.data.sources.screens.difference_shown import DifferenceShown, difference_shown
from tettpaa.data.sources.screens.problems_shown import ProblemsShown, problems_shown
from tettpaa.data.sources.screens.steps import is_unreadable, lead, steps


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work has come, for the component."""

    id: str
    label: str
    value: int
    total: int
    text: str


def progress_of(work: Work) -> Progress:
    """A share in percent while the worker tells it; else no end is known."""
    job = work.job
    known = job is not None and job.total > 0
    texts = {
        State.RECEIVED: _("Venter på tur. Du kan lukke siden og komme tilbake."),
        State.CHECKING: _("Leser og kontrollerer hver celle. Du kan lukke siden og komme tilbake."),
        State.PUBLISHING: _("Skriver tallene. Ingen ser dem før alle er på plass."),
    }
    value = job.done * 100 // job.total if job is not None and known else 0
    return Progress(
        f"fil-{work.item.pk}", work.item.file_name, value, 100 if known else 0, texts.get(work.state, "")
    )


class ItemPage:
    """What the template needs, each part made when it is asked for."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.item: Import = work.item
        self.state = work.state

    @cached_property
    def lead(self) -> tuple[str, str]:
        return lead(self.work)

    @cached_property
    def steps(self) -> list[Step]:
        return steps(self.work)

    @cached_property
    def progress(self) -> Progress:
        return progress_of(self.work)

    @cached_property
    def problems(self) -> ProblemsShown | None:
        return problems_shown(self.item) if self.state is State.REJECTED else None

    @cached_property
    def difference(self) -> DifferenceShown | None:
        if self.state not in {State.COMPARED, State.PUBLISHING, State.PUBLISHED} or not self.item.difference:
            return None
        return difference_shown(self.item.difference, self.item.warnings)

    @cached_property
    def mapped(self) -> MappedShown | None:
        return MappedShown(self.item) if self.item.profile_id else None

    @property
    def source_name(self) -> str:
        source = sources().get(self.item.source)
        return source.name.in_language(reader_language()) if source else ""

    @property
    def is_working(self) -> bool:
        return self.state in WORKING

    @property
    def is_rejected(self) -> bool:
        return self.state is State.REJECTED

    @property
    def is_published(self) -> bool:
        return self.state is State.PUBLISHED

    @property
    def has_stopped(self) -> bool:
        return self.state is State.FAILED

    @property
    def can_publish(self) -> bool:
        return self.state is State.COMPARED and changes_anything(self.item.difference)

    @property
    def can_discard(self) -> bool:
        return self.state in {State.REJECTED, State.COMPARED, State.FAILED}

    @property
    def can_mark(self) -> bool:
        """Whether a copy with marked cells makes sense: the file can be read and some cell is wrong."""
        return self.is_rejected and not is_unreadable(self.item) and self.item.file is not None

    @property
    def can_download(self) -> bool:
        return self.item.file is not None
