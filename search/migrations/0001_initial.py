"""The entries of the index."""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='FinishedRebuild',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.BigIntegerField(verbose_name='版本')),
                ('finished_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='完成时间')),
            ],
            options={
                'verbose_name': '检索重建',
                'verbose_name_plural': '检索重建',
            },
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('tender', '公告'), ('agency', '机构'), ('item', '事项'), ('notice', '通知')], max_length=8, verbose_name='类别')),
                ('key', models.CharField(max_length=64, verbose_name='编码')),
                ('title', models.CharField(max_length=300, verbose_name='标题')),
                ('facts', models.CharField(max_length=500, verbose_name='要点')),
                ('body', models.TextField(verbose_name='正文')),
                ('codes', models.CharField(max_length=300, verbose_name='编号')),
                ('url', models.TextField(verbose_name='链接')),
                ('sort_at', models.DateTimeField(verbose_name='时间')),
                ('version', models.BigIntegerField(verbose_name='版本')),
                ('is_removed', models.BooleanField(default=False, verbose_name='已移除')),
            ],
            options={
                'verbose_name': '检索条目',
                'verbose_name_plural': '检索条目',
                'indexes': [models.Index(fields=['-sort_at'], name='entry_newest')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='entry_once')],
            },
        ),
    ]
