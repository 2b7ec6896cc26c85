"""What an item required of an agency at the three moments is kept."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bidding', '0003_words_of_bids'),
        ('marketplace', '0003_who_may_do_the_work'),
    ]

    operations = [
        migrations.CreateModel(
            name='RequirementCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moment', models.CharField(choices=[('sign_up', '报名'), ('selection', '选取'), ('contract', '签约')], max_length=12, verbose_name='环节')),
                ('reference', models.CharField(max_length=64, verbose_name='关联业务')),
                ('asked_at', models.DateTimeField(verbose_name='核查时间')),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='记录时间')),
                ('requirement', models.JSONField(verbose_name='承接条件')),
                ('lacking', models.JSONField(default=list, verbose_name='不具备的条件')),
                ('is_met', models.BooleanField(verbose_name='具备条件')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='marketplace.serviceitem', verbose_name='服务事项')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='marketplace.organization', verbose_name='单位')),
            ],
            options={
                'verbose_name': '承接条件核查',
                'verbose_name_plural': '承接条件核查',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['reference', 'moment'], name='requirement_by_reference')],
            },
        ),
    ]
