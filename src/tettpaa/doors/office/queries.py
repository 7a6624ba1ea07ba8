"""What the office's pages show."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tettpaa.core.audit.models import Event
from tettpaa.core.audit.queries import chain_head, events, faults
from tettpaa.core.orgs.access_table import PUBLIC, SIGNED_IN, access_table
from tettpaa.core.orgs.models import Body, Membership, Unit
from tettpaa.core.orgs.permissions import Permission, roles
from tettpaa.core.orgs.queries import bodies_of, members_of
from tettpaa.core.packs.editing import Edited, edited_part, entries_of
from tettpaa.core.packs.merging import PLAIN, Change, split, title
from tettpaa.core.packs.problems import Problem, render
from tettpaa.core.packs.queries import Loaded, changes, founding_packs, loaded_pack
from tettpaa.core.packs.reading import ReadPack
from tettpaa.core.packs.registry import Part, parts
from tettpaa.core.packs.shapes import FlatField, flat_fields
from tettpaa.core.packs.wording import field_words, kind_words, part_words, value_words
from tettpaa.doors.office.wording import BODY_LEVELS, VOICES, event_words

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Deed:
    """One event in words."""

    event: Event
    words: str


@dataclass(frozen=True, slots=True)
class Trail:
    """A page of the owner's trail, newest first, and whether the whole chain holds."""

    page: Page[Event]
    deeds: list[Deed]
    head: str
    faults: int


def trail(owner: Unit, *, number: str | None) -> Trail:
    """One page of the trail. The chain is checked from end to end each time: a false calm is worse than a wait."""
    page = Paginator(events(owner=owner.code), PER_PAGE).get_page(number)
    deeds = [Deed(event, event_words(event.kind)) for event in page.object_list]
    return Trail(page, deeds, chain_head(owner=owner.code), sum(1 for _fault in faults(owner=owner.code)))


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role with its sentence, what it opens in number of routes, and who has it today."""

    name: str
    sentence: str
    permissions: tuple[str, ...]
    members: list[Membership]


def role_lines(owner: Unit) -> list[RoleLine]:
    """All roles, those that somebody has first. Two queries."""
    language, members = get_language() or "nb", members_of(owner)
    lines = [
        RoleLine(
            name=role.names[language],
            sentence=role.sentence[language],
            permissions=tuple(sorted(role.permissions | role.owner_wide)),
            members=members.get(role.key, []),
        )
        for role in roles().values()
    ]
    return sorted(lines, key=lambda line: not line.members)


@dataclass(frozen=True, slots=True)
class RouteLine:
    """A row of the access table with the roles that may open it."""

    route: str
    methods: str
    place: str
    who: str


def route_lines() -> list[RouteLine]:
    """The access table in words, as the guard reads it."""
    language = get_language() or "nb"
    lines = []
    for rule in access_table().values():
        if rule.permission in {PUBLIC, SIGNED_IN}:
            who = rule.permission
        else:
            wanted = Permission(rule.permission)
            having = [r.names[language] for r in roles().values() if wanted in r.permissions | r.owner_wide]
            who = ", ".join(having)
        lines.append(RouteLine(rule.route, ", ".join(sorted(rule.methods)), rule.place, who))
    return lines


@dataclass(frozen=True, slots=True)
class FoundingLine:
    """A pack that comes with the product, in one sentence."""

    name: str
    title: str
    sentence: str
    is_loaded: bool


@dataclass(frozen=True, slots=True)
class Setup:
    """The owner's set-up of today, and the packs that can be loaded."""

    loaded: Loaded | None
    parts: "list[PartPage]"
    founding: list[FoundingLine]


def setup(owner: Unit) -> Setup:
    """What the page of the set-up shows; the number of queries follows the number of parts, not what they hold."""
    loaded, language = loaded_pack(owner), get_language() or "nb"
    lines = [
        FoundingLine(
            pack.name,
            pack.head.name,
            pack.head.sentence(language),
            loaded is not None and loaded.name == pack.name,
        )
        for pack in founding_packs()
    ]
    return Setup(loaded, part_lines(owner), lines)


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field that the pack changes or leaves, in words."""

    kind: str
    does_something: bool
    what: str
    mine: str
    new: str


@dataclass(frozen=True, slots=True)
class PackPart:
    """What loading does with one part: whole entries by what becomes of them, then fields."""

    title: str
    entries: list[tuple[str, list[str]]]
    fields: list[FieldLine]


@dataclass(frozen=True, slots=True)
class PackPage:
    """A pack held against the owner's set-up, part by part."""

    pack: ReadPack
    sentence: str
    parts: list[PackPart]
    written: int
    kept: int
    is_loaded: bool


def pack_page(owner: Unit, pack: ReadPack) -> PackPage:
    """What loading the pack would do."""
    found = changes(owner, pack)
    groups = [_pack_part(part, list(rows)) for part, rows in groupby(found, key=lambda change: change.part)]
    written = sum(1 for change in found if change.does_something)
    loaded = loaded_pack(owner)
    return PackPage(
        pack=pack,
        sentence=pack.head.sentence(get_language() or "nb"),
        parts=groups,
        written=written,
        kept=len(found) - written,
        is_loaded=loaded is not None and loaded.name == pack.name,
    )


def _pack_part(part: str, rows: list[Change]) -> PackPart:
    whole: dict[str, list[str]] = {}
    for change in rows:
        if not change.field:
            whole.setdefault(kind_words(change.kind), []).append(_entry_words(change))
    return PackPart(
        title=part_words(part),
        entries=list(whole.items()),
        fields=[_field_line(change) for change in rows if change.field],
    )


def _entry_words(change: Change) -> str:
    return "" if change.path == PLAIN else change.title or change.path[-1]


def _field_line(change: Change) -> FieldLine:
    return FieldLine(
        kind=kind_words(change.kind),
        does_something=change.does_something,
        what=" · ".join(word for word in (_entry_words(change), field_words(change.field)) if word),
        mine=value_words(change.mine, change.field),
        new=value_words(change.new, change.field),
    )


def body_of(owner: Unit, key: str) -> Body | None:
    """The owner's body of today with that key."""
    return next((body for body in bodies_of(owner) if body.key == key), None)


def body_words(body: Body) -> str:
    """What is said of a body, as one line: for telling whether somebody else has changed it, and for showing it."""
    decides = _("vedtar") if body.decides else ""
    role = roles().get(body.role)
    named = role.names[get_language() or "nb"] if role else ""
    return " · ".join(
        str(word) for word in (body.name, BODY_LEVELS[body.level], named, VOICES[body.voice], decides) if word
    )


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body with what is said of it in words."""

    key: str
    name: str
    words: str


def body_lines(owner: Unit) -> list[BodyLine]:
    """The owner's bodies of today, in the owner's order. One query."""
    return [
        BodyLine(body.key, body.name, body_words(body).removeprefix(f"{body.name} · "))
        for body in bodies_of(owner)
    ]


# Where a part is edited by its own room; the others are edited here.
EDITORS: Mapping[str, str] = {
    "owner": "office:bodies",
    "plan": "plans:plan",
    "procedures": "yearwheel:procedures",
    "assessment": "surveys:scale",
    "meetings": "dialogue:kinds",
}


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry in words: what it is called, and its fields that say something."""

    key: str
    title: str
    facts: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PartPage:
    """A part of the set-up as it is today."""

    name: str
    title: str
    entries: list[EntryLine]
    editor: str
    edited_here: bool


def part_lines(owner: Unit) -> list[PartPage]:
    """Every part of the set-up with what it holds today."""
    return [_part_page(owner, part) for part in parts()]


def part_page(owner: Unit, name: str) -> PartPage | None:
    """One part of the set-up with every entry in words."""
    part = next((part for part in parts() if part.name == name), None)
    return _part_page(owner, part) if part else None


def _part_page(owner: Unit, part: Part) -> PartPage:
    entries = [
        EntryLine(path[-1], title(entry) or path[-1], facts(entry))
        for path, entry in split(part.read(owner)).items()
        if path != PLAIN
    ]
    editor = EDITORS.get(part.name, "")
    address = reverse(editor, kwargs={"owner": owner.code}) if editor else ""
    return PartPage(part.name, part_words(part.name), entries, address, not editor)


def facts(entry: Mapping[str, Any], *, with_name: bool = False) -> list[tuple[str, str]]:
    """What an entry says beside its name; tables inside it are counted."""
    return [
        (capfirst(field_words(name)), value_words(value, name, longest=2000))
        for name, value in entry.items()
        if name not in ({"key"} if with_name else {"key", "name", "title"})
        and value is not False
        and value not in ("", None, [], {})
    ]


def edited(owner: Unit, name: str, key: str = "") -> tuple[Edited, dict[str, Any]] | None:
    """A part that is edited here, with one of its entries; None when there is no such part or entry."""
    found = edited_part(name) if name not in EDITORS else None
    if found is None:
        return None
    entries = entries_of(owner, found)
    return None if key and key not in entries else (found, entries.get(key, {}))


def body_names(owner: Unit) -> dict[str, str]:
    """The owner's bodies by key, for choosing one."""
    return {body.key: body.name for body in bodies_of(owner)}


def form_fields(found: Edited, *, is_new: bool) -> list[FlatField]:
    """The fields of the form; where the keys are given, a new entry is one of them."""
    keys = [field for field in flat_fields(found.model, with_key=True) if field.name == "key"]
    chosen = keys if is_new and keys[0].kind == "choice" else []
    return [*chosen, *flat_fields(found.model)]


def wrong_words(problems: list[Problem]) -> list[tuple[str, str]]:
    """Each problem with the field it belongs to, in the reader's language."""
    language = get_language() or "nb"
    lines = []
    for problem in problems:
        message = render(problem, language)
        lines.append((problem.place.rpartition(".")[2], message.expected))
    return lines
