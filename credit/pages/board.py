"""The open cases of an area as a board: a column for each step, what is overdue at its top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from credit.models import Case, CaseQuerySet
from credit.models.cases import RUNS
from credit.models.deadlines import CreditDeadline
from credit.models.schemes import name_of_kind
from credit.pages.queues import DUE, FOUND, HEARING, REMEDY, WAITING, queue_of
from marketplace.kernel.models import Deadline
from marketplace.models import User
from marketplace.parties import Party
from marketplace.web.components import Tab

COLUMNS = (FOUND, WAITING, HEARING, DUE, REMEDY)
MOST = 12
MISSED = 10
TOLD = ("pk", "slug", "number", "organization__name", "kind", "status", "handled_by__name")


@dataclass(frozen=True)
class Card:
    """A case on the board: whose, what it is about, who sees to it, and until when."""

    slug: str
    number: str
    organization: str
    kind: str
    handler: str
    due_at: datetime | None
    is_late: bool


@dataclass(frozen=True)
class Column:
    """One step with its cases, the nearest deadline first; `more` are not shown here."""

    name: str
    label: str
    count: int
    late_count: int
    cards: Sequence[Card]

    @property
    def more(self) -> int:
        """How many cases stand in it beyond the cards."""
        return self.count - len(self.cards)

    @property
    def url(self) -> str:
        """Where all of its cases are listed."""
        return f"{reverse('credit:case_list')}?queue={self.name}"


def board_of(party: Party, late: frozenset[int], at: datetime, mine: User | None) -> list[Column]:
    """Return the board of an officer's area; with `mine` only what that person sees to."""
    return [_column(name, party, late, at, mine) for name in COLUMNS]


def _column(
    name: str, party: Party, late: frozenset[int], at: datetime, mine: User | None
) -> Column:
    rows = queue_of(party, name)
    if mine is not None:
        rows = rows.filter(handled_by=mine)
    keys = list(rows.values_list("pk", flat=True))
    cards = _cards(rows, at)
    return Column(name, _labels()[name], len(keys), len(late & {*keys}), cards)


def _cards(rows: CaseQuerySet, at: datetime) -> list[Card]:
    told: list[Any] = list(rows.values_list(*TOLD)[:MOST])
    ends = _ends([row[0] for row in told])
    return [_card(row, ends.get((row[0], RUNS.get(row[5], ""))), at) for row in told]


def _card(row: Sequence[Any], due_at: datetime | None, at: datetime) -> Card:
    _key, slug, number, organization, kind, _status, handler = row
    is_late = due_at is not None and due_at <= at
    return Card(slug, number, organization, name_of_kind(kind), handler or "", due_at, is_late)


def _ends(keys: Sequence[int]) -> Mapping[tuple[int, str], datetime]:
    rows = Deadline.objects.filter(object_id__in=keys, kind__in=list(RUNS.values()))
    return {(key, kind): end for key, kind, end in rows.values_list("object_id", "kind", "ends_at")}


def _labels() -> Mapping[str, str]:
    return {
        FOUND: _("待核查"),
        WAITING: _("陈述申辩期"),
        HEARING: _("待听证"),
        DUE: _("待决定"),
        REMEDY: _("复核和修复"),
    }


@dataclass(frozen=True)
class Missed:
    """A deadline of the authority that was met too late: of which case, until when, and when."""

    case: Case
    step: str
    due_at: datetime
    done_at: datetime


def missed_in(party: Party) -> list[Missed]:
    """Return the deadlines of an area that were missed and since met, the latest first."""
    cases = Case.objects.within(party.organization.division)
    late = Deadline.objects.filter(
        kind__in=_steps(), stopped_at__gte=F("ends_at"), object_id__in=cases.values("pk")
    )
    found = list(late.order_by("-stopped_at", "-pk")[:MISSED])
    named = cases.with_relations().in_bulk([one.object_id for one in found])
    return [
        Missed(named[one.object_id], _steps()[one.kind], one.ends_at, one.stopped_at)
        for one in found
        if one.stopped_at is not None
    ]


def _steps() -> Mapping[str, str]:
    """Return the steps that the authority owes, by the kind of their deadline."""
    return {
        CreditDeadline.CHECK: _("核查"),
        CreditDeadline.HEARING: _("听证"),
        CreditDeadline.DECISION: _("决定"),
    }


def board_tabs(*, is_mine: bool) -> list[Tab]:
    """Return whose cases the board can show."""
    url = reverse("credit:case_board")
    return [Tab(_("全部"), url, not is_mine), Tab(_("我办理的"), f"{url}?mine=1", is_mine)]
