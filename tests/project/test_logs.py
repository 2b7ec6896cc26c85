"""What the log says about a request, and what it must not say."""

import logging

import pytest
from django.test import Client

from marketplace.models import Effect
from marketplace.tasks import carry_out
from tests.clock import NOON
from tests.factories.marketplace import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

SECRET = "Secret-blue-porcelain-8"  # noqa: S105 - what the log must not hold


@pytest.fixture(autouse=True)
def _log_everything(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("django_structlog", "django.request", "django.security"):
        caplog.set_level(logging.DEBUG, logger=name)


@pytest.mark.parametrize("password", [PASSWORD, SECRET])
def test_no_password_goes_to_the_log(
    client: Client, caplog: pytest.LogCaptureFixture, password: str
) -> None:
    UserFactory(username="zhangsan")

    client.post("/accounts/login/", {"login": "zhangsan", "password": password})
    client.post(
        "/accounts/signup/",
        {"username": "lisi", "email": "l@e.test", "password1": SECRET, "password2": SECRET},
    )
    client.post("/accounts/password/change/", {"oldpassword": SECRET, "password1": SECRET})

    assert caplog.text
    assert password not in caplog.text
    assert SECRET not in caplog.text


def test_a_request_and_what_it_logs_carry_one_number(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/no-such-page/")

    structured = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
    assert {"request_started", "request_finished"} <= {entry["event"] for entry in structured}
    assert len({entry["request_id"] for entry in structured}) == 1


def test_a_failed_effect_is_logged_by_its_number_without_its_content(
    caplog: pytest.LogCaptureFixture,
) -> None:
    effect = Effect.objects.create(
        kind="unknown", key="unknown:1", payload={"amount": "86000.00"}, due_at=NOON
    )

    assert not carry_out(effect.pk)

    assert f"'effect_id': {effect.pk}" in caplog.text
    assert "86000" not in caplog.text
