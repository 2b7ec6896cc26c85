"""May an officer enter what the public source of a draw said, and is it known by now."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from bidding.guards.bids import sign_up_is_over, tender_is_closed
from bidding.models import PublicValue, Tender
from bidding.models.public_value import ENOUGH
from bidding.rulebook import rules_for
from bidding.selection import beacon
from bidding.selection.methods import method_of
from marketplace.kernel.known import asked_once
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import User
from marketplace.parties import Party


def announced_source(tender: Tender) -> str | None:
    """Return which public source the notice announced, in its words; None without one."""
    rules = rules_for(tender, tender.published_at or tender.created_at)
    return method_of(tender).public_source(rules)


@asked_once
def entries_for(tender: Tender) -> list[PublicValue]:
    """Return what was entered for the round that an order is in, in its order."""
    rows = PublicValue.objects.filter(tender=tender, round=tender.selection_round)
    return list(rows.select_related("office").order_by("pk"))


def public_value(tender: Tender) -> str | None:
    """
    Return what the announced source said, once it is known; None before that.

    A signature that was checked counts by itself; of other values the first that two officers have
    entered alike.
    """
    enough = 1 if is_signed_source(tender) else ENOUGH
    seen: Counter[str] = Counter()
    for one in entries_for(tender):
        seen[one.value] += 1
        if seen[one.value] == enough:
            return one.value
    return None


def is_signed_source(tender: Tender) -> bool:
    """Tell whether what the source says carries a signature that anybody can check."""
    return beacon.is_announced(announced_source(tender))


def signed_round(tender: Tender) -> int | None:
    """Return the round of the beacon that the deadline fixes, where the notice announced it."""
    if tender.tender_period_end is None or not is_signed_source(tender):
        return None
    return beacon.round_after(tender.tender_period_end)


@guard(_("公告没有指定公共随机数"))
def source_is_announced(tender: Tender) -> bool:
    return announced_source(tender) is not None


@guard(_("您已经录入过；须由另一人分别录入"))
def officer_entered_none(tender: Tender, by: User) -> bool:
    return all(one.entered_by_id != by.pk for one in entries_for(tender))


@guard(_("公共随机数已经录入并核实"))
def value_is_not_known(tender: Tender) -> bool:
    return public_value(tender) is None


@guard(_("公告指定的公共随机数（%(source)s）还没有录入并核实"))
def public_value_is_known(tender: Tender) -> bool | Because:
    """Ask of an order whose notice announced a source; any other waits for none."""
    source = announced_source(tender)
    if source is None or public_value(tender) is not None:
        return True
    return Because(source=source)


@guard(_("这不是 drand quicknet 第 %(number)s 轮的签名，请核对后重新录入"))
def value_is_signed(tender: Tender, value: str) -> bool | Because:
    """Ask of the beacon alone; two officers vouch for the numbers of other sources."""
    number = signed_round(tender)
    if number is None or tender.tender_period_end is None:
        return True
    return beacon.follows(tender.tender_period_end, value) or Because(number=number)


def may_enter_value(tender: Tender, officer: Party, at: datetime) -> tuple[Verdict, ...]:
    """Ask everything that must hold before an officer enters what the source said."""
    return (
        tender_is_closed(tender),
        sign_up_is_over(tender, at),
        source_is_announced(tender),
        officer_entered_none(tender, officer.user),
        value_is_not_known(tender),
    )
