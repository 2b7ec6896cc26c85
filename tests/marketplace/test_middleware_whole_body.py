"""What was given up before it was whole is told so in Chinese, and nothing is done about it."""

from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from marketplace.middleware import BODY_REFUSED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "title", "reason"),
    [
        (HTTPStatus.REQUEST_TIMEOUT, "提交的内容没有传完", "没有收到全部内容"),
        (
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "提交的内容太大",
            "一次提交连同文件最多 22.0\xa0MB。",
        ),
    ],
)
def test_a_body_that_was_given_up_is_answered_without_a_look_at_the_database(
    client: Client, status: HTTPStatus, title: str, reason: str
) -> None:
    refused: dict[str, Any] = {BODY_REFUSED: status}

    with CaptureQueriesContext(connection) as queries:
        page = client.post("/accounts/login/", {"login": "a", "password": "b"}, **refused)

    assert page.status_code == status
    text = page.content.decode()
    assert f"<h1>{title}</h1>" in text
    assert reason in text
    assert "content-security-policy" in page.headers
    assert len(queries) == 0
    assert not Session.objects.exists()


@pytest.mark.django_db
def test_a_body_that_is_whole_goes_on(client: Client) -> None:
    whole: dict[str, Any] = {BODY_REFUSED: None}

    assert client.get("/healthz", **whole).status_code == 200
