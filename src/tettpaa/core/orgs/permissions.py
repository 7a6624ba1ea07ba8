"""What a person may do, and the roles that give it. Roles are data: `roles.toml` beside this file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path


class Permission(StrEnum):
    """NOUN_VERB, grouped by noun."""

    FIGURES_READ = "figures.read"  # the public edition on the owner's pages
    FIGURES_INTERNAL = "figures.internal"  # confidential figures of one's own place
    IMPORTS_READ = "imports.read"
    IMPORTS_WRITE = "imports.write"  # upload, check, publish, withdraw
    REPORTS_READ = "reports.read"  # drafts and the internal edition
    REPORTS_PUBLISHED = "reports.published"  # frozen public editions
    REPORTS_EDIT = "reports.edit"
    REPORTS_FREEZE = "reports.freeze"
    SETTINGS_WRITE = "settings.write"
    AUDIT_READ = "audit.read"
    ACCESS_READ = "access.read"


@dataclass(frozen=True, slots=True)
class Role:
    """A role reads like a job description: who, one sentence, and what it may do where.

    `permissions` hold on the role's own unit and below it; `owner_wide` also on the owner above a school.
    """

    key: str
    names: Mapping[str, str]
    sentence: Mapping[str, str]
    permissions: frozenset[Permission]
    owner_wide: frozenset[Permission]


@cache
def roles() -> Mapping[str, Role]:
    """All roles by key, in the order of the file. Raises ValueError for an unknown permission."""
    with (Path(__file__).parent / "roles.toml").open("rb") as file:
        table = tomllib.load(file)
    return {
        key: Role(
            key=key,
            names=row["name"],
            sentence=row["sentence"],
            permissions=frozenset(map(Permission, row.get("permissions", ()))),
            owner_wide=frozenset(map(Permission, row.get("owner_wide", ()))),
        )
        for key, row in table.items()
    }
