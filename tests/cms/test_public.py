"""What editors change that the public sees moves the version; what they prepare does not."""

import pytest
from wagtail.models import Page, PageViewRestriction

from tests.public import moves

pytestmark = pytest.mark.django_db


def test_a_page_that_is_closed_to_some_is_public_news() -> None:
    page = Page.objects.get(depth=2)

    assert moves(lambda: PageViewRestriction.objects.create(page=page, restriction_type="login"))


def test_a_draft_of_a_live_page_is_nobodys_business() -> None:
    page = Page.objects.get(depth=2)

    assert not moves(lambda: Page.objects.filter(pk=page.pk).update(draft_title="草稿"))
    assert moves(lambda: Page.objects.filter(pk=page.pk).update(title="公开的标题"))
