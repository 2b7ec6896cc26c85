"""The officers' pages of orders: the queues, each act, and whom four eyes keep from it."""

import re
from datetime import timedelta
from inspect import signature

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bidding.actions.tenders import evaluate_tender, register_selection
from bidding.models import Award, Tender
from bidding.pages.workbench import todos
from marketplace.kernel.models import Parameter
from marketplace.models import Organization
from marketplace.parties import Party
from tests.clock import NOON
from tests.factories.bidding import BidFactory, TenderFactory, bidder
from tests.factories.marketplace import (
    AuthorityFactory,
    MembershipFactory,
    Role,
    ServiceItemFactory,
    division,
    party,
)
from tests.markup import on_one_line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def operator(client: Client) -> Party:
    acting = party(AuthorityFactory(division=division()), Role.OPERATOR)
    client.force_login(acting.user)
    return acting


def url(name: str, *args: object) -> str:
    return reverse(f"bidding:{name}", args=args)


# --- The opening ---------------------------------------------------------------------------------
def test_the_officer_sees_who_is_to_win_and_no_seal_after_the_opening(client: Client) -> None:
    operator(client)
    tender = TenderFactory(closed=True)
    for amount in (90000, 80000):
        BidFactory(tender=tender, amount=amount)
    evaluate_tender(tender=tender, at=tender.opening_at)

    html = client.get(url("operator_tender", tender.slug)).content.decode()

    first, second = html.split('<span class="amt">')[1:]
    assert ("80,000.00" in first, "拟中选，等待登记" in first) == (True, True)
    assert ("90,000.00" in second, "已开启" in second) == (True, True)
    assert "t-sealed" not in html
    assert "已密封" not in first + second.split("</li>", 1)[0]


# --- The queues -----------------------------------------------------------------------------------
def test_a_queue_is_sorted_as_asked_and_says_how(client: Client) -> None:
    operator(client)
    first = TenderFactory(submitted=True, submitted_at=NOON - timedelta(days=2), ceiling=10_000)
    last = TenderFactory(submitted=True, submitted_at=NOON - timedelta(days=1), ceiling=90_000)
    unlimited = TenderFactory(submitted=True, submitted_at=NOON, ceiling=None)
    listed = {
        sort: [
            row.tender.pk
            for row in client.get(url("operator_tenders"), {"sort": sort}).context["rows"]
        ]
        for sort in ("", "newest", "ceiling")
    }

    html = on_one_line(client.get(url("operator_tenders"), {"queue": "review", "sort": "ceiling"}))

    assert listed == {
        "": [first.pk, last.pk, unlimited.pk],
        "newest": [unlimited.pk, last.pk, first.pk],
        "ceiling": [last.pk, first.pk, unlimited.pk],
    }
    assert "<strong>限价高低</strong>" in html
    assert '<a href="?queue=review">等得最久的在前</a>' in html


# --- The acts -------------------------------------------------------------------------------------
def test_three_officers_review_publish_and_register(client: Client) -> None:
    tender = TenderFactory(submitted=True)

    for act, status in [("approve", "reviewed"), ("publish", "active")]:
        operator(client)
        assert client.get(url("operator_tender", tender.slug)).status_code == 200
        client.post(url(f"operator_{act}", tender.slug))
        tender.refresh_from_db()
        assert tender.status == status
    assert tender.reviewed_by != tender.published_by


def test_the_reviewer_sees_the_buyers_code_and_ticks_a_wrong_check_digit(client: Client) -> None:
    tender = TenderFactory(submitted=True)
    operator(client)
    path = url("operator_tender", tender.slug)
    assert tender.buyer.uscc in client.get(path).content.decode()
    assert "uscc_confirmed" not in client.get(path).content.decode()
    Organization.objects.filter(pk=tender.buyer_id).update(has_valid_check_digit=False)

    assert "不符，待核实" in client.get(path).content.decode()
    page = client.post(url("operator_approve", tender.slug), follow=True).content.decode()
    assert "审核人须对照证照核实，并在审核通过时勾选确认。" in page
    assert "GB 32100" in page
    tender.refresh_from_db()
    assert tender.status == "submitted"

    client.post(url("operator_approve", tender.slug), {"uscc_confirmed": "on"})
    tender.refresh_from_db()
    assert tender.status == "reviewed"
    assert "不符，已对照证照核实" in client.get(path).content.decode()


def test_the_officer_who_publishes_is_told_the_code_and_the_deadline(client: Client) -> None:
    tender = TenderFactory(reviewed=True)
    operator(client)

    page = client.post(url("operator_publish", tender.slug), follow=True).content.decode()

    tender.refresh_from_db()
    assert f"公告已发布，采购编号 {tender.code}，报名至 20" in page


@pytest.mark.parametrize(
    ("act", "state", "earlier"),
    [
        ("publish", "reviewed", "reviewed_by"),
        ("register", "evaluated", "reviewed_by"),
        ("register", "evaluated", "published_by"),
    ],
)
def test_the_same_officer_cannot_do_two_of_the_three(
    client: Client, act: str, state: str, earlier: str
) -> None:
    acting = operator(client)
    tender = TenderFactory(**{state: True, earlier: acting.user})

    response = client.post(url(f"operator_{act}", tender.slug), follow=True)

    tender.refresh_from_db()
    assert tender.status == state
    assert not Award.objects.exists()
    assert "审核人" in response.content.decode()


def test_four_eyes_hold_for_a_person_with_two_memberships(client: Client) -> None:
    first = operator(client)
    province = party(AuthorityFactory(division=division("360000")), Role.OPERATOR, user=first.user)
    tender = TenderFactory(reviewed=True, reviewed_by=first.user)
    session = client.session
    session["organization"] = province.organization.slug
    session.save()

    client.post(url("operator_publish", tender.slug))

    tender.refresh_from_db()
    assert tender.status == "reviewed"


def test_an_operator_of_another_city_does_not_find_the_order(client: Client) -> None:
    tender = TenderFactory(submitted=True)
    elsewhere = party(AuthorityFactory(division=division("360100")), Role.OPERATOR)
    client.force_login(elsewhere.user)

    assert client.get(url("operator_tender", tender.slug)).status_code == 404
    assert client.post(url("operator_approve", tender.slug)).status_code == 404
    assert tender.title not in client.get(url("operator_tenders")).content.decode()


@pytest.mark.parametrize("is_provisional", [True, False])
def test_a_registration_that_may_still_move_is_marked_wherever_it_is_listed(
    client: Client, *, is_provisional: bool
) -> None:
    tender = TenderFactory(evaluated=True, is_register_due_provisional=is_provisional)
    operator(client)

    pages = [client.get(path) for path in (url("operator_tenders"), "/workbench/")]
    panel = client.get(url("tender", tender.code))

    for response in (*pages, panel):
        assert ("暂定" in response.content.decode()) is is_provisional


def waits(client: Client, queue: str) -> list[str]:
    """Return what the queue says of each of its orders: until when, and since when it waits."""
    html = client.get(url("operator_tenders"), {"queue": queue}).content.decode()
    rows = re.findall(
        r'<td role="cell" class="full">.*?</td>.*?class="due">.*?</td>', html, re.DOTALL
    )
    found = []
    for row in rows:
        since = row.split('<div class="sub">')[2].split("</div>")[0]
        due = row.split('class="due">')[1]
        found.append(" ".join(re.sub(r"<[^>]+>", " ", f"{due} {since}").split()))
    return found


def test_a_queue_tells_for_each_order_how_long_it_waits_against_its_deadline(
    client: Client,
) -> None:
    operator(client)
    long_ago, monday = NOON - timedelta(days=7), NOON - timedelta(days=1)
    TenderFactory(submitted=True, submitted_at=long_ago)
    TenderFactory(submitted=True, submitted_at=monday)
    TenderFactory(reviewed=True, submitted_at=long_ago, reviewed_at=monday)
    opened = {"evaluated_at": monday, "register_due_at": NOON.replace(hour=0) + timedelta(days=1)}
    TenderFactory(evaluated=True, **opened)
    TenderFactory(active=True)

    assert waits(client, "review") == [
        "已逾期 应于 11月19日 24:00 11月17日 12:00 提交 · 已用 5 个工作日，限 2 个 · order.review",
        "还剩 1 天 12 小时 2026年11月25日 24:00 11月23日 12:00 提交 "
        "· 已用 1 个工作日，限 2 个 · order.review",
    ]
    assert waits(client, "publish") == [
        "还剩 12 小时 0 分 2026年11月24日 24:00 11月23日 12:00 审核 "
        "· 已用 1 个工作日，限 1 个 · order.publish"
    ]
    assert waits(client, "register") == [
        "还剩 12 小时 0 分 2026年11月24日 24:00 11月23日 12:00 选取 "
        "· 已用 1 个工作日，限 1 个 · selection.register"
    ]
    assert len(waits(client, "")) == 4
    assert waits(client, "open") == ["— 11月23日 10:00 提交"]


def test_a_limit_of_the_queue_is_that_of_the_orders_own_place(client: Client) -> None:
    operator(client)
    TenderFactory(submitted=True, submitted_at=NOON)
    province = Parameter.objects.get(key="order.review")
    Parameter.objects.create(
        key=province.key,
        division=division(),
        value=1,
        unit=province.unit,
        legal_basis=province.legal_basis,
        in_force_from=province.in_force_from,
    )

    [said] = waits(client, "review")

    assert "已用 0 个工作日，限 1 个" in said


def test_a_review_whose_year_is_not_published_is_due_provisionally(client: Client) -> None:
    year_end = NOON.replace(month=12, day=30)
    TenderFactory(submitted=True, submitted_at=year_end)

    with time_machine.travel(year_end, tick=False):
        operator(client)
        assert "暂定" in waits(client, "review")[0]
        assert "暂定" in client.get("/workbench/").content.decode()


@pytest.mark.parametrize("page", [url("operator_tenders"), "/workbench/"])
def test_the_queues_cost_the_same_whatever_their_length(
    client: Client, page: str, django_assert_num_queries
) -> None:
    operator(client)
    for state in ("submitted", "reviewed", "evaluated"):
        TenderFactory(**{state: True})
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)

    for state in ("submitted", "reviewed", "evaluated") * 2:
        TenderFactory(**{state: True})
    with django_assert_num_queries(len(few)):
        client.get(page)


# --- Four eyes ------------------------------------------------------------------------------------
STATES = {"approve": "submitted", "publish": "reviewed", "register": "evaluated"}


def barred(client: Client, tender: Tender, act: str) -> str:
    """Try an act that is not the officer's; it changes nothing. Return what the page says."""
    before = tender.status
    page = client.post(url(f"operator_{act}", tender.slug), follow=True).content.decode()
    tender.refresh_from_db()
    assert tender.status == before
    assert not Award.objects.exists()
    return page


@pytest.mark.parametrize("act", STATES)
def test_who_works_for_the_buyer_too_does_no_act_of_an_officer(client: Client, act: str) -> None:
    acting = operator(client)
    tender = TenderFactory(**{STATES[act]: True})
    BidFactory(tender=tender)
    MembershipFactory(user=acting.user, organization=tender.buyer)

    assert "您在项目业主单位任职，不能办理这项采购" in barred(client, tender, act)


@pytest.mark.parametrize("act", ["approve", "publish"])
def test_who_works_for_the_named_agency_too_does_no_act_of_an_officer(
    client: Client, act: str
) -> None:
    acting = operator(client)
    item = ServiceItemFactory(published=True)
    tender = TenderFactory(**{STATES[act]: True}, item=item, direct=bidder(item))
    MembershipFactory(user=acting.user, organization=tender.named_agency)

    assert "您在被直接选取的机构任职，不能办理这项采购" in barred(client, tender, act)
    response = client.post(url("operator_return", tender.slug), {"reasons": "缺依据。"})
    assert response.status_code == 422
    tender.refresh_from_db()
    assert tender.status == STATES[act]


def test_who_works_for_a_bidder_too_does_not_register_the_result(client: Client) -> None:
    acting = operator(client)
    tender = TenderFactory(evaluated=True)
    bid = BidFactory(tender=tender)
    MembershipFactory(user=acting.user, organization=bid.agency)

    assert "您在报名机构任职，不能登记这项采购的结果" in barred(client, tender, "register")


@pytest.mark.parametrize(
    ("act", "tie"),
    [
        ("approve", "buyer"),
        ("publish", "buyer"),
        ("register", "buyer"),
        ("publish", "reviewed_by"),
        ("register", "reviewed_by"),
        ("register", "published_by"),
        ("register", "bidder"),
        ("approve", "named"),
    ],
)
def test_an_officer_is_not_asked_to_do_what_four_eyes_leave_to_another(
    client: Client, act: str, tie: str
) -> None:
    acting = operator(client)
    item, earlier = ServiceItemFactory(published=True), {}
    if tie.endswith("_by"):
        earlier[tie] = acting.user
    if tie == "named":
        earlier["direct"] = bidder(item)
    tender = TenderFactory(**{STATES[act]: True}, item=item, **earlier)
    bid = BidFactory(tender=tender)
    unit = {"buyer": tender.buyer, "bidder": bid.agency, "named": tender.named_agency}.get(tie)
    if unit is not None:
        MembershipFactory(user=acting.user, organization=unit)
    another = party(acting.organization, Role.OPERATOR)

    def asked(person: Party) -> list[str]:
        return [todo.url for todo in todos(person, NOON) if "/operator/" in todo.url]

    assert asked(acting) == []
    assert asked(another) == [url("operator_tender", tender.slug)]


def test_k10_05_nobody_can_move_the_winner(client: Client) -> None:
    operator(client)
    tender = TenderFactory(closed=True)
    loser, winner = (BidFactory(tender=tender, amount=amount) for amount in (90000, 80000))
    evaluate_tender(tender=tender, at=tender.opening_at)

    sent = {"bid": loser.slug, "winner": loser.agency.uscc, "amount": "90000.00"}
    client.post(url("operator_register", tender.slug), sent)
    award = Award.objects.get()
    client.post(url("operator_register", tender.slug), sent)

    assert list(Award.objects.values_list("bid", "amount")) == [(winner.pk, award.amount)]
    assert award.amount == 80000
    # `seen` names the version that the officer looked at; nothing here can name a winner
    assert set(signature(register_selection).parameters) == {
        *("tender", "by", "at", "seen"),
        "namesakes_ruled_out",
    }
    for name in ("choose", "award", "unaward", "winner"):
        page = url("operator_tender", tender.slug)
        assert client.post(f"{page}{name}/", sent).status_code == 404


def test_the_officer_reads_once_whom_a_direct_order_names_and_why(client: Client) -> None:
    operator(client)
    item = ServiceItemFactory(published=True)
    tender = TenderFactory(submitted=True, item=item, direct=bidder(item))

    html = client.get(url("operator_tender", tender.slug)).content.decode()

    named = tender.named_agency.name, tender.naming_reasons
    assert [html.count(text) for text in named] == [1, 1]
