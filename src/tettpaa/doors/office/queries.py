"""What the office's pages show."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils.translation import get_language

from tettpaa.core.audit.models import Event
from tettpaa.core.audit.queries import chain_head, events, faults
from tettpaa.core.orgs.access_table import PUBLIC, SIGNED_IN, access_table
from tettpaa.core.orgs.models import Membership, Unit
from tettpaa.core.orgs.permissions import Permission, roles
from tettpaa.core.orgs.queries import members_of
from tettpaa.doors.office.wording import event_words

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
    return Trail(page, deeds, chain_head(owner=owner.code), sum(1 for _ in faults(owner=owner.code)))


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
