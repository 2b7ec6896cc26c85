"""The entries of the index, and the grams by which each database finds them."""

import django.db.models.functions.datetime
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

# SQLite: a full-text table of its own, grams separated by blanks, rowid = the entry's key. The tokenizer `ascii`
# keeps every character above 127 and every ASCII letter and digit, so it splits our grams at the blanks between
# them and nowhere else. A normal table: one without content cannot forget a row before SQLite 3.43.
# PostgreSQL: the grams as a column of the entries, and the counter of versions. The vector is written by us, gram
# by gram: its own parser has no part in it, so the answers do not depend on the locale of the database.
CREATE = {
    "sqlite": ("CREATE VIRTUAL TABLE search_grams USING fts5(grams, tokenize = 'ascii')",),
    "postgresql": (
        "ALTER TABLE search_searchentry ADD COLUMN grams tsvector NOT NULL DEFAULT ''",
        "CREATE INDEX search_grams ON search_searchentry USING gin (grams)",
        "CREATE SEQUENCE search_version AS bigint",
    ),
}
DROP = {
    "sqlite": ("DROP TABLE search_grams",),
    "postgresql": (
        "DROP SEQUENCE search_version",
        "DROP INDEX search_grams",
        "ALTER TABLE search_searchentry DROP COLUMN grams",
    ),
}


class Grams(Operation):
    """What only one database has. Not RunPython, before which Django renders every model anew."""

    def state_forwards(self, app_label, state):
        """Models know nothing of it."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for statement in CREATE[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for statement in DROP[schema_editor.connection.vendor]:
            schema_editor.execute(statement)


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
        Grams(),
    ]
