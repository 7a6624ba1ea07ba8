"""What was proved when a release was published stays as it was, in the database itself."""

from django.db import migrations

from tettpaa.core.audit.triggers import protect, release

TABLE = "indicators_releaseproof"


def forwards(_apps, schema_editor):  # type: ignore[no-untyped-def]
    protect(schema_editor.connection, TABLE)


def backwards(_apps, schema_editor):  # type: ignore[no-untyped-def]
    release(schema_editor.connection, TABLE)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0002_releaseproof")]
    operations = [migrations.RunPython(forwards, backwards)]
