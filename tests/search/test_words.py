"""The filters of lists understand words as the search does, once there is an index."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bidding.models import Award
from bidding.pages.finding import PUBLIC_SEARCHES
from marketplace.kernel import known
from search.backends import database_index
from search.indexing import rebuild
from search.words import keys_found
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, bidder, load_reference
from tests.factories.marketplace import ServiceItemFactory

pytestmark = pytest.mark.django_db


def found(scope: str, text: str) -> int:
    asked = QueryDict(mutable=True)
    asked["q"] = text
    return PUBLIC_SEARCHES[scope].found(asked, NOON).filtered().count()


@pytest.fixture
def award() -> Award:
    load_reference()
    return AwardFactory()


def test_a_list_is_narrowed_by_the_engine_and_by_its_own_columns_while_there_is_none(
    award: Award,
) -> None:
    agency, order = award.bid.agency, award.tender
    texts = {"tenders": order.code, "agencies": agency.uscc, "items": order.item.code}
    texts["awards"] = agency.name

    before = {scope: found(scope, text) for scope, text in texts.items()}
    unknown = keys_found(["tender"], order.code or "")
    rebuild(database_index())
    after = {scope: found(scope, text) for scope, text in texts.items()}

    assert before == after == dict.fromkeys(texts, 1)
    assert unknown is None
    assert keys_found(["tender"], " ,") is None
    assert found("tenders", agency.name) == 1  # the winner is no column of the list
    assert found("tenders", "飞碟") == 0


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("环评", None),  # an abbreviation
        ("huanjingyingxiang", None),  # letters
        ("環境影響報告", "环境影响报告"),  # the other script
        ("环竟影响报告", "环境影响报告"),  # a slip
        ("帮我找环境影响报告", "环境影响报告"),  # as people talk
    ],
)
def test_a_list_understands_what_the_search_page_does_and_says_how(
    client: Client, award: Award, text: str, read_as: str | None
) -> None:
    item = ServiceItemFactory(published=True, name="环境影响报告表编制")
    order = AwardFactory(tender__item=item, tender__title="老旧管网改造").tender
    rebuild(database_index())

    pages = {
        view: client.get(reverse(f"bidding:{view}_list"), {"q": text})
        for view in ("tender", "award", "item")
    }

    assert order.code in pages["tender"].content.decode()
    assert order.code in pages["award"].content.decode()
    assert f"/items/{item.code}/" in pages["item"].content.decode()
    assert award.tender.code not in pages["tender"].content.decode()
    for page in pages.values():
        said = page.context["read_as"]
        assert (said.label if said else None) == read_as


def test_a_slip_is_put_right_with_a_way_to_look_for_what_was_typed(
    client: Client, award: Award
) -> None:
    name = "赣南勘测设计研究有限公司"
    found = bidder(name=name)
    rebuild(database_index())

    letters = client.get("/agencies/?q=gnkcsj")
    page = client.get("/agencies/?q=赣南勘侧设计&sort=name").content.decode()
    as_typed = client.get('/agencies/?q="赣南勘侧设计"')

    assert f"/agencies/{found.slug}/" in page
    assert "按“<strong>赣南勘测设计</strong>”查找" in page
    assert 'href="?q=%22%E8%B5%A3%E5%8D%97%E5%8B%98%E4%BE%A7%E8%AE%BE%E8%AE%A1%22&amp;' in page
    assert as_typed.context["paginator"].count == 0
    assert letters.context["paginator"].count == 1


def test_a_filter_leaves_no_word_out(client: Client, award: Award) -> None:
    """The search page may, and says so; who follows a list would be told what nobody asked for."""
    ServiceItemFactory(published=True, name="环境影响报告表编制")
    rebuild(database_index())

    assert found("items", "环境影响报告 飞碟") == 0
    page = client.get("/search/?q=环境影响报告 飞碟")
    assert page.context["answer"].left_out == ("飞碟",)


def test_a_word_that_there_is_elsewhere_is_no_slip_in_a_list(award: Award) -> None:
    """Nothing is put right, and no word left out, only because the list has no such thing."""
    bidder(name="赣南勘测设计研究有限公司")
    rebuild(database_index())

    assert found("tenders", "赣南勘测") == 0


def test_one_version_asks_once_how_a_text_is_to_be_read(award: Award) -> None:
    rebuild(database_index())
    with known.at_version("1"), CaptureQueriesContext(connection) as first:
        keys_found(["tender"], award.tender.code or "")
    with known.at_version("1"), CaptureQueriesContext(connection) as again:
        keys_found(["tender"], award.tender.code or "")
    known.forget()

    assert len(first) > 0
    assert len(again) == 0
