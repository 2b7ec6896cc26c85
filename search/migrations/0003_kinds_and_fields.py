"""Entries of every kind, with facets and a place, and grams of four fields in place of one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

# What is kept was made of other grams: it is thrown away, and the start or the night builds the index anew.
FORGET = ("DELETE FROM search_searchentry", "DELETE FROM search_finishedrebuild")
CREATE = {
    "sqlite": (
        "DROP TABLE search_grams",
        "CREATE VIRTUAL TABLE search_grams USING fts5(title, facts, body, marks, tokenize = 'ascii')",
    ),
    "postgresql": (),
}
DROP = {
    "sqlite": (
        "DROP TABLE search_grams",
        "CREATE VIRTUAL TABLE search_grams USING fts5(grams, tokenize = 'ascii')",
    ),
    "postgresql": (),
}


class Grams(Operation):
    """What only one database has. Not RunPython, before which Django renders every model anew."""

    def state_forwards(self, app_label, state):
        """Models know nothing of it."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for statement in (*FORGET, *CREATE[schema_editor.connection.vendor]):
            schema_editor.execute(statement)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for statement in (*FORGET, *DROP[schema_editor.connection.vendor]):
            schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ("search", "0002_saved_searches"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Grams(),
        migrations.CreateModel(
            name='SynonymGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60, verbose_name='词组')),
                ('version', models.PositiveSmallIntegerField(verbose_name='版本')),
                ('words', models.TextField(blank=True, verbose_name='同义词')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='理由')),
                ('added_at', models.DateTimeField(verbose_name='录入时间')),
                ('is_current', models.BooleanField(default=True, verbose_name='现行')),
            ],
            options={
                'verbose_name': '同义词',
                'verbose_name_plural': '同义词',
                'ordering': ['key', '-version'],
            },
        ),
        migrations.AddField(
            model_name='searchentry',
            name='aliases',
            field=models.TextField(blank=True, verbose_name='别名'),
        ),
        migrations.AddField(
            model_name='searchentry',
            name='facets',
            field=models.TextField(default='', verbose_name='分面'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='searchentry',
            name='place',
            field=models.BigIntegerField(default=0, verbose_name='位次'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='searchentry',
            name='facts',
            field=models.TextField(verbose_name='要点'),
        ),
        migrations.AlterField(
            model_name='searchentry',
            name='key',
            field=models.CharField(max_length=120, verbose_name='编码'),
        ),
        migrations.AlterField(
            model_name='searchentry',
            name='kind',
            field=models.CharField(choices=[('tender', '公告'), ('award', '结果'), ('contract', '合同'), ('agency', '机构'), ('owner', '业主'), ('item', '事项'), ('class', '类别'), ('approval', '审批'), ('sanction', '信用限制'), ('rule', '规则'), ('law', '法规'), ('notice', '通知'), ('page', '页面')], max_length=8, verbose_name='类别'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=models.Index(fields=['place', 'facets'], name='entry_facets'),
        ),
        migrations.AddConstraint(
            model_name='searchentry',
            constraint=models.UniqueConstraint(fields=('place',), name='entry_has_its_place'),
        ),
        migrations.AddField(
            model_name='synonymgroup',
            name='added_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='录入人'),
        ),
        migrations.AddConstraint(
            model_name='synonymgroup',
            constraint=models.UniqueConstraint(fields=('key', 'version'), name='synonym_version_once'),
        ),
        migrations.AddConstraint(
            model_name='synonymgroup',
            constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('key',), name='synonym_current_once'),
        ),
    ]
