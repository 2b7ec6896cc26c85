"""What an approval may ask for, and what it may not."""

from decimal import Decimal

import pytest

from bidding.pages.approvals import approval_rows, approvals, asked_of
from bidding.pages.prices import YEAR, Middle
from marketplace.models import Approval
from tests.clock import NOON
from tests.factories.bidding import AwardFactory
from tests.factories.marketplace import ServiceItemFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def approval():
    found = Approval.objects.create(code="A1", name="取水许可审批", department="水行政主管部门")
    for name, code in (("论证报告", "S06"), ("草案", "S07"), ("他处的报告", "")):
        found.deliverables.create(deliverable=name, item_code=code)
    return found


def test_only_what_a_published_item_makes_may_be_asked_for(approval):
    item = ServiceItemFactory(published=True, code="S06")
    ServiceItemFactory(code="S07")

    for amount in (80000, 100000, 300000):
        AwardFactory(active=True, tender__item=item, amount=amount)
    AwardFactory(active=True, tender__item=item, amount=1, awarded_at=NOON - YEAR)

    asked = asked_of(approval, NOON)

    assert [(one.deliverable, one.item) for one in asked.may] == [("论证报告", item)]
    assert asked.may[0].paid == Middle(3, Decimal("100000.00"))
    assert [one.deliverable for one in asked.may_not] == ["草案", "他处的报告"]


def test_the_list_counts_the_published_items_of_each_approval(approval):
    ServiceItemFactory(published=True, code="S06")
    other = Approval.objects.create(code="A2", name="节能审查")

    rows = approval_rows(approvals())

    assert [(row.approval, row.count) for row in rows] == [(approval, 1), (other, 0)]
