"""A decision is public for a time of its own; those before it stay until somebody says otherwise."""

from datetime import UTC, datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("credit", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="restriction",
            name="published_until",
            field=models.DateTimeField(
                default=datetime(2100, 1, 1, tzinfo=UTC), verbose_name="公示期至"
            ),
            preserve_default=False,
        ),
    ]
