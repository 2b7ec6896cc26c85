import re

import pytest
from django.test import Client

from marketplace.web.terms import terms
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db


def test_every_word_stands_under_the_address_that_pages_lead_to(client: Client) -> None:
    response = client.get("/glossary/")

    html = on_one_line(response)
    assert response.status_code == 200
    assert [*terms()] == re.findall(r'<dt class="strong">([^<]+)</dt>', html)
    for term in terms().values():
        assert html.count(f'id="{term.slug}"') == 1
        assert term.text in html
    assert 'href="/glossary/"' in on_one_line(client.get("/tenders/"))
