"""The outbox: an effect is a row first; who carries it out, and what a failure leaves behind."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from kombu.exceptions import OperationalError

from marketplace.due import sweep_effects
from marketplace.models import Effect, Message, Organization
from marketplace.project.celery import app
from marketplace.tasks import carry_out, enqueue
from tests.clock import NOON
from tests.factories.marketplace import OrganizationFactory, UserFactory

done: list[Mapping[str, Any]] = []


def note(payload: Mapping[str, Any]) -> None:
    """Handle effects of these tests: remember them, and write a row where one asks for it."""
    if "write" in payload:
        OrganizationFactory(name=payload["write"])
    if payload.get("fails"):
        raise ValueError(payload["fails"])
    done.append(payload)


@pytest.fixture(autouse=True)
def _handlers(settings) -> Iterator[None]:
    settings.EFFECT_HANDLERS = {
        **settings.EFFECT_HANDLERS,
        "note": "tests.marketplace.test_tasks.note",
    }
    yield
    done.clear()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Collect the effects that a worker was asked for, instead of sending them to a broker."""
    sent: list[int] = []
    monkeypatch.setattr(app, "send_task", lambda _name, args, *_rest, **_options: sent.extend(args))
    return sent


def effect(key: str = "one", **payload: Any) -> Effect:
    return enqueue(kind="note", key=key, payload=payload, due_at=NOON)


@pytest.mark.django_db
def test_an_effect_is_a_row_and_a_worker_is_asked_after_the_commit(
    asked: list[int], django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        row = effect(word="a")

    assert (row.kind, row.key, row.payload, row.done_at) == (
        "note",
        "note:one",
        {"word": "a"},
        None,
    )
    assert asked == []

    [ask] = callbacks
    ask()
    assert asked == [row.pk]
    assert done == []


@pytest.mark.django_db
def test_the_same_key_is_stored_and_asked_for_once(
    asked: list[int], django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first, second = effect(word="a"), effect(word="b")

    assert first.pk == second.pk
    assert Effect.objects.get().payload == {"word": "a"}
    assert asked == [first.pk]


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_act_leaves_neither_a_row_nor_a_task(asked: list[int]) -> None:
    with transaction.atomic():
        effect()
        transaction.set_rollback(True)

    assert not Effect.objects.exists()
    assert asked == []


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_does_not_break_the_act_and_the_sweep_finishes_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def down(*_args: Any, **_options: Any) -> None:
        raise OperationalError("no broker")

    monkeypatch.setattr(app, "send_task", down)

    with transaction.atomic():
        row = effect(word="a")

    assert done == []
    assert sweep_effects(NOON) == 1
    row.refresh_from_db()
    assert row.done_at is not None
    assert done == [{"word": "a"}]


@pytest.mark.django_db
def test_the_sweep_leaves_what_is_not_due_and_what_is_done() -> None:
    later = enqueue(kind="note", key="later", payload={}, due_at=NOON.replace(hour=13))
    effect(word="now")

    assert sweep_effects(NOON) == 1
    assert sweep_effects(NOON) == 0
    assert done == [{"word": "now"}]
    assert sweep_effects(later.due_at) == 1


@pytest.mark.django_db
def test_a_failing_handler_keeps_the_row_and_undoes_its_own_writes() -> None:
    row = effect(write="半途", fails="boom")

    assert not carry_out(row.pk)
    assert not carry_out(row.pk)

    row.refresh_from_db()
    assert (row.done_at, row.attempt_count) == (None, 2)
    assert row.last_error == "ValueError('boom')"
    assert not Organization.objects.exists()


@pytest.mark.django_db
def test_one_failing_effect_does_not_hold_up_the_others() -> None:
    effect("bad", fails="boom")
    effect("good", word="a")

    assert sweep_effects(NOON) == 1
    assert done == [{"word": "a"}]


@pytest.mark.django_db
def test_an_effect_is_carried_out_once_however_often_it_is_asked_for() -> None:
    row = effect(word="a")

    assert carry_out(row.pk)
    assert not carry_out(row.pk)
    assert not carry_out(row.pk + 1)

    row.refresh_from_db()
    assert row.attempt_count == 1
    assert done == [{"word": "a"}]


@pytest.mark.django_db
@pytest.mark.parametrize(("email", "sent"), [("reader@example.test", 1), ("", 0)])
def test_an_e_mail_goes_to_the_reader_s_address_when_there_is_one(
    settings, email: str, sent: int
) -> None:
    settings.PUBLIC_URL = "https://market.example.test"
    message = Message.objects.create(
        user=UserFactory(email=email),
        organization=OrganizationFactory(),
        kind="marketplace/test",
        subject="入驻申请已退回",
        body="请更正。",
        url="/admission/",
        created_at=NOON,
    )
    row = enqueue(kind="email", key="1", payload={"message": message.pk}, due_at=NOON)

    assert carry_out(row.pk)

    assert len(mail.outbox) == sent
    for letter in mail.outbox:
        assert letter.to == [email]
        assert letter.subject == "入驻申请已退回"
        assert letter.body == "请更正。\n\nhttps://market.example.test/admission/"
