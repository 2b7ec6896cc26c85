"""A draft given up is no round. Going back needs orders that were run again once at most."""


import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bidding', '0004_days_that_can_be_counted'),
        ('marketplace', '0002_parties_catalogue_and_rules'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='tender',
            name='previous',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reruns', to='bidding.tender', verbose_name='上一轮'),
        ),
        migrations.AddConstraint(
            model_name='tender',
            constraint=models.UniqueConstraint(condition=models.Q(('published_at__isnull', True), ('status', 'cancelled'), _negated=True), fields=('previous',), name='tender_is_run_again_once'),
        ),
    ]
