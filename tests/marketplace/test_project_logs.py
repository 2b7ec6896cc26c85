"""What the log says about a request, and what it must not say."""

import io
import logging
from collections.abc import Iterator

import pytest
import structlog
from django.test import Client

from marketplace.kernel.effects import carry_out
from marketplace.kernel.models import Effect
from marketplace.project.logs import SealBids
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


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the platform's own handler writes."""
    root = logging.getLogger()
    (ours,) = [one for one in root.handlers if any(isinstance(f, SealBids) for f in one.filters)]
    assert isinstance(ours, logging.StreamHandler)
    stream = io.StringIO()
    before = ours.setStream(stream)
    yield stream
    if before is not None:
        ours.setStream(before)


def test_a_forged_request_for_a_bid_leaves_no_line(written: io.StringIO) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory(), backend="marketplace.parties.PersonBackend")

    assert client.post("/tenders/JX360702-2026-00001/bid/").status_code == 403
    assert client.post("/workbench/switch/").status_code == 403

    assert "JX360702-2026-00001" not in written.getvalue()
    assert "/workbench/switch/" in written.getvalue()


def test_a_failure_on_the_way_to_a_bid_names_neither_order_nor_person(
    written: io.StringIO,
) -> None:
    with structlog.contextvars.bound_contextvars(user_id=4711, ip="192.0.2.7"):
        logging.getLogger("some.library").error("failed: %s", "/tenders/JX360702-2026-00001/bid/")
        logging.getLogger("some.library").error("failed: %s", "/tenders/")

    sealed, other = written.getvalue().splitlines()
    assert "failed: /tenders/…/bid/" in sealed
    assert [word for word in ("JX360702", "4711", "192.0.2.7") if word in sealed] == []
    assert [word for word in ("4711", "192.0.2.7") if word not in other] == []
