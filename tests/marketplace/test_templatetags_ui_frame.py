"""The frame of a page: its links, the way in, and the pages of a list."""

from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context
from django.test import RequestFactory

from marketplace.templatetags.ui_frame import Pages, footer_item, way_in


def test_the_pages_of_a_list_keep_what_was_asked() -> None:
    page = Paginator(range(1, 120), 10).page(6)

    found = Pages.of(page, QueryDict("city=360700&page=6"), "rows")

    assert [link.text for link in found.links] == ["1", "…", "4", "5", "6", "7", "8", "…", "12"]
    assert [link.text for link in found.links if link.is_here] == ["6"]
    assert (found.previous_url, found.next_url) == (
        "?city=360700&page=5",
        "?city=360700&page=7",
    )
    assert (found.first, found.last, found.total, found.target) == (51, 60, 119, "rows")
    assert [link.url for link in found.links if link.text == "…"] == ["", ""]


def test_one_page_has_no_links() -> None:
    found = Pages.of(Paginator([1, 2], 10).page(1), QueryDict(""))

    assert (found.links, found.previous_url, found.next_url) == ((), "", "")


def test_the_footer_leaves_out_a_page_that_is_not_there() -> None:
    assert 'href="/rules/"' in footer_item("规则手册", "marketplace:rulebook")
    assert footer_item("竞价大厅", "bidding:no_such_page") == ""


def test_the_way_in_leads_back_to_where_one_was() -> None:
    def of(path: str) -> str:
        return way_in(Context({"request": RequestFactory().get(path)}), "/accounts/login/")

    assert of("/tenders/?q=a&page=2") == "/accounts/login/?next=/tenders/%3Fq%3Da%26page%3D2"
    assert of("/accounts/login/") == "/accounts/login/"
    assert way_in(Context({}), "/accounts/login/") == "/accounts/login/"
