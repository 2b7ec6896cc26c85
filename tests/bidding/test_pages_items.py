"""The catalogue as readers find it."""

import pytest

from bidding.forms.sorts import item_orders
from bidding.pages.items import (
    ItemRow,
    approvals_of,
    catalogue_items,
    ending_of,
    item_groups,
    item_rows,
    open_tenders_of,
    versions_of,
    words_of_item,
)
from marketplace.kernel import known
from marketplace.models import Approval, ServiceItem
from tests.clock import NOON
from tests.factories.bidding import TenderFactory
from tests.factories.marketplace import ServiceItemFactory

pytestmark = pytest.mark.django_db


def test_the_catalogue_says_how_many_orders_are_open_for_each_item() -> None:
    tender = TenderFactory(active=True)
    TenderFactory(closed=True, item=tender.item)
    quiet, _draft = ServiceItemFactory(published=True), ServiceItemFactory()

    assert {item: item.open_count for item in catalogue_items(NOON)} == {tender.item: 1, quiet: 0}


def test_a_row_of_the_catalogue_is_read_once_while_it_stands_so(django_assert_num_queries) -> None:
    tender = TenderFactory(active=True)
    item = tender.item
    row = ItemRow(
        *(item.code, item.name, item.related_approval, item.department),
        *(item.service_class.name, 1),
    )
    order = item_orders()[0]

    with known.at_version("1/items"), known.asking_once(), django_assert_num_queries(2):
        assert [item_rows(order, NOON), item_rows(order, NOON)] == [[row], [row]]


@pytest.mark.parametrize(
    ("alone", "word"), [(True, "可以"), (False, "不可以"), (None, "清单未说明")]
)
def test_an_item_says_too_what_the_list_leaves_open(alone: bool | None, word: str) -> None:
    item = ServiceItem(applicant_may_do_alone=alone, commissioned_by="", paid_by="")

    words = words_of_item(item)

    assert (words.commissioned_by, words.paid_by) == ("待主管部门明确", "待主管部门明确")
    assert words.done_alone == word


def test_orders_of_every_version_of_an_item_are_open_beside_it() -> None:
    old = ServiceItemFactory(code="S01", published=True, status=ServiceItem.Status.ABOLISHED)
    item = ServiceItemFactory(code="S01", version=2, published=True)
    first, second = TenderFactory(active=True, item=old), TenderFactory(active=True, item=item)
    TenderFactory(active=True)

    assert {*open_tenders_of(item, NOON)} == {first, second}
    assert [*versions_of(item)] == [old]
    assert [*versions_of(old)] == []


def test_approvals_ask_for_an_item_by_its_code_whatever_its_version() -> None:
    item = ServiceItemFactory(published=True, code="S02", version=3)
    asking, other = (
        Approval.objects.create(code=code, name=f"审批{code}") for code in ("A1", "A2")
    )
    for name in ("可行性研究报告", "项目建议书"):
        asking.deliverables.create(deliverable=name, item_code="S02")
    other.deliverables.create(deliverable="节能报告", item_code="S04")

    assert approvals_of(item) == [asking]


def test_an_abolished_item_says_that_it_may_not_be_demanded_and_what_replaced_it() -> None:
    new = ServiceItemFactory(published=True, code="S04")
    item = ServiceItemFactory(published=True, code="S11")
    assert ending_of(item) is None

    item.abolish(at=NOON, reason="审查名称已经取消", replaced_by="S04")
    ending = ending_of(item)

    assert ending is not None
    assert (ending.text, ending.tone, ending.replacement) == (
        "这个事项已经取消，不得再要求提供。理由：审查名称已经取消",
        "stop",
        new,
    )


def test_items_stand_under_their_classes_or_all_under_one_head() -> None:
    items = [ItemRow(name, name, "", "", name) for name in ("测绘", "测绘", "环评")]

    by_class = [(group.title, group.count) for group in item_groups(items, by_class=True)]

    assert by_class == [("测绘", 2), ("环评", 1)]
    assert [(str(group.title), [*group.items]) for group in item_groups(items, by_class=False)] == [
        ("全部事项", items)
    ]
    assert item_groups([], by_class=False) == []
