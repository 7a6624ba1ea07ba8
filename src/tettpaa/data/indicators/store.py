"""Writing many values fast: executemany on SQLite, COPY on PostgreSQL; never bulk_create (108 s against 4 s a million)."""

from collections.abc import Iterable, Sequence
from itertools import batched
from typing import Any

from django.db import connection, models

from tettpaa.data.indicators.models import PublishedValue

CHUNK = 5_000  # web writes wait at most some milliseconds for a chunk of this size (docs/decisions/0007)
COLUMNS = (
    "unit_id", "indicator_id", "period", "grade", "gender", "edition", "value", "low", "high", "n", "status",
    "is_provisional", "row", "column", "release_id", "superseded_by_id",
)  # fmt: skip


def write_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows (tuples in the order of `columns`) in the running transaction."""
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(map(quote, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - our own names only
            for chunk in batched(rows, CHUNK):
                cursor.executemany(statement, chunk)


def write_values(rows: Iterable[Sequence[object]]) -> None:
    """Insert published values (tuples in the order of `COLUMNS`)."""
    write_rows(PublishedValue, COLUMNS, rows)


def supersede(ids: Sequence[int], *, release_id: int) -> None:
    """Mark current values as replaced by a release."""
    for chunk in batched(ids, CHUNK):
        PublishedValue.objects.filter(pk__in=chunk).update(superseded_by=release_id)
