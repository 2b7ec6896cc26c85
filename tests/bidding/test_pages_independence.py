"""The public list of agencies that a department stands behind."""

import pytest
from django.test import Client

from marketplace.ties import key_of
from tests.factories.bidding import bidder
from tests.factories.marketplace import division, load_rules
from tests.factories.parties import TieFactory

pytestmark = pytest.mark.django_db


def test_the_list_names_the_agency_and_the_department_and_nobody_else(client: Client) -> None:
    load_rules()
    empty = client.get("/agencies/departments/").content.decode()
    assert "现在没有列入清单的机构" in empty

    agency, other = bidder(name="江西水利测试有限公司"), bidder(name="江西独立测试有限公司")
    TieFactory(
        holder_key="org:D",
        held_key=key_of(agency),
        kind="founded",
        share=None,
        department="水行政主管部门",
        division=division("360700"),
    )
    TieFactory(held_key=key_of(other))

    html = client.get("/agencies/departments/").content.decode()
    assert "江西水利测试有限公司" in html
    assert "水行政主管部门" in html
    assert "江西独立测试有限公司" not in html
