"""Whoever keeps a question is told of each thing that comes to it once, and of nothing else."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client

from bidding.actions.tenders import amend_tender, cancel_tender
from cms.actions.people import make_editor
from cms.models import NoticePage
from marketplace.addresses import confirm_address
from marketplace.kernel.effects import carry_out
from marketplace.kernel.models import Effect
from marketplace.kernel.verdicts import Refused
from marketplace.models import Membership, Message, User
from search.alerts import save_search, send_alert, stop_mails, tell_of_news, token_of
from search.backends import database_index
from search.guards import MOST_SAVED
from search.indexing import rebuild
from search.models import Alert, AlertHit, SavedSearch
from search.schedule import last_morning, look_again
from tests.clock import NOON
from tests.factories.bidding import (
    PUBLISHED,
    BidFactory,
    ContractFactory,
    TenderFactory,
    bidder,
    load_reference,
)
from tests.factories.credit import RestrictionFactory
from tests.factories.marketplace import MembershipFactory, UserFactory, party
from tests.notices import publish_notice
from tests.search.asking import ORIGINAL

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
BEFORE = NOON - timedelta(days=3)


@pytest.fixture
def reader() -> User:
    user = UserFactory(email="reader@example.test")
    confirm_address(user)
    return user


def kept(user: User, **changed: object) -> SavedSearch:
    given = {"scope": "tenders", "asked": "", "title": "全部公告", "pace": "at_once"}
    given |= {"is_mailed": True, "organization": None, "at": BEFORE} | changed
    return save_search(user=user, **given)  # type: ignore[arg-type]


def look(saved: SavedSearch, version: str) -> Alert | None:
    return tell_of_news(saved_pk=saved.pk, version=version, at=NOON)


def publish(by: User, *, slug: str, title: str) -> NoticePage:
    words = {"source": "省数据局", "summary": "一句话。", "body": "<p>正文。</p>"}
    return publish_notice(slug=slug, title=title, **words, by=by, at=NOON)


def told(saved: SavedSearch) -> list[str]:
    return list(saved.told.order_by("pk").values_list("key", flat=True))


def test_each_new_order_is_told_once_and_a_draft_or_an_older_one_never(reader: User) -> None:
    load_reference()
    agency = bidder()
    party(agency, Membership.Role.AGENCY_MANAGER, user=reader)
    older = TenderFactory(active=True, published_at=BEFORE - HOUR)
    TenderFactory(buyer=older.buyer, item=older.item)  # a draft
    saved = kept(reader, organization=agency)

    assert look(saved, "1") is None
    first = TenderFactory(active=True, buyer=older.buyer, item=older.item)
    alert, again = look(saved, "2"), look(saved, "2")
    same = look(saved, "3")
    second = TenderFactory(active=True, buyer=older.buyer, item=older.item)
    look(saved, "4")

    assert alert is not None
    assert (again, same) == (None, None)
    assert told(saved) == [first.code, second.code]
    messages = Message.objects.filter(user=reader, kind="search/alert").order_by("pk")
    assert [one.subject for one in messages] == ["“全部公告”有 1 项新动态"] * 2
    assert [one.url for one in messages] == [f"/saved/{saved.slug}/"] * 2
    assert Effect.objects.filter(kind="email").count() == 0
    assert Effect.objects.filter(kind="alert").count() == 2


def test_the_filter_of_the_list_decides_what_is_told(reader: User) -> None:
    load_reference()
    wanted = TenderFactory(active=True, fund="fiscal")
    TenderFactory(active=True, fund="private", buyer=wanted.buyer, item=wanted.item)
    saved = kept(reader, asked="fund=fiscal")

    look(saved, "1")

    assert told(saved) == [wanted.code]


def test_what_an_agency_may_sign_up_for_is_asked_for_it_alone(reader: User) -> None:
    load_reference()
    wanted = TenderFactory(active=True)
    agency = bidder(wanted.item)
    TenderFactory(active=True, buyer=wanted.buyer)  # an item that the agency has nothing for
    membership = MembershipFactory(user=reader, organization=agency, role="agency_manager")
    saved = kept(reader, asked="mine=1", organization=agency)

    look(saved, "1")
    found = told(saved)
    Membership.objects.filter(pk=membership.pk).update(is_active=False)
    later = TenderFactory(active=True, buyer=wanted.buyer, item=wanted.item)
    look(saved, "2")

    assert found == [wanted.code]
    assert later.code not in told(saved)


def test_an_order_found_before_is_told_of_again_when_it_is_amended_and_when_it_is_cancelled(
    reader: User,
) -> None:
    """Each once; by what an order has come to it leaves the phase that was asked for."""
    load_reference()
    older = TenderFactory(active=True, published_at=BEFORE - HOUR, fund="fiscal")
    other = TenderFactory(active=True, published_at=BEFORE - HOUR, fund="private")
    saved = kept(reader, asked="fund=fiscal&phase=open")

    assert look(saved, "1") is None
    for order in (older, other):
        by = order.created_by
        amend_tender(
            tender=order, reasons="补充说明。", by=by, at=NOON, title=f"{order.title}（二期）"
        )
    look(saved, "2")
    older.refresh_from_db()
    cancel_tender(tender=older, reasons="不再进行。", by=older.created_by, at=NOON)
    look(saved, "3")
    look(saved, "4")

    rows = saved.told.order_by("pk").values_list("key", "word", "title")
    assert list(rows) == [
        (older.code, "公告已变更", f"{older.title}"),
        (older.code, "已取消", older.title),
    ]
    [last] = Alert.objects.order_by("-pk")[:1]
    send_alert({"alert": last.pk})
    assert f"【已取消】{older.title}" in mail.outbox[-1].body


def test_the_result_and_the_contract_are_told_and_nothing_of_who_only_bid(reader: User) -> None:
    load_reference()
    contract = ContractFactory(active=True)
    order = contract.award.tender
    BidFactory(tender=order, agency=bidder(order.item, name="没有中选的咨询公司"))
    orders, awards = kept(reader, at=PUBLISHED + HOUR), kept(reader, scope="awards")

    look(orders, "1")
    look(awards, "1")

    assert [(one.word, one.key) for one in orders.told.order_by("pk")] == [
        ("结果公示", order.code),
        ("已签合同", order.code),
    ]
    assert not AlertHit.objects.filter(text__contains="没有中选").exists()


def test_a_published_restriction_is_told_to_who_follows_the_agency_and_no_other(
    reader: User,
) -> None:
    load_reference()
    agency, other = (bidder(name=name) for name in ("甲咨询公司", "乙咨询公司"))
    rebuild(database_index())
    saved = kept(reader, scope="agencies", asked="q=甲咨询")
    anywhere = kept(reader, scope="search", asked="q=甲咨询&in=agency")
    seen = [look(saved, "0"), look(anywhere, "0")]

    for organization, is_public in ((agency, True), (agency, False), (other, True)):
        RestrictionFactory(organization=organization, is_public=is_public)
    for one, version in ((saved, "1"), (anywhere, "1"), (saved, "2"), (anywhere, "2")):
        look(one, version)

    assert seen == [None, None]
    for one in (saved, anywhere):
        assert list(one.told.values_list("kind", "key", "word")) == [
            ("agency", agency.slug, "新的信用限制")
        ]


def test_a_notice_of_this_day_and_its_later_text_are_told_once_each(
    reader: User,
) -> None:
    load_reference()
    call_command("load_pages", at=NOON, stdout=StringIO())
    editor = make_editor(user=UserFactory(), by=None, at=NOON)
    rebuild(database_index())
    saved = kept(reader, scope="search", asked="q=停机", at=NOON - HOUR)
    with time_machine.travel(NOON, tick=False):
        notice = publish(editor, slug="stop", title="停机通知")
    rebuild(database_index())
    look(saved, "1")
    with time_machine.travel(NOON + HOUR, tick=False):
        notice.save_revision().publish()
    look(saved, "2")
    look(saved, "3")

    assert list(saved.told.order_by("pk").values_list("title", "word")) == [
        ("停机通知", ""),
        ("停机通知", "内容有更新"),
    ]


def test_a_search_of_everything_is_told_what_its_page_would_find(reader: User) -> None:
    """A slip is put right in an alert as on the page."""
    saved = kept(reader, scope="search", asked="q=平台維互")
    database_index().put([ORIGINAL], 1)

    look(saved, "1")

    assert told(saved) == ["one"]


def test_a_search_of_everything_is_told_from_the_index(reader: User) -> None:
    saved = kept(reader, scope="search", asked="q=维护")
    database_index().put([ORIGINAL], 1)

    look(saved, "1")

    assert list(saved.told.values_list("kind", "key", "title")) == [
        ("notice", "one", "平台维护的通知")
    ]


def test_the_mail_says_how_to_stop_and_is_the_same_whoever_sends_it(reader: User) -> None:
    saved = kept(reader, scope="search", asked="q=维护", title="维护")
    database_index().put([ORIGINAL], 1)
    alert = look(saved, "1")
    assert alert is not None

    [effect] = Effect.objects.filter(kind="alert")
    assert carry_out(effect.pk)
    assert not carry_out(effect.pk)
    send_alert({"alert": alert.pk})

    first, second = mail.outbox
    stop = first.extra_headers["List-Unsubscribe"]
    assert first.subject == "“维护”有 1 项新动态"
    assert "平台维护的通知" in first.body
    assert first.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop.strip("<>") in first.body
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_nobody_gets_a_mail_who_has_stopped_it_or_has_no_confirmed_address() -> None:
    stranger = UserFactory(email="stranger@example.test")
    saved = kept(stranger, scope="search", asked="q=维护")
    database_index().put([ORIGINAL], 1)
    alert = look(saved, "1")
    assert alert is not None

    send_alert({"alert": alert.pk})
    confirm_address(stranger)
    stop_mails(saved=saved)
    send_alert({"alert": alert.pk})

    assert mail.outbox == []


def test_one_post_without_a_log_in_stops_the_mails_and_opening_the_link_does_not(
    reader: User,
) -> None:
    saved = kept(reader)
    client = Client(enforce_csrf_checks=True)
    url = f"/saved/stop/{token_of(saved)}/"

    opened = client.get(url)
    saved.refresh_from_db()
    was_mailed = saved.is_mailed
    done = client.post(url, {"List-Unsubscribe": "One-Click"})
    again = client.post(url, {"List-Unsubscribe": "One-Click"})
    forged = client.post(f"/saved/stop/{saved.slug}:{'x' * 43}/")
    saved.refresh_from_db()

    assert (opened.status_code, was_mailed) == (200, True)
    assert (done.status_code, again.status_code, forged.status_code) == (200, 200, 404)
    assert not saved.is_mailed


def test_the_same_question_is_kept_once_and_nobody_keeps_any_number(reader: User) -> None:
    saved = kept(reader)

    assert kept(reader, title="再来一次") == saved
    for number in range(MOST_SAVED - 1):
        kept(reader, asked=f"q={number}")
    with pytest.raises(Refused) as refused:
        kept(reader, asked="q=one-too-many")

    assert [one.guard for one in refused.value.verdicts] == ["one_more_may_be_saved"]
    assert SavedSearch.objects.count() == MOST_SAVED


def test_the_daily_ones_wait_for_the_morning_and_nobody_who_is_barred_is_told(
    reader: User,
) -> None:
    morning = last_morning(NOON)
    at_once, daily = kept(reader), kept(reader, asked="q=a", pace="daily", at=morning + HOUR)
    barred = UserFactory(is_active=False)
    kept(barred)

    due = SavedSearch.objects.to_look_up("new", morning)
    next_day = SavedSearch.objects.to_look_up("new", last_morning(NOON + timedelta(days=1)))

    assert list(due) == [at_once]
    assert set(next_day) == {at_once, daily}
    assert (morning.hour, last_morning(morning - HOUR)) == (8, morning - timedelta(days=1))


def test_one_question_that_fails_does_not_keep_the_next_from_being_asked(reader: User) -> None:
    broken = kept(reader, scope="search", asked="q=维护")
    SavedSearch.objects.filter(pk=broken.pk).update(scope="nowhere", looked_at=BEFORE - HOUR)
    kept(reader, scope="search", asked="q=平台")
    database_index().put([ORIGINAL], 1)

    assert look_again("1", NOON) == 1
    assert AlertHit.objects.count() == 1
