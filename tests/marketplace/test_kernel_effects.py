"""The outbox: an effect is a row first; who carries it out, and what a failure leaves behind."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from marketplace.addresses import confirm_address
from marketplace.kernel.due import sweep_effects
from marketplace.kernel.effects import (
    EFFECT_HANDLERS,
    Broker,
    EffectHandler,
    NoHandler,
    carry_out,
    enqueue,
    handler_of,
    putting_off,
    rest_after,
    run_effect,
)
from marketplace.kernel.models import Effect
from marketplace.models import Message, Organization
from marketplace.project.celery import app
from tests.clock import NOON
from tests.factories.marketplace import OrganizationFactory, UserFactory

JUST_NOW = datetime(2020, 1, 1, tzinfo=UTC)
done: list[Mapping[str, Any]] = []
in_transaction: list[bool] = []
leases: list[bool] = []
seconds: list[bool] = []


def note(payload: Mapping[str, Any]) -> None:
    """Handle effects of these tests: remember them, and write a row where one asks for it."""
    if "write" in payload:
        OrganizationFactory(name=payload["write"])
    if payload.get("fails"):
        raise ValueError(payload["fails"])
    in_transaction.append(connection.in_atomic_block)
    done.append(payload)


def rests_for(seconds: int) -> bool:
    """Tell whether the one effect may be tried again in `seconds`, give or take a slow machine."""
    end = Now() + timedelta(seconds=seconds)
    begin = Now() + timedelta(seconds=seconds - 10)
    return Effect.objects.filter(next_attempt_at__gt=begin, next_attempt_at__lte=end).exists()


def call(payload: Mapping[str, Any]) -> None:
    """Handle effects of these tests that pretend to talk to another server."""
    row = Effect.objects.get()
    leases.append(rests_for(300))
    if payload.get("dies"):
        raise SystemExit
    if payload.get("again"):
        seconds.append(carry_out(row.pk))
    if payload.get("overtaken"):
        Effect.objects.update(done_at=NOON)
        raise TimeoutError
    note(payload)


@pytest.fixture(autouse=True)
def _handlers(answering) -> Iterator[None]:
    own = [EffectHandler("note", note), EffectHandler("call", call, is_external=True)]
    answering(EFFECT_HANDLERS.answer(*EFFECT_HANDLERS, *own))
    yield
    for noted in (done, in_transaction, leases, seconds):
        noted.clear()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Collect the effects that a worker was asked for, instead of sending them to a broker."""
    sent: list[int] = []
    monkeypatch.setattr(app, "send_task", lambda _name, args, *_rest, **_options: sent.extend(args))
    return sent


def effect(key: str = "one", *, due_at: datetime = NOON, **payload: Any) -> Effect:
    return enqueue(kind="note", key=key, payload=payload, due_at=due_at)


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


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_does_not_answer_is_asked_once_and_left_alone_for_a_while(
    settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    def down(_name: str, args: list[int], *_rest: Any, **_options: Any) -> None:
        tries.extend(args)
        raise OperationalError("no broker")

    monkeypatch.setattr(app, "send_task", down)
    with transaction.atomic():
        first = effect("first")
        effect("second")
    effect("third")
    assert tries == [first.pk]

    settings.BROKER_REST_SECONDS = 0
    Broker.let_rest()
    fourth = effect("fourth")

    assert tries == [first.pk, fourth.pk]
    assert sweep_effects(NOON) == 4


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

    row.refresh_from_db()
    assert (row.done_at, row.attempt_count) == (None, 1)
    assert row.last_error == "ValueError('boom')"
    assert not Organization.objects.exists()


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(1, 30), (2, 60), (3, 120), (5, 480), (6, 600), (7, 600), (32_767, 600)],
)
def test_the_rest_after_a_failure_doubles_up_to_ten_minutes(failures: int, seconds: int) -> None:
    assert rest_after(failures) == timedelta(seconds=seconds)


@pytest.mark.django_db(transaction=True)
def test_an_effect_that_failed_rests_by_the_real_clock_and_nobody_tries_it_meanwhile() -> None:
    row = effect(fails="boom")
    Effect.objects.update(attempt_count=3)

    assert sweep_effects(NOON) == 0

    row.refresh_from_db()
    assert row.attempt_count == 4
    assert rests_for(240)
    assert sweep_effects(NOON + timedelta(days=9)) == 0
    assert not carry_out(row.pk)
    row.refresh_from_db()
    assert row.attempt_count == 4


@pytest.mark.django_db
def test_all_is_done_after_the_rest_when_the_outage_has_ended() -> None:
    rows = [effect("one", fails="boom"), effect("two", fails="boom")]
    assert sweep_effects(NOON) == 0
    Effect.objects.update(payload={"word": "a"}, next_attempt_at=JUST_NOW)

    assert sweep_effects(NOON) == 2

    assert done == [{"word": "a"}, {"word": "a"}]
    for row in rows:
        row.refresh_from_db()
        assert (row.attempt_count, row.last_error, row.next_attempt_at) == (2, "", None)


@pytest.mark.django_db
@pytest.mark.parametrize("payload", [{"word": "a"}, {"fails": "boom"}])
def test_the_count_of_attempts_ends_at_what_the_column_holds(payload: Mapping[str, str]) -> None:
    row = effect(**payload)
    Effect.objects.update(attempt_count=32_767)

    carry_out(row.pk)

    row.refresh_from_db()
    assert row.attempt_count == 32_767


@pytest.mark.django_db(transaction=True)
def test_a_handler_that_only_writes_here_runs_in_one_transaction_with_the_mark() -> None:
    row = effect(word="a")

    assert carry_out(row.pk)

    assert in_transaction == [True]


@pytest.mark.django_db(transaction=True)
def test_a_handler_that_calls_outside_runs_without_a_transaction_and_under_a_lease() -> None:
    row = enqueue(kind="call", key="1", payload={"word": "a"}, due_at=NOON)

    assert carry_out(row.pk)

    assert in_transaction == [False]
    assert leases == [True]
    row.refresh_from_db()
    assert (row.attempt_count, row.next_attempt_at) == (1, None)
    assert row.done_at is not None


@pytest.mark.django_db(transaction=True)
def test_nobody_else_calls_outside_while_the_lease_runs() -> None:
    row = enqueue(kind="call", key="1", payload={"again": True}, due_at=NOON)

    assert carry_out(row.pk)

    assert seconds == [False]
    assert done == [{"again": True}]


@pytest.mark.django_db(transaction=True)
def test_what_a_dead_worker_had_begun_is_done_when_its_lease_has_run_out() -> None:
    row = enqueue(kind="call", key="1", payload={"dies": True}, due_at=NOON)
    with pytest.raises(SystemExit):
        carry_out(row.pk)
    row.refresh_from_db()
    assert (row.done_at, row.attempt_count) == (None, 0)
    assert sweep_effects(NOON) == 0

    Effect.objects.update(payload={"word": "a"}, next_attempt_at=JUST_NOW)

    assert sweep_effects(NOON) == 1
    assert done == [{"word": "a"}]


@pytest.mark.django_db(transaction=True)
def test_a_call_that_fails_after_another_worker_has_done_it_leaves_it_done() -> None:
    row = enqueue(kind="call", key="1", payload={"overtaken": True}, due_at=NOON)

    assert not carry_out(row.pk)

    row.refresh_from_db()
    assert (row.attempt_count, row.last_error) == (0, "")
    assert row.done_at == NOON


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
def test_a_task_about_an_effect_of_another_database_is_noted_and_changes_nothing(caplog) -> None:
    row = effect()

    run_effect(row.pk + 1)

    assert ["effect_unknown" in record.getMessage() for record in caplog.records] == [True]
    row.refresh_from_db()
    assert (row.done_at, row.attempt_count, done) == (None, 0, [])


@pytest.mark.django_db
def test_a_task_about_an_effect_that_is_done_already_is_not_noted(caplog) -> None:
    row = effect()
    run_effect(row.pk)

    run_effect(row.pk)

    assert caplog.records == []
    assert done == [{}]


@pytest.mark.django_db
@pytest.mark.parametrize(("email", "sent"), [("reader@example.test", 1), ("", 0)])
def test_an_e_mail_goes_to_the_reader_s_address_when_there_is_one(
    settings, email: str, sent: int
) -> None:
    settings.PUBLIC_URL = "https://market.example.test"
    reader = UserFactory(email=email)
    if email:
        confirm_address(reader)
    message = Message.objects.create(
        user=reader,
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
        assert letter.body == f"请更正。\n\nhttps://market.example.test/inbox/{message.slug}/"


def test_an_effect_without_a_handler_is_a_mistake() -> None:
    with pytest.raises(NoHandler, match="no-such-kind"):
        handler_of("no-such-kind")


@pytest.mark.django_db
@pytest.mark.parametrize("could", [True, False])
def test_a_load_puts_off_what_can_be_done_together_and_does_it_once_at_its_end(
    asked: list[int], answering, django_capture_on_commit_callbacks, could: bool
) -> None:
    at_once: list[int] = []

    def all_of_them() -> bool:
        at_once.append(Effect.objects.open().count())
        return could

    own = [EffectHandler("note", note, run_all=all_of_them), EffectHandler("other", note)]
    answering(EFFECT_HANDLERS.answer(*own))

    with django_capture_on_commit_callbacks(execute=True):
        with putting_off(lambda: NOON):
            rows = [effect("a"), effect("b")]
            ahead = effect("ahead", due_at=NOON + timedelta(days=1))
            single = enqueue(kind="other", key="c", payload={"word": "c"}, due_at=NOON)
            assert sweep_effects(NOON) == 1
            assert (at_once, done) == ([], [{"word": "c"}])
        assert at_once == [3]
        later = effect("d")

    assert asked == [single.pk, later.pk]
    assert done == [{"word": "c"}]
    left = set(Effect.objects.open().values_list("pk", flat=True))
    still_open = {ahead.pk, later.pk}
    assert left == (still_open if could else {*still_open, *(row.pk for row in rows)})


@pytest.mark.django_db
def test_a_load_that_has_put_off_nothing_due_does_nothing_at_its_end(answering) -> None:
    at_once: list[bool] = []
    handler = EffectHandler("note", note, run_all=lambda: bool(at_once.append(True)))
    answering(EFFECT_HANDLERS.answer(handler))

    with putting_off(lambda: NOON):
        effect("ahead", due_at=NOON + timedelta(days=1))

    assert at_once == []
