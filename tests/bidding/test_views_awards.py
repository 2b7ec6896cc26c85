"""The list of results."""

import pytest
from django.test import Client
from django.utils.html import strip_tags

from tests.bidding.public_pages import page
from tests.factories.bidding import AwardFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_the_list_of_awards_says_how_many_of_each_kind_it_holds(client: Client) -> None:
    for state in ("active", "complete", "complete", "cancelled"):
        AwardFactory(**{state: True})
    AwardFactory()

    text = " ".join(strip_tags(page(client, "award_list")).split())

    assert "全省已中选 3 项，结果公示 1 项，已取消 1 项" in text
    assert "共 5 项选取结果" in text
