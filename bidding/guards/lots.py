"""What holds among the lots of one matter: how many, opened in which order, won by whom."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bidding.models import Award, Selection, Tender, TenderQuerySet
from bidding.models.tender_queries import GIVEN_UP
from bidding.rules.orders import LOTS_MOST
from bidding.selection.methods import METHODS
from marketplace.kernel.declarations import Rules
from marketplace.kernel.laws import FORM
from marketplace.kernel.verdicts import Because, guard

FEWEST = 2
SEALED = (Tender.Status.ACTIVE, Tender.Status.CLOSED, Tender.Status.BIDDING)


@guard(_("这项采购已经分包"))
def tender_is_no_lot(tender: Tender) -> bool:
    return tender.lot_group_id is None


@guard(_("重新组织的采购沿用上一轮的范围，不再分包"))
def tender_is_of_the_first_round(tender: Tender) -> bool:
    return tender.previous_id is None


@guard(_("包数须在 2 至 %(most)s 之间"), rule=LOTS_MOST.key)
def lots_are_few(count: int, rules: Rules) -> bool | Because:
    return FEWEST <= count <= rules[LOTS_MOST] or Because(most=rules[LOTS_MOST])


@guard(_("一家机构最多中选的包数须在 1 至 %(count)s 之间；不限的不填"), source=FORM)
def limit_is_within_the_lots(count: int, most_per_agency: int | None) -> bool | Because:
    return most_per_agency is None or 1 <= most_per_agency <= count or Because(count=count)


def other_lots(tender: Tender) -> TenderQuerySet:
    """Return the other lots of its group, the first number first; none of an order that is none."""
    if tender.lot_group_id is None:
        return Tender.objects.none()
    others = Tender.objects.filter(lot_group=tender.lot_group_id).exclude(GIVEN_UP)
    return others.exclude(pk=tender.pk).order_by("lot", "round")


def is_limited(tender: Tender) -> bool:
    """Tell whether one agency may not win all lots of its group."""
    return tender.lot_group is not None and tender.lot_group.most_per_agency is not None


@guard(_("限制一家机构中选包数的采购，各包由规则选出机构，不能采用由业主选定的方式"))
def limited_lot_leaves_no_choice(tender: Tender) -> bool:
    """Refuse what lets an owner decide which lots a winner of several takes."""
    method = METHODS.get(tender.method)
    return method is None or not method.leaves_choice or not is_limited(tender)


@guard(_("第 %(lot)s 包还没有开启报价：一家机构中选的包数有限制，各包按包号依次开启"))
def earlier_lots_are_opened(tender: Tender) -> bool | Because:
    """
    Ask whether the order in which lots are opened is that of their numbers.

    Who has won enough is left out of what is opened later, so nobody may choose what comes first.
    A lot whose own opening is set for later does not hold up the others.
    """
    if not is_limited(tender):
        return True
    waiting = other_lots(tender).filter(lot__lt=tender.lot, status__in=SEALED)
    for lot in waiting:
        if lot.opening_at is None or tender.opening_at is None:
            continue
        if lot.opening_at <= tender.opening_at and not lot.is_suspended:
            return Because(lot=lot.lot)
    return True


def full_agencies(tender: Tender) -> frozenset[str]:
    """Return the credit codes of those that have won as many of the other lots as one may."""
    group = tender.lot_group
    if group is None or group.most_per_agency is None:
        return frozenset()
    won: dict[str, int] = {}
    for lot in other_lots(tender).filter(evaluated_at__isnull=False):
        if uscc := winner_of(lot):
            won[uscc] = won.get(uscc, 0) + 1
    return frozenset(uscc for uscc, count in won.items() if count >= group.most_per_agency)


def winner_of(tender: Tender) -> str:
    """Return who has won an opened order, registered or not; "" where the result fell away."""
    if tender.status == Tender.Status.EVALUATED:
        selection = Selection.objects.current().filter(tender=tender).first()
        return selection.leader(tender.award_place) if selection else ""
    award = tender.award
    if tender.status != Tender.Status.COMPLETE or award is None:
        return ""
    return "" if award.status == Award.Status.CANCELLED else award.bid.agency.uscc or ""
