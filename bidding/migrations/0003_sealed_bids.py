"""Bids and seeds are sealed for a key of their order; nothing clear is left."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bidding', '0002_outcomes_and_amendments'),
        ('marketplace', '0002_catalogue_lists_and_changes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BidList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField(default=1, verbose_name='选取轮次')),
                ('sha256', models.CharField(max_length=64, verbose_name='名单摘要')),
                ('frozen_at', models.DateTimeField(verbose_name='固定时间')),
            ],
            options={
                'verbose_name': '密封名单',
                'verbose_name_plural': '密封名单',
            },
        ),
        migrations.CreateModel(
            name='KeyShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('holder', models.CharField(max_length=16, verbose_name='保管方')),
                ('key', models.CharField(max_length=16, verbose_name='保管密钥')),
                ('wrapped', models.BinaryField(verbose_name='加密的份额')),
            ],
            options={
                'verbose_name': '密钥份额',
                'verbose_name_plural': '密钥份额',
                'ordering': ['order_key', 'number'],
            },
        ),
        migrations.CreateModel(
            name='OpenedOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='报价')),
                ('part', models.CharField(max_length=64, verbose_name='随机数')),
                ('more', models.JSONField(blank=True, default=dict, verbose_name='其他内容')),
            ],
            options={
                'verbose_name': '已开启的报价',
                'verbose_name_plural': '已开启的报价',
            },
        ),
        migrations.CreateModel(
            name='OrderKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('suite', models.CharField(max_length=40, verbose_name='密码套件')),
                ('public', models.CharField(max_length=64, verbose_name='公钥')),
                ('threshold', models.PositiveSmallIntegerField(verbose_name='开启所需份数')),
                ('is_by_officers', models.BooleanField(default=False, verbose_name='由工作人员开启')),
                ('made_at', models.DateTimeField(verbose_name='生成时间')),
            ],
            options={
                'verbose_name': '密封公钥',
                'verbose_name_plural': '密封公钥',
            },
        ),
        migrations.CreateModel(
            name='ShareGiven',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField(verbose_name='选取轮次')),
                ('given_at', models.DateTimeField(verbose_name='交出时间')),
            ],
            options={
                'verbose_name': '交出的份额',
                'verbose_name_plural': '交出的份额',
            },
        ),
        migrations.RemoveConstraint(
            model_name='offer',
            name='offer_is_not_negative',
        ),
        migrations.RemoveField(
            model_name='offer',
            name='amount',
        ),
        migrations.RemoveField(
            model_name='seal',
            name='seed',
        ),
        migrations.AddField(
            model_name='offer',
            name='envelope',
            field=models.BinaryField(default=b'', verbose_name='密封的报价'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='offer',
            name='sealed',
            field=models.CharField(default='', max_length=64, verbose_name='密封报价的摘要'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='seal',
            name='sealed_seed',
            field=models.BinaryField(default=b'', verbose_name='密封的种子'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='sealreveal',
            name='seed',
            field=models.CharField(default='', max_length=64, verbose_name='种子'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='tender',
            name='sealing_key',
            field=models.CharField(blank=True, max_length=256, verbose_name='密封公钥'),
        ),
        migrations.AddField(
            model_name='bidlist',
            name='tender',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bid_lists', to='bidding.tender', verbose_name='采购'),
        ),
        migrations.AddField(
            model_name='openedoffer',
            name='offer',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='opened', to='bidding.offer', verbose_name='报价'),
        ),
        migrations.AddField(
            model_name='orderkey',
            name='tender',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='order_key', to='bidding.tender', verbose_name='采购'),
        ),
        migrations.AddField(
            model_name='keyshare',
            name='order_key',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='bidding.orderkey', verbose_name='密封公钥'),
        ),
        migrations.AddField(
            model_name='sharegiven',
            name='given_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='交出人'),
        ),
        migrations.AddField(
            model_name='sharegiven',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='marketplace.organization', verbose_name='单位'),
        ),
        migrations.AddField(
            model_name='sharegiven',
            name='share',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='given', to='bidding.keyshare', verbose_name='密钥份额'),
        ),
        migrations.AddConstraint(
            model_name='bidlist',
            constraint=models.UniqueConstraint(fields=('tender', 'round'), name='bid_list_once_per_round'),
        ),
        migrations.AddConstraint(
            model_name='openedoffer',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='opened_is_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='keyshare',
            constraint=models.UniqueConstraint(fields=('order_key', 'number'), name='share_number_once'),
        ),
        migrations.AddConstraint(
            model_name='keyshare',
            constraint=models.UniqueConstraint(fields=('order_key', 'holder'), name='share_holder_once'),
        ),
        migrations.AddConstraint(
            model_name='sharegiven',
            constraint=models.UniqueConstraint(fields=('share', 'round'), name='share_given_once_a_round'),
        ),
    ]
