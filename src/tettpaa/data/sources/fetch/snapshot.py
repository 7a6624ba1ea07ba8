"""From a plan to a file: all answers of one dataset, letter for letter, in the order they were asked for."""

import os
from collections.abc import Callable
from pathlib import Path

from tettpaa.data.sources.answers import snapshot_head, snapshot_line
from tettpaa.data.sources.fetch.dataset import Ask, Dataset, Scope
from tettpaa.data.sources.fetch.errors import FetchError

type Progress = Callable[[int, int], None]


def write_snapshot(dataset: Dataset, scope: Scope, ask: Ask, path: Path, progress: Progress) -> None:
    """Ask everything and write the snapshot to `path`, whole or not at all. `progress(done, total)` counts answers.

    Raises FetchError; what was answered until then is kept by `ask` and not asked again.
    """
    if dataset.needs_owner and not scope.municipality:
        raise FetchError("no_owner")
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.draft")
    with draft.open("wb") as file:
        file.write(snapshot_head(dataset.key))
        for done, step in enumerate(dataset.plan(scope, ask), start=1):
            file.write(snapshot_line(step.name, step.got.url, step.got.body, step.facts))
            progress(done, max(step.total, done))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
