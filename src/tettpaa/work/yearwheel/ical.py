"""A calendar as other programs read it (RFC 5545): stable UIDs, the same bytes until something changes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from tettpaa.core.orgs.models import Unit


@dataclass(frozen=True, slots=True)
class Entry:
    """One date. `stamp` is when the entry last changed, in UTC. Without `starts` it is the whole day."""

    id: UUID
    title: str
    on: date
    text: str
    address: str
    stamp: datetime
    revision: int
    starts: datetime | None = None
    ends: datetime | None = None
    place: str = ""


type Provider = Callable[["Unit", str, date], Iterable[Entry]]
_providers: dict[str, Provider] = {}


def register_entries(room: str, provider: Provider) -> None:
    """A room above gives a person's own dates (owner, e-mail, today); they stand in the person's calendar."""
    if _providers.setdefault(room, provider) is not provider:
        raise ValueError(f"two providers for {room}")


def entries_of(owner: "Unit", email: str, today: date) -> list[Entry]:
    """The person's own dates from all rooms that have registered."""
    return [entry for provider in _providers.values() for entry in provider(owner, email, today)]


def calendar(name: str, entries: Iterable[Entry]) -> bytes:
    """The calendar as bytes in UTF-8, lines ended by CRLF and folded at 75 octets."""
    from icalendar import Calendar, Event  # noqa: PLC0415 - slow import

    book = Calendar()
    book.add("prodid", "-//Tett på//Årshjul//NO")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", name)
    book.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.id}@tettpaa")
        event.add("dtstamp", entry.stamp)
        event.add("last-modified", entry.stamp)
        event.add("sequence", entry.revision)
        event.add("summary", entry.title)
        event.add("description", entry.text)
        event.add("url", entry.address)
        for name, value in _when(entry).items():
            event.add(name, value)
        if entry.place:
            event.add("location", entry.place)
        book.add_component(event)
    return bytes(book.to_ical())


def _when(entry: Entry) -> dict[str, date | datetime | str]:
    """A whole day does not make a person busy; a meeting with a time does, for an hour when nobody has said how long."""
    if entry.starts is None:
        return {"dtstart": entry.on, "dtend": entry.on + timedelta(days=1), "transp": "TRANSPARENT"}
    ends = entry.ends if entry.ends and entry.ends > entry.starts else entry.starts + timedelta(hours=1)
    return {"dtstart": entry.starts.astimezone(UTC), "dtend": ends.astimezone(UTC), "transp": "OPAQUE"}
