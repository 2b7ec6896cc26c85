"""The public list, its file, and its pages."""

import pytest
from django.test import Client

from tests.bidding.disputing import world

pytestmark = pytest.mark.django_db


def test_an_answered_objection_is_public(client: Client) -> None:
    it = world()
    assert "还没有公开的异议和投诉" in client.get("/complaints/").content.decode()
    row = it.answered()

    listed = client.get(f"/complaints/?q={row.number}&kind=objection").content.decode()
    assert row.number in listed
    assert "没有符合条件的异议和投诉" in client.get("/complaints/?q=无").content.decode()
    page = client.get(f"/complaints/{row.number}/").content.decode()
    assert row.answer in page
    table = client.get("/complaints.csv").getvalue().decode()
    assert row.number in table
    assert client.get("/complaints/JX/").status_code == 404
