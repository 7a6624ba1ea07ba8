"""What was frozen, approved, said or moved refuses change, in the database itself."""

from django.db import migrations

from tettpaa.core.audit.triggers import protect, release

TABLES = (
    "dialogue_step",
    "dialogue_parttrace",
    "dialogue_frozenpackage",
    "dialogue_addition",
    "dialogue_minutescomment",
    "dialogue_minutesversion",
    "dialogue_approval",
    "dialogue_publicminutes",
)


def forwards(_apps, schema_editor):  # type: ignore[no-untyped-def]
    for table in TABLES:
        protect(schema_editor.connection, table)


def backwards(_apps, schema_editor):  # type: ignore[no-untyped-def]
    for table in TABLES:
        release(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
