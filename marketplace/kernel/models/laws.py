"""The law library: what rules rest on, with the text of the articles that we hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils.translation import gettext_lazy as _


def has_articles() -> Exists:
    """Return the question whether the library holds an article of any version of a law."""
    return Exists(Article.objects.filter(version__law=OuterRef("pk")))


class LawStatus(models.TextChoices):
    """Whether a version still holds."""

    IN_FORCE = "in_force", _("现行有效")
    AMENDED = "amended", _("已被修改")
    REPEALED = "repealed", _("已废止")


class LawQuerySet(models.QuerySet["Law"]):
    """Laws by name."""

    def named_like(self, words: str) -> LawQuerySet:
        """Laws whose name, or the number of a version of theirs, holds `words`."""
        by_number = LawVersion.objects.filter(law=OuterRef("pk"), document_number__icontains=words)
        return self.filter(Q(name__icontains=words) | Exists(by_number))


class Law(models.Model):
    """One law, regulation, rule or other document that a rule may rest on."""

    class Level(models.TextChoices):
        LAW = "law", _("法律")
        REGULATION = "regulation", _("行政法规")
        STATE_COUNCIL = "state_council", _("国务院文件")
        MINISTRY = "ministry", _("部门规章和文件")
        PROVINCE = "province", _("本省规定")
        STANDARD = "standard", _("国家标准")
        REFERENCE = "reference", _("其他地方的规定（参考）")

    slug = models.SlugField(_("标识"), max_length=60, unique=True)
    name = models.CharField(_("名称"), max_length=80, unique=True)
    level = models.CharField(_("效力层级"), max_length=16, choices=Level)

    objects = LawQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("法律、法规和文件")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def grounds_an_item(self) -> bool:
        """
        Tell whether an approval may demand a service on this ground.

        Source: 《优化营商环境条例》第四十三条第一款
        """
        return self.level in {self.Level.LAW, self.Level.REGULATION, self.Level.STATE_COUNCIL}


class LawVersionQuerySet(models.QuerySet["LawVersion"]):
    """Versions by the day on which they are in force."""

    def in_force(self, on: date) -> LawVersionQuerySet:
        """Versions whose half-open period [in_force_from, in_force_until) contains `on`."""
        return self.exclude(in_force_from__gt=on).exclude(in_force_until__lte=on)


class LawVersion(models.Model):
    """A law as it was made or last changed; dates that our sources do not give are empty."""

    Status = LawStatus

    law = models.ForeignKey(
        Law, verbose_name=_("名称"), on_delete=models.CASCADE, related_name="versions"
    )
    dated_on = models.DateField(_("公布或者修改日期"), null=True, blank=True)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    status = models.CharField(_("效力"), max_length=12, choices=Status, default=Status.IN_FORCE)
    in_force_from = models.DateField(_("施行日期"), null=True, blank=True)
    in_force_until = models.DateField(_("失效日期"), null=True, blank=True)
    ended_by = models.CharField(_("由何文件取代"), max_length=120, blank=True)
    look_up = models.CharField(_("查阅处"), max_length=120, blank=True)
    checked_on = models.DateField(_("核对日期"))
    note = models.CharField(_("说明"), max_length=200, blank=True)

    objects = LawVersionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("版本")
        ordering = ["law", "-dated_on", "-pk"]
        constraints = [
            models.UniqueConstraint(name="law_version_once", fields=["law", "dated_on"]),
            models.UniqueConstraint(
                name="law_version_undated_once", fields=["law"], condition=Q(dated_on__isnull=True)
            ),
            models.CheckConstraint(
                name="law_version_ends_when_it_is_over",
                condition=Q(status=LawStatus.IN_FORCE, in_force_until__isnull=True)
                | Q(
                    status__in=[LawStatus.AMENDED, LawStatus.REPEALED],
                    in_force_until__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.law} {self.dated_on or self.document_number}"


class ArticleQuerySet(models.QuerySet["Article"]):
    """Articles by the law that they stand in."""

    def among(self, places: Iterable[tuple[str, int]], on: date) -> ArticleQuerySet:
        """Articles at any of `places` (slug of the law, number), those in force on `on` first."""
        positions: dict[str, list[int]] = {}
        for slug, position in places:
            positions.setdefault(slug, []).append(position)
        asked = Q(pk__in=[])
        for slug, numbers in positions.items():
            asked |= Q(version__law__slug=slug, position__in=numbers)
        in_force = Q(version__in=LawVersion.objects.in_force(on))
        return (
            self.filter(asked)
            .select_related("version__law")
            .order_by(Case(When(in_force, then=0), default=1), "-version__dated_on", "-version_id")
        )


class Article(models.Model):
    """The text of one article of one version."""

    version = models.ForeignKey(
        LawVersion, verbose_name=_("版本"), on_delete=models.CASCADE, related_name="articles"
    )
    number = models.CharField(_("条"), max_length=24)
    position = models.PositiveSmallIntegerField(_("顺序"))
    text = models.TextField(_("条文"))

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("条文")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(name="article_once", fields=["version", "position"]),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def anchor(self) -> str:
        """The name of its place on the law's page."""
        return f"a{self.position}"
