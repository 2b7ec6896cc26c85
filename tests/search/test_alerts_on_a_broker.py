"""Alerts with a real broker and a real worker that dies half way: once each, and none is lost."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from django.conf import settings

from marketplace.actions.messages import EMAIL
from marketplace.addresses import confirm_address
from marketplace.kernel.models import Effect
from marketplace.models import Message
from search.alerts import save_search
from search.backends import database_index
from search.models import Alert, AlertHit
from tests.clock import NOON
from tests.factories.marketplace import AuthorityFactory, UserFactory, party
from tests.marketplace.test_tasks_on_a_broker import _empty_queue  # noqa: F401 - a fixture
from tests.search.asking import ORIGINAL
from tests.servers import Worker, silent_server, wait_until

pytestmark = [pytest.mark.broker, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def outbox() -> Iterator[Path]:
    folder = Path(settings.EMAIL_FILE_PATH)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_a_killed_worker_leaves_alerts_that_are_told_once_each(
    make_worker: Callable[..., Worker], outbox: Path
) -> None:
    authority = AuthorityFactory()
    for number in range(3):
        user = party(authority, "operator", user=UserFactory(email=f"r{number}@example.test")).user
        confirm_address(user)
        given = {"scope": "search", "asked": "q=维护", "title": "维护", "pace": "at_once"}
        at = NOON - timedelta(days=1)
        save_search(user=user, organization=authority, at=at, is_mailed=True, **given)
    database_index().put([ORIGINAL], 1)

    with silent_server() as (address, calls):
        halting = make_worker(EMAIL_URL=f"smtp://{address}", EFFECT_LEASE_SECONDS="2")
        halting.start(scheduler=True)
        wait_until(calls)
        halting.kill()
    make_worker().start(scheduler=True)

    wait_until(lambda: Effect.objects.filter(kind="alert", done_at__isnull=False).count() == 3)
    mails = Effect.objects.filter(kind=EMAIL)
    wait_until(lambda: mails.filter(done_at__isnull=False).count() == mails.count())
    sent = sorted(message_from_bytes(path.read_bytes())["To"] for path in outbox.glob("*"))
    assert sent == ["r0@example.test", "r1@example.test", "r2@example.test"]
    assert Message.objects.filter(kind="search/alert").count() == 3
    assert (Alert.objects.count(), AlertHit.objects.count()) == (3, 3)
