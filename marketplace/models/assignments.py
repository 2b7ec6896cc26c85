"""Who of an authority handles what, and who stands in for a colleague who is away."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.known import asked_once
from marketplace.kernel.models.slugs import SlugModel
from marketplace.models.organizations import Organization
from marketplace.models.users import User


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Assignments by what they are of."""

    def of_model(self, model: type[models.Model]) -> AssignmentQuerySet:
        """Those of rows of one model."""
        kind = ContentType.objects.get_for_model(model)
        return self.filter(content_type=kind).select_related("officer")

    def handlers(
        self, model: type[models.Model], keys: Collection[int]
    ) -> Mapping[int, Assignment]:
        """Return who handles each of some rows, by primary key; one statement."""
        return _handlers(model, tuple(keys)) if keys else {}


class Assignment(models.Model):
    """
    One thing to do in an officer's queue, and who has taken it on; at most one person at a time.

    It hinders nobody: whoever may decide may decide. It says who is expected to, so that two do
    not read the same papers.
    """

    content_type = models.ForeignKey(
        ContentType, verbose_name=_("对象类型"), on_delete=models.PROTECT, related_name="+"
    )
    object_id = models.PositiveBigIntegerField(_("对象"))
    subject = GenericForeignKey("content_type", "object_id")
    organization = models.ForeignKey(
        Organization, verbose_name=_("办理机关"), on_delete=models.PROTECT, related_name="+"
    )
    officer = models.ForeignKey(
        User, verbose_name=_("承办人"), on_delete=models.PROTECT, related_name="assignments"
    )
    assigned_by = models.ForeignKey(
        User, verbose_name=_("指派人"), on_delete=models.PROTECT, related_name="+"
    )
    assigned_at = models.DateTimeField(_("承办时间"))

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("承办")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="assignment_one_officer", fields=["object_id", "content_type"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer} {self.object_id}"


class StandInQuerySet(models.QuerySet["StandIn"]):
    """Who stands in for whom, by day."""

    def on(self, day: date) -> StandInQuerySet:
        """Those that hold on `day`, both ends inclusive."""
        return self.filter(ended_at__isnull=True, first_day__lte=day, last_day__gte=day)

    def of(self, organization: Organization, day: date) -> StandInQuerySet:
        """Those of an authority that hold on `day` or will, the first to begin in front."""
        rows = self.filter(organization=organization, ended_at__isnull=True, last_day__gte=day)
        return rows.select_related("absent", "substitute").order_by("first_day", "pk")


class StandIn(SlugModel):
    """A colleague who is away from `first_day` to `last_day`, and who does their work meanwhile."""

    organization = models.ForeignKey(
        Organization, verbose_name=_("办理机关"), on_delete=models.PROTECT, related_name="+"
    )
    absent = models.ForeignKey(
        User, verbose_name=_("不在岗的人"), on_delete=models.PROTECT, related_name="+"
    )
    substitute = models.ForeignKey(
        User, verbose_name=_("代办人"), on_delete=models.PROTECT, related_name="+"
    )
    first_day = models.DateField(_("自"))
    last_day = models.DateField(_("至"))
    set_by = models.ForeignKey(
        User, verbose_name=_("设定人"), on_delete=models.PROTECT, related_name="+"
    )
    set_at = models.DateTimeField(_("设定时间"))
    ended_at = models.DateTimeField(_("提前结束时间"), null=True, blank=True)

    objects = StandInQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("代办")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="stand_in_is_another", condition=~Q(absent=F("substitute"))
            ),
            models.CheckConstraint(
                name="stand_in_days_in_order", condition=Q(last_day__gte=F("first_day"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.substitute} {self.absent}"

    def end(self, *, at: datetime) -> None:
        self.ended_at = at


@asked_once
def _handlers(model: type[models.Model], keys: tuple[int, ...]) -> dict[int, Assignment]:
    rows = Assignment.objects.of_model(model).filter(object_id__in=keys)
    return {one.object_id: one for one in rows}
