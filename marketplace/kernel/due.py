"""Work that becomes due: what each app contributes, when it comes next, and doing it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.functional import Promise

from marketplace.kernel.effects import carry_out
from marketplace.kernel.hooks import Way
from marketplace.kernel.models import Effect

Label = str | Promise


@dataclass(frozen=True)
class DueWork:
    """
    One kind of deadline.

    `run(at)` does everything that was due by `at` and returns how many rows it changed;
    `upcoming(after)` returns the first deadline later than `after`, or None.
    """

    name: str
    label: Label
    run: Callable[[datetime], int]
    upcoming: Callable[[datetime], datetime | None]


class DueContributor(Protocol):
    """Say what becomes due in an app, for the schedule and for whoever asks what comes next."""

    def __call__(self) -> Iterable[DueWork]: ...


DUE_WORK = Way[DueContributor]()


def due_works() -> Iterator[DueWork]:
    """Yield every kind of deadline that the apps contribute."""
    for contribute in DUE_WORK:
        yield from contribute()


def run_due(at: datetime) -> dict[str, int]:
    """
    Do all that is due by `at`, again and again until nothing is, then sweep the effects.

    Each step counts from its own deadline, so a late run leaves the same rows as a timely one.
    Returns how many rows each kind of work changed. May run twice at the same time.
    """
    done: dict[str, int] = {}
    while changed := {work.name: count for work in due_works() if (count := work.run(at))}:
        for name, count in changed.items():
            done[name] = done.get(name, 0) + count
    if swept := sweep_effects(at):
        done["effects"] = swept
    return done


def sweep_effects(at: datetime) -> int:
    """Carry out the effects that no task has done; return how many are done now."""
    due = list(Effect.objects.due(at).order_by("pk").values_list("pk", flat=True))
    return sum(carry_out(effect_id) for effect_id in due)


def next_deadline(after: datetime) -> tuple[datetime, Label] | None:
    """Return the first deadline later than `after` and what it is, or None."""
    upcoming = [
        (moment, work.label) for work in due_works() if (moment := work.upcoming(after)) is not None
    ]
    return min(upcoming, key=lambda pair: pair[0], default=None)
