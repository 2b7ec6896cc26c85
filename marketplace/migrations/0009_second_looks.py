"""What is proposed and looked at a second time is named alike everywhere."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):

    dependencies = [
        ("marketplace", "0008_what_waits_by_its_order"),
    ]

    operations = [
        migrations.RemoveConstraint("ruleproposal", "rule_proposal_decided_by_somebody"),
        migrations.RemoveConstraint("ruleproposal", "rule_proposal_confirmed_by_another"),
        migrations.RenameField("ruleproposal", "decided_at", "settled_at"),
        migrations.RenameField("ruleproposal", "decided_by", "settled_by"),
        migrations.AlterField(
            "ruleproposal",
            "settled_at",
            models.DateTimeField(blank=True, null=True, verbose_name="复核时间"),
        ),
        migrations.AlterField(
            "ruleproposal",
            "settled_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="复核人",
            ),
        ),
        migrations.AddConstraint(
            "ruleproposal",
            models.CheckConstraint(
                name="rule_proposal_settled_by_somebody",
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
        ),
        migrations.AddConstraint(
            "ruleproposal",
            models.CheckConstraint(
                name="rule_proposal_confirmed_by_another",
                condition=Q(is_confirmed=False)
                | (Q(settled_by__isnull=False) & ~Q(settled_by=F("proposed_by"))),
            ),
        ),
    ]
