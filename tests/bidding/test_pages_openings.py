"""What everybody sees of an opening: which shares are given, and nothing of the bids."""

from decimal import Decimal

import pytest

from bidding.actions.openings import give_share
from bidding.actions.tenders import close_tender
from bidding.models import Tender
from bidding.pages.openings import ceremony_of, holders_used, orders_waiting_for
from tests.bidding.openings import opened
from tests.bidding.test_guards_openings import LARGE, officer
from tests.factories.bidding import DEADLINE, OPENING, BidFactory, TenderFactory

pytestmark = pytest.mark.django_db


def test_the_page_says_who_has_given_and_what_is_missing() -> None:
    tender = TenderFactory(closed=True, ceiling=LARGE)
    giver = officer("operator")

    give_share(tender=tender, giver=giver, at=OPENING)
    page = ceremony_of(tender)

    assert (page.needed, page.given, page.missing, page.awaits_shares) == (2, 1, 1, True)
    assert str(page.headline) == "报价仍然密封，还缺 1 份密钥"
    assert (page.part, [row.is_given for row in page.shares]) == (50, [True, False, False])
    assert [(str(step.label), step.state) for step in page.steps] == [
        ("报名截止，名单固定", "past"),
        ("密钥份额交齐", "now"),
        ("开启报价，按规则选取", "future"),
        ("登记结果，公示", "future"),
    ]
    assert [(row.holder, str(row.word), row.office, row.given_at) for row in page.shares] == [
        ("运营机构", "已交出", giver.organization.name, OPENING),
        ("监管部门", "未交出", "", None),
        ("管理机构", "未交出", "", None),
    ]


def test_what_is_opened_is_drawn_whole_and_what_is_not_says_so() -> None:
    done = ceremony_of(TenderFactory(evaluated=True))
    failed = ceremony_of(TenderFactory(unsuccessful=True))

    assert done.part == 100
    assert [step.state for step in done.steps] == ["past", "past", "past", "future"]
    assert (failed.part, str(failed.steps[1].note)) == (0, "没有开启")


def test_an_opening_by_the_schedule_says_whose_shares_it_took() -> None:
    tender = TenderFactory(closed=True)
    BidFactory.create_batch(3, tender=tender)
    assert holders_used(tender) == ()

    page = ceremony_of(opened(tender))

    assert [(row.holder, str(row.word), row.given_at) for row in page.shares] == [
        ("平台定时任务", "开启时已按规则自动交出", OPENING),
        ("运营机构", "开启时已按规则自动交出", OPENING),
        ("监管部门", "开启时没有用到", None),
        ("管理机构", "开启时没有用到", None),
    ]


def test_what_the_schedule_opens_waits_for_nobody() -> None:
    page = ceremony_of(TenderFactory(closed=True))

    assert (page.awaits_shares, page.is_by_officers, page.needed) == (False, False, 2)
    assert {str(row.word) for row in page.shares} == {"开启时按规则自动交出"}
    assert str(page.headline) == "报价仍然密封"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"evaluated": True}, "报价已经开启"),
        ({"unsuccessful": True}, "没有开启报价，密封的内容不公开"),
        ({"active": True}, "报价仍然密封"),
    ],
)
def test_the_headline_says_where_the_bids_are(state: dict[str, bool], words: str) -> None:
    assert str(ceremony_of(TenderFactory(**state)).headline) == words


def test_the_frozen_list_is_published_at_the_deadline_and_tells_nothing() -> None:
    none, three = (TenderFactory(active=True, ceiling=Decimal(90_000)) for _order in range(2))
    BidFactory.create_batch(3, tender=three, amount="80000.00")

    pages = [ceremony_of(close_tender(tender=one, at=DEADLINE)) for one in (none, three)]

    assert [(len(page.list_hash), page.frozen_at) for page in pages] == [(64, DEADLINE)] * 2
    assert pages[0].list_hash != pages[1].list_hash


def test_an_officer_is_led_to_the_orders_that_lack_the_own_share() -> None:
    tender = TenderFactory(closed=True, ceiling=LARGE)
    TenderFactory(closed=True)
    operator, other = officer("operator"), officer("regulator")
    told = [(tender.slug, tender.title)]
    assert (orders_waiting_for(operator), orders_waiting_for(other)) == (told, told)
    assert orders_waiting_for(officer("operator", "360100")) == []
    assert orders_waiting_for(officer("inspector")) == []

    give_share(tender=tender, giver=operator, at=OPENING)

    assert (orders_waiting_for(operator), orders_waiting_for(other)) == ([], told)
    assert Tender.objects.filter(status="closed").count() == 2
