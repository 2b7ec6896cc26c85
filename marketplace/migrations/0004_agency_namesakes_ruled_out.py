"""Which sanctions on namesakes an officer has found to be another person's."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("marketplace", "0003_a_draft_may_be_withdrawn")]

    operations = [
        migrations.AddField(
            model_name="agency",
            name="namesakes_ruled_out",
            field=models.JSONField(
                blank=True, default=list, verbose_name="已核实不是同一人的决定"
            ),
        ),
    ]
