"""An agency's own bids as its lists show them: plain values, in two statements."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, FilteredRelation, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _

from bidding.models import Award, Bid, BidQuerySet, Contract, Tender
from bidding.models.deadlines import OrderDeadline as Kind
from bidding.models.rounds import PLACE, ROUND
from bidding.models.stages import WORDS
from bidding.pages.bids import (
    AT_REST,
    LOST,
    OF_AWARD,
    OPENED,
    PROPOSED,
    SEALED,
    VOID,
    WON,
    Text,
)
from bidding.stages import stage_of
from marketplace.kernel.models.ends import Ends, ends_of
from marketplace.kernel.statements import counted, statement
from marketplace.models import Organization
from marketplace.models.divisions import place_names

Next = tuple[Text, datetime | None]
NOTHING: Next = ("", None)
RECENT = 6
AFTER_SIGNATURE: dict[str, tuple[Text, str]] = {
    Contract.Status.ACTIVE: (_("交付期限"), Kind.SERVICE),
    Contract.Status.DELIVERED: (_("验收期限"), Kind.ACCEPTANCE),
    Contract.Status.ACCEPTED: (_("评价期限"), Kind.RATING),
}


@dataclass(frozen=True)
class OwnBid:
    """A bid of the reader's own agency with the word for it and its next moment."""

    code: str
    title: str
    place: str
    amount: Decimal | None
    word: Text
    next_word: Text
    next_at: datetime | None


@dataclass(frozen=True)
class Told:
    """A bid as it is read; award and contract are those of its order's round, or None."""

    pk: int
    code: str
    title: str
    division: str
    amount: Decimal | None
    status: str
    uscc: str
    order: int
    order_status: str
    evaluated_at: datetime | None
    place: int
    evidence: str | None
    chosen: int | None
    award: int | None
    award_status: str | None
    winner: int | None
    contract: int | None
    contract_status: str | None

    @property
    def is_winner(self) -> bool:
        return self.winner == self.pk

    @property
    def is_proposed(self) -> bool:
        """Tell whether selection or owner chose it, and nobody has registered the result yet."""
        if self.evidence is not None and self.chosen is not None:
            return self.chosen == self.pk
        if self.evidence is None:
            return False
        told = json.loads(self.evidence)
        is_left_open = told["winner"] is None
        return not is_left_open and told["ranking"][self.place - 1]["uscc"] == self.uscc


def recent_bids(agency: Organization, at: datetime) -> list[OwnBid]:
    """Return the newest bids of `agency`, a handful."""
    return _as_they_stand([Told(*row) for row in _newest(agency=agency.pk)], at)


def count_of_bids(agency: Organization) -> int:
    """Return how many bids `agency` has sent."""
    return _count(agency=agency.pk)[0]


def own_bids(keys: Sequence[int], at: datetime) -> list[OwnBid]:
    """Return the bids with these keys, as the keys stand."""
    told = {row[0]: Told(*row) for row in _of_keys(keys=keys)}
    return _as_they_stand([told[key] for key in keys if key in told], at)


def _as_they_stand(bids: Sequence[Told], at: datetime) -> list[OwnBid]:
    subjects = {key for one in bids for key in (one.order, one.award, one.contract) if key}
    ends, places = ends_of(sorted(subjects)), place_names()
    return [
        OwnBid(
            *(one.code, one.title, places[one.division], one.amount),
            *(_word(one, ends, at), *_next(one, ends, at)),
        )
        for one in bids
    ]


def _word(one: Told, ends: Ends, at: datetime) -> Text:
    """Return the word for a bid where no other tells the stage of its order."""
    word = _own_word(one)
    if one.status != Bid.Status.ACTIVE or word == LOST or _is_open(one, ends, at):
        return word
    if one.order_status == Tender.Status.EVALUATED:
        return word
    return WORDS[stage_of(one.order_status, one.award_status, one.contract_status)]


def _own_word(one: Told) -> Text:
    """Return what has become of it, in the words of `bid_word`."""
    if one.status != Bid.Status.ACTIVE:
        return AT_REST.get(one.status, VOID)
    if one.evaluated_at is None:
        return SEALED
    if one.award is not None:
        return OF_AWARD.get(str(one.award_status), WON) if one.is_winner else LOST
    return PROPOSED if one.is_proposed else OPENED


def _is_open(one: Told, ends: Ends, at: datetime) -> bool:
    end = ends.of(Kind.SIGN_UP, one.order)
    return one.order_status == Tender.Status.ACTIVE and end is not None and at < end


def _next(one: Told, ends: Ends, at: datetime) -> Next:
    if one.status != Bid.Status.ACTIVE:
        return NOTHING
    if one.award is not None:
        return _after_award(one, ends)
    if _is_open(one, ends, at):
        return _("报名截止"), ends.of(Kind.SIGN_UP, one.order)
    opening = (_("开启报价"), ends.of(Kind.OPENING, one.order))
    moments: dict[str, Next] = {
        Tender.Status.ACTIVE: opening,
        Tender.Status.CLOSED: opening,
        Tender.Status.BIDDING: (_("竞价结束"), ends.of(Kind.HALL, one.order)),
        Tender.Status.EVALUATED: (_("登记结果"), ends.of(Kind.REGISTRATION, one.order)),
    }
    return moments.get(one.order_status, NOTHING)


def _after_award(one: Told, ends: Ends) -> Next:
    if one.award_status == Award.Status.PENDING:
        return _("结果公示至"), ends.of(Kind.PUBLICITY, one.award)
    if not one.is_winner:
        return NOTHING
    if one.award_status == Award.Status.ACTIVE:
        return _("签约期限"), ends.of(Kind.SIGNATURE, one.award)
    if one.contract_status in AFTER_SIGNATURE:
        word, kind = AFTER_SIGNATURE[one.contract_status]
        return word, ends.of(kind, one.contract)
    return NOTHING


@statement
def _newest(*, agency: int) -> QuerySet[Bid, Any]:
    newest = Bid.objects.filter(agency=agency).order_by("-submitted_at", "-pk")
    return _told(newest)[:RECENT]


@statement
def _of_keys(*, keys: Sequence[int]) -> QuerySet[Bid, Any]:
    return _told(Bid.objects.filter(pk__in=keys))


@statement
def _count(*, agency: int) -> QuerySet[Bid, int]:
    return counted(Bid.objects.filter(agency=agency))


def _told(bids: BidQuerySet) -> QuerySet[Bid, Any]:
    """Return what `Told` names."""
    rows: Any = bids.with_amount()
    award, selection = _of_round("awards", PLACE), _of_round("selections", ROUND)
    rows = rows.alias(award=award, selection=selection, choice=_of_round("choices", ROUND))
    # The evidence is long: it is read only where nothing else says yet who won.
    is_unregistered = Q(tender__status=Tender.Status.EVALUATED, award__isnull=True)
    evidence = Case(When(is_unregistered, then=F("selection__evidence")))
    told: QuerySet[Bid, Any] = rows.values_list(
        *("pk", "tender__code", "tender__title", "tender__division", "amount", "status"),
        *("agency__uscc", "tender", "tender__status", "tender__evaluated_at"),
        *("tender__award_place", evidence),
        "choice__bid",
        *("award", "award__status", "award__bid", "award__contract", "award__contract__status"),
    )
    return told


def _of_round(related: str, by: Mapping[str, str]) -> FilteredRelation:
    """Join of what an order has of each round that of the round it is in."""
    path = f"tender__{related}"
    columns = {f"{path}__{own}": F(f"tender__{of_order}") for own, of_order in by.items()}
    return FilteredRelation(path, condition=Q(**columns))
