"""An adopted plan refuses change in the database itself."""

from django.db import migrations

from tettpaa.core.audit.triggers import protect, release

TABLES = ("competence_planversion",)


def forwards(_apps, schema_editor):  # type: ignore[no-untyped-def]
    for table in TABLES:
        protect(schema_editor.connection, table)


def backwards(_apps, schema_editor):  # type: ignore[no-untyped-def]
    for table in TABLES:
        release(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("competence", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
