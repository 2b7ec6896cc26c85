"""Give the orders that are published the grace of the rules that bind them."""

import json
from datetime import timedelta
from typing import Any

from django.db import migrations

KEY = "opening.grace"


def fill(apps: Any, _editor: Any) -> None:
    """Read the grace out of each version of the rules, once."""
    tenders = apps.get_model("bidding", "Tender").objects
    versions = apps.get_model("marketplace", "RulebookVersion").objects
    for pk, content in versions.values_list("pk", "content"):
        seconds = next(row["value"] for row in json.loads(content)["rules"] if row["key"] == KEY)
        tenders.filter(rulebook_id=pk).update(grace=timedelta(seconds=seconds))


class Migration(migrations.Migration):
    dependencies = [("bidding", "0002_grace_after_deadlines")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
