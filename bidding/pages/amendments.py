"""The amendments of an order in words: what it said before, and what it says since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bidding.models import Amendment, Bid, Tender
from bidding.rules.notices import AMENDED
from marketplace.kernel.statements import statement
from marketplace.web.components import Text
from marketplace.web.moments import cn_datetime


@dataclass(frozen=True)
class ChangeShown:
    """One field: its name, what it said, and what it says."""

    label: Text
    old: str
    new: str


@dataclass(frozen=True)
class AmendmentShown:
    """One amendment with what it changed, in the order of the form."""

    title: Text
    at: datetime
    effect: Text
    reasons: str
    changes: Sequence[ChangeShown]


def amendments_of(tender: Tender) -> list[AmendmentShown]:
    """Return the amendments of an order, the last first; one query."""
    return [_shown(one) for one in reversed(_amendments(tender.pk))]


@statement
def _amendments(order: int) -> QuerySet[Amendment]:
    return Amendment.objects.filter(tender=order).order_by("number")


def _shown(amendment: Amendment) -> AmendmentShown:
    material = _("实质性变更：报名期重新计算，此前的报价须重新提交。")
    return AmendmentShown(
        title=_("第 %(number)s 次变更") % {"number": amendment.number},
        at=amendment.made_at,
        effect=material if amendment.is_material else _("更正：报名期不变，已提交的报价继续有效。"),
        reasons=amendment.reasons,
        changes=[
            ChangeShown(_(str(AMENDED.labels[one["field"]])), one["old"], one["new"])
            for one in amendment.changes
        ],
    )


def standing_note(bid: Bid | None, *, takes_bids: bool) -> Text:
    """Say on the page of a bid whether it still stands after the order was amended; "" if not."""
    if bid is None or bid.status not in {Bid.Status.ACTIVE, Bid.Status.LAPSED}:
        return ""
    last = Amendment.objects.of(bid.tender).last()
    if last is None:
        return ""
    said = {"at": cn_datetime(last.made_at)}
    if bid.status == Bid.Status.ACTIVE:
        return _("公告最近一次变更于 %(at)s，贵单位现在的报价有效。") % said
    if takes_bids:
        return _(
            "公告于 %(at)s 作了变更，贵单位此前的报价不再有效。"
            "须在报名截止前重新提交，否则不参加选取。"
        ) % {"at": cn_datetime(bid.lapsed_at) if bid.lapsed_at else said["at"]}
    return _("公告变更以后没有重新提交，贵单位的报价没有参加选取。")
