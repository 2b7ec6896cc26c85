"""What the arithmetic of a record asks officers to see to, until they have."""

import django.db.models.deletion
import marketplace.kernel.models.slugs
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('credit', '0003_schemes_of_the_record'),
        ('marketplace', '0003_who_may_do_the_work'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(default=marketplace.kernel.models.slugs.random_slug, editable=False, max_length=12, unique=True, verbose_name='标识')),
                ('by', models.CharField(choices=[('threshold', '信用分达到立案界限'), ('repeat', '同类行为屡次发生')], max_length=12, verbose_name='来由')),
                ('trigger', models.CharField(max_length=48, verbose_name='界限或者行为')),
                ('score', models.DecimalField(decimal_places=2, max_digits=7, verbose_name='信用分')),
                ('arithmetic', models.JSONField(verbose_name='计算过程')),
                ('severity', models.CharField(blank=True, choices=[('minor', '轻微失信'), ('general', '一般失信'), ('serious', '严重失信')], max_length=8, verbose_name='建议认定等级')),
                ('measure', models.CharField(blank=True, choices=[('warning', '警示'), ('no_preference', '取消优先'), ('freeze', '暂停报名'), ('removal', '清退')], max_length=16, verbose_name='建议措施')),
                ('months', models.PositiveSmallIntegerField(default=0, verbose_name='建议期限（月）')),
                ('basis', models.CharField(max_length=200, verbose_name='方案的依据')),
                ('found_at', models.DateTimeField(verbose_name='发现时间')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='不予立案时间')),
                ('closing_reasons', models.TextField(blank=True, max_length=1000, verbose_name='不予立案的理由')),
                ('case', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='finding', to='credit.case', verbose_name='案件')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='credit.entry', verbose_name='触发的记录')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='marketplace.organization', verbose_name='单位')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='credit.creditscheme', verbose_name='信用评价方案')),
            ],
            options={
                'verbose_name': '立案线索',
                'verbose_name_plural': '立案线索',
                'ordering': ['-found_at', '-pk'],
                'indexes': [models.Index(fields=['organization', 'found_at'], name='finding_by_party')],
                'constraints': [models.UniqueConstraint(fields=('entry', 'trigger'), name='finding_once_per_entry'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('closing_reasons', '')), models.Q(('case__isnull', True), ('closed_at__isnull', False), ('closed_by__isnull', False), models.Q(('closing_reasons', ''), _negated=True)), _connector='OR'), name='finding_set_aside_by_somebody_with_reasons')],
            },
        ),
    ]
