"""Give the agencies that have rated an end of the amendment, never earlier than their own."""

from typing import Any

from django.db import migrations
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce


def fill(apps: Any, _editor: Any) -> None:
    """Before the buyer has rated, that is the end of the time for ratings."""
    contracts = apps.get_model("bidding", "Contract").objects
    ratings = apps.get_model("bidding", "Evaluation").objects
    by_agency = ratings.filter(contract=OuterRef("pk"), side="agency")
    end = Coalesce(F("amend_until"), F("rating_due_at"))
    contracts.filter(Exists(by_agency)).update(agency_amend_until=end)


class Migration(migrations.Migration):
    dependencies = [("bidding", "0006_provisional_flags")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
