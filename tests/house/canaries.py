"""A planted word in every text of every place, and every page of the work floor asked for by people who must not see it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.forms import BaseForm
from django.urls import reverse

from tests.factories.cast import Cast
from tettpaa.core.orgs.access_table import access_table
from tettpaa.core.orgs.checks import routes
from tettpaa.core.orgs.models import Unit

ROOMS = (
    "yearwheel", "plans", "initiatives", "surveys", "agreements", "dialogue", "followup", "decisions",
    "programmes", "funds", "offers", "competence",
)  # fmt: skip
# The model behind an argument of a route; a room's own word wins. A new argument fails until it is here.
MODELS = {
    "meeting": "dialogue.Meeting", "part": "dialogue.PackagePart", "entry": "dialogue.AgendaItem",
    "proposal": "dialogue.Proposal", "agreement": "agreements.Agreement", "checkpoint": "agreements.Checkpoint",
    "initiative": "initiatives.Initiative", "review": "initiatives.EffectReview", "round": "surveys.AssessmentRound",
    "task": "yearwheel.Task", "procedure": "yearwheel.Procedure", "goal": "plans.Goal", "plan": "plans.QualityPlan",
    "case": "followup.FollowUpCase", "decision": "decisions.DecisionItem", "hearing": "decisions.Hearing",
    "decisions:case": "decisions.PoliticalCase", "decisions:statement": "decisions.Statement",
    "decisions:row": "decisions.CaseStep", "dialogue:statement": "dialogue.Paragraph",
    "dialogue:row": "dialogue.AgreementRow", "agreements:row": "agreements.Commitment",
    "followup:row": "followup.Support", "plans:row": "plans.GoalIndicator", "followup:signal": "followup.Signal",
    "school:plan": "plans.SchoolPlan", "programme": "programmes.Programme", "programmes:row": "programmes.Partner",
    "scheme": "funds.Scheme", "call": "funds.Call", "application": "funds.Application", "need": "funds.StateNeed",
    "funds:row": "funds.Rate", "offer": "offers.Offer", "registration": "offers.Registration",
    "network": "offers.Network", "gathering": "offers.Gathering", "member": "offers.Member",
    "offers:entry": "offers.AgendaItem", "offers:row": "offers.FollowUp",
    "competence:plan": "competence.CompetencePlan", "competence:part": "competence.PlanArea",
    "competence:decision": "competence.Deviation", "competence:round": "competence.WalkRound",
    "competence:row": "competence.Qualification", "exemption": "competence.Exemption",
    "employee": "competence.Employee", "mentorship": "competence.Mentorship", "study": "competence.LeaderStudy",
    "trade": "competence.AssistantQualification", "role": "competence.ResourceRole",
    "walk": "competence.ClassroomWalk", "guidance": "competence.PeerGuidance",
}  # fmt: skip
PLAIN = {
    "number": 1,
    "year": "2024-25",
    "key": "dialogmote",
    "pack": "stavanger",
    "voice": "parents",
    "side": "school",
    "token": "feil",
}
KINDS = {
    "initiatives": "csv", "plans": "areas", "agreements": "lofte", "yearwheel": "done", "dialogue": "said",
    "programmes": "partner", "funds": "csv", "offers": "csv",
}  # fmt: skip


def word(unit: Unit) -> str:
    return f"KANARI{unit.code}"


def plant() -> int:
    """Write the place's word into every free text of every row that has an owner. Returns how many columns."""
    columns = 0
    units = {unit.pk: unit for unit in Unit.objects.all()}
    for model in _models():
        names = {field.name for field in model._meta.get_fields()}
        if getattr(model, "is_append_only", False) or "owner" not in names:
            continue
        free = [field for field in model._meta.concrete_fields if _is_free(field)]
        for row in model._default_manager.all():
            place = units[getattr(row, "school_id", None) or row.owner_id]
            changes = {field.name: _fitted(field, f"{word(place)} {field.name}") for field in free}
            model._default_manager.filter(pk=row.pk).update(**changes)
        columns += len(free)
    return columns


def _models() -> Iterator[type[models.Model]]:
    for room in ROOMS:
        yield from apps.get_app_config(room).get_models()


def _is_free(field: models.Field[Any, Any]) -> bool:
    is_text = isinstance(field, (models.TextField, models.CharField)) and not isinstance(
        field, models.SlugField
    )
    ours = (
        "key",
        "sha256",
        "fingerprint",
        "state",
        "source",
        "address",
        "role",
        "by",
        "indicator",
        "kind",
        "basis",
        "email",
    )
    return (
        is_text
        and not field.choices
        and not any(field.name.endswith(end) for end in ours)
        and not field.unique
    )


def _fitted(field: models.Field[Any, Any], text: str) -> str:
    return text[: field.max_length] if field.max_length else text


def pages(cast: Cast, owner: Unit, school: Unit) -> Iterator[tuple[str, str]]:
    """(route, address) of every GET page of the work floor at a place, with keys of rows that are there."""
    for name, pattern in routes():
        rule = access_table()[name]
        room = name.split(":")[0]
        if room not in ROOMS or "GET" not in rule.methods or not rule.place:
            continue
        found = arguments(name, pattern, owner, school)
        if found is not None:
            yield name, reverse(name, kwargs=found)


def doors(owner: Unit, school: Unit) -> list[tuple[str, str]]:
    """(route, address) of every form of the work floor at a place that has the rows."""
    found = []
    for name, pattern in routes():
        rule = access_table()[name]
        if name.split(":")[0] in ROOMS and "POST" in rule.methods and rule.place:
            keys = arguments(name, pattern, owner, school)
            if keys is not None:
                found.append((name, reverse(name, kwargs=keys)))
    return found


def field_names(room: str) -> set[str]:
    """What the room's models and forms call their fields."""
    config = apps.get_app_config(room)
    fields = [field for model in config.get_models() for field in model._meta.concrete_fields]
    names = {name for field in fields for name in (field.name, field.attname)}
    for form in _forms(BaseForm):
        if form.__module__.startswith(f"{config.name}."):
            names |= set(getattr(form, "base_fields", {}))
    return names


def _forms(parent: type[BaseForm]) -> Iterator[type[BaseForm]]:
    for form in parent.__subclasses__():
        yield form
        yield from _forms(form)


def arguments(name: str, pattern: str, owner: Unit, school: Unit) -> dict[str, object] | None:
    """The route's arguments with real keys, or None when the place has no such row. Raises KeyError for a new word."""
    room = name.split(":")[0]
    found: dict[str, object] = {}
    for raw in pattern.replace("<", " <").split("<")[1:]:
        argument = raw.split(">")[0].split(":")[-1]
        if argument in {"owner", "school"}:
            found[argument] = {"owner": owner, "school": school}[argument].code
        elif argument == "kind":
            found[argument] = KINDS[room]
        elif argument in PLAIN:
            found[argument] = PLAIN[argument]
        else:
            key = _key(room, argument, owner, school, at_school="<slug:school>" in pattern)
            if key is None:
                return None
            found[argument] = key
    return found


def _key(room: str, argument: str, owner: Unit, school: Unit, *, at_school: bool) -> UUID | None:
    wanted = MODELS.get(f"{room}:{argument}") or MODELS[argument]
    if argument == "plan" and at_school:
        wanted = MODELS["school:plan"]
    model = apps.get_model(wanted)
    rows = model._default_manager.all()
    names = {field.name for field in model._meta.get_fields()}
    if "school" in names and at_school:
        rows = rows.filter(school=school)
    elif "owner" in names:
        rows = rows.filter(owner=owner)
    row = rows.order_by("pk").first()
    return row.pk if row else None
