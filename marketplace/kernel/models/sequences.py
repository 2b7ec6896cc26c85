"""Running numbers without gaps or doubles."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models.querysets import LockingQuerySet


class SequenceQuerySet(LockingQuerySet["Sequence"]):
    """Counters by name."""

    @transaction.atomic(savepoint=False)  # a number belongs to the act that asks for it
    def next_value(self, name: str) -> int:
        """Return the next number of the counter `name`, from 1; its row is locked till commit."""
        counter = self.filter(name=name)
        one_more = {"value": models.F("value") + 1}
        if not counter.update(**one_more):
            self.get_or_create(name=name)
            counter.update(**one_more)
        return counter.values_list("value", flat=True).get()


class Sequence(models.Model):
    """The last number given out under a name such as `tender/360702/2026`."""

    name = models.CharField(_("名称"), max_length=64, unique=True)
    value = models.PositiveIntegerField(_("最近编号"), default=0)

    objects = SequenceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("编号序列")

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
