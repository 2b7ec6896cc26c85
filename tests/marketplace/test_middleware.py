"""What no request may carry."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from marketplace.models import AuditEntry, User
from tests.factories.marketplace import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
FACT = "<h1>平台读不懂这次请求</h1>"


@pytest.mark.parametrize(
    "address",
    [
        "/tenders/%00/",
        "/tenders/JX%00/bid/",
        "/no%00page/",
        "/tenders/?q=%00",
        "/agencies/?q=a%00b",
        "/items/?%00=1",
        "/credit/restrictions/?kind=%00",
        "/search/?q=%00",
        "/rules/?page=\0",
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


def test_what_only_looks_like_a_nul_passes(client: Client) -> None:
    user = UserFactory(username="zhangsan")

    assert client.get("/no-such-page-000/?q=%2500").status_code == 404
    answer = client.post(
        "/accounts/login/", f"login={user.username}&password={PASSWORD}", content_type=FORM
    )

    assert answer.status_code == 302
