"""Long work of this room: checking and publishing files."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tettpaa.core.jobs.registry import Progress, job
from tettpaa.data.sources.actions import check_import, fetch_for_owner, publish_import
from tettpaa.data.sources.files import sweep
from tettpaa.data.sources.queries import FETCH, stored_hashes


@job("sources.check")
def check(arguments: Mapping[str, Any], progress: Progress) -> None:
    """Read and compare one received file."""
    check_import(import_id=UUID(arguments["import"]), progress=progress)
    sweep(stored_hashes())


@job("sources.publish")
def publish(arguments: Mapping[str, Any], progress: Progress) -> None:
    """Publish one compared file."""
    publish_import(import_id=UUID(arguments["import"]), by=arguments["by"], progress=progress)


@job(FETCH)
def fetch(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Fetch one dataset for an owner and put it on the shelf."""
    return fetch_for_owner(arguments=dict(arguments), progress=progress)
