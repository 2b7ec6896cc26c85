"""Who owns, runs or represents whom, as the registries say: the edges of one graph."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.models.divisions import Division


class OwnershipTie(models.Model):
    """
    One edge: `holder` owns, runs or represents `held`, by their keys.

    The key of a unit is `org:` and its credit code, that of a person `person:` and the keyed hash
    of an identity number: the number itself is stored nowhere. `share` is in per cent. Of a holder
    that is an administrative department, or an institution of one, `department` is its name in the
    catalogue and `division` its area.
    """

    class Kind(models.TextChoices):
        REPRESENTS = "represents", _("法定代表人或者负责人")
        HOLDS = "holds", _("出资")
        MANAGES = "manages", _("管理")
        FOUNDED = "founded", _("举办")
        RUNS = "runs", _("主管")

    holder_key = models.CharField(_("上方标识"), max_length=80)
    holder_name = models.CharField(_("上方名称"), max_length=120)
    held_key = models.CharField(_("下方标识"), max_length=80)
    held_name = models.CharField(_("下方名称"), max_length=120)
    kind = models.CharField(_("关系"), max_length=12, choices=Kind)
    share = models.DecimalField(
        _("出资比例（%）"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    department = models.CharField(_("所属行政机关"), max_length=120, blank=True)
    division = models.ForeignKey(
        Division,
        verbose_name=_("行政机关所在地"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    source = models.CharField(_("来源"), max_length=120)
    recorded_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("股权和管理关系")
        ordering = ["pk"]
        indexes = [
            models.Index(name="tie_by_holder", fields=["holder_key"]),
            models.Index(name="tie_by_held", fields=["held_key"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="tie_once_of_a_kind", fields=["holder_key", "held_key", "kind"]
            ),
            models.CheckConstraint(
                name="tie_is_between_two", condition=~Q(holder_key=F("held_key"))
            ),
            models.CheckConstraint(
                name="tie_holding_has_a_share",
                condition=~Q(kind="holds") | Q(share__isnull=False, share__gt=0, share__lte=100),
            ),
            models.CheckConstraint(
                name="tie_of_a_department_has_its_area",
                condition=Q(department="") | Q(division__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder_name} {self.get_kind_display()} {self.held_name}"
