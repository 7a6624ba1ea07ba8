"""All that the room keeps about one person, for the person: every field of `fields.toml` that oneself may read."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Model

from tettpaa.work.competence.models import Employee
from tettpaa.work.offers.models import (
    Attendance,
    Certificate,
    Member,
    Registration,
    SentReminder,
    SurveyUse,
)

TABLE = Path(__file__).parents[1] / "fields.toml"
PERSONAL = (Registration, Certificate, Attendance, Member, SurveyUse, SentReminder)


@cache
def fields() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """Model → field → why, who, delete; and under `rules` each rule of deletion in words."""
    with TABLE.open("rb") as file:
        return tomllib.load(file)


def of_person(me: Employee) -> dict[str, list[dict[str, str]]]:
    """As plain values by model. One query a model."""
    found = {}
    for model in PERSONAL:
        of = "registration__employee" if model is Certificate else "employee"
        found[model.__name__] = [_row(row) for row in model._default_manager.filter(**{of: me})]
    return found


def _row(row: Model) -> dict[str, str]:
    table = fields()[type(row).__name__]
    values = {name: getattr(row, name) for name, about in table.items() if "self" in about["who"]}
    return {name: "" if value is None else str(value) for name, value in values.items()}
