"""The demo's accounts: roles, not invented persons. One of each for every owner."""

from collections.abc import Iterator
from dataclasses import dataclass

DOMAIN = "demo.example"


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner of the demo, with the school whose principal and teacher may sign in."""

    code: str
    slug: str
    name: str
    school: str
    report_name: str
    accent: str
    pack: str
    second_school: str = ""


OWNERS = (
    Owner(
        "9901",
        "fjordvik",
        "Fjordvik",
        "F00000015",
        "Tilstandsrapport for grunnskolen",
        "sjo",
        "fjordvik",
        "F00000017",
    ),
    Owner(
        "1103", "stavanger", "Stavanger", "974611465", "Kvalitets- og utviklingsmelding", "kyst", "stavanger"
    ),
    Owner("5001", "trondheim", "Trondheim", "975278964", "Kvalitetsmelding", "skog", "trondheim"),
    Owner("3203", "asker", "Asker", "973601997", "Tilstandsrapport for grunnskolen", "lyng", "asker"),
    Owner(
        "3207",
        "nordre-follo",
        "Nordre Follo",
        "974593491",
        "Tilstandsrapport for grunnskolen",
        "skifer",
        "ski",
    ),
    Owner(
        "1579", "hustadvika", "Hustadvika", "975283518", "Tilstandsrapport for grunnskolen", "plomme", "eide"
    ),
)
AT_OWNER = (
    ("skolesjef", "head_of_schools"),
    ("radgiver", "adviser"),
    ("kommunedirektor", "chief_executive"),
    ("folkevalgt", "council_member"),
    ("ungdomsrad", "youth_council"),
    ("systemansvarlig", "system_admin"),
)
AT_SCHOOL = (
    ("rektor", "principal"),
    ("avdelingsleder", "department_head"),
    ("laerer", "teacher"),
    ("tillitsvalgt", "union_rep"),
    ("fau", "parent_committee"),
    ("elevrad", "pupil_council"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """An account to be: e-mail, role and place."""

    email: str
    role: str
    place: str
    owner: Owner


def people() -> Iterator[Person]:
    """Everybody who can sign in, owner by owner."""
    for owner in OWNERS:
        for word, role in AT_OWNER:
            yield Person(f"{word}.{owner.slug}@{DOMAIN}", role, owner.code, owner)
        for word, role in AT_SCHOOL:
            if owner.school:
                yield Person(f"{word}.{owner.slug}@{DOMAIN}", role, owner.school, owner)
        if owner.second_school:
            yield Person(f"rektor2.{owner.slug}@{DOMAIN}", "principal", owner.second_school, owner)
