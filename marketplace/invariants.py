"""What holds at rest whatever an app stores: deadlines, effects, states, the trail, files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.apps import apps
from django.db import connection, models
from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce, Least, Substr
from django.utils.translation import gettext_lazy as _

from marketplace.actions.messages import EMAIL
from marketplace.kernel import state_triggers, trail, triggers
from marketplace.kernel.effects import key_of
from marketplace.kernel.invariants import Rows, invariant
from marketplace.kernel.models import AuditEntry, Deadline, Effect
from marketplace.kernel.models.states import StatefulModel
from marketplace.models import Document, Message

AT_ONCE = 2000


@invariant(_("每一行在它的状态下都有应有的期限"))
def row_has_the_deadlines_of_its_state(_due: datetime) -> Rows:
    for model in state_triggers.subjects():
        yield from state_triggers.lacking(model)


@invariant(_("运行中的期限在提醒与处理中较早的时刻被查看，停止或者中止的不被查看"))
def deadline_is_looked_at_next_when_it_says(_due: datetime) -> Rows:
    earlier = Least(Coalesce("remind_at", "acts_at"), Coalesce("acts_at", "remind_at"))
    running = Q(stopped_at__isnull=True, suspended_at__isnull=True)
    has_a_moment = Q(remind_at__isnull=False) | Q(acts_at__isnull=False)
    rows = Deadline.objects.alias(earlier=earlier)
    looked_at = Q(next_at=F("earlier"), next_at__isnull=False)
    rests = Q(next_at__isnull=True)
    return rows.filter((running & has_a_moment & ~looked_at) | (~(running & has_a_moment) & ~rests))


@invariant(_("提交之后应办的事都已办结"))
def effect_is_done(due: datetime) -> Rows:
    return Effect.objects.open().filter(due_at__lte=due)


@invariant(_("每封待发邮件都有它的站内消息"))
def email_is_of_a_message(_due: datetime) -> Rows:
    named = Message.objects.filter(slug=Substr(OuterRef("key"), len(key_of(EMAIL, "")) + 1))
    return Effect.objects.filter(~Exists(named), kind=EMAIL)


@invariant(_("操作记录没有缺失，也没有改动"))
def trail_is_whole(_due: datetime) -> Rows:
    return trail.lost()


@invariant(_("状态与操作记录中最后一次写明的一致"))
def state_is_what_the_trail_says(_due: datetime) -> Rows:
    for model in apps.get_models():
        if issubclass(model, StatefulModel):
            entries = AuditEntry.objects.filter(
                target_type=model._meta.label_lower,
                target_id=Cast(OuterRef("pk"), CharField()),
            )
            last = entries.exclude(after="").order_by("-pk").values("after")[:1]
            rows = model._default_manager.alias(told=Subquery(last)).order_by("pk")  # noqa: SLF001 - of any model
            yield from rows.filter(told__isnull=False).exclude(told=F("status"))


@invariant(_("数据库的触发器齐全、有效"))
def trigger_is_in_place(_due: datetime) -> Rows:
    return (f"{name} {fault}" for name, fault in triggers.faults().items())


@invariant(_("声明的约束都在数据库里"))
def constraint_is_in_place(_due: datetime) -> Iterator[str]:
    longest = connection.ops.max_name_length()
    for model in apps.get_models():
        wanted = {one.name[:longest] for one in model._meta.constraints}
        if wanted and model._meta.managed:
            with connection.cursor() as cursor:
                table = model._meta.db_table
                found = connection.introspection.get_constraints(cursor, table)
            yield from (f"{table} {name}" for name in sorted(wanted - found.keys()))


@invariant(_("每份材料的文件都在"))
def document_has_its_file(_due: datetime) -> Iterator[models.Model]:
    for document in Document.objects.order_by("pk").iterator(AT_ONCE):
        if not document.file.storage.exists(document.file.name or ""):
            yield document


INVARIANTS = (
    row_has_the_deadlines_of_its_state,
    deadline_is_looked_at_next_when_it_says,
    effect_is_done,
    email_is_of_a_message,
    trail_is_whole,
    state_is_what_the_trail_says,
    trigger_is_in_place,
    constraint_is_in_place,
    document_has_its_file,
)
