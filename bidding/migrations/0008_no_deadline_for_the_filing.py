"""Signature and filing are one act here, so a deadline between them says nothing."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("bidding", "0007_fill_agency_amend_until")]

    operations = [migrations.RemoveField(model_name="contract", name="file_due_at")]
