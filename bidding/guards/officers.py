"""Four eyes: which person may not take the next step, over all memberships that a person holds."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bidding.models import Tender
from marketplace.models import Membership, User
from marketplace.verdicts import guard


@guard(_("您在项目业主单位任职，不能办理这项采购"))
def officer_is_not_of_the_buyer(tender: Tender, by: User) -> bool:
    memberships = Membership.objects.active().filter(user=by, organization=tender.buyer_id)
    return by.pk != tender.created_by_id and not memberships.exists()


@guard(_("审核人不能发布同一项采购，须由另一人办理"))
def officer_did_not_review(tender: Tender, by: User) -> bool:
    return tender.reviewed_by_id != by.pk


@guard(_("审核人、发布人不能登记同一项采购的结果，须由第三人办理"))
def officer_did_neither(tender: Tender, by: User) -> bool:
    return by.pk not in {tender.reviewed_by_id, tender.published_by_id}


@guard(_("您在报名机构任职，不能登记这项采购的结果"))
def officer_is_not_of_a_bidder(tender: Tender, by: User) -> bool:
    """Look at the bidders after the opening only; before it the answer would tell who bids."""
    if not tender.is_opened:
        return True
    memberships = Membership.objects.active().filter(user=by)
    return not memberships.filter(organization__bids__tender=tender).exists()
