"""A bid that takes no part has one word, as on its page."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bidding', '0002_papers_of_several_files'),
    ]

    operations = [
        migrations.AlterField(
            model_name='bid',
            name='status',
            field=models.CharField(choices=[('active', '报价已密封'), ('withdrawn', '已撤回'), ('ended', '已失效'), ('excluded', '已失效')], default='active', max_length=50, verbose_name='状态'),
        ),
    ]
