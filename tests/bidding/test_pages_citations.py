"""What bidding rests on."""

from datetime import date

import pytest

from bidding.pages.citations import cited
from marketplace.kernel.citations import Citation
from tests.factories.marketplace import ServiceItemFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def test_each_published_item_is_cited_with_its_basis_and_its_page() -> None:
    item = ServiceItemFactory(published=True, name="环评报告", legal_basis="《测试条例》第三条")
    ServiceItemFactory(name="草稿")

    items = [one for one in cited(on=TODAY) if str(one.kind) == "服务事项"]

    assert items == [
        Citation(items[0].kind, "环评报告", "《测试条例》第三条", TODAY, f"/items/{item.code}/")
    ]


def test_guards_of_orders_are_cited_by_their_refusals() -> None:
    guards = {str(one.label): str(one.basis) for one in cited(on=TODAY) if not one.url}

    assert guards["合同文本由对方确认，上传的一方不能自己确认"] == ("《民法典》第四百九十条第一款")
    assert guards["报名尚未开始或已经截止"] == "平台默认"
    assert not [label for label in guards if "还没有填写" in label]
