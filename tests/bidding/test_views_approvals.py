"""Anybody looks up what an approval may ask for."""

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from marketplace.models import Approval
from tests.factories.marketplace import ServiceItemFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def approval():
    item = ServiceItemFactory(published=True, code="S06", legal_basis="《水法》第十九条")
    found = Approval.objects.create(code="A1", name="取水许可审批", department="水行政主管部门")
    found.deliverables.create(deliverable="论证报告", item_code=item.code)
    found.deliverables.create(deliverable="他处的报告")
    return found


def test_an_approval_leads_to_its_items_and_back(client, approval):
    page = client.get(reverse("bidding:approval", args=["A1"]))
    item = client.get(reverse("bidding:item", args=["S06"]))

    assert reverse("bidding:item", args=["S06"]) in page.content.decode()
    assert reverse("bidding:approval", args=["A1"]) in item.content.decode()
    text = strip_tags(page.content.decode())
    assert "这项审批可能要求我提供什么？" in text
    assert text.index("不得要求提供") < text.index("他处的报告")


def test_the_list_finds_by_words_and_says_when_there_is_nothing(client, approval):
    Approval.objects.create(code="A9", name="进出港签证", ended_by="审批已经取消")
    url = reverse("bidding:approval_list")

    found = client.get(url, {"q": "取水"}).content.decode()
    nothing = client.get(url, {"q": "签证"}).content.decode()

    assert "取水许可审批" in found
    assert "没有找到这项审批" in nothing
