"""One hash over every row of the database, and the figures as people see them."""

import hashlib

from django.apps import apps

from tettpaa.data.indicators.models import PublishedValue

type Figures = dict[tuple[object, ...], tuple[object, ...]]


def database_sum() -> str:
    """SHA-256 over all rows of all tables, in order of key."""
    digest = hashlib.sha256()
    for model in sorted(apps.get_models(), key=lambda one: one._meta.db_table):
        digest.update(model._meta.db_table.encode())
        for row in model._base_manager.order_by("pk").values_list():
            digest.update(repr(row).encode())
    return digest.hexdigest()


def figures() -> Figures:
    """Current figures by place, indicator, year, grade, gender and edition."""
    rows = PublishedValue.objects.filter(superseded_by=None).values_list(
        "unit__code", "indicator__key", "period", "grade", "gender", "edition",
        "value", "low", "high", "n", "status",
    )  # fmt: skip
    return {row[:6]: row[6:] for row in rows}
