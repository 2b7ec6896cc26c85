from typing import Any

import pytest
from django.test import Client

from marketplace.views.sharing import LONGEST
from marketplace.web.qr import qr_code

pytestmark = pytest.mark.django_db


def test_a_code_is_that_of_our_own_address_and_may_be_stored(client: Client, settings: Any) -> None:
    settings.PUBLIC_URL = "https://example.test"

    response = client.get("/qr/tenders/JX360702-2026-00001.svg", headers={"host": "localhost"})

    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Cache-Control"] == "public, max-age=86400"
    expected = qr_code("https://example.test/tenders/JX360702-2026-00001/")
    assert response.content.decode() == expected


def test_no_code_leads_to_another_site(client: Client, settings: Any) -> None:
    settings.PUBLIC_URL = "https://example.test"

    response = client.get("/qr/https://evil.example/.svg")

    expected = qr_code("https://example.test/https://evil.example//")
    assert response.content.decode() == expected


def test_a_name_in_chinese_is_written_as_addresses_are(client: Client, settings: Any) -> None:
    settings.PUBLIC_URL = "https://example.test"

    response = client.get("/qr/notices/通知.svg")

    expected = qr_code("https://example.test/notices/%E9%80%9A%E7%9F%A5/")
    assert response.content.decode() == expected


def test_no_page_has_so_long_an_address(client: Client) -> None:
    assert client.get(f"/qr/{'a' * LONGEST}.svg").status_code == 200
    assert client.get(f"/qr/{'a' * (LONGEST + 1)}.svg").status_code == 404
