"""The state's schemes as the product knows them (`known.toml`), for an owner that has none of its own yet."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from django.db import transaction

from tettpaa.core.orgs.models import Unit
from tettpaa.work.funds.models import Scheme
from tettpaa.work.funds.pack import SchemeShape, shapes_of, write_scheme

TABLE: Final = Path(__file__).with_name("known.toml")


@cache
def known() -> tuple[SchemeShape, ...]:
    """The schemes, in the order of the file."""
    return shapes_of(tomllib.loads(TABLE.read_text(encoding="utf-8"))).schemes


@transaction.atomic
def add_known(*, owner: Unit, by: str) -> int:
    """Take in the schemes that the owner does not have by key; how many."""
    have = set(Scheme.objects.filter(owner=owner).values_list("key", flat=True))
    wanted = [one for one in known() if one.key not in have]
    for one in wanted:
        write_scheme(owner, one, by)
    return len(wanted)
