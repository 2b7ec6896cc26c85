"""By when entries cease to count and measures end: a grown province has many that are over."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('credit', '0004_findings'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['counts_until'], name='entry_by_end'),
        ),
        migrations.AddIndex(
            model_name='restriction',
            index=models.Index(fields=['effective_to'], name='restriction_by_end'),
        ),
    ]
