"""Administrative divisions (GB/T 2260): province, cities, counties."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import known
from marketplace.kernel.models.parameters import Parameter


class DivisionQuerySet(models.QuerySet["Division"]):
    """Divisions by the area that they lie in."""

    def within(self, division: Division) -> DivisionQuerySet:
        """Divisions that are `division` or lie below it."""
        return self.filter(code__startswith=division.prefix)

    def full_names(self) -> dict[str, str]:
        """Return the full name of each division by its code."""
        return {row.code: row.full_name for row in self.select_related("parent")}

    def with_rules(self) -> DivisionQuerySet:
        """The province, and the areas that have rule values of their own."""
        own = Q(pk__in=Parameter.objects.values("division"))
        return self.filter(own | Q(level=Division.Level.PROVINCE)).order_by("code")


class Division(models.Model):
    """A province, city or county; the code's trailing double zeros tell its level."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("省级")
        CITY = "city", _("市级")
        COUNTY = "county", _("县级")

    code = models.CharField(_("区划代码"), max_length=6, primary_key=True)
    name = models.CharField(_("名称"), max_length=32)
    level = models.CharField(_("层级"), max_length=8, choices=Level)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上级"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )

    objects = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("行政区划")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def prefix(self) -> str:
        """The digits that this division shares with every division below it."""
        digits = {self.Level.PROVINCE: 2, self.Level.CITY: 4}.get(self.Level(self.level), 6)
        return self.code[:digits]

    def covers(self, other: Division) -> bool:
        """Tell whether `other` is this division or lies below it."""
        return other.code.startswith(self.prefix)

    @property
    def full_name(self) -> str:
        """The name below the province, with the city in front of a county."""
        if self.level != self.Level.COUNTY or self.parent_id is None:
            return self.name
        return f"{self._name_of_parent()}{self.name}"

    def _name_of_parent(self) -> str:
        if self._state.fields_cache.get("parent") is not None:
            return str(self.parent)
        return known.once("division", self.parent_id, read=lambda: str(self.parent))


def place_names() -> dict[str, str]:
    """Return the full name of each division by its code; read once until something changes."""
    return known.once("places", read=Division.objects.full_names)
