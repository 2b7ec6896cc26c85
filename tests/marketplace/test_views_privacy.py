"""Everybody may read how personal data is processed."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_page_says_what_is_masked_and_for_how_long(client: Client) -> None:
    page = client.get("/privacy/")

    assert page.status_code == 200
    text = page.content.decode()
    assert "联系电话和执业人员的证书编号在公开页面只显示一部分" in text
    assert "不收集身份证号码" in text
