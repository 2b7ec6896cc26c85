"""Work after a commit: every effect is a row; the task is only the fast path."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog
from celery import shared_task
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from marketplace import hooks
from marketplace.models import Effect

log = structlog.get_logger(__name__)

MAX_ERROR = 300


@shared_task
def run_effect(effect_id: int) -> None:
    """Carry out one effect unless it is done; the sweep calls the same function."""
    carry_out(effect_id)


def enqueue(*, kind: str, key: str, payload: Mapping[str, Any], due_at: datetime) -> Effect:
    """
    Store an effect in this transaction and ask a worker for it after the commit.

    `key` makes it happen once: the same kind of effect with the same key is stored once only.
    A broker that is down does not matter to the caller; the sweep finds the row.
    """
    effect, is_new = Effect.objects.get_or_create(
        key=f"{kind}:{key}", defaults={"kind": kind, "payload": dict(payload), "due_at": due_at}
    )
    if is_new:
        transaction.on_commit(lambda: _ask_a_worker(effect.pk), robust=True)
    return effect


def _ask_a_worker(effect_id: int) -> None:
    run_effect.apply_async(args=[effect_id], retry=False)


def carry_out(effect_id: int) -> bool:
    """
    Run the handler of one effect in its own transaction and mark it done.

    Returns False when it was done already, when another worker holds it, or when it failed;
    a failure is kept on the row and tried again by the next sweep.
    """
    try:
        with transaction.atomic():
            effect = (
                Effect.objects.select_for_update(skip_locked=True)
                .filter(pk=effect_id, done_at__isnull=True)
                .first()
            )
            if effect is None:
                return False
            hooks.effect_handler(effect.kind)(effect.payload)
            effect.done_at = Now()
            effect.attempt_count += 1
            effect.last_error = ""
            effect.save(update_fields=["done_at", "attempt_count", "last_error"])
    except Exception as error:
        log.exception("effect_failed", effect_id=effect_id)
        _note_failure(effect_id, error)
        return False
    return True


def _note_failure(effect_id: int, error: Exception) -> None:
    Effect.objects.filter(pk=effect_id).update(
        attempt_count=F("attempt_count") + 1, last_error=repr(error)[:MAX_ERROR]
    )
