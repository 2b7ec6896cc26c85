"""Administrative divisions (GB/T 2260): those of the province, and every code of the country."""

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

    def standing(self) -> DivisionQuerySet:
        """Divisions that were not closed: those that a new row may name."""
        return self.filter(closed_on__isnull=True)

    def province(self) -> Division | None:
        """Return the province, read once on a page; None before its data is loaded."""
        rows = self.filter(level=Division.Level.PROVINCE)
        return known.once_here("province", read=rows.first)

    def full_names(self) -> dict[str, str]:
        """Return the full name of each division by its code."""
        return {row.code: row.full_name for row in self.select_related("parent")}

    def with_rules(self) -> DivisionQuerySet:
        """The province, and the areas that have rule values of their own."""
        own = Q(pk__in=Parameter.objects.values("division"))
        return self.filter(own | Q(level=Division.Level.PROVINCE)).order_by("code")


class Division(models.Model):
    """
    The province, a city or county of it; the code's trailing double zeros tell its level.

    One that is no longer on the list is closed from `closed_on` on; what named it still does.
    """

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
    closed_on = models.DateField(_("停用日期"), null=True, blank=True)

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


class PlaceCodeQuerySet(models.QuerySet["PlaceCode"]):
    """Codes of the country by when they meant what, and by what people write."""

    def in_use(self) -> PlaceCodeQuerySet:
        """Codes that mean today what the row says."""
        return self.filter(valid_until__isnull=True)

    def written(self, text: str) -> list[PlaceCode]:
        """Return what somebody may mean by a code or a name; the whole name goes before others."""
        if text.isdecimal():
            return list(self.filter(code=text).order_by("valid_until"))
        ending: list[PlaceCode] = list(self.filter(full_name__endswith=text.replace(" ", "")))
        return [place for place in ending if place.full_name == text] or ending

    def meant_in(self, code: str, year: int) -> PlaceCodeQuerySet:
        """What `code` meant in `year`; in the year of a change it meant both."""
        began = Q(valid_from__isnull=True) | Q(valid_from__lte=year)
        stood = Q(valid_until__isnull=True) | Q(valid_until__gte=year)
        return self.filter(began & stood, code=code)


class PlaceCode(models.Model):
    """
    What a code of GB/T 2260 means, or meant while it did: a code may be given again.

    Years are those of the yearly lists: it was new on that of `valid_from` and gone from that of
    `valid_until`. `successors` are the codes under which its area is found since.
    """

    code = models.CharField(_("区划代码"), max_length=6)
    name = models.CharField(_("名称"), max_length=32)
    full_name = models.CharField(_("全称"), max_length=64)
    level = models.CharField(_("层级"), max_length=8, choices=Division.Level)
    valid_from = models.PositiveSmallIntegerField(_("启用年份"), null=True, blank=True)
    valid_until = models.PositiveSmallIntegerField(_("停用年份"), null=True, blank=True)
    successors: models.JSONField[list[str], list[str]] = models.JSONField(
        _("现代码"), default=list, blank=True
    )

    objects = PlaceCodeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("全国行政区划代码")
        ordering = ["code", "valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(name="place_code_once", fields=["code", "name"]),
            models.UniqueConstraint(
                name="place_code_means_one_place",
                fields=["code"],
                condition=Q(valid_until__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name


def place_names() -> dict[str, str]:
    """Return the full name of each division by its code; read once until something changes."""
    return known.once("places", read=Division.objects.full_names)
