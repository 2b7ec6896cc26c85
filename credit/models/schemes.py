"""The versions of the credit scheme."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

from credit.models.conduct import Conduct
from marketplace.kernel import known
from marketplace.kernel.models.append_only import AppendOnlyModel
from marketplace.kernel.models.querysets import LockingQuerySet
from marketplace.kernel.models.slugs import SlugModel
from marketplace.models import Division, User
from marketplace.models.second_look import SecondLook


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


class SchemeProposalQuerySet(LockingQuerySet["SchemeProposal"]):
    """Proposed versions by whether somebody has looked at them."""

    def open(self) -> SchemeProposalQuerySet:
        """Proposals that nobody has looked at a second time yet."""
        return self.filter(settled_at=None)

    def with_people(self) -> SchemeProposalQuerySet:
        """Proposals with what every list shows of them."""
        return self.select_related("proposed_by", "settled_by", "scheme")


class SchemeProposal(SecondLook, SlugModel):
    """A next version, as one manager puts it up; it is a scheme only when a second one confirms."""

    content = models.TextField(_("内容"))
    file_name = models.CharField(_("文件名"), max_length=200)
    reason = models.CharField(_("修改理由"), max_length=300)
    scheme = models.OneToOneField(
        CreditScheme,
        verbose_name=_("信用评价方案"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="proposal",
    )

    objects = SchemeProposalQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("待复核的信用评价方案")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="scheme_proposal_settled_by_a_second_manager",
                condition=Q(settled_at=None, settled_by=None, scheme=None)
                | Q(settled_at__isnull=False, settled_by__isnull=False)
                & ~Q(settled_by=F("proposed_by")),
            ),
            # one scheme, so one next version at a time, whichever office puts it up
            models.UniqueConstraint(
                Value(1),
                name="scheme_proposal_one_at_a_time",
                condition=Q(settled_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def outcome(self) -> str:
        """What has come of it, in one word."""
        if self.settled_at is None:
            return str(_("待复核"))
        return str(_("已采用") if self.scheme_id else _("不予采用"))

    def settle(self, *, at: datetime, by: User, scheme: CreditScheme | None) -> None:
        """Keep who looked at it, and what it has become."""
        self.settled_at, self.settled_by, self.scheme = at, by, scheme


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
