"""All that the room keeps about one person, for the person: every field of `fields.toml` that oneself may read."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.db.models import Model

from tettpaa.work.competence.models import Employee
from tettpaa.work.funds.models import Application, ApplicationStep, RankMove

TABLE: Final = Path(__file__).with_name("fields.toml")


@cache
def fields() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """Model → field → why, who, delete; and under `rules` each rule of deletion in words."""
    with TABLE.open("rb") as file:
        return tomllib.load(file)


def of_person(me: Employee) -> dict[str, list[dict[str, str]]]:
    """As plain values by model. Three queries."""
    sources = {
        Application: Application.objects.filter(employee=me).select_related("school", "call__scheme", "goal"),
        ApplicationStep: ApplicationStep.objects.filter(application__employee=me),
        RankMove: RankMove.objects.filter(application__employee=me),
    }
    return {model.__name__: [_row(row) for row in rows] for model, rows in sources.items()}


def _row(row: Model) -> dict[str, str]:
    table = fields()[type(row).__name__]
    names = [name for name, about in table.items() if "self" in about["who"] and name != "application"]
    values = {name: getattr(row, name) for name in names}
    return {name: "" if value is None else str(value) for name, value in values.items()}
