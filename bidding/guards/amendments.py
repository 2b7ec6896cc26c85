"""May an open order be amended, what of it changes, and does that make another order of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bidding.guards.bids import tender_is_not_suspended, tender_takes_bids
from bidding.guards.tenders import (
    order_is_complete,
    order_verdicts,
    price_is_explained,
    project_code_is_well_formed,
    reasons_are_given,
)
from bidding.guards.times import selection_follows_the_sign_up, sign_up_period_is_long_enough
from bidding.models import Amendment, Tender
from bidding.models.tender import ServiceUnit
from bidding.rulebook import rules_for
from bidding.rules.notices import AMENDED, AMENDMENTS_MOST, MATERIAL
from marketplace.kernel.declarations import Rules
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.kernel.wording import in_words
from marketplace.web.moments import cn_datetime

AMENDABLE = frozenset({*AMENDED.labels, "service_unit"})
"""The columns of an open order that its buyer may change; all else makes another order."""


@dataclass(frozen=True)
class Change:
    """One field that reads otherwise, as the public reads it."""

    field: str
    old: str
    new: str

    def as_json(self) -> dict[str, str]:
        """Return it as it is kept."""
        return {"field": self.field, "old": self.old, "new": self.new}


@dataclass(frozen=True)
class Amended:
    """An order as it would be, what changes, and whether bids for it have to be made again."""

    tender: Tender
    changes: tuple[Change, ...]
    is_material: bool


def as_amended(before: Tender, fields: Mapping[str, Any], at: datetime) -> Amended:
    """
    Return `before` with other `fields`.

    A material amendment begins the sign-up anew, so a time that the buyer had set and that is too
    early by now goes: the shortest period holds, and the earliest opening.
    """
    after, rules = copy(before), rules_for(before, at)
    for name, value in fields.items():
        setattr(after, name, value)
    changes = _changes(before, after)
    material = is_material(rules, (change.field for change in changes))
    if material:
        _drop_past_times(before, after, rules, at)
        changes = _changes(before, after)
    return Amended(after, changes, material)


def is_material(rules: Rules, fields: Iterable[str]) -> bool:
    """Tell whether a change of any of these fields makes another order, by the rulebook."""
    return any(rules.cell(MATERIAL, name) for name in fields)


def _drop_past_times(before: Tender, after: Tender, rules: Rules, at: datetime) -> None:
    is_kept = after.signup_until == before.signup_until
    if is_kept and after.signup_until and not sign_up_period_is_long_enough(after, rules, at).holds:
        after.signup_until = None
    is_kept = after.selection_at == before.selection_at
    if is_kept and after.selection_at and not selection_follows_the_sign_up(after, rules, at).holds:
        after.selection_at = None


def _changes(before: Tender, after: Tender) -> tuple[Change, ...]:
    found = (Change(name, told(before, name), told(after, name)) for name in AMENDED.labels)
    return tuple(change for change in found if change.old != change.new)


def _service(tender: Tender) -> str:
    period = tender.service_period
    return in_words(period) if period else str(ServiceUnit(tender.service_unit).label)


def _amount(amount: Any) -> str:
    return gettext("未设") if amount is None else f"¥{amount:,.2f}"


def _moment(at: datetime | None) -> str:
    return gettext("按规则计算") if at is None else cn_datetime(at)


TOLD: Mapping[str, Callable[[Tender], str]] = {
    "service_time": _service,
    "ceiling": lambda tender: _amount(tender.ceiling),
    "floor": lambda tender: _amount(tender.floor),
    "signup_until": lambda tender: _moment(tender.signup_until),
    "selection_at": lambda tender: _moment(tender.selection_at),
}


def told(tender: Tender, name: str) -> str:
    """Return what an order says in one field, as the public reads it."""
    return TOLD[name](tender) if name in TOLD else str(getattr(tender, name))


# --- May it be done -------------------------------------------------------------------------------
@guard(
    _("这项采购已作 %(most)s 次实质性变更，不能再变更；须取消后重新发布"), rule=AMENDMENTS_MOST.key
)
def material_amendments_are_few(count: int, rules: Rules) -> bool | Because:
    return count < rules[AMENDMENTS_MOST] or Because(most=rules[AMENDMENTS_MOST])


@guard(_("没有变更任何内容"), source=FORM)
def something_is_changed(changes: tuple[Change, ...]) -> bool:
    return bool(changes)


def may_amend(tender: Tender, at: datetime) -> tuple[Verdict, ...]:
    """Ask all but what is changed that must hold before an open order is amended."""
    return tender_takes_bids(tender, at), tender_is_not_suspended(tender)


def amendment_verdicts(amended: Amended, reasons: str, at: datetime) -> tuple[Verdict, ...]:
    """Ask what must hold of the order as it would be, and of how often it was amended."""
    tender = amended.tender
    asked = something_is_changed(amended.changes), reasons_are_given(reasons)
    if not amended.is_material:
        as_before = order_is_complete(tender), price_is_explained(tender)
        return *asked, *as_before, project_code_is_well_formed(tender)
    count = Amendment.objects.of(tender).filter(is_material=True).count()
    few = material_amendments_are_few(count, rules_for(tender, at))
    return *asked, few, *order_verdicts(tender, at)
