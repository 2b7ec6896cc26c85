"""What no request may carry."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries
from structlog.contextvars import clear_contextvars, get_contextvars

from marketplace.kernel.models import AuditEntry
from marketplace.middleware import RequestLog
from marketplace.models import User
from tests.factories.marketplace import PASSWORD, UserFactory, load_rules

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
FACT = "<h1>请求无法识别</h1>"


@pytest.mark.parametrize(
    "address",
    [
        "/tenders/%00/",
        "/tenders/JX%00/bid/",
        "/no%00page/",
    ],
)
def test_a_nul_in_an_address_is_answered_plainly_and_asks_the_database_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    with django_assert_num_queries(0):
        answer = client.get(address)

    assert answer.status_code == 400
    assert FACT in answer.content.decode()
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address",
    ["/items/?%00=1", "/search/?q=%00", "/rules/?page=\0"],
)
def test_a_nul_in_what_a_page_is_asked_for_is_a_blank(client: Client, address: str) -> None:
    load_rules()

    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 400


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/accounts/signup/", "username=zhang%00san&email=z@example.test"),
        ("/accounts/signup/", "username%00=zhangsan&email=z@example.test"),
        ("/accounts/login/", "login=zhangsan&password=%00"),
    ],
)
def test_a_nul_in_a_form_is_answered_plainly_and_writes_nothing(
    client: Client, path: str, body: str
) -> None:
    rest = "&password1=Ganjiang-2026-qi&password2=Ganjiang-2026-qi"

    answer = client.post(path, body + rest, content_type=FORM)

    assert answer.status_code == 400
    assert FACT in answer.content.decode()
    assert not User.objects.exists()
    assert not AuditEntry.objects.exists()
    assert not Session.objects.exists()


def test_a_form_in_another_encoding_is_answered_plainly_also_to_who_has_a_token() -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/accounts/login/")

    answer = client.post("/accounts/login/", b"a=%ff", content_type=f"{FORM}; charset=utf-16")

    assert answer.status_code == 400
    assert FACT in answer.content.decode()


def test_what_only_looks_like_a_nul_passes(client: Client) -> None:
    user = UserFactory(username="zhangsan")

    assert client.get("/no-such-page-000/?q=%2500").status_code == 404
    answer = client.post(
        "/accounts/login/", f"login={user.username}&password={PASSWORD}", content_type=FORM
    )

    assert answer.status_code == 302


# --- Addresses for forms only ---------------------------------------------------------------------
@pytest.mark.parametrize(
    "address",
    [
        "/contracts/ab12/upload/",
        "/contracts/ab12/rate/",
        "/admission/reapply/",
        "/members/1/end/",
        "/workbench/switch/",
    ],
)
def test_an_address_for_forms_says_so_when_it_is_opened(client: Client, address: str) -> None:
    answer = client.get(address)
    text = answer.content.decode()

    assert (answer.status_code, answer["Allow"]) == (405, "POST, OPTIONS")
    assert "<h1>这个地址不能直接打开</h1>" in text
    assert '<a class="btn btn-secondary" href="/">回到首页</a>' in text
    assert "去工作台" not in text
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_who_is_signed_in_goes_from_there_to_the_workbench(client: Client) -> None:
    client.force_login(UserFactory())

    text = client.get("/members/1/end/").content.decode()

    assert '<a class="btn btn-primary" href="/workbench/">去工作台</a>' in text


def test_a_page_that_is_only_read_says_so_when_a_form_is_sent_to_it(client: Client) -> None:
    answer = client.post("/display/")

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert "<h1>这个地址不能直接打开</h1>" in answer.content.decode()


def test_a_program_that_wants_no_page_gets_none(client: Client) -> None:
    answer = client.get("/members/1/end/", headers={"accept": "application/json"})

    assert (answer.status_code, answer.content) == (405, b"")


# --- rates --------------------------------------------------------------------------------------
@pytest.fixture
def rates(settings) -> Iterator[None]:
    settings.RATE_LIMITS = {
        "search": "2/m/ip",
        "suggest": "3/m/ip",
        "anonymous": "2/m/ip",
        "registration": "2/h/user",
    }
    cache.clear()
    yield
    cache.clear()


@pytest.mark.django_db
@pytest.mark.usefixtures("rates")
def test_searches_and_anonymous_forms_of_one_address_are_limited(client: Client) -> None:
    other = {"REMOTE_ADDR": "203.0.113.7"}

    searches = [client.get("/search/").status_code for _search in range(3)]
    forms = [client.post("/workbench/switch/").status_code for _form in range(3)]

    typing = [client.get("/search/suggest/").status_code for _letter in range(4)]

    assert searches == [200, 200, 429]
    assert typing == [200, 200, 200, 429]
    assert client.get("/feeds/tenders.rss").status_code == 429
    assert forms == [302, 302, 429]
    assert client.get("/search/", **other).status_code == 200
    assert client.post("/workbench/switch/", **other).status_code == 302
    assert client.get("/accounts/login/").status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("rates")
def test_registrations_of_one_person_are_limited(client: Client) -> None:
    client.force_login(UserFactory())

    answers = [client.post("/register/agency/", {}).status_code for _form in range(3)]

    assert answers == [422, 422, 429]
    client.force_login(UserFactory())
    assert client.post("/register/agency/", {}).status_code == 422


@pytest.mark.django_db
def test_nobody_sends_a_large_body_without_signing_in(client: Client, settings) -> None:
    settings.ANONYMOUS_MAX_BYTES = 1000
    body = {"name": "x" * 1000}

    refused = client.post("/register/agency/", body)

    assert refused.status_code == 413
    assert "请先登录，再上传文件。" in refused.content.decode()
    assert "kept" not in client.session
    client.force_login(UserFactory())
    assert client.post("/register/agency/", body).status_code == 422


# --- The port that a request asks for -------------------------------------------------------------
def test_a_port_in_host_that_is_not_ours_is_answered_400_and_makes_no_link(
    client: Client, settings
) -> None:
    settings.ALLOWED_PORTS = {443}

    for host, status in {
        "market.example.test": 200,
        "market.example.test:443": 200,
        "market.example.test:8443": 400,
        "[::1]:80": 400,
    }.items():
        answer = client.get("/accounts/login/", headers={"host": host})
        assert answer.status_code == status, host
        assert (b"8443" in answer.content) is False

    assert client.get("/healthz", headers={"host": "127.0.0.1:8000"}).status_code == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "noted"),
    [
        (0, "198.51.100.7", "192.0.2.1"),  # anybody may write that header
        (1, "198.51.100.7, 203.0.113.5", "203.0.113.5"),
        (2, "198.51.100.7, 203.0.113.5", "198.51.100.7"),
        (2, "203.0.113.5", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_the_log_notes_the_address_that_a_trusted_proxy_has_seen(
    settings: Any, rf: RequestFactory, proxies: int, forwarded: str, noted: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    RequestLog.bind_ip(rf.get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded))

    assert get_contextvars()["ip"] == noted
    clear_contextvars()
