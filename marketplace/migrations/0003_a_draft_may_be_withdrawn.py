"""An application that was never submitted may be withdrawn: it has no time of submission."""

from django.db import migrations, models
from django.db.models import Q

NAME = "agency_submitted_has_time_and_commitment"


class Migration(migrations.Migration):
    dependencies = [("marketplace", "0002_parties_catalogue_and_rules")]

    operations = [
        migrations.RemoveConstraint(model_name="agency", name=NAME),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.CheckConstraint(
                name=NAME,
                condition=Q(status__in=["draft", "withdrawn"])
                | Q(submitted_at__isnull=False, commitment_signed_at__isnull=False),
            ),
        ),
    ]
