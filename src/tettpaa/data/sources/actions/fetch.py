"""Fetching for an owner: ordered by a person, done by the worker, and then a file on the shelf like any other."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from tettpaa.core.audit.actions import record
from tettpaa.core.jobs.actions import enqueue
from tettpaa.core.jobs.registry import Progress
from tettpaa.core.orgs.models import Unit
from tettpaa.data.sources.actions.receive import receive_file
from tettpaa.data.sources.actions.register import keep_register, proposals_for, take_in_municipalities
from tettpaa.data.sources.fetch.dataset import Dataset, Kind, datasets
from tettpaa.data.sources.fetch.errors import FetchError
from tettpaa.data.sources.fetch.run import Order, fetch
from tettpaa.data.sources.queries import FETCH, owner_by_code, running_fetches

CHUNK = 1 << 20


@transaction.atomic
def order_fetch(*, owner: Unit, dataset: Dataset, by: str) -> None:
    """Start fetching in the background. Ordered twice while it runs gives one."""
    if any(job.arguments["dataset"] == dataset.key for job in running_fetches(owner)):
        return
    arguments = {"dataset": dataset.key, "owner": owner.code, "key": str(uuid4()), "by": by}
    enqueue(kind=FETCH, arguments=arguments, by=by, owner=owner.code)
    record(kind="sources.fetch_ordered", by=by, subject=dataset.key, owner=owner.code)


def fetch_for_owner(*, arguments: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Fetch, and put the snapshot on the shelf. Returns the import's number, or the error's code and params.

    A register is read at once: then it returns how much it proposes.

    May run again after a crash: answers that came are not asked for again, and the file's number is in the arguments.
    """
    owner = owner_by_code(arguments["owner"])
    if owner is None:
        return {}
    order = Order(datasets()[arguments["dataset"]], arguments["by"], owner)
    try:
        path = fetch(order, progress)
        if order.dataset.kind is not Kind.FIGURES:
            return {"register": _let_in(order, owner, path)}
    except FetchError as error:
        return {"error": error.code, "params": error.params}
    row = receive_file(
        owner=owner, chunks=_chunks(path), file_name=path.name, by=order.by, key=UUID(arguments["key"])
    )
    return {"import": str(row.pk)}


def _let_in(order: Order, owner: Unit, path: Path) -> int:
    """Of a register only municipality codes come in by themselves; what it says of schools waits for a person."""
    if order.dataset.kind is Kind.MUNICIPALITIES:
        return len(take_in_municipalities(path=path, by=order.by))
    keep_register(owner=owner, path=path, by=order.by)
    return proposals_for(owner).count


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
