"""A bid may be left out because the licence of its agency is over."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bidding', '0004_requirement_checks'),
    ]

    operations = [
        migrations.AlterField(
            model_name='bid',
            name='exclusion',
            field=models.CharField(blank=True, choices=[('not_admitted', '机构已不在库'), ('not_qualified', '资质已不在有效期'), ('licence_over', '营业期限已届满'), ('shared_representative', '与另一家报名机构的法定代表人相同')], max_length=24, verbose_name='排除原因'),
        ),
    ]
