"""What due process asks of a case, what its party may ask for, and the lists of others."""

import django.db.models.deletion
import django.utils.timezone
import django_fsm
import marketplace.kernel.models.slugs
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('credit', '0005_ends_of_entries_and_measures'),
        ('marketplace', '0004_witnesses_of_the_trail'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(default=marketplace.kernel.models.slugs.random_slug, editable=False, max_length=12, unique=True, verbose_name='标识')),
                ('status', models.CharField(choices=[('proposed', '更正待复核'), ('confirmed', '已更正'), ('declined', '不予更正')], default='proposed', max_length=50, verbose_name='状态')),
                ('points', models.DecimalField(decimal_places=2, max_digits=6, verbose_name='更正后的分值')),
                ('note', models.CharField(max_length=300, verbose_name='更正的理由')),
                ('proposed_at', models.DateTimeField(verbose_name='提出时间')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='复核时间')),
            ],
            options={
                'verbose_name': '记录更正',
                'verbose_name_plural': '记录更正',
                'ordering': ['-pk'],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name='Hearing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(verbose_name='申请听证时间')),
                ('takes_place_at', models.DateTimeField(blank=True, null=True, verbose_name='听证时间')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='听证地点')),
                ('announced_at', models.DateTimeField(blank=True, null=True, verbose_name='听证通知时间')),
                ('minutes', models.TextField(blank=True, max_length=8000, verbose_name='听证笔录')),
                ('held_at', models.DateTimeField(blank=True, null=True, verbose_name='听证结束时间')),
            ],
            options={
                'verbose_name': '听证',
                'verbose_name_plural': '听证',
            },
        ),
        migrations.CreateModel(
            name='ListedParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(default=marketplace.kernel.models.slugs.random_slug, editable=False, max_length=12, unique=True, verbose_name='标识')),
                ('kind', models.CharField(choices=[('listed_judgment_debtor', '失信被执行人名单'), ('listed_tax_breach', '重大税收违法失信主体名单'), ('listed_procurement_breach', '政府采购严重违法失信行为记录名单'), ('listed_by_peer', '其他平台的失信处理决定')], max_length=32, verbose_name='名单')),
                ('number', models.CharField(max_length=120, verbose_name='文书号')),
                ('name', models.CharField(max_length=200, verbose_name='名称')),
                ('code', models.CharField(max_length=18, verbose_name='代码')),
                ('issuer', models.CharField(max_length=120, verbose_name='作出机关')),
                ('listed_on', models.DateField(verbose_name='列入日期')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='期限至')),
                ('basis', models.CharField(max_length=200, verbose_name='依据')),
                ('facts', models.TextField(blank=True, max_length=4000, verbose_name='事由')),
                ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='移出时间')),
            ],
            options={
                'verbose_name': '名单上的主体',
                'verbose_name_plural': '名单上的主体',
                'ordering': ['-listed_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ListImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('listed_judgment_debtor', '失信被执行人名单'), ('listed_tax_breach', '重大税收违法失信主体名单'), ('listed_procurement_breach', '政府采购严重违法失信行为记录名单'), ('listed_by_peer', '其他平台的失信处理决定')], max_length=32, verbose_name='名单')),
                ('sha256', models.CharField(max_length=64, verbose_name='校验值')),
                ('file_name', models.CharField(max_length=120, verbose_name='文件名')),
                ('is_whole', models.BooleanField(verbose_name='完整名单')),
                ('imported_at', models.DateTimeField(verbose_name='导入时间')),
                ('changes', models.JSONField(verbose_name='变化')),
            ],
            options={
                'verbose_name': '名单导入',
                'verbose_name_plural': '名单导入',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reasons', models.CharField(max_length=300, verbose_name='回避的理由')),
                ('recused_at', models.DateTimeField(verbose_name='回避时间')),
            ],
            options={
                'verbose_name': '回避',
                'verbose_name_plural': '回避',
            },
        ),
        migrations.CreateModel(
            name='Repair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(default=marketplace.kernel.models.slugs.random_slug, editable=False, max_length=12, unique=True, verbose_name='标识')),
                ('status', models.CharField(choices=[('filed', '修复审核中'), ('granted', '准予修复'), ('refused', '不予修复')], default='filed', max_length=50, verbose_name='状态')),
                ('filed_at', models.DateTimeField(verbose_name='申请修复时间')),
                ('correction', models.TextField(max_length=4000, verbose_name='怎样纠正了失信行为')),
                ('commitment', models.TextField(max_length=2000, verbose_name='信用承诺')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='审核时间')),
                ('number', models.CharField(blank=True, max_length=32, null=True, unique=True, verbose_name='修复决定书文号')),
                ('reasons', models.TextField(blank=True, max_length=2000, verbose_name='审核意见')),
            ],
            options={
                'verbose_name': '信用修复',
                'verbose_name_plural': '信用修复',
                'ordering': ['-pk'],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name='ReportedFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(default=marketplace.kernel.models.slugs.random_slug, editable=False, max_length=12, unique=True, verbose_name='标识')),
                ('status', models.CharField(choices=[('reported', '理由待认定'), ('confirmed', '无正当理由'), ('excused', '有正当理由')], default='reported', max_length=50, verbose_name='状态')),
                ('kind', models.CharField(max_length=48, verbose_name='事项')),
                ('occurred_at', models.DateTimeField(verbose_name='发生时间')),
                ('reference', models.CharField(max_length=64, verbose_name='关联业务')),
                ('reference_url', models.CharField(blank=True, max_length=200, verbose_name='链接')),
                ('given_reasons', models.TextField(max_length=4000, verbose_name='说明的理由')),
                ('judged_at', models.DateTimeField(blank=True, null=True, verbose_name='认定时间')),
                ('reasons', models.TextField(blank=True, max_length=1000, verbose_name='认定的理由')),
            ],
            options={
                'verbose_name': '待认定的事项',
                'verbose_name_plural': '待认定的事项',
                'ordering': ['occurred_at', 'pk'],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(default=marketplace.kernel.models.slugs.random_slug, editable=False, max_length=12, unique=True, verbose_name='标识')),
                ('status', models.CharField(choices=[('filed', '复核中'), ('upheld', '维持决定'), ('varied', '变更决定'), ('granted', '撤销决定')], default='filed', max_length=50, verbose_name='状态')),
                ('filed_at', models.DateTimeField(verbose_name='申请复核时间')),
                ('grounds', models.TextField(max_length=4000, verbose_name='复核的理由')),
                ('suspension_reasons', models.TextField(blank=True, max_length=1000, verbose_name='停止执行的理由')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='复核决定时间')),
                ('number', models.CharField(blank=True, max_length=32, null=True, unique=True, verbose_name='复核决定书文号')),
                ('reasons', models.TextField(blank=True, max_length=4000, verbose_name='复核决定的理由')),
                ('months', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='变更后的期限（月）')),
            ],
            options={
                'verbose_name': '复核',
                'verbose_name_plural': '复核',
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.RemoveConstraint(
            model_name='case',
            name='case_stated_has_time',
        ),
        migrations.RemoveConstraint(
            model_name='case',
            name='case_decided_has_officer_time_and_reasons',
        ),
        migrations.RemoveConstraint(
            model_name='case',
            name='case_decided_has_number',
        ),
        migrations.RemoveConstraint(
            model_name='case',
            name='case_over_has_time',
        ),
        migrations.RemoveConstraint(
            model_name='case',
            name='case_revoked_has_officer_and_reasons',
        ),
        migrations.RemoveConstraint(
            model_name='case',
            name='case_has_basis',
        ),
        migrations.RemoveConstraint(
            model_name='finding',
            name='finding_set_aside_by_somebody_with_reasons',
        ),
        migrations.AddField(
            model_name='case',
            name='found_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='发现时间'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='case',
            name='handled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='现由谁办理'),
        ),
        migrations.AddField(
            model_name='case',
            name='person_name',
            field=models.CharField(blank=True, max_length=32, verbose_name='当事人员'),
        ),
        migrations.AddField(
            model_name='case',
            name='person_number',
            field=models.CharField(blank=True, max_length=60, verbose_name='执业证书编号'),
        ),
        migrations.AddField(
            model_name='case',
            name='source',
            field=models.CharField(choices=[('officer', '工作人员发现'), ('complaint', '投诉举报'), ('threshold', '信用分达到立案界限'), ('repeat', '同类行为屡次发生'), ('rule', '平台规则查出'), ('listed', '列入外部名单')], default='officer', max_length=12, verbose_name='来由'),
        ),
        migrations.AddField(
            model_name='restriction',
            name='person_number',
            field=models.CharField(blank=True, max_length=60, verbose_name='执业证书编号'),
        ),
        migrations.AddField(
            model_name='restriction',
            name='resumed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='恢复执行时间'),
        ),
        migrations.AddField(
            model_name='restriction',
            name='suspended_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='停止执行时间'),
        ),
        migrations.AlterField(
            model_name='case',
            name='legal_basis',
            field=models.CharField(blank=True, max_length=200, verbose_name='依据'),
        ),
        migrations.AlterField(
            model_name='case',
            name='months',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='信用限制期限（月）'),
        ),
        migrations.AlterField(
            model_name='case',
            name='notified_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='告知时间'),
        ),
        migrations.AlterField(
            model_name='case',
            name='opened_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='承办人'),
        ),
        migrations.AlterField(
            model_name='case',
            name='restriction_kind',
            field=models.CharField(blank=True, choices=[('warning', '警示'), ('no_preference', '取消优先'), ('freeze', '暂停报名'), ('removal', '清退')], max_length=16, verbose_name='拟采取措施'),
        ),
        migrations.AlterField(
            model_name='case',
            name='severity',
            field=models.CharField(blank=True, choices=[('minor', '轻微失信'), ('general', '一般失信'), ('serious', '严重失信')], max_length=8, verbose_name='认定等级'),
        ),
        migrations.AlterField(
            model_name='case',
            name='status',
            field=models.CharField(choices=[('found', '待核查'), ('notified', '陈述申辩期'), ('hearing', '待听证'), ('stated', '待决定'), ('decided', '限制生效'), ('set_aside', '不予立案'), ('dismissed', '不予处理'), ('revoked', '已撤销'), ('repaired', '已修复'), ('ended', '已到期')], default='found', max_length=50, verbose_name='状态'),
        ),
        migrations.AddIndex(
            model_name='restriction',
            index=models.Index(condition=models.Q(('person_number', ''), _negated=True), fields=['person_number'], name='restriction_by_person'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ('found', 'set_aside')), ('source', 'listed'), models.Q(('notified_at__isnull', False), ('opened_by__isnull', False), models.Q(('severity', ''), _negated=True), models.Q(('restriction_kind', ''), _negated=True), models.Q(('legal_basis', ''), _negated=True)), _connector='OR'), name='case_notified_says_all'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['found', 'set_aside', 'notified', 'hearing']), ('source', 'listed'), ('stated_at__isnull', False), _connector='OR'), name='case_stated_has_time'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ('found', 'notified', 'hearing', 'stated', 'set_aside')), models.Q(('decided_at__isnull', False), ('source', 'listed')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decision_reasons', ''), _negated=True)), _connector='OR'), name='case_decided_has_officer_time_and_reasons'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['found', 'notified', 'hearing', 'stated', 'set_aside', 'dismissed']), ('decision_number__isnull', False), _connector='OR'), name='case_decided_has_number'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['found', 'notified', 'hearing', 'stated', 'decided']), ('closed_at__isnull', False), _connector='OR'), name='case_over_has_time'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['revoked', 'set_aside']), _negated=True), models.Q(models.Q(('revoked_by__isnull', False), ('status', 'set_aside'), _connector='OR'), models.Q(('closing_reasons', ''), _negated=True)), models.Q(('source', 'listed'), models.Q(('closing_reasons', ''), _negated=True)), _connector='OR'), name='case_revoked_has_officer_and_reasons'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('person_name', ''), ('person_number', '')), models.Q(models.Q(('person_name', ''), _negated=True), models.Q(('person_number', ''), _negated=True)), _connector='OR'), name='case_person_has_name_and_number'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('facts', ''), _negated=True), name='case_has_facts'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True), ('closing_reasons', '')), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False), models.Q(('closing_reasons', ''), _negated=True)), _connector='OR'), name='finding_set_aside_by_somebody_with_reasons'),
        ),
        migrations.AddConstraint(
            model_name='restriction',
            constraint=models.CheckConstraint(condition=models.Q(('resumed_at__isnull', True), ('resumed_at__gte', models.F('suspended_at')), _connector='OR'), name='restriction_resumed_after_it_stood_still'),
        ),
        migrations.AddField(
            model_name='correction',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='credit.entry', verbose_name='信用记录'),
        ),
        migrations.AddField(
            model_name='correction',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出人'),
        ),
        migrations.AddField(
            model_name='correction',
            name='settled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='复核人'),
        ),
        migrations.AddField(
            model_name='hearing',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='申请人'),
        ),
        migrations.AddField(
            model_name='hearing',
            name='case',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='hearing', to='credit.case', verbose_name='案件'),
        ),
        migrations.AddField(
            model_name='hearing',
            name='led_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='主持人'),
        ),
        migrations.AddField(
            model_name='listedparty',
            name='case',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='listed', to='credit.case', verbose_name='案件'),
        ),
        migrations.AddField(
            model_name='listedparty',
            name='organization',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='marketplace.organization', verbose_name='对应的单位'),
        ),
        migrations.AddField(
            model_name='listimport',
            name='imported_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='导入人'),
        ),
        migrations.AddField(
            model_name='recusal',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to='credit.case', verbose_name='案件'),
        ),
        migrations.AddField(
            model_name='recusal',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='回避人'),
        ),
        migrations.AddField(
            model_name='repair',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='repairs', to='credit.case', verbose_name='案件'),
        ),
        migrations.AddField(
            model_name='repair',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审核人'),
        ),
        migrations.AddField(
            model_name='repair',
            name='filed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='申请人'),
        ),
        migrations.AddField(
            model_name='repair',
            name='papers',
            field=models.ManyToManyField(blank=True, related_name='+', to='marketplace.document', verbose_name='纠正的材料'),
        ),
        migrations.AddField(
            model_name='reportedfact',
            name='entry',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='credit.entry', verbose_name='信用记录'),
        ),
        migrations.AddField(
            model_name='reportedfact',
            name='judged_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='认定人'),
        ),
        migrations.AddField(
            model_name='reportedfact',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='marketplace.organization', verbose_name='单位'),
        ),
        migrations.AddField(
            model_name='reportedfact',
            name='rulebook',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='marketplace.rulebookversion', verbose_name='规则版本'),
        ),
        migrations.AddField(
            model_name='review',
            name='case',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='credit.case', verbose_name='案件'),
        ),
        migrations.AddField(
            model_name='review',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='复核人'),
        ),
        migrations.AddField(
            model_name='review',
            name='filed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='申请人'),
        ),
        migrations.AddField(
            model_name='review',
            name='papers',
            field=models.ManyToManyField(blank=True, related_name='+', to='marketplace.document', verbose_name='复核材料'),
        ),
        migrations.AddField(
            model_name='review',
            name='suspended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='停止执行由谁决定'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'proposed')), fields=('entry',), name='correction_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'proposed'), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False), models.Q(('settled_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='correction_settled_by_a_second_officer'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(('announced_at__isnull', True), models.Q(('takes_place_at__isnull', False), models.Q(('place', ''), _negated=True)), _connector='OR'), name='hearing_announced_with_time_and_place'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(('held_at__isnull', True), models.Q(('led_by__isnull', False), models.Q(('minutes', ''), _negated=True)), _connector='OR'), name='hearing_held_has_minutes'),
        ),
        migrations.AddIndex(
            model_name='listedparty',
            index=models.Index(fields=['code'], name='listed_by_code'),
        ),
        migrations.AddConstraint(
            model_name='listedparty',
            constraint=models.UniqueConstraint(fields=('kind', 'number', 'code'), name='listed_once_per_document'),
        ),
        migrations.AddConstraint(
            model_name='listedparty',
            constraint=models.CheckConstraint(condition=models.Q(('case__isnull', True), ('organization__isnull', False), _connector='OR'), name='listed_case_has_an_organization'),
        ),
        migrations.AddConstraint(
            model_name='listimport',
            constraint=models.UniqueConstraint(fields=('kind', 'sha256'), name='list_import_once'),
        ),
        migrations.AddConstraint(
            model_name='recusal',
            constraint=models.UniqueConstraint(fields=('case', 'user'), name='recusal_once'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'filed')), fields=('case',), name='repair_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'filed'), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('number__isnull', False), models.Q(('reasons', ''), _negated=True)), _connector='OR'), name='repair_decided_by_somebody_with_reasons'),
        ),
        migrations.AddConstraint(
            model_name='reportedfact',
            constraint=models.UniqueConstraint(fields=('organization', 'kind', 'reference'), name='reported_fact_once'),
        ),
        migrations.AddConstraint(
            model_name='reportedfact',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'reported'), models.Q(('judged_at__isnull', False), ('judged_by__isnull', False), models.Q(('reasons', ''), _negated=True)), _connector='OR'), name='reported_fact_judged_by_somebody_with_reasons'),
        ),
        migrations.AddConstraint(
            model_name='reportedfact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('entry__isnull', False), ('status', 'confirmed')), models.Q(models.Q(('status', 'confirmed'), _negated=True), ('entry__isnull', True)), _connector='OR'), name='reported_fact_counts_when_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'filed'), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('number__isnull', False), models.Q(('reasons', ''), _negated=True)), _connector='OR'), name='review_decided_by_somebody_with_reasons'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'varied'), _negated=True), ('months__isnull', False), _connector='OR'), name='review_varied_has_months'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('suspended_by__isnull', True), models.Q(('suspension_reasons', ''), _negated=True), _connector='OR'), name='review_suspends_with_reasons'),
        ),
    ]
