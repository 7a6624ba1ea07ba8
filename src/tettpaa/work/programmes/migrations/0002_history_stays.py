"""The history of a programme refuses change, in the database itself."""

from django.db import migrations

from tettpaa.core.audit.triggers import protect, release

TABLE = "programmes_statechange"


def forwards(_apps, schema_editor):  # type: ignore[no-untyped-def]
    protect(schema_editor.connection, TABLE)


def backwards(_apps, schema_editor):  # type: ignore[no-untyped-def]
    release(schema_editor.connection, TABLE)


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
