"""A legal basis of blanks is none, as the guard of a publication has always said."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("marketplace", "0004_agency_namesakes_ruled_out")]

    operations = [
        migrations.RemoveConstraint(
            model_name="serviceitem", name="item_beyond_draft_has_basis_and_time"
        ),
        migrations.AddConstraint(
            model_name="serviceitem",
            constraint=models.CheckConstraint(
                name="item_beyond_draft_has_basis_and_time",
                condition=Q(status="draft")
                | Q(
                    legal_basis__regex=r"\S",
                    published_at__isnull=False,
                    service_class__isnull=False,
                ),
            ),
        ),
        migrations.RemoveConstraint(model_name="parameter", name="parameter_has_basis"),
        migrations.AddConstraint(
            model_name="parameter",
            constraint=models.CheckConstraint(
                name="parameter_has_basis", condition=Q(legal_basis__regex=r"\S")
            ),
        ),
    ]
