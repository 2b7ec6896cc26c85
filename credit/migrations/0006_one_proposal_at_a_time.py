"""One next version of the scheme waits at a time, whichever office put it up."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("credit", "0005_scheme_proposals"),
    ]

    operations = [
        migrations.AddConstraint(
            "schemeproposal",
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(settled_at=None),
                name="scheme_proposal_one_at_a_time",
            ),
        ),
    ]
