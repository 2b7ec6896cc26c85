"""Queues of applications by an index: most agencies of a grown province stand in none."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('marketplace', '0008_catalogue_lists'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='agency',
            index=models.Index(fields=['status'], name='agency_by_status'),
        ),
    ]
