"""Migrations are complete, and each room's line has one head."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_each_line_has_one_head() -> None:
    loader = MigrationLoader(None)
    assert loader.detect_conflicts() == {}


@pytest.mark.django_db
def test_the_append_only_tables_refuse_in_this_database() -> None:
    from django.apps import apps

    tables = [m._meta.db_table for m in apps.get_models() if getattr(m, "is_append_only", False)]
    assert "audit_event" in tables
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT tbl_name, count(*) FROM sqlite_master WHERE type = 'trigger' GROUP BY tbl_name"
            )
            expected = 3
        else:
            cursor.execute(
                "SELECT relname, count(*) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
                "WHERE NOT tgisinternal GROUP BY relname"
            )
            expected = 2
        assert {table: count for table, count in cursor.fetchall() if table in tables} == dict.fromkeys(
            tables, expected
        )
