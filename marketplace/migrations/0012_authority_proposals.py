"""An authority is put up by a manager of the office above and confirmed by a second officer."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import marketplace.kernel.models.slugs

OPEN = models.Q(confirmed_at__isnull=True, withdrawn_at__isnull=True)


def reference(to, name, **options):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=to,
        verbose_name=name,
        **options,
    )


class Migration(migrations.Migration):

    dependencies = [
        ("marketplace", "0011_officer_identities"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuthorityProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        default=marketplace.kernel.models.slugs.random_slug,
                        editable=False,
                        max_length=12,
                        unique=True,
                        verbose_name="标识",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="机构名称")),
                ("login", models.CharField(max_length=254, verbose_name="管理员的用户名或邮箱")),
                ("proposed_at", models.DateTimeField(verbose_name="提出时间")),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="确认时间"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="撤回时间"),
                ),
                (
                    "authority",
                    reference("marketplace.organization", "设立的机构", blank=True, null=True),
                ),
                (
                    "confirmed_by",
                    reference(settings.AUTH_USER_MODEL, "确认人", blank=True, null=True),
                ),
                ("division", reference("marketplace.division", "区划")),
                ("office", reference("marketplace.organization", "上级机构")),
                ("proposed_by", reference(settings.AUTH_USER_MODEL, "提出人")),
            ],
            options={
                "verbose_name": "下级机构的设立",
                "verbose_name_plural": "下级机构的设立",
                "ordering": ["-proposed_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=OPEN, fields=("name", "division"), name="authority_proposed_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            authority__isnull=True,
                            confirmed_at__isnull=True,
                            confirmed_by__isnull=True,
                        )
                        | models.Q(
                            authority__isnull=False,
                            confirmed_at__isnull=False,
                            confirmed_by__isnull=False,
                            withdrawn_at__isnull=True,
                        )
                        & ~models.Q(confirmed_by=models.F("proposed_by")),
                        name="authority_confirmed_by_another",
                    ),
                ],
            },
        ),
    ]
