"""On PostgreSQL: the grams as a column of the entries, and the counter of versions."""

from django.db import migrations

# The vector is written by us, gram by gram: PostgreSQL's own parser has no part in it, so the
# answers do not depend on the locale of the database.
CREATE = (
    "ALTER TABLE search_searchentry ADD COLUMN grams tsvector NOT NULL DEFAULT ''",
    "CREATE INDEX search_grams ON search_searchentry USING gin (grams)",
    "CREATE SEQUENCE search_version AS bigint",
)
DROP = (
    "DROP SEQUENCE search_version",
    "DROP INDEX search_grams",
    "ALTER TABLE search_searchentry DROP COLUMN grams",
)


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in CREATE:
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in DROP:
            schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [("search", "0002_grams_on_sqlite")]

    operations = [migrations.RunPython(create, drop)]
