"""What a selection left to the owner: among whom, whom it chose, and what waits for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from bidding import periods
from bidding.guards.choices import candidates_of
from bidding.models import Choice, Tender
from bidding.rulebook import rules_for
from bidding.selection.methods import METHODS, method_of
from marketplace.kernel.models import CalendarDay
from marketplace.kernel.statements import statement
from marketplace.models import Membership, Organization
from marketplace.parties import Party
from marketplace.templatetags.ui_figures import money
from marketplace.templatetags.ui_moments import moment
from marketplace.web.components import Fact
from marketplace.web.workbench import ASKED


def candidates(tender: Tender) -> Mapping[str, str]:
    """Return who may be chosen, by credit code, in the words of the form."""
    amounts = candidates_of(tender)
    rows = Organization.objects.filter(uscc__in=amounts).values_list("uscc", "name")
    names = dict(rows)
    return {uscc: f"{names[uscc]}，{money(amount)}" for uscc, amount in amounts.items()}


def choice_facts(tender: Tender) -> list[Fact]:
    """Return whom the owner chose and why; nothing where nothing is chosen, or not yet."""
    if not method_of(tender).leaves_choice or tender.choice is None:
        return []
    choice = tender.choice
    return [
        Fact(_("业主选定"), choice.bid.agency.name, is_strong=True),
        Fact(_("选定时间"), moment(choice.chosen_at)),
        Fact(_("选定理由"), choice.reasons, is_wide=True),
    ]


def awaits_choice(tender: Tender) -> bool:
    """Tell whether an opened order waits for its owner's choice."""
    is_open = tender.status == Tender.Status.EVALUATED
    return is_open and method_of(tender).leaves_choice and tender.choice is None


def choose_due(tender: Tender, at: datetime) -> datetime | None:
    """Return until when the owner chooses; None before the opening."""
    if tender.evaluated_at is None:
        return None
    calendar = CalendarDay.objects.work_calendar()
    return periods.choose_due(tender.evaluated_at, rules_for(tender, at), calendar).ends_at


@dataclass(frozen=True)
class Waiting:
    """An order that waits for the choice of its owner."""

    slug: str
    heading: str
    due_at: datetime | None


def waiting_for_choice(party: Party, at: datetime) -> Iterator[Waiting]:
    """Yield the orders of `party` of which somebody is to be chosen."""
    is_manager = party.has_role(Membership.Role.BUYER_MANAGER)
    whose = {"buyer": party.organization.pk, "person": party.user.pk}
    for tender in _waiting(**whose, is_manager=is_manager):
        yield Waiting(tender.slug, tender.heading, choose_due(tender, at))


@statement
def _waiting(*, buyer: int, person: int, is_manager: bool) -> QuerySet[Tender, Any]:
    leaving = [name for name, method in METHODS.items() if method.leaves_choice]
    chosen = Choice.objects.filter(tender=OuterRef("pk"), round=OuterRef("selection_round"))
    rows = Tender.objects.filter(buyer=buyer, status=Tender.Status.EVALUATED, method__in=leaving)
    own = rows if is_manager else rows.filter(created_by=person)
    return own.exclude(Exists(chosen)).select_related("rulebook").order_by(F("pk"))[:ASKED]
