"""What search says of items, classes and approvals."""

import pytest

from marketplace.models import Approval, ApprovalDeliverable
from search.documents import find
from search.facets import CLASS, STATUS
from tests.clock import NOON
from tests.factories.marketplace import ServiceItemFactory

pytestmark = pytest.mark.django_db


def test_an_item_is_found_with_its_class_and_the_class_with_its_items() -> None:
    item = ServiceItemFactory(published=True, name="防洪评价报告编制")
    code = item.service_class.code

    own, of_class = find("item", item.code, NOON), find("class", code, NOON)

    assert own is not None
    assert of_class is not None
    assert (own.values_of(CLASS), own.facts[0]) == ((code,), item.service_class.name)
    assert (of_class.body, of_class.url) == ("防洪评价报告编制", f"/items/?class={code}")


def test_an_item_that_is_not_published_is_no_document() -> None:
    assert find("item", ServiceItemFactory().code, NOON) is None


@pytest.mark.parametrize(("ended_by", "states"), [("", ()), ("国发〔2015〕58号", ("repealed",))])
def test_an_approval_is_found_by_what_it_asks_for(ended_by: str, states: tuple[str, ...]) -> None:
    approval = Approval.objects.create(code="A77", name="取水许可审批", ended_by=ended_by)
    ApprovalDeliverable.objects.create(approval=approval, deliverable="论证报告书")

    document = find("approval", "A77", NOON)

    assert document is not None
    assert document.body.splitlines()[0] == "论证报告书"
    assert document.values_of(STATUS) == states
