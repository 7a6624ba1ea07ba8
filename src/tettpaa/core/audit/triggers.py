"""Append-only tables, refused by the database itself.

Measured (docs/decisions/0005): SQLite's `INSERT OR REPLACE` passes update and delete triggers, and
PostgreSQL's `TRUNCATE` passes row triggers, so both have a trigger of their own.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

MESSAGE = "append-only"


def protect(connection: BaseDatabaseWrapper, table: str) -> None:
    """Refuse UPDATE, DELETE, REPLACE and TRUNCATE on `table`."""
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor, table):
            cursor.execute(statement)


def release(connection: BaseDatabaseWrapper, table: str) -> None:
    """Take the protection away again; only migrations backwards and the test run's clean-up do this."""
    names = ("update", "delete", "replace") if connection.vendor == "sqlite" else ("rows", "truncate")
    suffix = "" if connection.vendor == "sqlite" else f" ON {table}"
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{name}{suffix}")


def _statements(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        twice = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608 - a table name of ours
        return [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} {twice} {refuse}",
        ]
    refuse = "EXECUTE FUNCTION tettpaa_append_only()"
    body = f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
    return [
        f"CREATE OR REPLACE FUNCTION tettpaa_append_only() RETURNS trigger LANGUAGE plpgsql AS {body}",
        f"CREATE TRIGGER {table}_no_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
    ]
