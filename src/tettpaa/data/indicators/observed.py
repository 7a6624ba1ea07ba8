"""A figure as a source gives it. The shape `sources` hands over; this room does not know the sources."""

from dataclasses import dataclass
from typing import Protocol

from tettpaa.data.suppression.kinds import Gender, Level, Status


class Observed(Protocol):
    """One figure of a file; see `tettpaa.data.sources.source.Cell` for the meaning of each part."""

    @property
    def indicator(self) -> str: ...
    @property
    def level(self) -> Level: ...
    @property
    def unit_code(self) -> str: ...
    @property
    def unit_name(self) -> str: ...
    @property
    def county(self) -> str: ...
    @property
    def municipality(self) -> str: ...
    @property
    def period(self) -> int: ...
    @property
    def grade(self) -> int: ...
    @property
    def gender(self) -> Gender: ...
    @property
    def value(self) -> float | None: ...
    @property
    def n(self) -> int | None: ...
    @property
    def uncertainty(self) -> float | None: ...
    @property
    def status(self) -> Status: ...
    @property
    def is_provisional(self) -> bool: ...
    @property
    def row(self) -> int: ...
    @property
    def column(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the figures come from, and how the source shields. `threshold` in pupils.

    `is_public`: the figures are published by their source and shielded there. `is_complete`: the file is the
    source's whole table for its indicators and years, so a figure that is absent now is gone.
    """

    source: str
    file_name: str
    file_sha256: str
    threshold: int
    is_public: bool
    is_complete: bool
