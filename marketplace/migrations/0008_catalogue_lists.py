"""The catalogue is changed by lists; approvals are rows, and items say all that the law asks."""

import django.db.models.deletion
import django_fsm
import marketplace.kernel.models.slugs
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('marketplace', '0007_changes_of_the_register'),
    ]

    operations = [
        # what the files say: made anew, for a text cannot become a key
        migrations.DeleteModel(name='ApprovalDeliverable'),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=32, unique=True, verbose_name='代码')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='审批事项')),
                ('department', models.CharField(blank=True, max_length=60, verbose_name='审批部门')),
                ('level', models.CharField(blank=True, max_length=32, verbose_name='层级')),
                ('ended_by', models.CharField(blank=True, max_length=120, verbose_name='取消依据')),
            ],
            options={
                'verbose_name': '审批事项',
                'verbose_name_plural': '审批事项',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='RefusedItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='名称')),
                ('reason', models.CharField(max_length=200, verbose_name='理由')),
            ],
            options={
                'verbose_name': '不得作为事项的名称',
                'verbose_name_plural': '不得作为事项的名称',
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='serviceitem',
            name='alone_basis',
            field=models.CharField(blank=True, max_length=120, verbose_name='自行完成的依据'),
        ),
        migrations.AddField(
            model_name='serviceitem',
            name='alone_quote',
            field=models.CharField(blank=True, max_length=300, verbose_name='自行完成的原文'),
        ),
        migrations.AddField(
            model_name='serviceitem',
            name='certificate_issuer',
            field=models.CharField(blank=True, max_length=120, verbose_name='资质认定机关'),
        ),
        migrations.AddField(
            model_name='serviceitem',
            name='checked_on',
            field=models.DateField(blank=True, null=True, verbose_name='依据核对日期'),
        ),
        migrations.AddField(
            model_name='serviceitem',
            name='chosen_by',
            field=models.CharField(blank=True, max_length=120, verbose_name='依法由谁选定机构'),
        ),
        migrations.AddField(
            model_name='serviceitem',
            name='end_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='停用原因'),
        ),
        migrations.AddField(
            model_name='serviceitem',
            name='fund_sources',
            field=models.CharField(blank=True, max_length=120, verbose_name='资金来源'),
        ),
        migrations.AddField(
            model_name='serviceitem',
            name='level',
            field=models.CharField(blank=True, max_length=32, verbose_name='层级'),
        ),
        migrations.AddField(
            model_name='serviceitem',
            name='norm',
            field=models.CharField(blank=True, max_length=200, verbose_name='技术规范'),
        ),
        migrations.AddField(
            model_name='serviceitem',
            name='part_of',
            field=models.CharField(blank=True, max_length=120, verbose_name='是哪个事项的环节'),
        ),
        migrations.AddField(
            model_name='serviceitem',
            name='price_standard',
            field=models.CharField(blank=True, max_length=120, verbose_name='收费标准'),
        ),
        migrations.AddField(
            model_name='serviceitem',
            name='replaced_by',
            field=models.CharField(blank=True, max_length=32, verbose_name='由何事项替代'),
        ),
        migrations.AlterField(
            model_name='serviceitem',
            name='commissioned_by',
            field=models.CharField(blank=True, choices=[('applicant', '申请人'), ('department', '审批部门'), ('obliged', '负有义务的单位')], max_length=12, verbose_name='委托主体'),
        ),
        migrations.AlterField(
            model_name='serviceitem',
            name='paid_by',
            field=models.CharField(blank=True, choices=[('applicant', '申请人'), ('department', '审批部门'), ('obliged', '负有义务的单位'), ('later_winner', '后续项目的中标人')], max_length=12, verbose_name='付费主体'),
        ),
        migrations.CreateModel(
            name='ApprovalDeliverable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deliverable', models.CharField(max_length=120, verbose_name='成果文件')),
                ('item_code', models.CharField(blank=True, max_length=32, verbose_name='事项编码')),
                ('approval', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliverables', to='marketplace.approval', verbose_name='审批事项')),
            ],
            options={
                'verbose_name': '审批事项与成果',
                'verbose_name_plural': '审批事项与成果',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('approval', 'deliverable'), name='approval_deliverable_once')],
            },
        ),
        migrations.CreateModel(
            name='CatalogueList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(default=marketplace.kernel.models.slugs.random_slug, editable=False, max_length=12, unique=True, verbose_name='标识')),
                ('status', models.CharField(choices=[('planned', '等待确认'), ('active', '已公布'), ('cancelled', '已撤回')], default='planned', max_length=50, verbose_name='状态')),
                ('number', models.CharField(max_length=60, verbose_name='文号')),
                ('dated_on', models.DateField(verbose_name='日期')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='说明')),
                ('proposed_at', models.DateTimeField(verbose_name='拟定时间')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='办理时间')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='拟定人')),
            ],
            options={
                'verbose_name': '目录清单',
                'verbose_name_plural': '目录清单',
                'ordering': ['-proposed_at', '-pk'],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name='ListChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('publish', '公布'), ('suspend', '暂停'), ('abolish', '取消')], max_length=8, verbose_name='变动')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='理由')),
                ('replaced_by', models.CharField(blank=True, max_length=32, verbose_name='由何事项替代')),
                ('catalogue_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='marketplace.cataloguelist', verbose_name='目录清单')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='marketplace.serviceitem', verbose_name='事项')),
                ('previous', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='marketplace.serviceitem', verbose_name='此前的版本')),
            ],
            options={
                'verbose_name': '清单变动',
                'verbose_name_plural': '清单变动',
                'ordering': ['kind', 'item__code'],
            },
        ),
        migrations.AddConstraint(
            model_name='cataloguelist',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'cancelled'), _negated=True), fields=('number',), name='catalogue_list_number_once'),
        ),
        migrations.AddConstraint(
            model_name='cataloguelist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('status', 'planned')), models.Q(models.Q(('status', 'planned'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='catalogue_list_decided_when_it_is'),
        ),
        migrations.AddConstraint(
            model_name='cataloguelist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'active'), _negated=True), ('proposed_by__isnull', True), models.Q(('decided_by__isnull', False), models.Q(('decided_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='catalogue_list_confirmed_by_another'),
        ),
        migrations.AddConstraint(
            model_name='listchange',
            constraint=models.UniqueConstraint(fields=('catalogue_list', 'item'), name='list_change_once'),
        ),
    ]
