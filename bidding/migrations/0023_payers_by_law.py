"""A contract keeps who pays within a time that the law names, as both sides were at its signature."""

from django.db import migrations, models


def name_payers(apps, _editor):
    """Public bodies were those that the law named before large enterprises were known."""
    tenders = apps.get_model("bidding", "Tender").objects.filter(
        buyer__in=apps.get_model("marketplace", "Buyer")
        .objects.filter(nature__in=["government", "institution"])
        .values("pk")
    )
    signed = apps.get_model("bidding", "Contract").objects.filter(signed_at__isnull=False)
    signed.filter(award__tender__in=tenders.values("pk")).update(payer="public")


class Migration(migrations.Migration):

    dependencies = [
        ("bidding", "0022_what_waits_by_its_order"),
        ("marketplace", "0010_enterprise_sizes"),
    ]

    operations = [
        migrations.AddField(
            "contract",
            "payer",
            models.CharField(
                blank=True,
                choices=[("public", "机关、事业单位"), ("large", "大型企业")],
                default="",
                max_length=8,
                verbose_name="付款主体",
            ),
        ),
        migrations.RunPython(name_payers, migrations.RunPython.noop),
    ]
