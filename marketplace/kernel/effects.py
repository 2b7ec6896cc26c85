"""Work after a commit: every effect is a row; the task is only the fast path."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from celery import shared_task
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Least, Now

from marketplace.kernel.hooks import Way
from marketplace.kernel.inserts import insert, insert_all
from marketplace.kernel.models import Effect
from marketplace.kernel.models.effects import EffectQuerySet
from marketplace.kernel.statements import statement

log = structlog.get_logger(__name__)

MAX_ERROR = 300
MAX_ATTEMPTS = 32_767
MAX_DOUBLINGS = 30
ONE_MORE = Least(F("attempt_count") + 1, MAX_ATTEMPTS)


@dataclass(frozen=True)
class EffectHandler:
    """
    Carry out the effects of one kind: the work after a commit.

    `is_external` tells that it talks to another server, which may take its time: it runs without an
    open transaction, and once more when its worker dies before the mark. `run_all` carries out all
    effects of the kind together, for less than each alone, and tells whether it could.
    """

    kind: str
    run: Callable[[Mapping[str, Any]], None]
    is_external: bool = False
    run_all: Callable[[], bool] | None = None


EFFECT_HANDLERS = Way[EffectHandler]()


_put_off: ContextVar[frozenset[str]] = ContextVar("put_off", default=frozenset())


def kinds_put_off() -> frozenset[str]:
    """Return the kinds of effects that are left until the end of a load."""
    return _put_off.get()


@contextmanager
def putting_off(now: Callable[[], datetime]) -> Iterator[None]:
    """
    Leave what can be carried out for all together until the end of the block, and do so there.

    For the load of a whole province, which nobody looks at before it is there. What could not be
    carried out is left to the sweeps, and so is what is not yet due then, by the clock `now`.
    """
    together = {one.kind: one.run_all for one in EFFECT_HANDLERS if one.run_all is not None}
    token = _put_off.set(frozenset(together))
    try:
        yield
    finally:
        _put_off.reset(token)
    for kind, run_all in together.items():
        due = Effect.objects.due(now()).filter(kind=kind)
        stored = list(due.values_list("pk", flat=True))
        if stored and run_all():
            _mark_done(Effect.objects.filter(pk__in=stored))


class NoHandler(LookupError):
    """Nobody carries out effects of this kind."""


def handler_of(kind: str) -> EffectHandler:
    """
    Return what carries out effects of `kind`.

    Raises:
        NoHandler: no app above has one.
    """
    for handler in EFFECT_HANDLERS:
        if handler.kind == kind:
            return handler
    raise NoHandler(kind)


@shared_task
def run_effect(effect_id: int) -> None:
    """
    Carry out one effect unless it is done; the sweep calls the same function.

    A task whose effect is not in this database came from another platform on the same broker. It
    is noted: that platform waits for its sweep, and ours too, for the tasks of ours that it took.
    """
    if not carry_out(effect_id) and not Effect.objects.filter(pk=effect_id).exists():
        log.warning("effect_unknown", effect_id=effect_id)


def enqueue(*, kind: str, key: str, payload: Mapping[str, Any], due_at: datetime) -> Effect:
    """
    Store an effect in this transaction and ask a worker for it after the commit.

    `key` makes it happen once: the same kind of effect with the same key is stored once only.
    A broker that is down does not matter to the caller; the sweep finds the row.
    """
    name = key_of(kind, key)
    if (known := _of_key.one(name)) is not None:
        return known
    try:
        with transaction.atomic():
            effect = insert(Effect(key=name, kind=kind, payload=dict(payload), due_at=due_at))
    except IntegrityError:  # somebody else was quicker
        return Effect.objects.get(key=name)
    _ask_after_commit(effect)
    return effect


@statement
def _of_key(key: str) -> QuerySet[Effect, Effect]:
    return Effect.objects.filter(key=key).order_by()


def key_of(kind: str, key: str) -> str:
    """Return the name under which an effect is stored once."""
    return f"{kind}:{key}"


def enqueue_new(effects: Sequence[Effect]) -> None:
    """
    Store effects as `enqueue` does, in one statement; `key_of` gives each its key.

    No key may be known: they are of rows that this very act has made.
    """
    for effect in insert_all(effects):
        _ask_after_commit(effect)


class Broker:
    """
    How this process gets on with the broker.

    One that does not answer costs every caller its time-out, and an act may have a dozen effects.
    So after a failure nobody asks it for `BROKER_REST_SECONDS`; the sweep does what comes up.
    """

    rests_until = 0.0

    @classmethod
    def is_worth_asking(cls) -> bool:
        return time.monotonic() >= cls.rests_until

    @classmethod
    def let_rest(cls) -> None:
        cls.rests_until = time.monotonic() + settings.BROKER_REST_SECONDS


def _ask_after_commit(effect: Effect) -> None:
    if effect.kind in kinds_put_off():
        return
    transaction.on_commit(lambda: _ask_a_worker(effect.pk), robust=True)


def _ask_a_worker(effect_id: int) -> None:
    if not Broker.is_worth_asking():
        return
    try:
        run_effect.apply_async(args=[effect_id], retry=False)
    except Exception:
        Broker.let_rest()
        raise


def carry_out(effect_id: int) -> bool:
    """
    Run the handler of one effect and mark it done.

    What writes to our database alone runs in one transaction with the mark: once. What talks to
    another server runs without an open transaction, under a lease, at least once: when its worker
    dies before the mark, the lease runs out and a sweep does it again.

    Returns False when it was done already, when another worker is at it, when it rests after a
    failure, or when it failed; a failure is kept on the row, and the next attempt moves away.
    """
    effect = Effect.objects.ready().filter(pk=effect_id).first()
    if effect is None:
        return False
    try:
        handler = handler_of(effect.kind)
        if handler.is_external:
            return _run_under_a_lease(effect, handler)
        return _run_with_the_mark(effect, handler)
    except Exception as error:
        log.exception("effect_failed", effect_id=effect_id)
        _note_failure(effect, error)
        return False


def _run_with_the_mark(effect: Effect, handler: EffectHandler) -> bool:
    with transaction.atomic():
        ready = Effect.objects.ready().select_for_update(skip_locked=True)
        if ready.filter(pk=effect.pk).first() is None:
            return False
        handler.run(effect.payload)
        _mark_done(Effect.objects.filter(pk=effect.pk))
    return True


def _run_under_a_lease(effect: Effect, handler: EffectHandler) -> bool:
    lease = timedelta(seconds=settings.EFFECT_LEASE_SECONDS)
    if not Effect.objects.ready().filter(pk=effect.pk).update(next_attempt_at=Now() + lease):
        return False
    handler.run(effect.payload)
    _mark_done(Effect.objects.filter(pk=effect.pk))
    return True


def _mark_done(effects: EffectQuerySet) -> None:
    effects.open().update(
        done_at=Now(), next_attempt_at=None, attempt_count=ONE_MORE, last_error=""
    )


def _note_failure(effect: Effect, error: Exception) -> None:
    """Count the failure and let the effect rest, by the database's clock."""
    rest = rest_after(effect.attempt_count + 1)
    Effect.objects.open().filter(pk=effect.pk).update(
        attempt_count=ONE_MORE, next_attempt_at=Now() + rest, last_error=repr(error)[:MAX_ERROR]
    )


def rest_after(failures: int) -> timedelta:
    """Return how long an effect rests after it has failed `failures` times, from 1: doubling."""
    longest = settings.EFFECT_RETRY_MAX_SECONDS
    doublings = min(failures - 1, MAX_DOUBLINGS)
    return timedelta(seconds=min(settings.EFFECT_RETRY_SECONDS * 2**doublings, longest))
