"""No foreign key points to a higher floor or a room above: what import-linter cannot see."""

import pytest
from django.apps import apps
from django.db import models

ROOMS = [
    "audit",
    "jobs",
    "accounts",
    "orgs",
    "ui",
    "packs",
    "indicators",
    "sources",
    "yearwheel",
    "plans",
    "initiatives",
    "surveys",
    "agreements",
    "programmes",
    "competence",
    "offers",
    "funds",
    "dialogue",
    "followup",
    "annual",
    "decisions",
    "workspace",
    "office",
    "demo",
]


def upward(all_models: list[type[models.Model]]) -> list[str]:
    """Foreign keys of our models whose target lives in a higher room."""
    height = {label: position for position, label in enumerate(ROOMS)}
    return [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in all_models
        if model._meta.app_label in height
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and height.get(field.related_model._meta.app_label, -1) > height[model._meta.app_label]
    ]


def test_no_foreign_key_points_upward() -> None:
    assert upward(list(apps.get_models())) == []


def test_every_room_has_its_place() -> None:
    ours = {c.label for c in apps.get_app_configs() if c.name.startswith("tettpaa.")}
    assert ours == set(ROOMS)


@pytest.mark.django_db
def test_a_planted_upward_key_is_caught() -> None:
    field = models.ForeignKey("indicators.Release", on_delete=models.PROTECT, related_name="+")
    planted = type(
        "Planted",
        (models.Model,),
        {
            "__module__": "tettpaa.core.audit.models",
            "release": field,
            "Meta": type("Meta", (), {"app_label": "audit"}),
        },
    )
    try:
        assert upward([planted]) == ["Planted.release → Release"]
    finally:
        del apps.all_models["audit"]["planted"]
        apps.clear_cache()
