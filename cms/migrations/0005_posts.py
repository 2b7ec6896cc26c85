"""The two posts of who writes pages, in place of the groups and the workflow that Wagtail begins with."""

from django.db import migrations

STOCK_GROUPS, STOCK_REVIEW = ('Editors', 'Moderators'), 'Moderators approval'
POSTS = ('编辑', '审核')


def put_posts(apps, schema_editor):
    """Make the groups of the posts; their rights follow with the pages, by `load_pages`."""
    database = schema_editor.connection.alias
    group, permission = (apps.get_model('auth', name) for name in ('Group', 'Permission'))
    entering = permission.objects.using(database).filter(codename='access_admin')
    for name in POSTS:
        post, _is_new = group.objects.using(database).get_or_create(name=name)
        post.permissions.add(*entering)
    group.objects.using(database).filter(name__in=STOCK_GROUPS, user=None).delete()
    for name in ('Workflow', 'Task'):
        rows = apps.get_model('wagtailcore', name).objects.using(database)
        rows.filter(name=STOCK_REVIEW).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('cms', '0004_departments'),
        ('wagtailadmin', '0001_create_admin_access_permissions'),
    ]

    operations = [
        migrations.RunPython(put_posts, migrations.RunPython.noop),
    ]
