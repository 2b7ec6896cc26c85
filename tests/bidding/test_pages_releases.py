"""An order as a release: what programs read of it, and what they may not."""

from decimal import Decimal
from typing import Any

import pytest

from bidding.models import Tender
from bidding.pages.releases import package_of, releases_of, to_release
from tests.clock import NOON
from tests.factories.bidding import (
    OPENING,
    SIGNED,
    AwardFactory,
    BidFactory,
    ContractFactory,
    TenderFactory,
    bidder,
)
from tests.factories.marketplace import ServiceItemFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def release(tender: Tender, at=OPENING) -> Any:
    [found] = releases_of(list(to_release().filter(pk=tender.pk)), at)
    return found


def test_an_open_order_says_its_terms_and_nothing_of_who_bids() -> None:
    tender = TenderFactory(active=True, ceiling=Decimal("348000.50"))
    before = release(tender, NOON)
    BidFactory(tender=tender)

    assert release(tender, NOON) == before
    assert before["ocid"] == f"ocds-000000-{tender.code}"
    assert (before["tag"], before["initiationType"]) == (["tender"], "tender")
    assert before["date"] == "2026-11-23T12:00:00+08:00"
    assert before["buyer"] == {"id": f"CN-USCC-{tender.buyer.uscc}", "name": tender.buyer.name}
    assert [party["roles"] for party in before["parties"]] == [["buyer", "procuringEntity"]]
    said = before["tender"]
    assert (said["status"], said["statusDetails"]) == ("active", "报名中")
    assert said["value"] == {"amount": 348000.5, "currency": "CNY"}
    assert (said["procurementMethod"], said["procurementMethodDetails"]) == (
        "open",
        "竞价（最低价中选）",
    )
    assert [one["id"] for one in said["documents"]] == ["notice"]
    assert not {"numberOfTenderers", "tenderers"} & set(said)
    assert not {"bids", "awards", "contracts"} & set(before)


def test_a_direct_order_says_so_in_the_words_of_the_standard() -> None:
    item = ServiceItemFactory(published=True)

    said = release(TenderFactory(active=True, item=item, direct=bidder(item)))["tender"]

    assert (said["procurementMethod"], said["procurementMethodDetails"]) == ("direct", "直接选取")
    assert said["procurementMethodRationale"] == "熟悉本项目的前期工作。"


def test_a_failed_order_says_that_it_failed_and_why_k7_04() -> None:
    failed = release(TenderFactory(unsuccessful=True))["tender"]

    assert failed["status"] == "unsuccessful"
    assert failed["statusDetails"] == "流标：有效报名 0 家，少于规则要求的 1 家"


def test_a_result_in_publicity_says_until_when_nothing_is_signed_k7_04() -> None:
    award = AwardFactory()

    found = release(award.tender)

    assert found["tag"] == ["tender", "award"]
    assert found["tender"]["statusDetails"] == "结果公示"
    [said] = found["awards"]
    assert said["status"] == "pending"
    assert said["standstillPeriod"] == {
        "startDate": "2026-11-27T10:00:00+08:00",
        "endDate": "2026-12-03T00:00:00+08:00",
    }
    assert said["suppliers"] == [
        {"id": f"CN-USCC-{award.bid.agency.uscc}", "name": award.bid.agency.name}
    ]


def test_an_opened_order_names_every_bid_in_an_order_that_tells_nothing() -> None:
    award = AwardFactory(active=True)
    BidFactory(tender=award.tender, amount=95000, excluded=True)
    BidFactory(tender=award.tender, withdrawn=True)

    found = release(award.tender)

    bids = found["bids"]["details"]
    assert sorted((one["status"], one["value"]["amount"]) for one in bids) == [
        ("disqualified", 95000.0),
        ("valid", 90000.0),
    ]
    assert [one["id"] for one in bids] == sorted(one["id"] for one in bids)
    assert found["tender"]["numberOfTenderers"] == 2
    assert [one["roles"] for one in found["parties"]].count(["tenderer", "supplier"]) == 1
    assert "standstillPeriod" not in found["awards"][0]


def test_a_contract_belongs_to_its_award_and_another_state_is_another_release() -> None:
    contract = ContractFactory(active=True)
    tender = contract.award.tender

    signed = release(tender)

    [said] = signed["contracts"]
    assert said["awardID"] == signed["awards"][0]["id"]
    assert (said["id"], said["status"]) == (contract.number, "active")
    assert said["dateSigned"] == SIGNED.isoformat(timespec="seconds")
    assert signed["date"] == said["dateSigned"]
    contract.deliver(at=SIGNED)
    contract.save()
    assert release(tender)["id"] != signed["id"]
    assert release(tender)["ocid"] == signed["ocid"]


def test_a_later_round_leads_to_the_one_that_failed() -> None:
    failed = TenderFactory(unsuccessful=True)
    again = TenderFactory(active=True, previous=failed, round=2)

    assert release(again)["relatedProcesses"] == [
        {
            "id": "1",
            "relationship": ["unsuccessfulProcess"],
            "scheme": "ocid",
            "identifier": f"ocds-000000-{failed.code}",
        }
    ]


def test_a_package_says_who_publishes_it(settings) -> None:
    settings.PUBLIC_URL = "https://zjcs.example"

    package = package_of([], "/tenders/A/ocds.json", NOON)

    assert package["uri"] == "https://zjcs.example/tenders/A/ocds.json"
    assert package["publishedDate"] == "2026-11-24T12:00:00+08:00"
    assert (package["version"], package["releases"]) == ("1.1", [])
