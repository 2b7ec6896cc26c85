"""Four eyes: which person may not take the next step, over all memberships that a person holds."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bidding.models import Tender
from marketplace.kernel.verdicts import guard
from marketplace.models import User


@guard(_("您在项目业主单位任职，不能办理这项采购"))
def officer_is_not_of_the_buyer(tender: Tender, by: User) -> bool:
    return not Tender.objects.of_buyers_of(by).filter(pk=tender.pk).exists()


@guard(_("您在被直接选取的机构任职，不能办理这项采购"))
def officer_is_not_of_the_named_agency(tender: Tender, by: User) -> bool:
    return not Tender.objects.naming_agencies_of(by).filter(pk=tender.pk).exists()


@guard(_("审核人不能发布同一项采购，须由另一人办理"))
def officer_did_not_review(tender: Tender, by: User) -> bool:
    return tender.reviewed_by_id != by.pk


@guard(_("审核人、发布人不能登记同一项采购的结果，须由第三人办理"))
def officer_did_neither(tender: Tender, by: User) -> bool:
    return by.pk not in {tender.reviewed_by_id, tender.published_by_id}


@guard(_("您在报名机构任职，不能登记这项采购的结果"))
def officer_is_not_of_a_bidder(tender: Tender, by: User) -> bool:
    """Look at the bidders after the opening only; before it the answer would tell who bids."""
    return not Tender.objects.opened_with_bidders_of(by).filter(pk=tender.pk).exists()
