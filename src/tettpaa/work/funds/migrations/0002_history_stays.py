"""The history of applications and of notices of need refuses change, in the database itself."""

from django.db import migrations

from tettpaa.core.audit.triggers import protect, release

TABLES = ("funds_applicationstep", "funds_rankmove", "funds_needstep")


def forwards(_apps, schema_editor):  # type: ignore[no-untyped-def]
    for table in TABLES:
        protect(schema_editor.connection, table)


def backwards(_apps, schema_editor):  # type: ignore[no-untyped-def]
    for table in TABLES:
        release(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("funds", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
