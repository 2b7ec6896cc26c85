"""What of an open order changes, and whether it makes another order of it."""

import pytest

from bidding.guards.amendments import as_amended, is_material, may_amend, told
from bidding.rules.notices import MATERIAL
from tests.bidding.refusals import failing
from tests.bidding.shipped import RULES
from tests.clock import NOON
from tests.factories.bidding import DEADLINE, TenderFactory


def test_material_is_what_the_rulebook_says():
    strict = RULES.changed({MATERIAL.cell("contact_name").key: True})

    assert is_material(RULES, ["contact_name", "ceiling"])
    assert not is_material(RULES, ["contact_name", "price_basis"])
    assert is_material(strict, ["contact_name"])


def test_a_field_is_told_as_the_public_reads_it():
    tender = TenderFactory.build(
        buyer=None, created_by=None, item=None, division=None, service_time=20, floor=None
    )

    assert told(tender, "service_time") == "20 个工作日"
    assert told(tender, "ceiling") == "¥100,000.00"
    assert (told(tender, "floor"), told(tender, "selection_at")) == ("未设", "按规则计算")


@pytest.mark.django_db
def test_what_stays_the_same_is_no_change():
    tender = TenderFactory(active=True)

    amended = as_amended(tender, {"title": tender.title, "service_time": 30}, NOON)

    assert [(one.field, one.old, one.new) for one in amended.changes] == [
        ("service_time", "11 个工作日", "30 个工作日")
    ]
    assert (tender.service_time, amended.tender.service_time) == (11, 30)


@pytest.mark.django_db
def test_an_order_is_amended_until_its_sign_up_ends():
    tender = TenderFactory(active=True)

    assert failing(*may_amend(tender, DEADLINE - DEADLINE.resolution)) == []
    assert failing(*may_amend(tender, DEADLINE)) == ["tender_takes_bids"]
