"""Moving between states: the one way, so that a step that is not drawn in a room's `enums.py` cannot be taken."""

from collections.abc import Collection, Mapping
from typing import Protocol


class HasState(Protocol):
    """Anything with a state."""

    state: str


class NotAllowedError(Exception):
    """The step is not drawn. `current` and `wanted` are keys of the room's states."""

    def __init__(self, current: str, wanted: str) -> None:
        super().__init__(f"{current} → {wanted}")
        self.current = current
        self.wanted = wanted


def move(subject: HasState, to: str, *, paths: Mapping[str, Collection[str]]) -> str:
    """Set the state to `to` and give back the one before. `paths` says for each state where it may go.

    Raises NotAllowedError. Saves nothing: the caller saves and records in one transaction.
    """
    before = subject.state
    if to not in paths.get(before, ()):
        raise NotAllowedError(before, to)
    subject.state = to
    return before
