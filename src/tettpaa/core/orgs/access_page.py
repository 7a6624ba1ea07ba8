"""Writes docs/permissions.md from the roles and the access table: `python -m tettpaa.core.orgs.access_page [FOLDER]`."""

import sys
from collections.abc import Iterable
from pathlib import Path

from tettpaa.core.orgs.access_table import PUBLIC, SIGNED_IN, Rule, read_table
from tettpaa.core.orgs.permissions import Permission, roles

# The site's file is read as data; no setting and no database is needed to print who may do what.
TABLE = Path(__file__).resolve().parents[2] / "site" / "access.toml"
_INTRO = """\
<!-- Made by `python -m tettpaa.core.orgs.access_page`; change roles.toml or access.toml, not this page. -->

A role is held on a unit and for a period. Its permissions hold on that unit and on every unit below it. A role held
at a school may also give permissions on the school's owner, and so on all its schools. The middleware
`core/orgs/middleware.py` checks each request against the routes below before the view runs; what does not stand
there is closed. A place where the viewer lacks the permission answers 404, as a place that does not exist. A route
with a place also wants a second factor, unless `TETTPAA_REQUIRE_SECOND_FACTOR` is off. HEAD and OPTIONS are
always allowed where a route is open."""
_ROLE_HEADS = ("Role", "Bokmål", "What it is", "On its unit and below", "Also on the owner above")


def page(table: Path = TABLE) -> str:
    """The whole page as Markdown: roles with their permissions, then each permission with who has it and its routes."""
    lines = ["# Permissions", "", _INTRO, "", "## Roles", "", *_head(_ROLE_HEADS), *_roles(), "", "## Routes"]
    rules = read_table(table).values()
    for permission in (PUBLIC, SIGNED_IN, *Permission):
        chosen = [rule for rule in rules if rule.permission == permission]
        lines += ["", f"### `{permission}`", "", *_who(permission), "", *_routes(chosen)]
    return "\n".join(lines) + "\n"


def _roles() -> Iterable[str]:
    for role in roles().values():
        given = (_codes(role.permissions), _codes(role.owner_wide))
        yield _line((role.names["en"], role.names["nb"], role.sentence["en"], *given))


def _who(permission: str) -> list[str]:
    """Who may, in words: roles on the place or above it, and roles at a school that reach the whole owner."""
    if permission in {PUBLIC, SIGNED_IN}:
        return ["Everybody." if permission == PUBLIC else "Everybody who is signed in."]
    wanted, everyone = Permission(permission), roles().values()
    above = [role.names["en"] for role in everyone if wanted in role.permissions]
    wide = [role.names["en"] for role in everyone if wanted in role.owner_wide]
    words = [f"- With the role on the place or above it: {', '.join(above) or 'nobody'}."]
    return words + ([f"- With the role at one of the owner's schools: {', '.join(wide)}."] if wide else [])


def _routes(chosen: list[Rule]) -> Iterable[str]:
    if not chosen:
        return ("No route asks for it.",)
    rows = (
        (f"`{r.route}`{' (demo only)' if r.only_demo else ''}", ", ".join(sorted(r.methods)), r.place or "–")
        for r in chosen
    )
    return (*_head(("Route", "Methods", "Place")), *map(_line, rows))


def _codes(permissions: Iterable[Permission]) -> str:
    return ", ".join(f"`{permission}`" for permission in sorted(permissions)) or "–"


def _head(heads: tuple[str, ...]) -> tuple[str, str]:
    return _line(heads), "|" + "---|" * len(heads)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main(arguments: list[str]) -> int:
    """Write the page into the folder (default `docs`)."""
    Path(arguments[0] if arguments else "docs", "permissions.md").write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
