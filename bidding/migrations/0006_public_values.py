"""What the public source of a draw said, as officers enter it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bidding', '0005_live_auction'),
        ('marketplace', '0003_assignments_remarks_and_moves'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField(verbose_name='选取轮次')),
                ('value', models.CharField(max_length=200, verbose_name='公共随机数')),
                ('entered_at', models.DateTimeField(verbose_name='录入时间')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='录入人')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='marketplace.organization', verbose_name='单位')),
                ('tender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='public_values', to='bidding.tender', verbose_name='采购')),
            ],
            options={
                'verbose_name': '公共随机数',
                'verbose_name_plural': '公共随机数',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('tender', 'round', 'entered_by'), name='public_value_once_a_person')],
            },
        ),
    ]
