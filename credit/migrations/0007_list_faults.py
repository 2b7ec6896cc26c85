"""Lists of others that a night could not take over are kept until they are."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("credit", "0006_one_proposal_at_a_time"),
    ]

    operations = [
        migrations.CreateModel(
            name="ListFault",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(blank=True, max_length=32, verbose_name="名单")),
                ("file_name", models.CharField(blank=True, max_length=120, verbose_name="文件名")),
                ("why", models.TextField(blank=True, max_length=1000, verbose_name="原因")),
                ("since", models.DateTimeField(verbose_name="第一次失败")),
                ("failed_at", models.DateTimeField(verbose_name="最近一次失败")),
                (
                    "mended_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="导入成功时间"),
                ),
            ],
            options={
                "verbose_name": "没有导入成功的名单",
                "verbose_name_plural": "没有导入成功的名单",
                "ordering": ["since", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(mended_at__isnull=True),
                        fields=("kind",),
                        name="list_fault_once",
                    )
                ],
            },
        ),
    ]
