"""A scheme remembers what the columns of the portal's answers were called."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("funds", "0002_history_stays")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="scheme",
            name="answer_columns",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
