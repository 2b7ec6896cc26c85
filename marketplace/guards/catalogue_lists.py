"""May a list of the catalogue be made, confirmed or withdrawn, and may a version be edited."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext_lazy as _

from marketplace.guards.catalogue import Grounds, may_publish_item
from marketplace.kernel.calendar import day_of
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.kernel.versions import Version, version_of
from marketplace.models import CatalogueList, ListChange, ServiceItem, User
from marketplace.web.moments import cn_date

Status = ServiceItem.Status
Kind = ListChange.Kind
BETWEEN = "；"


@guard(_("只有草稿可以修改；已经公布的事项请起草新的版本"))
def item_is_draft(item: ServiceItem) -> bool:
    return item.status == Status.DRAFT


@guard(_("草稿“%(name)s”列在等待确认的清单%(number)s里，先确认或者撤回清单"))
def item_is_in_no_waiting_list(item: ServiceItem) -> bool | Because:
    waiting = ListChange.objects.filter(
        item=item, catalogue_list__in=CatalogueList.objects.waiting()
    )
    found = waiting.select_related("catalogue_list").first()
    return found is None or Because(name=item.name, number=found.catalogue_list.number)


@guard(_("清单没有列任何变动，请至少选一个事项"), source=FORM)
def list_changes_something(changes: Collection[ListChange]) -> bool:
    return bool(changes)


@guard(_("同一个事项在一份清单里只能有一种变动：%(names)s"), source=FORM)
def list_names_an_item_once(changes: Collection[ListChange]) -> bool | Because:
    codes = [change.item.code for change in changes]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    return not twice or Because(names="、".join(twice))


@guard(_("文号已经用过，请核对"), source=FORM)
def list_number_is_new(number: str) -> bool:
    used = CatalogueList.objects.exclude(status=CatalogueList.Status.CANCELLED)
    return not used.filter(number=number).exists()


@guard(_("清单不能公布：%(problems)s"))
def list_changes_are_lawful(changes: Collection[ListChange], grounds: Grounds) -> bool | Because:
    problems = [
        f"{change.item.code} {change.item.name}：{verdict.explained}"
        for change in changes
        for verdict in verdicts_on(change, grounds)
        if not verdict.holds
    ]
    return not problems or Because(problems=BETWEEN.join(problems))


@guard(_("只有已经公布的事项可以暂停"))
def item_may_be_suspended(item: ServiceItem) -> bool:
    return item.status == Status.PUBLISHED


@guard(_("只有已经公布或者暂停的事项可以取消"))
def item_may_be_abolished(item: ServiceItem) -> bool:
    return item.status in {Status.PUBLISHED, Status.SUSPENDED}


@guard(_("替代事项%(code)s没有公布"))
def replacement_is_published(change: ListChange) -> bool | Because:
    if not change.replaced_by:
        return True
    found = ServiceItem.objects.published().filter(code=change.replaced_by)
    return found.exists() or Because(code=change.replaced_by)


@guard(_("请写明理由，事项页要告诉公众"), source=FORM)
def change_has_a_reason(change: ListChange) -> bool:
    return bool(change.reason.strip())


def verdicts_on(change: ListChange, grounds: Grounds) -> tuple[Verdict, ...]:
    """Ask what must hold of one change of a list."""
    if change.kind == Kind.PUBLISH:
        return may_publish_item(change.item, grounds)
    if change.kind == Kind.SUSPEND:
        return item_may_be_suspended(change.item), change_has_a_reason(change)
    return (
        item_may_be_abolished(change.item),
        change_has_a_reason(change),
        replacement_is_published(change),
    )


@guard(_("这份清单已经办理"))
def list_is_open(found: CatalogueList) -> bool:
    return found.status == CatalogueList.Status.PLANNED


@guard(_("拟定的人不能自己确认，请由另一人核对"))
def list_confirmed_by_another(found: CatalogueList, by: User) -> bool:
    return found.proposed_by_id is not None and found.proposed_by_id != by.pk


@guard(_("只有拟定的人可以撤回"))
def list_withdrawn_by_the_proposer(found: CatalogueList, by: User) -> bool:
    return found.proposed_by_id == by.pk


@guard(_("只有已经公布的清单可以登记报送"))
def list_is_in_force(found: CatalogueList) -> bool:
    return found.status == CatalogueList.Status.ACTIVE


@guard(_("报送日期不能早于清单公布的%(day)s，也不能晚于今天"))
def submission_day_is_possible(
    found: CatalogueList, submitted_on: date, on: date
) -> bool | Because:
    first = day_of(found.decided_at) if found.decided_at else on
    return first <= submitted_on <= on or Because(day=cn_date(first))


@guard(_("这份文件报送这个机关已经登记过"), source=FORM)
def submission_is_new(found: CatalogueList, authority: str, document_number: str) -> bool:
    rows = found.submissions.filter(authority=authority, document_number=document_number)
    return not rows.exists()


def may_record_submission(
    found: CatalogueList, authority: str, document_number: str, submitted_on: date, on: date
) -> tuple[Verdict, ...]:
    """Ask what must hold before it is recorded that a list was sent to an authority."""
    return (
        list_is_in_force(found),
        submission_day_is_possible(found, submitted_on, on),
        submission_is_new(found, authority, document_number),
    )


def may_plan_list(
    number: str, changes: Collection[ListChange], grounds: Grounds
) -> tuple[Verdict, ...]:
    """Ask what must hold before a list waits for a second person."""
    return (
        list_number_is_new(number),
        list_changes_something(changes),
        list_names_an_item_once(changes),
        list_changes_are_lawful(changes, grounds),
    )


def may_confirm_list(found: CatalogueList, by: User) -> tuple[Verdict, ...]:
    """Ask what must hold of the persons and the state; the changes are asked beside."""
    return list_is_open(found), list_confirmed_by_another(found, by)


def may_withdraw_list(found: CatalogueList, by: User) -> tuple[Verdict, ...]:
    """Ask what must hold before a list is taken back."""
    return list_is_open(found), list_withdrawn_by_the_proposer(found, by)


def may_change_item(item: ServiceItem) -> tuple[Verdict, ...]:
    """Ask what must hold before a version is edited."""
    return item_is_draft(item), item_is_in_no_waiting_list(item)


def version_of_list(found: CatalogueList) -> Version:
    """Return how a list and the versions that it names stand, for the acts on it."""
    rows = [change.item for change in found.changes.select_related("item").order_by("pk")]
    return version_of(found, *rows)
