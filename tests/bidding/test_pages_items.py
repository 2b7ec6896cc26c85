"""The catalogue as readers find it."""

import pytest

from bidding.forms.sorts import item_orders
from bidding.pages.items import (
    DraftRow,
    ItemRow,
    approvals_of,
    catalogue_items,
    draft_items,
    item_groups,
    item_rows,
    open_tenders_of,
    versions_of,
    words_of_item,
)
from marketplace.kernel import known
from marketplace.models import ApprovalDeliverable, ServiceItem
from tests.clock import NOON
from tests.factories.bidding import TenderFactory
from tests.factories.marketplace import ServiceItemFactory

pytestmark = pytest.mark.django_db


def test_the_catalogue_says_how_many_orders_are_open_for_each_item() -> None:
    tender = TenderFactory(active=True)
    TenderFactory(closed=True, item=tender.item)
    quiet, draft = ServiceItemFactory(published=True), ServiceItemFactory()

    assert {item: item.open_count for item in catalogue_items(NOON)} == {tender.item: 1, quiet: 0}
    assert draft_items() == [DraftRow(draft.name, draft.missing)]


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


def test_approvals_ask_for_an_item_by_the_name_of_its_result() -> None:
    item = ServiceItemFactory(published=True, deliverable="可行性研究报告")
    asked = ApprovalDeliverable.objects.create(
        approval="投资项目审批",
        deliverable="可行性研究报告",
        accepting_department="发展改革委",
    )
    ApprovalDeliverable.objects.create(
        approval="投资项目审批",
        deliverable="节能报告",
        accepting_department="发展改革委",
    )

    assert [*approvals_of(item)] == [asked]


def test_items_stand_under_their_classes_or_all_under_one_head() -> None:
    items = [ItemRow(name, name, "", "", name) for name in ("测绘", "测绘", "环评")]

    by_class = [(group.title, group.count) for group in item_groups(items, by_class=True)]

    assert by_class == [("测绘", 2), ("环评", 1)]
    assert [(str(group.title), [*group.items]) for group in item_groups(items, by_class=False)] == [
        ("全部事项", items)
    ]
    assert item_groups([], by_class=False) == []
