"""Work that becomes due: what each app contributes, when it comes next, and doing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from traceback import extract_tb
from typing import Any, Protocol

import structlog

from marketplace.kernel.deadlines import Kind, Label, Settled, settle_all
from marketplace.kernel.effects import carry_out, kinds_put_off
from marketplace.kernel.hooks import Way
from marketplace.kernel.models import Deadline, Effect
from marketplace.kernel.verdicts import Refused

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class DueWork:
    """
    What is done about one kind of deadline.

    `act(subject, end, now)` does what follows when nobody has acted, as of its `end`;
    `remind(subject, at)` reminds of it. Each locks and asks again in its own transaction. So two
    schedulers at once are harmless, and one row that cannot be handled does not hold up the others.
    """

    kind: Kind[Any]
    act: Callable[[Any, datetime, datetime], object] | None = None
    remind: Callable[[Any, datetime], object] | None = None
    label: Label = ""
    """What happens at the end, when that is not the word for the deadline itself."""
    is_reminder: bool = False
    """Whether the act only tells somebody that the end has passed; then nobody waits for it."""
    is_sealed: bool = False
    """Whether it handles sealed offers, of which not even a failure may tell a value."""
    telling: tuple[type[Exception], ...] = ()
    """Failures whose words quote nothing of the row, so that they are logged all the same."""

    def handle(self, row: Deadline, now: datetime) -> str:
        """Remind of a deadline, or act on its end; return the name of what was done, or ""."""
        if self.remind is not None and row.remind_at is not None and row.remind_at <= now:
            remind, at = self.remind, row.remind_at
            if self._is_done(lambda: remind(row.subject, at), row):
                return f"{self.kind.name}.remind"
        if self.act is not None and row.acts_at is not None and row.acts_at <= now:
            act = self.act
            if self._is_done(lambda: act(row.subject, row.ends_at, now), row):
                return self.kind.name
        return ""

    def _is_done(self, act: Callable[[], object], row: Deadline) -> bool:
        try:
            act()
        except Refused:
            return False
        except Exception as error:  # noqa: BLE001 - one row does not hold up the others
            self._tell(error, row)
            return False
        return True

    def _tell(self, error: Exception, row: Deadline) -> None:
        """Log a failure; a message may quote the row, as a database's does."""
        told = {"deadline": row.kind, "row": row.object_id}
        if not self.is_sealed:
            log.error("due_row_failed", exc_info=error, **told)
            return
        places = extract_tb(error.__traceback__)
        trace = [f"{place.filename}:{place.lineno} {place.name}" for place in places]
        reason = str(error) if isinstance(error, self.telling) else ""
        kind = type(error).__name__
        log.error("due_row_failed", error=kind, reason=reason, trace=trace, **told)


class DueContributor(Protocol):
    """Say what is done about each kind of deadline of an app, and how each is counted."""

    def __call__(self) -> Iterable[DueWork]: ...


DUE_WORK = Way[DueContributor]()


def due_works() -> Iterator[DueWork]:
    """Yield what the apps do about each kind of deadline."""
    for contribute in DUE_WORK:
        yield from contribute()


def run_due(at: datetime) -> dict[str, int]:
    """
    Do all that is due by `at`, again and again until nothing is, then sweep the effects.

    Each act counts from its own deadline, so a late run leaves the same rows as a timely one.
    Returns how often each was done. May run twice at the same time.
    """
    done: Counter[str] = Counter()
    works = {work.kind.name: work for work in due_works()}
    while changed := run_rows(works, at):
        done += changed
    if swept := sweep_effects(at):
        done["effects"] = swept
    return dict(done)


def run_rows(works: Mapping[str, DueWork], at: datetime) -> Counter[str]:
    """Look once at every deadline that is due by `at`, the earliest first; one query finds them."""
    rows = Deadline.objects.due(at).filter(kind__in=works).prefetch_related("subject")
    return Counter(name for row in rows if (name := works[row.kind].handle(row, at)))


def sweep_effects(at: datetime) -> int:
    """Carry out the effects that no task has done; return how many are done now."""
    found = Effect.objects.due(at).exclude(kind__in=kinds_put_off()).order_by("pk")
    due = list(found.values_list("pk", flat=True))
    return sum(carry_out(effect_id) for effect_id in due)


def next_deadline(after: datetime) -> tuple[datetime, Label] | None:
    """Return when the schedule acts next, later than `after`, and on what; or None."""
    labels = {
        work.kind.name: work.label or work.kind.label
        for work in due_works()
        if not work.is_reminder
    }
    rows = Deadline.objects.running().filter(kind__in=labels, acts_at__gt=after)
    first = rows.order_by("acts_at", "pk").first()
    return None if first is None or first.acts_at is None else (first.acts_at, labels[first.kind])


def settle_deadlines(at: datetime) -> list[Settled]:
    """Settle every provisional deadline of every kind, after the calendar has changed."""
    return settle_all((work.kind for work in due_works()), at)
