"""What editors change that the public sees moves the version; what they prepare does not."""

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, PageViewRestriction

from cms.models import SectionPage
from cms.public import is_edited
from marketplace.web.pages_kept import kept_pages
from tests.clock import NOON
from tests.factories.bidding import load_reference
from tests.public import moves

pytestmark = pytest.mark.django_db


def test_a_page_that_is_closed_to_some_is_public_news() -> None:
    page = Page.objects.get(depth=2)

    assert moves(lambda: PageViewRestriction.objects.create(page=page, restriction_type="login"))


def test_a_draft_of_a_live_page_is_nobodys_business() -> None:
    page = Page.objects.get(depth=2)

    assert not moves(lambda: Page.objects.filter(pk=page.pk).update(draft_title="草稿"))
    assert moves(lambda: Page.objects.filter(pk=page.pk).update(title="公开的标题"))


@pytest.fixture
def home(transactional_db: None) -> Page:
    load_reference()
    call_command("load_pages", at=NOON, verbosity=0)
    kept_pages.clear()
    return Page.objects.get(depth=2)


def test_a_section_that_editors_make_is_kept_whole_without_being_named(
    home: Page, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page = home.add_child(instance=SectionPage(title="新栏目", slug="new-section"))
    first = Client().get("/new-section/")
    assert first.status_code == 200

    with django_assert_num_queries(1):  # the version
        second = Client().get("/new-section/")

    assert second.content == first.content
    assert kept_pages.figures()["hits"] == 1
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert Client().get("/new-section/").status_code == 302


@pytest.mark.parametrize(
    ("path", "is_theirs"),
    [
        *(("/about/", True), ("/notices/a/", True), ("/a-section/a-page/", True)),
        *(("/accounts/login/", False), ("/search/", False), ("/cms/", False), ("/no.txt", False)),
    ],
)
def test_what_no_view_takes_is_the_editors(path: str, *, is_theirs: bool) -> None:
    assert is_edited(path) is is_theirs
