"""Reads of the room; the viewer comes first."""

from tettpaa.work.agreements.queries.lists import (
    AgreementLine,
    Counts,
    StatusLine,
    agreements_of,
    counts,
    is_signed,
    places_to_write,
    state_at,
    status_lines,
)
from tettpaa.work.agreements.queries.papers import Paper, document_content

__all__ = [
    "AgreementLine",
    "Counts",
    "Paper",
    "StatusLine",
    "agreements_of",
    "counts",
    "document_content",
    "is_signed",
    "places_to_write",
    "state_at",
    "status_lines",
]
