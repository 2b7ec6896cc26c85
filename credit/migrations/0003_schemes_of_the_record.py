"""Versions of the credit scheme, how long an entry counts, and kinds of conduct that are data."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('credit', '0002_papers_of_several_files'),
        ('marketplace', '0002_parties_rules_and_deadlines'),
    ]

    operations = [
        migrations.AddField(
            model_name='entry',
            name='counts_until',
            field=models.DateTimeField(blank=True, null=True, verbose_name='计分至'),
        ),
        migrations.AddField(
            model_name='entry',
            name='public_until',
            field=models.DateTimeField(blank=True, null=True, verbose_name='公开至'),
        ),
        migrations.AlterField(
            model_name='case',
            name='kind',
            field=models.CharField(max_length=48, verbose_name='失信行为'),
        ),
        migrations.AlterField(
            model_name='entry',
            name='kind',
            field=models.CharField(max_length=48, verbose_name='事项'),
        ),
        migrations.CreateModel(
            name='CreditScheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=16, verbose_name='代码')),
                ('version', models.PositiveSmallIntegerField(verbose_name='版本')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('legal_basis', models.CharField(max_length=200, verbose_name='依据')),
                ('valid_from', models.DateField(unique=True, verbose_name='生效日期')),
                ('content', models.TextField(verbose_name='内容')),
                ('sha256', models.CharField(max_length=64, unique=True, verbose_name='校验值')),
                ('kind_names', models.JSONField(verbose_name='行为名称')),
                ('loaded_at', models.DateTimeField(verbose_name='载入时间')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='marketplace.division', verbose_name='适用地区')),
            ],
            options={
                'verbose_name': '信用评价方案',
                'verbose_name_plural': '信用评价方案',
                'ordering': ['-valid_from'],
                'constraints': [models.UniqueConstraint(fields=('code', 'version'), name='credit_scheme_version')],
            },
        ),
    ]
