"""An enterprise declares whether it is a large one: within what time it pays depends on it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("marketplace", "0009_second_looks"),
    ]

    operations = [
        migrations.AddField(
            "organization",
            "size",
            models.CharField(
                blank=True,
                choices=[("large", "大型企业"), ("small", "中型、小型、微型企业")],
                default="",
                max_length=8,
                verbose_name="企业规模",
            ),
        ),
    ]
