"""The record of conduct, the cases and the restrictions."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django_fsm
import marketplace.kernel.models.slugs
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('marketplace', '0002_parties_rules_and_deadlines'),
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credit_entries', to='marketplace.organization', verbose_name='单位')),
                ('kind', models.CharField(choices=[('abandonment', '无正当理由放弃中选'), ('late_contract', '逾期签订合同'), ('three_abandonments', '一年内放弃中选三次'), ('fee_raised', '擅自提高收费'), ('not_served_as_contracted', '未按合同提供服务'), ('deliverable_returned_by_regulator', '成果被主管部门退回'), ('late_service', '服务逾期超过容忍期'), ('expired_data', '资料过期或者未更新'), ('false_materials', '提供虚假材料'), ('collusion', '串通报价'), ('lent_qualification', '出借、借用资质'), ('bribery', '行贿'), ('leaked_secret', '泄露秘密'), ('three_quality_complaints', '一年内三次质量投诉查实'), ('on_time', '按期交付'), ('high_rating', '获得高评价'), ('low_rating', '获得低评价'), ('buyer_not_rated', '项目业主未按期评价')], max_length=48, verbose_name='事项')),
                ('points', models.DecimalField(decimal_places=2, max_digits=6, verbose_name='分值')),
                ('occurred_at', models.DateTimeField(verbose_name='发生时间')),
                ('recorded_at', models.DateTimeField(verbose_name='记录时间')),
                ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='credit.entry', verbose_name='更正')),
                ('reference', models.CharField(max_length=64, verbose_name='关联业务')),
                ('reference_url', models.CharField(blank=True, max_length=200, verbose_name='链接')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='说明')),
                ('rulebook_sha256', models.CharField(max_length=64, verbose_name='规则版本')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='记录人')),
            ],
            options={
                'verbose_name': '信用记录',
                'verbose_name_plural': '信用记录',
                'ordering': ['-occurred_at', '-pk'],
                'indexes': [models.Index(fields=['organization', 'occurred_at'], name='entry_by_time')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('corrects__isnull', True)), fields=('organization', 'kind', 'reference'), name='entry_once_per_fact'), models.CheckConstraint(condition=models.Q(('recorded_at__gte', models.F('occurred_at'))), name='entry_recorded_after_it_occurred')],
            },
        ),
        migrations.CreateModel(
            name='StandingCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='marketplace.organization', verbose_name='单位')),
                ('moment', models.CharField(choices=[('sign_up', '报名'), ('selection', '选取'), ('contract', '签约')], max_length=12, verbose_name='环节')),
                ('reference', models.CharField(max_length=64, verbose_name='关联业务')),
                ('asked_at', models.DateTimeField(verbose_name='核查时间')),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='记录时间')),
                ('restriction_ids', models.JSONField(default=list, verbose_name='查到的限制')),
                ('rulebook_sha256', models.CharField(max_length=64, verbose_name='规则版本')),
                ('is_clear', models.BooleanField(verbose_name='没有限制')),
            ],
            options={
                'verbose_name': '信用核查',
                'verbose_name_plural': '信用核查',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['reference', 'moment'], name='check_by_reference')],
            },
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(default=marketplace.kernel.models.slugs.random_slug, editable=False, max_length=12, unique=True, verbose_name='标识')),
                ('number', models.CharField(max_length=32, unique=True, verbose_name='案件编号')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='marketplace.organization', verbose_name='当事单位')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='marketplace.organization', verbose_name='办理机关')),
                ('status', models.CharField(choices=[('notified', '陈述申辩期'), ('stated', '待决定'), ('decided', '限制生效'), ('dismissed', '不予处理'), ('revoked', '已撤销'), ('ended', '已到期')], default='notified', max_length=50, verbose_name='状态')),
                ('kind', models.CharField(choices=[('abandonment', '无正当理由放弃中选'), ('late_contract', '逾期签订合同'), ('three_abandonments', '一年内放弃中选三次'), ('fee_raised', '擅自提高收费'), ('not_served_as_contracted', '未按合同提供服务'), ('deliverable_returned_by_regulator', '成果被主管部门退回'), ('late_service', '服务逾期超过容忍期'), ('expired_data', '资料过期或者未更新'), ('false_materials', '提供虚假材料'), ('collusion', '串通报价'), ('lent_qualification', '出借、借用资质'), ('bribery', '行贿'), ('leaked_secret', '泄露秘密'), ('three_quality_complaints', '一年内三次质量投诉查实'), ('on_time', '按期交付'), ('high_rating', '获得高评价'), ('low_rating', '获得低评价'), ('buyer_not_rated', '项目业主未按期评价')], max_length=48, verbose_name='失信行为')),
                ('severity', models.CharField(choices=[('minor', '轻微失信'), ('general', '一般失信'), ('serious', '严重失信')], max_length=8, verbose_name='认定等级')),
                ('months', models.PositiveSmallIntegerField(verbose_name='信用限制期限（月）')),
                ('restriction_kind', models.CharField(choices=[('warning', '警示'), ('no_preference', '取消优先'), ('freeze', '暂停报名'), ('removal', '清退')], max_length=16, verbose_name='拟采取措施')),
                ('service_class', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='marketplace.serviceclass', verbose_name='限于服务类别')),
                ('occurred_at', models.DateTimeField(verbose_name='行为发生时间')),
                ('facts', models.TextField(max_length=4000, verbose_name='事实')),
                ('reference', models.CharField(blank=True, max_length=64, verbose_name='关联业务')),
                ('legal_basis', models.CharField(max_length=200, verbose_name='依据')),
                ('rulebook', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='marketplace.rulebookversion', verbose_name='规则版本')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='承办人')),
                ('notified_at', models.DateTimeField(verbose_name='告知时间')),
                ('statement', models.TextField(blank=True, max_length=4000, verbose_name='陈述申辩')),
                ('statement_document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='marketplace.document', verbose_name='陈述材料')),
                ('stated_at', models.DateTimeField(blank=True, null=True, verbose_name='陈述申辩结束时间')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='决定人')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='决定时间')),
                ('decision_number', models.CharField(blank=True, max_length=32, null=True, unique=True, verbose_name='决定书文号')),
                ('decision_reasons', models.TextField(blank=True, max_length=4000, verbose_name='决定理由')),
                ('entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='credit.entry', verbose_name='由决定形成的信用记录')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='办结时间')),
                ('closing_reasons', models.TextField(blank=True, max_length=1000, verbose_name='撤销理由')),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='撤销人')),
                ('evidence', models.ManyToManyField(blank=True, related_name='+', to='marketplace.document', verbose_name='证据材料')),
            ],
            options={
                'verbose_name': '信用案件',
                'verbose_name_plural': '信用案件',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['status'], name='case_by_status')],
                'constraints': [models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('opened_by')), _negated=True), _connector='OR'), name='case_decided_by_a_second_officer'), models.CheckConstraint(condition=models.Q(('revoked_by__isnull', True), models.Q(models.Q(('revoked_by', models.F('opened_by')), _negated=True), models.Q(('revoked_by', models.F('decided_by')), _negated=True)), _connector='OR'), name='case_revoked_by_a_third_officer'), models.CheckConstraint(condition=models.Q(('status', 'notified'), ('stated_at__isnull', False), _connector='OR'), name='case_stated_has_time'), models.CheckConstraint(condition=models.Q(('status__in', ['notified', 'stated']), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decision_reasons', ''), _negated=True)), _connector='OR'), name='case_decided_has_officer_time_and_reasons'), models.CheckConstraint(condition=models.Q(('status__in', ['notified', 'stated', 'dismissed']), ('decision_number__isnull', False), _connector='OR'), name='case_decided_has_number'), models.CheckConstraint(condition=models.Q(('status__in', ['notified', 'stated', 'decided']), ('closed_at__isnull', False), _connector='OR'), name='case_over_has_time'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'revoked'), _negated=True), models.Q(('revoked_by__isnull', False), models.Q(('closing_reasons', ''), _negated=True)), _connector='OR'), name='case_revoked_has_officer_and_reasons'), models.CheckConstraint(condition=models.Q(models.Q(('legal_basis', ''), _negated=True), models.Q(('facts', ''), _negated=True)), name='case_has_basis')],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name='Restriction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(default=marketplace.kernel.models.slugs.random_slug, editable=False, max_length=12, unique=True, verbose_name='标识')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='restrictions', to='marketplace.organization', verbose_name='单位')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='restriction', to='credit.case', verbose_name='案件')),
                ('kind', models.CharField(choices=[('warning', '警示'), ('no_preference', '取消优先'), ('freeze', '暂停报名'), ('removal', '清退')], max_length=16, verbose_name='措施')),
                ('severity', models.CharField(choices=[('minor', '轻微失信'), ('general', '一般失信'), ('serious', '严重失信')], max_length=8, verbose_name='认定等级')),
                ('service_class', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='marketplace.serviceclass', verbose_name='限于服务类别')),
                ('effective_from', models.DateTimeField(verbose_name='生效时间')),
                ('effective_to', models.DateTimeField(verbose_name='到期时间')),
                ('legal_basis', models.CharField(max_length=200, verbose_name='依据')),
                ('is_public', models.BooleanField(default=True, verbose_name='公开')),
                ('published_until', models.DateTimeField(verbose_name='公示期至')),
                ('ended_bid_count', models.PositiveIntegerField(default=0, verbose_name='同时终止的报价数')),
                ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='提前解除时间')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='到期处理时间')),
            ],
            options={
                'verbose_name': '信用限制',
                'verbose_name_plural': '信用限制',
                'ordering': ['-effective_from', '-pk'],
                'indexes': [models.Index(fields=['organization', 'effective_to'], name='restriction_by_party')],
                'constraints': [models.CheckConstraint(condition=models.Q(('effective_to__gt', models.F('effective_from')), models.Q(('effective_to', models.F('effective_from')), ('kind', 'warning')), _connector='OR'), name='restriction_period_in_order'), models.CheckConstraint(condition=models.Q(('legal_basis', ''), _negated=True), name='restriction_has_basis')],
            },
        ),
    ]
