"""May somebody give a share of an order's key, and are enough of them given to open its bids."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from bidding.guards.bids import awaits_selection, sign_up_is_over
from bidding.guards.halls import hall_is_over
from bidding.models import KeyShare, ShareGiven, Tender
from marketplace.kernel.known import asked_once
from marketplace.kernel.verdicts import Because, Verdict, guard
from marketplace.models import Organization, User
from marketplace.parties import Party

SCHEDULE = "schedule"


@guard(_("这项采购的报价由平台按时开启，不需要交出密钥"))
def officers_open(tender: Tender) -> bool:
    return tender.order_key.is_by_officers


@guard(_("贵单位不保管这项采购的密钥份额"))
def office_holds_a_share(share: KeyShare | None) -> bool:
    return share is not None


@guard(_("这一份密钥已经交出"))
def share_is_not_given(share: KeyShare, given: list[ShareGiven]) -> bool:
    return all(one.share_id != share.pk for one in given)


@guard(_("您已经交出一份密钥；另一份由另一单位的工作人员交出"))
def officer_gave_none(by: User, given: list[ShareGiven]) -> bool:
    return all(one.given_by_id != by.pk for one in given)


@guard(_("贵单位已经交出一份密钥；另一份由另一单位交出"))
def office_gave_none(office: Organization, given: list[ShareGiven]) -> bool:
    return all(one.office_id != office.pk for one in given)


@guard(_("开启报价需要 %(needed)s 份密钥，现在有 %(given)s 份"))
def shares_are_given(tender: Tender) -> bool | Because:
    """Ask of an order that officers open; for any other the schedule gives them by itself."""
    key = tender.order_key
    if not key.is_by_officers:
        return True
    count = len(shares_at_hand(tender))
    return count >= key.threshold or Because(needed=key.threshold, given=count)


def share_to_give(tender: Tender, giver: Party) -> KeyShare | None:
    """
    Return the share that the giver's office holds, by the giver's roles and the order's place.

    Of several one that nobody has given; None without any.
    """
    if not giver.covers(tender.division):
        return None
    given = {one.share_id for one in given_for(tender)}
    held = [share for share in shares_of(tender) if giver.has_role(share.holder)]
    return min(held, key=lambda share: (share.pk in given, share.number), default=None)


def may_give_share(tender: Tender, giver: Party, at: datetime) -> tuple[Verdict, ...]:
    """Ask everything that must hold before an officer gives the share that the office holds."""
    share = share_to_give(tender, giver)
    asked = (
        awaits_selection(tender),
        *((hall_is_over(tender, at),) if tender.status == Tender.Status.BIDDING else ()),
        sign_up_is_over(tender, at),
        officers_open(tender),
        office_holds_a_share(share),
    )
    if share is None:
        return asked
    given = list(given_for(tender))
    return (
        *asked,
        share_is_not_given(share, given),
        officer_gave_none(giver.user, given),
        office_gave_none(giver.organization, given),
    )


def given_for(tender: Tender) -> list[ShareGiven]:
    """Return what officers gave for the round that an order is in, in the order of giving."""
    if not tender.order_key.is_by_officers:
        return []
    rows = ShareGiven.objects.filter(share__order_key__tender=tender, round=tender.selection_round)
    return list(rows.select_related("given_by", "office").order_by("given_at", "pk"))


@asked_once
def shares_of(tender: Tender) -> list[KeyShare]:
    """Return the shares that the key of an order was split into."""
    return list(tender.order_key.shares.all())


def shares_at_hand(tender: Tender) -> list[KeyShare]:
    """Return the shares with which an order may be opened now; the schedule gives its own."""
    held = shares_of(tender)
    if not tender.order_key.is_by_officers:
        return held
    given = {one.share_id for one in given_for(tender)}
    return [share for share in held if share.pk in given or share.holder == SCHEDULE]
