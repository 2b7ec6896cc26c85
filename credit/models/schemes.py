"""The versions of the credit scheme."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from credit.models.conduct import Conduct
from marketplace.kernel import known
from marketplace.kernel.models.append_only import AppendOnlyModel
from marketplace.models import Division


class CreditScheme(AppendOnlyModel):
    """
    One version of what is counted and what follows, from one day on.

    `content` is the document as it was loaded. What has begun is never rewritten: another version
    begins on a later day.
    """

    code = models.CharField(_("代码"), max_length=16)
    version = models.PositiveSmallIntegerField(_("版本"))
    name = models.CharField(_("名称"), max_length=60)
    division = models.ForeignKey(
        Division, verbose_name=_("适用地区"), on_delete=models.PROTECT, related_name="+"
    )
    legal_basis = models.CharField(_("依据"), max_length=200)
    valid_from = models.DateField(_("生效日期"), unique=True)
    content = models.TextField(_("内容"))
    sha256 = models.CharField(_("校验值"), max_length=64, unique=True)
    kind_names: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(_("行为名称"))
    loaded_at = models.DateTimeField(_("载入时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("信用评价方案")
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(name="credit_scheme_version", fields=["code", "version"])
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


LISTS = {
    "listed_judgment_debtor": _("列入失信被执行人名单"),
    "listed_tax_breach": _("列入重大税收违法失信主体名单"),
    "listed_procurement_breach": _("列入政府采购严重违法失信行为记录名单"),
    "listed_by_peer": _("受到其他平台的失信处理"),
}
"""What is found about somebody on a list of others; no scheme has to name it."""


def name_of_kind(code: str) -> str:
    """Return the name of a kind of conduct; it keeps it in every version."""
    if code in Conduct.values:
        return str(Conduct(code).label)
    if code in LISTS:
        return str(LISTS[code])
    return known.once("names of conduct", read=_names).get(code, code)


def _names() -> dict[str, str]:
    stored = CreditScheme.objects.order_by("valid_from").values_list("kind_names", flat=True)
    return {code: name for names in stored for code, name in names.items()}
