"""Which function does which kind of job. Rooms register in their `tasks.py`, found by discovery."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django.utils.module_loading import autodiscover_modules


class Progress(Protocol):
    """Given to the function; calling it also renews the lease."""

    def __call__(self, done: int, total: int) -> None: ...


Handler = Callable[[Mapping[str, Any], Progress], dict[str, Any] | None]
_handlers: dict[str, Handler] = {}
_daily: set[str] = set()


def job(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that does jobs of `kind`. It gets the arguments and a progress callback, and may be
    run again after a crash, so it must be idempotent."""

    def register(function: Handler) -> Handler:
        if kind in _handlers and _handlers[kind] is not function:
            raise ValueError(f"two functions for jobs of kind {kind}")
        _handlers[kind] = function
        return function

    return register


def daily(kind: str) -> Callable[[Handler], Handler]:
    """As `job`, and the worker starts it once every morning with `{"day": "2026-11-22"}`. It must bear being run
    again, and do what a day without a worker left undone."""

    def register(function: Handler) -> Handler:
        _daily.add(kind)
        return job(kind)(function)

    return register


def handler(kind: str) -> Handler:
    """The registered function; raises KeyError with the kind's name."""
    return _handlers[kind]


def kinds() -> list[str]:
    return sorted(_handlers)


def daily_kinds() -> list[str]:
    return sorted(_daily)


def discover() -> None:
    autodiscover_modules("tasks")
