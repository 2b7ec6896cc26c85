"""What holds of results: whom the ranking names has the award, its contract and its record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from bidding.guards.awards import may_issue_award
from bidding.models import Award, Bid, ConductFact, Contract, Selection, Suspension, Tender
from bidding.models.deadlines import OrderDeadline
from credit.measures import is_restricted
from marketplace.kernel.invariants import Rows, invariant
from marketplace.kernel.models import Deadline
from marketplace.kernel.models.deadlines import MATTER
from marketplace.kernel.verdicts import all_hold

AWARDED_AFTER = (Tender.Status.COMPLETE, Tender.Status.CANCELLED)


@invariant(_("中选结果是选取证据在它的名次上所列的机构和金额"))
def award_is_what_the_evidence_ranks(_due: datetime) -> Iterator[Award]:
    rows = Award.objects.select_related("bid__agency").order_by("pk")
    for award in rows.iterator():
        found = Selection.objects.filter(tender=award.tender_id, round=award.round).first()
        if found is None or _ranked(found, award.place) != (award.bid.agency.slug, award.amount):
            yield award


def _ranked(selection: Selection, place: int) -> tuple[str, Decimal] | None:
    """Return who stands in a place of a ranking, with the amount."""
    content = selection.content
    agencies = {one["uscc"]: one["agency"] for one in content["entrants"]}
    ranked = [(agencies[one["uscc"]], Decimal(one["amount"])) for one in content["ranking"]]
    return ranked[place - 1] if 0 < place <= len(ranked) else None


@invariant(_("中选的报名属于同一采购，没有失效，报价计入，采购已经登记"))
def award_is_of_a_standing_bid(_due: datetime) -> Rows:
    stands = Q(
        bid__tender=F("tender"), bid__status=Bid.Status.ACTIVE, tender__status__in=AWARDED_AFTER
    )
    counts = ~Q(bid__explanation__is_set_aside=True)
    return Award.objects.exclude(stands & counts).order_by("pk")


@invariant(_("登记了的采购在本轮有中选结果"))
def registered_order_has_its_award(_due: datetime) -> Rows:
    awards = Award.objects.filter(
        tender=OuterRef("pk"), round=OuterRef("selection_round"), place=OuterRef("award_place")
    )
    registered = Tender.objects.filter(status=Tender.Status.COMPLETE)
    return registered.filter(~Exists(awards)).order_by("pk")


@invariant(_("一项采购至多有一个没有取消的中选结果"))
def order_has_one_award_that_stands(_due: datetime) -> Rows:
    others = Award.objects.filter(tender=OuterRef("tender"), pk__gt=OuterRef("pk"))
    standing = Award.objects.exclude(status=Award.Status.CANCELLED)
    second = others.exclude(status=Award.Status.CANCELLED)
    return standing.filter(Exists(second)).order_by("pk")


@invariant(_("登记结果、发出通知书时，中选机构没有受到限制"))
def winner_was_unrestricted(_due: datetime) -> Iterator[Award]:
    rows = Award.objects.select_related("bid__agency", "tender__item__service_class")
    for award in rows.order_by("pk").iterator():
        moments = [at for at in (award.published_at, award.awarded_at) if at is not None]
        of_class = award.tender.item.service_class
        if any(is_restricted(award.bid.agency, at, of_class) for at in moments):
            yield award


@invariant(_("公示期满、没有限制和中止的中选结果已经发出通知书"))
def publicity_that_is_over_has_its_letter(due: datetime) -> Iterator[Award]:
    over = Deadline.objects.due(due).filter(kind=OrderDeadline.PUBLICITY, acts_at__lte=due)
    rows = Award.objects.filter(pk__in=list(over.values_list("object_id", flat=True)))
    for award in rows.select_related("bid__agency", "tender__item__service_class").order_by("pk"):
        at, of_class = award.publicity_ends_at, award.tender.item.service_class
        is_held = is_restricted(award.bid.agency, at, of_class)
        if all_hold(may_issue_award(award, due)) and not is_held:
            yield award


@invariant(_("合同的价款等于中选金额，签订了合同的中选结果才算签约"))
def contract_is_as_awarded(_due: datetime) -> Iterator[Contract | Award]:
    signed = Q(signed_at__isnull=False)
    done = Q(award__status=Award.Status.COMPLETE)
    as_awarded = Q(amount=F("award__amount")) & ((signed & done) | (~signed & ~done))
    yield from Contract.objects.exclude(as_awarded).order_by("pk")
    has_one = Contract.objects.filter(award=OuterRef("pk"), signed_at__isnull=False)
    complete = Award.objects.filter(status=Award.Status.COMPLETE)
    yield from complete.filter(~Exists(has_one)).order_by("pk")


@invariant(_("由采购形成的信用记录是双方之一的，写着采购编号"))
def fact_is_of_a_party(_due: datetime) -> Rows:
    of_party = Q(entry__organization=F("award__bid__agency")) | Q(
        entry__organization=F("award__tender__buyer")
    )
    of_order = Q(entry__reference=F("award__tender__code"), entry__kind=F("kind"))
    return ConductFact.objects.exclude(of_party & of_order).order_by("pk")


@invariant(_("中止的采购期限停着，没有中止的不停"))
def suspended_order_stands_still(_due: datetime) -> Iterator[Tender | Suspension]:
    running = Suspension.objects.running()
    still = Deadline.objects.filter(suspended_by=MATTER)
    of_order = still.filter(kind__startswith="tender.").values("object_id")
    of_award = still.filter(kind__startswith="award.").values("object_id")
    stands = Q(pk__in=of_order) | Q(awards__in=of_award)
    suspended = Tender.objects.filter(stands).distinct()
    yield from suspended.filter(~Exists(running.filter(tender=OuterRef("pk")))).order_by("pk")
    yield from running.exclude(tender__in=suspended.values("pk")).order_by("pk")


INVARIANTS = (
    award_is_what_the_evidence_ranks,
    award_is_of_a_standing_bid,
    registered_order_has_its_award,
    order_has_one_award_that_stands,
    winner_was_unrestricted,
    publicity_that_is_over_has_its_letter,
    contract_is_as_awarded,
    fact_is_of_a_party,
    suspended_order_stands_still,
)
