"""A frozen version may wait for its day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annual", "0002_frozen_editions_stay")]
    operations = [
        migrations.AddField(
            model_name="annualreport",
            name="public_version",
            field=models.PositiveSmallIntegerField(null=True),
        )
    ]
