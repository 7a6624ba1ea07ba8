"""All that the room keeps about one person, for the person: every field of `fields.toml` that oneself may read."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Model

from tettpaa.work.competence.models import Employee, PeerNote, WalkNote

TABLE = Path(__file__).parent / "fields.toml"
_OWN = frozenset({"self", "pair"})


@cache
def fields() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """Model → field → why, who, delete."""
    with TABLE.open("rb") as file:
        found = tomllib.load(file)
    return {name: rows for name, rows in found.items() if name != "rules"}


@cache
def rules() -> Mapping[str, str]:
    """Key of a rule of deletion → the rule in words."""
    with TABLE.open("rb") as file:
        found: Mapping[str, str] = tomllib.load(file)["rules"]
    return found


def of_person(employee: Employee) -> dict[str, Any]:
    """As plain values by model. Notes that others wrote in a guidance are theirs, and left out."""
    notes = WalkNote.objects.filter(walk__teacher=employee)
    related: Mapping[str, Iterable[Model]] = {
        "Qualification": employee.qualifications.all(),
        "Teaching": employee.teaching.all(),
        "Exemption": employee.exemptions.all(),
        "Deviation": employee.deviations.all(),
        "Mentorship": employee.mentorships.all(),
        "LeaderStudy": employee.leader_studies.all(),
        "AssistantQualification": employee.trade_routes.all(),
        "ResourceRole": employee.resource_roles.all(),
        "ClassroomWalk": employee.walks.select_related("round", "school"),
        "WalkNote": notes,
        "PeerNote": PeerNote.objects.filter(author=employee),
    }
    found: dict[str, Any] = {"Employee": _row(employee)}
    found |= {name: [_row(row) for row in rows] for name, rows in related.items()}
    found["MentorSession"] = [_row(one) for row in employee.mentorships.all() for one in row.sessions.all()]
    return found


def _row(row: Model) -> dict[str, str]:
    table = fields()[type(row).__name__]
    return {
        name: "" if (value := getattr(row, name)) is None else str(value)
        for name, of in table.items()
        if _OWN & set(of["who"])
    }
