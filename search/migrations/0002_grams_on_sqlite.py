"""On SQLite: a full-text table of its own, grams separated by blanks, rowid = the entry's key."""

from django.db import migrations

# The tokenizer `ascii` keeps every character above 127 and every ASCII letter and digit, so it
# splits our grams at the blanks between them and nowhere else. A normal table: one without
# content cannot forget a row before SQLite 3.43.
CREATE = "CREATE VIRTUAL TABLE search_grams USING fts5(grams, tokenize = 'ascii')"


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(CREATE)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_grams")


class Migration(migrations.Migration):

    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
