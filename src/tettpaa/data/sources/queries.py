"""Reading the room's own rows: files on their way, saved names, what the reader must be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from tettpaa.core.jobs.models import Job
from tettpaa.core.orgs.enums import Kind
from tettpaa.core.orgs.models import OwnerSettings, Unit
from tettpaa.data.indicators.enums import State as ReleaseState
from tettpaa.data.indicators.models import Release
from tettpaa.data.sources.enums import WAITING, WORKING, State
from tettpaa.data.sources.mapping.profile import profile_from
from tettpaa.data.sources.models import ColumnProfile, Import, NameMapping, RegisterReading, StoredFile
from tettpaa.data.sources.registry import sources
from tettpaa.data.sources.source import ReadOptions

RECENT = 20
FETCH = "sources.fetch"


@dataclass(frozen=True, slots=True)
class Work:
    """An import with the job that carries it."""

    item: Import
    job: Job | None

    @property
    def state(self) -> State:
        """The state to tell: work whose job has ended without an outcome has stopped."""
        state = State(self.item.state)
        stopped = state in WORKING and (self.job is None or self.job.is_finished)
        return State.FAILED if stopped else state


def import_of(owner: Unit, import_id: UUID) -> Work | None:
    """One of the owner's imports with its job, else None."""
    row = (
        Import.objects.select_related("file", "release", "owner", "profile")
        .filter(owner=owner, pk=import_id)
        .first()
    )
    return None if row is None else _with_jobs([row])[0]


def open_states(row: Import) -> frozenset[State]:
    """States in which a person may act on the file; also «at work» once its worker is known to be dead."""
    (work,) = _with_jobs([row])
    stopped = State(row.state) in WORKING and work.state is State.FAILED
    return WAITING | WORKING if stopped else WAITING


def imports_of(owner: Unit) -> list[Work]:
    """The owner's latest files: all that wait or are worked on, and the last that ended. Newest first."""
    mine = Import.objects.select_related("file", "release").filter(owner=owner)
    open_ones = list(mine.filter(state__in=WORKING | WAITING).order_by("-received_at")[:100])
    ended = list(mine.exclude(state__in=WORKING | WAITING).order_by("-received_at")[:RECENT])
    return _with_jobs(sorted(open_ones + ended, key=lambda row: row.received_at, reverse=True))


def _with_jobs(rows: list[Import]) -> list[Work]:
    jobs = Job.objects.in_bulk([row.job for row in rows if row.job and row.state in WORKING])
    return [Work(row, jobs.get(row.job) if row.job else None) for row in rows]


def read_options(owner: Unit | None, names: Mapping[str, str] | None = None) -> ReadOptions:
    """Names that were given a school before (`names` first), and the schools to match new names with.

    Without an owner: the schools of the installation's owners, if it has any, and what they have said where they
    do not contradict each other.
    """
    schools = Unit.objects.filter(kind=Kind.SCHOOL)
    mappings = NameMapping.objects.all()
    if owner is not None:
        paths = [owner.path]
        mappings = mappings.filter(owner=owner)
    else:
        paths = list(OwnerSettings.objects.values_list("unit__path", flat=True)) or [""]
    known = {
        code: name
        for code, name, path in schools.values_list("code", "name", "path")
        if path.startswith(tuple(paths))
    }
    return ReadOptions(_agreed(mappings) | dict(names or {}), known)


def _agreed(mappings: QuerySet[NameMapping]) -> dict[str, str]:
    names: dict[str, str] = {}
    against: set[str] = set()
    for name, code in mappings.values_list("name", "code"):
        if names.setdefault(name, code) != code:
            against.add(name)
    return {name: code for name, code in names.items() if name not in against}


def owner_by_code(code: str) -> Unit | None:
    """The owner of this installation with the municipality number, else None."""
    return Unit.objects.filter(code=code, kind=Kind.OWNER, settings__isnull=False).first()


def saved_names(owner: Unit) -> list[NameMapping]:
    """The owner's saved names, alphabetically."""
    return list(NameMapping.objects.filter(owner=owner))


def running_fetches(owner: Unit) -> list[Job]:
    """Fetches of the owner that are not done yet."""
    return [job for job in fetches_of(owner) if not job.is_finished]


def fetches_of(owner: Unit) -> list[Job]:
    """The owner's latest fetches, newest last."""
    return list(Job.objects.filter(owner=owner.code, kind=FETCH).order_by("-created_at")[:100])[::-1]


def fetch_of(owner: Unit, job_id: UUID) -> Job | None:
    """One of the owner's fetches, else None."""
    return Job.objects.filter(owner=owner.code, kind=FETCH, pk=job_id).first()


def register_of(owner: Unit) -> RegisterReading | None:
    """What the school register last said, if it has been asked."""
    return RegisterReading.objects.filter(owner=owner).first()


def has_saved_names(owner: Unit) -> bool:
    return NameMapping.objects.filter(owner=owner).exists()


def profiles_of(owner: Unit) -> list[ColumnProfile]:
    """The owner's profiles that files are read by: the latest version of each, by name."""
    latest: dict[str, ColumnProfile] = {}
    for row in ColumnProfile.objects.filter(owner=owner, removed_at=None).order_by("name", "number"):
        latest[row.name] = row
    return list(latest.values())


def profile_of(owner: Unit, key: UUID) -> ColumnProfile | None:
    """One of the owner's profiles, else None."""
    return ColumnProfile.objects.filter(owner=owner, pk=key).first()


def words_known(owner: Unit, name: str) -> dict[str, str]:
    """What the profile of this name says that words mean."""
    row = next((row for row in profiles_of(owner) if row.name == name), None)
    return dict(row.spec["words"]) if row else {}


def profile_for(owner: Unit, heads: Sequence[str]) -> ColumnProfile | None:
    """The profile that fits the headings; of several the one with the most columns."""
    fitting = [row for row in profiles_of(owner) if profile_from(row.spec).fits(heads)]
    return max(fitting, key=lambda row: len(row.spec["columns"]), default=None)


def stored_hashes() -> set[str]:
    """Hashes of all files that a row names."""
    return set(StoredFile.objects.values_list("sha256", flat=True))


def may_have_original(owner: Unit, release: Release) -> bool:
    """Whether the owner may have the file itself: its own, or a public source's that the operator brought in.

    What the operator brought in from another source may hold other owners' hidden numbers.
    """
    if release.owner_id == owner.pk:
        return True
    source = sources().get(release.source)
    return release.owner_id is None and source is not None and source.is_public


def published_for(owner: Unit) -> list[Release]:
    """Published releases that concern the owner, oldest first."""
    rows = Release.objects.filter(state=ReleaseState.PUBLISHED).order_by("pk")
    return list(rows.filter(owner=None) | rows.filter(owner=owner))
