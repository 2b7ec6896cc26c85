"""What the editors say of an item: nothing, until they have written something."""

import pytest

from cms.actions.items import keep_in_step
from cms.models import ServiceItemPage
from cms.pages.items import guidance_of
from tests.clock import NOON
from tests.factories.marketplace import ServiceItemFactory

pytestmark = pytest.mark.django_db


def test_guidance_is_read_by_one_query_and_empty_where_nothing_is_written(
    pages: str, django_assert_num_queries
) -> None:
    ServiceItemFactory(published=True, code="S77")
    keep_in_step()
    assert guidance_of("S77", NOON) == []
    ServiceItemPage.objects.get().specific.save()
    page = ServiceItemPage.objects.get()
    page.guidance = [("callout", {"tone": "warn", "text": "不得指定机构。"})]
    page.save()

    with django_assert_num_queries(1):
        (said,) = guidance_of("S77", NOON)

    assert "不得指定机构。" in said.texts[0]  # type: ignore[attr-defined]
    assert guidance_of("S78", NOON) == []
