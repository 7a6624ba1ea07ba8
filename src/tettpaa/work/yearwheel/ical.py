"""A calendar as other programs read it (RFC 5545): whole days, stable UIDs, the same bytes until something changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Entry:
    """One date. `stamp` is when the entry last changed, in UTC."""

    id: UUID
    title: str
    on: date
    text: str
    address: str
    stamp: datetime
    revision: int


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
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + timedelta(days=1))
        event.add("summary", entry.title)
        event.add("description", entry.text)
        event.add("url", entry.address)
        event.add("transp", "TRANSPARENT")
        book.add_component(event)
    return bytes(book.to_ical())
