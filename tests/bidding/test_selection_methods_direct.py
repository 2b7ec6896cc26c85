"""The direct method: one named agency answers in the rules' time, and that settles the order."""

from datetime import datetime

import pytest

from bidding.guards.tenders import may_submit_tender
from bidding.models import Tender
from bidding.selection.methods import (
    METHODS,
    OrderNotPublished,
    method_of,
)
from marketplace.kernel.calendar import CHINA
from marketplace.models import Organization
from tests.bidding.refusals import failing
from tests.bidding.shipped import C2026, RULES
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, bidder
from tests.factories.credit import RestrictionFactory
from tests.factories.marketplace import (
    AgencyFactory,
    ServiceItemFactory,
)

LOWEST, DIRECT = METHODS["lowest"], METHODS["direct"]


def test_a_named_agency_has_the_rules_days_whatever_the_order_says():
    for tender in (Tender(), Tender(signup_days=5)):
        assert DIRECT.period_end(tender, NOON, RULES, C2026).ends_at == datetime(
            2026, 11, 27, tzinfo=CHINA
        )


@pytest.mark.django_db
def test_only_the_named_agency_may_answer_a_direct_order():
    named, other = bidder(), bidder()
    tender = TenderFactory.build(named_agency=named)

    assert failing(*DIRECT.entry_verdicts(tender, named)) == []
    assert failing(*DIRECT.entry_verdicts(tender, other)) == ["agency_is_named"]
    assert failing(*LOWEST.entry_verdicts(tender, other)) == []


@pytest.mark.django_db
def test_terms_say_all_that_publication_fixes():
    item = ServiceItemFactory(published=True)
    agency = bidder(item)
    tender = TenderFactory(active=True, item=item, direct=agency)

    assert method_of(tender).terms(tender, RULES).as_json() == {
        "tender_code": tender.code,
        "fund": "private",
        "rulebook": tender.rulebook.sha256,
        "min_signups": 1,
        "method": {"name": "direct", "ceiling": "100000.00", "named_agency": agency.uscc},
        "public_source": None,
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_a_direct_order_for_an_eligible_agency_may_be_submitted():
    item = ServiceItemFactory(published=True)
    tender = TenderFactory(item=item, direct=bidder(item))

    assert failing(*may_submit_tender(tender, NOON)) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_a_direct_order_needs_agency_reasons_and_ceiling():
    tender = TenderFactory(method="direct", ceiling=None)

    assert failing(*may_submit_tender(tender, NOON)) == [
        "naming_is_complete",
        "order_has_ceiling",
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_a_direct_order_needs_an_agency_that_could_bid():
    item = ServiceItemFactory(published=True)
    stranger = AgencyFactory(submitted=True).organization
    RestrictionFactory(organization=stranger)
    tender = TenderFactory(item=item, direct=stranger)

    assert failing(*may_submit_tender(tender, NOON)) == [
        "agency_is_admitted",
        "agency_is_qualified",
        "agency_is_unrestricted",
    ]


def test_the_order_fails_when_the_named_agency_has_not_accepted():
    assert DIRECT.enough_bids(1, 1).holds
    assert DIRECT.enough_bids(0, 1).refusal == "公告所列机构在期限内没有接受"


def test_the_public_reads_whom_the_buyer_names_and_why():
    tender = Tender(named_agency=Organization(name="江西智策"), naming_reasons="熟悉本项目。")

    assert [fact.value for fact in DIRECT.facts(tender)] == ["江西智策", "熟悉本项目。"]
    assert [fact.value for fact in DIRECT.facts(Tender())] == ["", ""]


def test_the_form_asks_whom_and_why_beside_the_field_that_lacks_it():
    [asked, ceiling, another] = DIRECT.asked(Tender(), RULES, NOON)

    assert (asked[0], asked[1].guard) == ("named_agency", "naming_is_complete")
    assert (ceiling[0], ceiling[1].guard, ceiling[1].holds) == (
        "ceiling",
        "order_has_ceiling",
        False,
    )
    assert (another[0], another[1].holds) == ("named_agency", True)
    assert DIRECT.help_texts(RULES).keys() == {"named_agency", "naming_reasons"}


def test_one_agency_is_not_drawn_and_without_it_there_are_no_terms():
    assert str(DIRECT.draw_word({})) == "直接选取，不抽签"
    assert (DIRECT.is_competitive, DIRECT.settles_on_entry) == (False, True)
    with pytest.raises(OrderNotPublished):
        DIRECT.own_terms(Tender(), RULES)
