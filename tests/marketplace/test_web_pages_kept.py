"""Which pages are kept, for whom, until when, and what a browser may do with them."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from marketplace.kernel import known
from marketplace.web import pages_kept
from marketplace.web.pages_kept import KeptPage, KeptPages, keep, kept_pages
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, load_reference
from tests.factories.marketplace import ParameterFactory, UserFactory


@pytest.fixture
def site(transactional_db: None) -> None:
    load_reference()


def get(path: str, client: Client | None = None, **headers: str) -> HttpResponse:
    return (client or Client()).get(path, headers=headers)


def statements(path: str, client: Client | None = None) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        get(path, client)
    return [query["sql"] for query in captured]


# --- kept ---
@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    "path",
    [
        *("/tenders/", "/tenders/?page=1&sort=new", "/awards/", "/items/", "/agencies/"),
        *("/approvals/", "/complaints/", "/places/360000/", "/statistics/"),
        *("/inspections/", "/glossary/", "/privacy/"),
    ],
)
def test_a_public_page_is_drawn_once_and_asks_for_the_version_alone(path: str) -> None:
    first = get(path)

    assert statements(path) == [known.VERSION]
    second = get(path)
    assert second.content == first.content
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert second["X-Frame-Options"] == "DENY"
    assert kept_pages.figures()["hits"] == 2


@pytest.mark.usefixtures("site")
def test_a_page_that_was_kept_is_in_the_log_which_names_no_reader(
    caplog: pytest.LogCaptureFixture,
) -> None:
    get("/tenders/")
    caplog.clear()

    get("/tenders/")

    told = [record.msg for record in caplog.records]
    names = ("code", "request", "event", "kept")
    assert [{name: line[name] for name in names} for line in told] == [
        {"code": 200, "request": "GET /tenders/", "event": "request_finished", "kept": "hit"}
    ]
    assert not {"ip", "user_id"} & set(told[0])


@pytest.mark.usefixtures("site")
def test_the_next_request_sees_another_version() -> None:
    before = get("/tenders/").content.decode()
    order = TenderFactory(active=True, title="看得见的公告")

    after = get("/tenders/").content.decode()

    assert "看得见的公告" not in before
    assert "看得见的公告" in after
    assert order.code in after


@pytest.mark.usefixtures("site")
def test_modes_themes_hosts_and_pages_are_kept_apart() -> None:
    clients = [Client(), Client(), Client()]
    clients[1].cookies["mode"] = "elder"
    clients[2].cookies["theme"] = "dark"

    drawn = {get("/tenders/", client).content for client in clients}

    assert len(drawn) == 3
    assert {get("/tenders/", client).content for client in clients} == drawn
    assert kept_pages.figures()["hits"] == 3


# --- not kept ---
@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    "path",
    ["/tenders/?q=1", "/tenders/?x=1", "/search/", "/accounts/login/", "/healthz", "/tenders/x/"],
)
def test_what_has_too_many_answers_a_form_or_no_page_is_not_kept(path: str) -> None:
    response = get(path)
    get(path)

    assert kept_pages.figures()["pages"] == 0
    assert response["Cache-Control"] == "private, no-store" or path == "/accounts/login/"
    assert "ETag" not in response


@pytest.mark.usefixtures("site")
def test_nothing_is_kept_for_or_shown_to_who_is_signed_in() -> None:
    reader = Client()
    reader.force_login(UserFactory())
    get("/tenders/")

    own = get("/tenders/", reader)

    assert "退出登录" in own.content.decode()
    assert own["Cache-Control"] == "private, no-store"
    assert "ETag" not in own
    assert "退出登录" not in get("/tenders/").content.decode()
    other = Client()
    other.force_login(UserFactory())
    assert own.content != get("/tenders/", other).content
    # that of readers without a session, and the parts that all the others share
    assert kept_pages.figures()["pages"] == 2


@pytest.mark.usefixtures("site")
def test_who_was_told_something_gets_a_page_of_their_own() -> None:
    reader = Client()
    reader.cookies["messages"] = "anything"

    assert get("/tenders/", reader)["Cache-Control"] == "private, no-store"
    assert get("/tenders/")["Cache-Control"] == "no-cache"
    # the parts that all share, and then the page of readers who were told nothing
    assert kept_pages.figures()["pages"] == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"content": b'<input name="csrfmiddlewaretoken">'},
        {"status": 404},
        {"content_type": "application/json"},
        {"headers": {"Cache-Control": "private"}},
        {"headers": {"Content-Security-Policy": "script-src 'nonce-abc'"}},
    ],
)
def test_an_answer_that_may_be_one_readers_is_not_kept(changed: dict[str, object]) -> None:
    with known.watching(NOON):
        keep(RequestFactory().get("/tenders/"), HttpResponse(**changed), "key")

    assert kept_pages.figures()["pages"] == 0


def test_an_answer_with_a_cookie_is_not_kept() -> None:
    response = HttpResponse("page")
    response.set_cookie("a", "b")

    with known.watching(NOON):
        keep(RequestFactory().get("/tenders/"), response, "key")

    assert kept_pages.figures()["pages"] == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("rules")
def test_inside_a_transaction_nothing_is_kept() -> None:
    get("/tenders/")

    assert kept_pages.figures() == {"hits": 0, "misses": 0, "pages": 0, "bytes": 0}


# --- time ---
@pytest.mark.usefixtures("site")
def test_a_page_is_never_kept_past_the_next_deadline() -> None:
    end = NOON + timedelta(minutes=4)
    TenderFactory(active=True, tender_period_end=end, title="马上截止")
    get("/tenders/")

    with time_machine.travel(end, tick=False):
        after = get("/tenders/").content.decode()

    assert kept_pages.figures()["hits"] == 0
    assert "已截止" in after


@pytest.mark.usefixtures("site")
def test_a_page_is_kept_for_ten_minutes_when_nothing_on_it_ends_before() -> None:
    get("/items/")

    with time_machine.travel(NOON + timedelta(minutes=10, microseconds=-1), tick=False):
        get("/items/")
        assert kept_pages.figures()["hits"] == 1
    with time_machine.travel(NOON + timedelta(minutes=10), tick=False):
        get("/items/")
        assert kept_pages.figures()["hits"] == 1


@pytest.mark.usefixtures("site")
def test_a_kept_page_comes_with_the_time_of_its_sending() -> None:
    get("/items/")

    with time_machine.travel(NOON + timedelta(minutes=5), tick=False):
        told = get("/items/")["Server-Timing"]

    assert told == f'platform;desc="{(NOON + timedelta(minutes=5)).timestamp():.3f}"'


# --- browsers and proxies ---
@pytest.mark.usefixtures("site")
def test_a_browser_asks_and_is_told_that_it_has_the_page() -> None:
    page = get("/items/")

    again = get("/items/", **{"If-None-Match": page["ETag"]})

    assert page["Cache-Control"] == "no-cache"
    assert {"Cookie", "HX-Request"} <= {name.strip() for name in page["Vary"].split(",")}
    assert (again.status_code, again.content) == (304, b"")
    assert (again["ETag"], again["Cache-Control"]) == (page["ETag"], "no-cache")


@pytest.mark.usefixtures("site")
def test_a_version_that_leaves_a_page_as_it_was_leaves_its_tag() -> None:
    tag = get("/items/")["ETag"]
    ParameterFactory(key="x.y")

    assert get("/items/", **{"If-None-Match": tag}).status_code == 304


# --- memory ---
def page_of(size: int) -> KeptPage:
    return KeptPage(b"x" * (size - 1_000), (), NOON)


def test_the_page_asked_for_longest_ago_goes_first(settings) -> None:
    settings.KEPT_PAGES_BYTES = 6_000
    pages, before = KeptPages(), NOON - timedelta(seconds=1)
    for name in "abc":
        pages.put(name, page_of(2_000))
    pages.get("a", before)

    pages.put("d", page_of(2_000))

    assert [name for name in "abcd" if pages.get(name, before)] == ["a", "c", "d"]
    assert pages.figures()["bytes"] == 6_000


def test_a_page_larger_than_all_there_is_is_not_kept(settings) -> None:
    settings.KEPT_PAGES_BYTES = 6_000
    pages = KeptPages()

    pages.put("a", page_of(6_001))

    assert pages.figures() == {"hits": 0, "misses": 0, "pages": 0, "bytes": 0}


def test_only_public_addresses_have_a_key() -> None:
    for path in ("/workbench/", "/invitations/abc/", "/accounts/confirm-email/x/", "/cms/"):
        assert pages_kept.key_of(RequestFactory().get(path), "1-1-1") is None
    assert pages_kept.key_of(RequestFactory().get("/tenders/"), "1-1-1") is not None
    assert pages_kept.key_of(RequestFactory().get("/tenders/"), "") is None
    assert pages_kept.key_of(RequestFactory().post("/tenders/"), "1-1-1") is None
    assert pages_kept.key_of(RequestFactory().head("/tenders/"), "1-1-1") is None
