"""Work after a commit with a real broker and a real worker process; CI runs it on each broker."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message as Email
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from marketplace.addresses import confirm_address
from marketplace.kernel.effects import enqueue
from marketplace.kernel.models import Effect
from marketplace.models import (
    Division,
    Message,
    Organization,
    User,
)
from marketplace.project.celery import app
from tests.clock import NOON
from tests.servers import Worker, closed_port, silent_server, wait_until

pytestmark = [pytest.mark.broker, pytest.mark.django_db(transaction=True)]

MakeWorker = Callable[..., Worker]
LONG_AGO = NOON.replace(year=2020)


@pytest.fixture(autouse=True)
def _empty_queue() -> Iterator[None]:
    """Leave no task of an earlier test, or of the platform it ran, to the worker of the next."""
    _purge()
    yield
    _purge()


def _purge() -> None:
    with app.connection_for_read() as connection:
        connection.default_channel.queue_purge("celery")


@contextmanager
def broker_at(address: str) -> Iterator[None]:
    """Send this process's tasks to a Redis that is not there, or not well."""
    ours = {
        "broker_write_url": f"redis://{address}/0",
        "broker_transport_options": settings.BROKER_SERVER_OPTIONS,
    }
    before = {name: app.conf[name] for name in ours}
    app.conf.update(ours)
    app._after_fork()  # forgets the open connections
    yield
    app.conf.update(before)
    app._after_fork()


@pytest.fixture
def _broker_down() -> Iterator[None]:
    """Send this process's tasks to a port where nobody listens."""
    with broker_at(f"127.0.0.1:{closed_port()}"):
        yield


@pytest.fixture
def outbox() -> Iterator[Path]:
    """Return the folder that the workers' e-mail goes to."""
    folder = Path(settings.EMAIL_FILE_PATH)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def message() -> Message:
    user = User.objects.create_user("reader", email="reader@example.test")
    confirm_address(user)
    division = Division.objects.create(code="360000", name="江西省", level="province")
    organization = Organization.objects.create(
        kind="authority", name="江西测试管理局", division=division, registered_at=LONG_AGO
    )
    return Message.objects.create(
        user=user,
        organization=organization,
        kind="marketplace/test",
        subject="入驻审核已退回",
        body="请补正。",
        created_at=LONG_AGO,
    )


def store_effect(message: Message) -> Effect:
    with transaction.atomic():
        return enqueue(
            kind="email", key=message.slug, payload={"message": message.pk}, due_at=LONG_AGO
        )


def emails(outbox: Path) -> list[Email]:
    return [message_from_bytes(path.read_bytes()) for path in sorted(outbox.glob("*"))]


def is_done(effect: Effect) -> bool:
    effect.refresh_from_db()
    return effect.done_at is not None


def test_a_worker_carries_out_an_effect_after_the_commit(
    make_worker: MakeWorker, message: Message, outbox: Path
) -> None:
    make_worker().start()

    effect = store_effect(message)

    wait_until(lambda: is_done(effect))
    assert effect.attempt_count == 1
    assert [email["To"] for email in emails(outbox)] == ["reader@example.test"]


def test_an_effect_of_a_transaction_that_is_rolled_back_is_never_carried_out(
    make_worker: MakeWorker, message: Message, outbox: Path
) -> None:
    make_worker().start()

    with transaction.atomic():
        store_effect(message)
        transaction.set_rollback(True)
    later = store_effect(message)

    wait_until(lambda: is_done(later))
    assert Effect.objects.count() == 1
    assert len(emails(outbox)) == 1


def test_a_worker_killed_half_way_leaves_the_effect_to_the_next_sweep(
    make_worker: MakeWorker, message: Message, outbox: Path
) -> None:
    with silent_server() as (address, calls):
        halting = make_worker(EMAIL_URL=f"smtp://{address}", EFFECT_LEASE_SECONDS="2")
        halting.start()
        effect = store_effect(message)
        wait_until(calls)
        halting.kill()
    assert not is_done(effect)

    make_worker().start(scheduler=True)

    wait_until(lambda: is_done(effect))
    assert len(emails(outbox)) == 1


def test_an_effect_stored_while_no_worker_runs_waits_for_one(
    make_worker: MakeWorker, message: Message, outbox: Path
) -> None:
    effect = store_effect(message)

    make_worker().start()

    wait_until(lambda: is_done(effect))
    assert len(emails(outbox)) == 1


@pytest.mark.usefixtures("_broker_down")
def test_an_effect_stored_while_the_broker_is_down_is_carried_out_by_the_sweep(
    make_worker: MakeWorker, message: Message, outbox: Path
) -> None:
    effect = store_effect(message)

    make_worker().start(scheduler=True)

    wait_until(lambda: is_done(effect))
    assert len(emails(outbox)) == 1


def test_an_act_with_many_effects_waits_once_for_a_broker_that_hangs() -> None:
    with silent_server() as (address, calls), broker_at(address):
        with transaction.atomic():
            for key in "abcde":
                enqueue(kind="email", key=key, payload={}, due_at=LONG_AGO)
        asked = calls()

    assert asked == 1
    assert Effect.objects.filter(done_at__isnull=True).count() == 5
