"""One dataset fetched for an owner or the whole installation: a snapshot on disk, ready to be read like any file."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tettpaa.core.audit.actions import record
from tettpaa.core.orgs.enums import Kind
from tettpaa.core.orgs.models import Unit
from tettpaa.data.sources.fetch.asking import FRESH_S, Asker, one_at_a_time
from tettpaa.data.sources.fetch.client import FIRST_PAUSE_S, Manners
from tettpaa.data.sources.fetch.dataset import Dataset, Scope
from tettpaa.data.sources.fetch.snapshot import Progress, write_snapshot

FOLDER = "fetched"


@dataclass(frozen=True, slots=True)
class Order:
    """What to fetch, for whom (None: the whole installation), and who asked. `again`: do not use kept answers."""

    dataset: Dataset
    by: str
    owner: Unit | None = None
    again: bool = False


def fetch(order: Order, progress: Progress) -> Path:
    """Fetch and write the snapshot; returns its path. Raises FetchError: what came until then is kept for the next try."""
    folder = Path(settings.FILE_STORE) / FOLDER
    whose = f"-{order.owner.code}" if order.owner else ""
    path = folder / f"{order.dataset.key}{whose}-{timezone.localdate():%Y-%m-%d}.json"
    with one_at_a_time(folder):
        asker = asker_in(folder, again=order.again)
        write_snapshot(order.dataset, scope_of(order.owner), asker, path, progress)
        note(order, asker)
    return path


def asker_in(folder: Path, *, again: bool = False) -> Asker:
    """Who asks, with the pauses of the settings."""
    manners = Manners(first_pause_s=FIRST_PAUSE_S * settings.FETCH_PACE, stand_in=settings.FETCH_STAND_IN)
    return Asker(folder, manners, settings.FETCH_PACE, 0.0 if again else FRESH_S)


@transaction.atomic
def note(order: Order, asker: Asker) -> None:
    """The trail says what was asked for, by whom, and how many questions went out."""
    record(
        kind="sources.fetched",
        by=order.by,
        subject=order.dataset.key,
        owner=order.owner.code if order.owner else "",
        detail={"questions": asker.calls},
    )


def scope_of(owner: Unit | None) -> Scope:
    """The owner with its county and schools; without one, the whole country."""
    if owner is None:
        return Scope()
    schools = Unit.objects.filter(kind=Kind.SCHOOL, path__startswith=owner.path).order_by("code")
    return Scope(owner.code, owner.code[:2], tuple(schools.values_list("code", flat=True)))
