"""Parties from anywhere, persons among them; who owns whom, who moves, what was done before."""

import django.db.models.deletion
import django_fsm
import marketplace.kernel.models.slugs
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('marketplace', '0005_the_whole_entry_is_witnessed'),
    ]

    operations = [
        migrations.CreateModel(
            name='FieldSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=40, verbose_name='字段')),
                ('port', models.CharField(choices=[('registry', '市场监管登记信息'), ('certificates', '电子证照'), ('social_security', '社会保险信息')], max_length=16, verbose_name='来源')),
                ('reference', models.CharField(blank=True, max_length=120, verbose_name='来源编号')),
                ('fetched_at', models.DateTimeField(verbose_name='取得时间')),
            ],
            options={
                'verbose_name': '字段来源',
                'verbose_name_plural': '字段来源',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='OwnershipTie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('holder_key', models.CharField(max_length=80, verbose_name='上方标识')),
                ('holder_name', models.CharField(max_length=120, verbose_name='上方名称')),
                ('held_key', models.CharField(max_length=80, verbose_name='下方标识')),
                ('held_name', models.CharField(max_length=120, verbose_name='下方名称')),
                ('kind', models.CharField(choices=[('represents', '法定代表人或者负责人'), ('holds', '出资'), ('manages', '管理'), ('founded', '举办'), ('runs', '主管')], max_length=12, verbose_name='关系')),
                ('share', models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True, verbose_name='出资比例（%）')),
                ('department', models.CharField(blank=True, max_length=120, verbose_name='所属行政机关')),
                ('source', models.CharField(max_length=120, verbose_name='来源')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
            ],
            options={
                'verbose_name': '股权和管理关系',
                'verbose_name_plural': '股权和管理关系',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PastPerformance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(default=marketplace.kernel.models.slugs.random_slug, editable=False, max_length=12, unique=True, verbose_name='标识')),
                ('title', models.CharField(max_length=160, verbose_name='项目名称')),
                ('client', models.CharField(max_length=120, verbose_name='委托单位')),
                ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='合同金额（元）')),
                ('completed_on', models.DateField(verbose_name='完成日期')),
                ('tender_code', models.CharField(blank=True, max_length=32, verbose_name='采购公告编号')),
                ('status', models.CharField(choices=[('entered', '待核验'), ('checked', '已核验'), ('refused', '核验未通过')], default='entered', max_length=50, verbose_name='状态')),
                ('entered_at', models.DateTimeField(verbose_name='登记时间')),
                ('checked_at', models.DateTimeField(blank=True, null=True, verbose_name='核验时间')),
                ('reasons', models.TextField(blank=True, max_length=1000, verbose_name='核验意见')),
            ],
            options={
                'verbose_name': '既往业绩',
                'verbose_name_plural': '既往业绩',
                'ordering': ['-completed_on', '-pk'],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name='PlaceCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=6, verbose_name='区划代码')),
                ('name', models.CharField(max_length=32, verbose_name='名称')),
                ('full_name', models.CharField(max_length=64, verbose_name='全称')),
                ('level', models.CharField(choices=[('province', '省级'), ('city', '市级'), ('county', '县级')], max_length=8, verbose_name='层级')),
                ('valid_from', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='启用年份')),
                ('valid_until', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='停用年份')),
                ('successors', models.JSONField(blank=True, default=list, verbose_name='现代码')),
            ],
            options={
                'verbose_name': '全国行政区划代码',
                'verbose_name_plural': '全国行政区划代码',
                'ordering': ['code', 'valid_from', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PractitionerMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(default=marketplace.kernel.models.slugs.random_slug, editable=False, max_length=12, unique=True, verbose_name='标识')),
                ('status', models.CharField(choices=[('requested', '待原机构答复'), ('contested', '原机构不同意'), ('released', '已转入'), ('refused', '未予转入'), ('withdrawn', '已撤回')], default='requested', max_length=50, verbose_name='状态')),
                ('requested_at', models.DateTimeField(verbose_name='提出时间')),
                ('objection', models.TextField(blank=True, max_length=1000, verbose_name='不同意的理由')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='答复时间')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='办结时间')),
                ('reasons', models.TextField(blank=True, max_length=1000, verbose_name='办理意见')),
            ],
            options={
                'verbose_name': '执业人员转入',
                'verbose_name_plural': '执业人员转入',
                'ordering': ['-requested_at', '-pk'],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.RemoveConstraint(
            model_name='organization',
            name='organization_party_has_uscc',
        ),
        migrations.AddField(
            model_name='buyer',
            name='authority_letter',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='marketplace.document', verbose_name='授权委托书'),
        ),
        migrations.AddField(
            model_name='buyer',
            name='checked_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='核验时间'),
        ),
        migrations.AddField(
            model_name='buyer',
            name='checked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='核验人'),
        ),
        migrations.AddField(
            model_name='buyer',
            name='person_name',
            field=models.CharField(blank=True, max_length=32, verbose_name='姓名'),
        ),
        migrations.AddField(
            model_name='buyer',
            name='return_reasons',
            field=models.TextField(blank=True, max_length=1000, verbose_name='退回理由'),
        ),
        migrations.AddField(
            model_name='buyer',
            name='status',
            field=models.CharField(choices=[('registered', '待核验'), ('returned', '退回补正'), ('checked', '已核验')], default='registered', max_length=50, verbose_name='核验状态'),
        ),
        migrations.AddField(
            model_name='division',
            name='closed_on',
            field=models.DateField(blank=True, null=True, verbose_name='停用日期'),
        ),
        migrations.AddField(
            model_name='organization',
            name='head_office',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='branches', to='marketplace.organization', verbose_name='总机构'),
        ),
        migrations.AddField(
            model_name='organization',
            name='identity_key',
            field=models.CharField(blank=True, editable=False, max_length=64, null=True, unique=True, verbose_name='身份标识'),
        ),
        migrations.AddConstraint(
            model_name='buyer',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'registered'), models.Q(('checked_at__isnull', False), ('checked_by__isnull', False)), _connector='OR'), name='buyer_checked_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='buyer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'returned'), _negated=True), models.Q(('return_reasons', ''), _negated=True), _connector='OR'), name='buyer_returned_has_reasons'),
        ),
        migrations.AddField(
            model_name='fieldsource',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='marketplace.organization', verbose_name='单位'),
        ),
        migrations.AddField(
            model_name='ownershiptie',
            name='division',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='marketplace.division', verbose_name='行政机关所在地'),
        ),
        migrations.AddField(
            model_name='pastperformance',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='performances', to='marketplace.agency', verbose_name='机构'),
        ),
        migrations.AddField(
            model_name='pastperformance',
            name='checked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='核验人'),
        ),
        migrations.AddField(
            model_name='pastperformance',
            name='evidence',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='marketplace.document', verbose_name='合同或者验收材料'),
        ),
        migrations.AddField(
            model_name='pastperformance',
            name='service_class',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='marketplace.serviceclass', verbose_name='服务类别'),
        ),
        migrations.AddConstraint(
            model_name='placecode',
            constraint=models.UniqueConstraint(fields=('code', 'name'), name='place_code_once'),
        ),
        migrations.AddConstraint(
            model_name='placecode',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_until__isnull', True)), fields=('code',), name='place_code_means_one_place'),
        ),
        migrations.AddField(
            model_name='organization',
            name='registered_in',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='marketplace.placecode', verbose_name='省外登记地'),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'authority'), models.Q(('identity_key__isnull', True), ('uscc__isnull', False)), models.Q(('identity_key__isnull', False), ('uscc__isnull', True)), _connector='OR'), name='organization_party_has_a_code_or_is_a_person'),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(condition=models.Q(('head_office__isnull', True), models.Q(('head_office', models.F('id')), _negated=True), _connector='OR'), name='organization_is_not_its_own_head_office'),
        ),
        migrations.AddField(
            model_name='practitionermove',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人'),
        ),
        migrations.AddField(
            model_name='practitionermove',
            name='from_agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='marketplace.agency', verbose_name='原机构'),
        ),
        migrations.AddField(
            model_name='practitionermove',
            name='practitioner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='marketplace.practitioner', verbose_name='执业人员'),
        ),
        migrations.AddField(
            model_name='practitionermove',
            name='requested_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出人'),
        ),
        migrations.AddField(
            model_name='practitionermove',
            name='to_agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='marketplace.agency', verbose_name='转入机构'),
        ),
        migrations.AddConstraint(
            model_name='fieldsource',
            constraint=models.UniqueConstraint(fields=('organization', 'field'), name='field_source_once'),
        ),
        migrations.AddIndex(
            model_name='ownershiptie',
            index=models.Index(fields=['holder_key'], name='tie_by_holder'),
        ),
        migrations.AddIndex(
            model_name='ownershiptie',
            index=models.Index(fields=['held_key'], name='tie_by_held'),
        ),
        migrations.AddConstraint(
            model_name='ownershiptie',
            constraint=models.UniqueConstraint(fields=('holder_key', 'held_key', 'kind'), name='tie_once_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='ownershiptie',
            constraint=models.CheckConstraint(condition=models.Q(('holder_key', models.F('held_key')), _negated=True), name='tie_is_between_two'),
        ),
        migrations.AddConstraint(
            model_name='ownershiptie',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'holds'), _negated=True), models.Q(('share__gt', 0), ('share__isnull', False), ('share__lte', 100)), _connector='OR'), name='tie_holding_has_a_share'),
        ),
        migrations.AddConstraint(
            model_name='ownershiptie',
            constraint=models.CheckConstraint(condition=models.Q(('department', ''), ('division__isnull', False), _connector='OR'), name='tie_of_a_department_has_its_area'),
        ),
        migrations.AddConstraint(
            model_name='pastperformance',
            constraint=models.UniqueConstraint(condition=models.Q(('tender_code', ''), _negated=True), fields=('agency', 'tender_code'), name='performance_order_once'),
        ),
        migrations.AddConstraint(
            model_name='pastperformance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('tender_code', ''), _negated=True), ('evidence__isnull', False), _connector='OR'), name='performance_is_an_order_or_has_evidence'),
        ),
        migrations.AddConstraint(
            model_name='pastperformance',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'entered'), models.Q(('tender_code', ''), _negated=True), ('checked_by__isnull', False), _connector='OR'), name='performance_checked_by_somebody_or_an_order'),
        ),
        migrations.AddConstraint(
            model_name='pastperformance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'refused'), _negated=True), models.Q(('reasons', ''), _negated=True), _connector='OR'), name='performance_refused_says_why'),
        ),
        migrations.AddConstraint(
            model_name='practitionermove',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['requested', 'contested'])), fields=('practitioner',), name='move_once_open'),
        ),
        migrations.AddConstraint(
            model_name='practitionermove',
            constraint=models.CheckConstraint(condition=models.Q(('from_agency', models.F('to_agency')), _negated=True), name='move_is_between_two'),
        ),
        migrations.AddConstraint(
            model_name='practitionermove',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'contested'), _negated=True), models.Q(('objection', ''), _negated=True), _connector='OR'), name='move_contested_says_why'),
        ),
        migrations.AddConstraint(
            model_name='practitionermove',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['requested', 'contested']), ('decided_at__isnull', False), _connector='OR'), name='move_ended_has_a_moment'),
        ),
    ]
