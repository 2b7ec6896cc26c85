"""Bring into reach what an earlier form accepted: nobody can count that many working days."""

from typing import Any

from django.db import migrations

MOST_DAYS = 9999


def cap(apps: Any, _editor: Any) -> None:
    tenders = apps.get_model("bidding", "Tender").objects
    for name in ("signup_days", "service_days"):
        tenders.filter(**{f"{name}__gt": MOST_DAYS}).update(**{name: MOST_DAYS})


class Migration(migrations.Migration):
    dependencies = [("bidding", "0003_fill_grace")]

    operations = [migrations.RunPython(cap, migrations.RunPython.noop)]
