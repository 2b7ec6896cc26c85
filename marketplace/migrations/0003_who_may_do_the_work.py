"""Items say who may do the work; agencies say by what they may."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('marketplace', '0002_parties_rules_and_deadlines'),
    ]

    operations = [
        migrations.AddField(
            model_name='qualification',
            name='kind',
            field=models.CharField(choices=[('certificate', '资质证书'), ('filing', '备案'), ('commitment', '承诺')], default='certificate', max_length=12, verbose_name='凭什么承接'),
        ),
        migrations.AddField(
            model_name='serviceitem',
            name='requirement',
            field=models.JSONField(blank=True, default=dict, verbose_name='承接条件'),
        ),
        migrations.AlterField(
            model_name='qualification',
            name='certificate_number',
            field=models.CharField(blank=True, max_length=60, verbose_name='证书编号'),
        ),
        migrations.AlterField(
            model_name='qualification',
            name='issuer',
            field=models.CharField(blank=True, max_length=80, verbose_name='发证机关'),
        ),
        migrations.AlterField(
            model_name='qualification',
            name='level',
            field=models.CharField(choices=[('comprehensive', '综合'), ('first', '甲级'), ('second', '乙级'), ('third', '丙级'), ('fourth', '丁级'), ('grade_one', '一级'), ('grade_two', '二级'), ('grade_three', '三级'), ('none', '不分级')], default='none', max_length=16, verbose_name='等级'),
        ),
        migrations.AddConstraint(
            model_name='qualification',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'commitment'), models.Q(models.Q(('certificate_number', ''), _negated=True), models.Q(('issuer', ''), _negated=True)), _connector='OR'), name='qualification_has_number_and_issuer_but_for_a_commitment', violation_error_message='资质证书和备案须填写编号和发证（备案）机关。'),
        ),
    ]
