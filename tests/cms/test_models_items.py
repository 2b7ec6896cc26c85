"""What editors add to an item stands on the item's own page."""

import pytest
from django.test import Client, RequestFactory

from cms.actions.items import keep_in_step
from cms.models import ServiceItemPage
from marketplace.models import ServiceItem
from tests.factories.marketplace import ServiceItemFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def page(pages: str) -> ServiceItemPage:
    ServiceItemFactory(published=True, code="S77", name="测绘成果编制")
    keep_in_step()
    return ServiceItemPage.objects.get()


def test_the_page_of_an_item_has_its_address_and_its_name(page: ServiceItemPage) -> None:
    page.title = "重新取的名字"
    page.guidance = [("text", "<p>先联系主管部门。</p>")]
    page.questions = [("question", {"question": "要盖章吗", "answer": "<p>要。</p>"})]
    page.save()

    html = Client().get(page.url).content.decode()

    assert (page.url, page.title) == ("/items/S77/", "测绘成果编制")
    assert "先联系主管部门。" in html
    assert "<summary>要盖章吗</summary>" in html
    assert 'href="#guidance"' in html


def test_what_is_not_live_or_says_nothing_is_not_shown(page: ServiceItemPage) -> None:
    assert 'id="guidance"' not in Client().get(page.url).content.decode()
    page.guidance = [("text", "<p>先联系主管部门。</p>")]
    page.live = False
    page.save()

    assert 'id="guidance"' not in Client().get(page.url).content.decode()


def test_a_preview_shows_what_is_being_written(page: ServiceItemPage, rf: RequestFactory) -> None:
    page.guidance = [("text", "<p>还没有发布的话。</p>")]

    answer = page.make_preview_request(preview_mode="")

    assert "还没有发布的话。" in answer.content.decode()
    assert "还没有发布的话。" not in Client().get(page.url).content.decode()


def test_the_item_of_a_page_is_its_newest_public_version(page: ServiceItemPage) -> None:
    ServiceItemFactory(code="S77", version=2, name="草稿里的名字")

    item = page.item

    assert isinstance(item, ServiceItem)
    assert (item.version, item.name) == (1, "测绘成果编制")
