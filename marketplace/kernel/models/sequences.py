"""Running numbers without gaps or doubles."""

from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.models.querysets import LockingQuerySet

# Django has no word for what an UPDATE returns; both databases have.
ONE_MORE = "UPDATE marketplace_sequence SET value = value + 1 WHERE name = %s RETURNING value"


class SequenceQuerySet(LockingQuerySet["Sequence"]):
    """Counters by name."""

    @transaction.atomic(savepoint=False)  # a number belongs to the act that asks for it
    def next_value(self, name: str) -> int:
        """Return the next number of the counter `name`, from 1; its row is locked till commit."""
        if (number := self._one_more(name)) is not None:
            return number
        self.get_or_create(name=name)
        return self._one_more(name) or 0

    def _one_more(self, name: str) -> int | None:
        with connection.cursor() as cursor:
            cursor.execute(ONE_MORE, [name])
            row = cursor.fetchone()
        return row[0] if row else None


class Sequence(models.Model):
    """The last number given out under a name such as `tender/360702/2026`."""

    name = models.CharField(_("名称"), max_length=64, unique=True)
    value = models.PositiveIntegerField(_("最近编号"), default=0)

    objects = SequenceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("编号序列")

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
