"""The agency's part: sign up with a sealed amount, replace it, take it back, decline."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from secrets import token_bytes
from typing import Any
from uuid import UUID

from django.db import transaction

from bidding import links
from bidding.actions.outcomes import settle
from bidding.actions.requirements import ask_requirements
from bidding.actions.resending import fingerprint, stored_before
from bidding.actions.sealing import digest, sealed_offer
from bidding.actions.standing import Moment, ask
from bidding.actions.telling import tell
from bidding.actions.tenders.endings import fail_tender
from bidding.actions.tenders.opening import end_sign_up, evaluate_tender
from bidding.guards.agencies import may_work_for
from bidding.guards.bids import (
    authorities_of,
    may_act_for,
    may_decline_order,
    may_enter,
    may_offer,
    may_withdraw_bid,
    named_agency_has_not_declined,
    person_still_acts_for,
    tender_takes_bids,
)
from bidding.guards.people import PEOPLE, as_named, may_name, people_for
from bidding.guards.plans import may_send_plan
from bidding.guards.seals import key_is_vouched
from bidding.guards.terms import size_is_told_alike
from bidding.guards.versions import version_of_bid
from bidding.models import Bid, Offer, Tender
from bidding.rulebook import rules_for
from bidding.sealing.contents import PART_BYTES, PLAN, SMALL, Contents, Plan, plan_in
from bidding.selection.methods import method_of
from marketplace.kernel.audit import record
from marketplace.kernel.inserts import insert
from marketplace.kernel.verdicts import Refused, Verdict, require
from marketplace.models import Organization, Practitioner, User
from marketplace.web.versions import as_seen

FIXED = ("buyer", "division", "item", "named_agency", "rulebook")
"""What an order leads to from its publication on."""


def submit_bid(  # noqa: PLR0913 - who, for what, what is sent, and when it came
    *,
    tender: Tender,
    agency: Organization,
    amount: Decimal,
    by: User,
    at: datetime,
    seen: str | None = None,
    part: bytes | None = None,
    people: Collection[str] = (),
    plan: Plan | None = None,
    is_small: bool = False,
    key: UUID | None = None,
) -> Bid:
    """
    Seal an amount for `agency`: the sign-up, a new amount, or the acceptance of a direct order.

    `at` is the arrival of the request, `seen` the version of order and bid that the page was made
    of: from a page opened before a withdrawal nobody signs up again. What credit answered, and
    what the item requires, is kept also when the bid is refused.
    `is_small` declares a small enterprise, whose price may be lowered where prices are compared.
    `plan` is the file that goes into the same envelope, where the method asks for one.
    `part` is what the bidder adds to a draw, 32 bytes of chance; without it chance is drawn here.
    `people` are the numbers of certificates of whom the bid names, where the item asks for people.
    A method that takes one answer only is closed and selected at once.
    `key` is made with the form: the same form sent again, with the same contents, returns the bid
    as it was stored, also behind the deadline; its answer may have been lost on the way.

    Raises:
        Refused: a guard in `may_work_for`, `may_enter`, `may_name` or `may_offer` does not hold, or
            the order's key is not ours.
    """
    more: dict[str, Any] = {PLAN: plan.as_json()} if plan is not None else {}
    if is_small:
        more[SMALL] = True
    contents = Contents(amount, part or token_bytes(PART_BYTES), more)
    told = (*people, *((plan.sha256,) if plan else ()), *((SMALL,) if is_small else ()))
    sent = "" if key is None else fingerprint(key, amount, told)
    if sent and seen is None and (before := stored_before(tender, agency, sent)) is not None:
        return before
    try:
        return settle(_submit(tender, agency, contents, people, by=by, at=at, seen=seen, sent=sent))
    except Refused:
        before = stored_before(tender, agency, sent) if sent else None
        if before is None:
            raise
        return before


@transaction.atomic
def _submit(  # noqa: PLR0913 - as `submit_bid`
    tender: Tender,
    agency: Organization,
    contents: Contents,
    people: Collection[str],
    *,
    by: User,
    at: datetime,
    seen: str | None,
    sent: str,
) -> Bid | Refused:
    known = _taking_bids(tender, agency, at, seen)
    agency = Organization.objects.lock(agency.pk)
    tender = _hold(known)
    own = Bid.objects.own(tender, agency)
    require(*_as_seen(tender, own, at, seen))
    own_people = people_for(tender.item, agency)
    check = ask(tender, agency, Moment.SIGN_UP, at)
    answer = ask_requirements(tender, [agency.pk], Moment.SIGN_UP, at)[agency.pk]
    asked = (
        *may_work_for(tender, agency, at, check, answer),
        *may_enter(tender, agency, own, at),
        *may_name(tender.item, agency, people, own_people, at),
        *may_offer(tender, contents.amount),
        size_is_told_alike(agency, is_small=SMALL in contents.more),
        *may_send_plan(tender, plan_in(contents), rules_for(tender, at)),
        key_is_vouched(tender),
        *may_act_for(agency, by, tender.item),
    )
    if failed := [verdict for verdict in asked if not verdict.holds]:
        return Refused(*failed)
    contents = _naming(contents, [one for one in own_people if one.certificate_number in people])
    bid = _enter(tender, agency, own, by=by, at=at)
    offer = _offer(bid, contents, by=by, at=at)
    record(
        by=by,
        verb="bid.submitted",
        target=bid,
        at=at,
        organization=agency,
        is_sealed=True,
        version=offer.version,
        **({"sent": sent} if sent else {}),
    )
    _acknowledge(bid, offer, at)
    if method_of(tender).settles_on_entry:
        end_sign_up(tender, at)
        evaluate_tender(tender=tender, at=at)
    return bid


def _naming(contents: Contents, people: Sequence[Practitioner]) -> Contents:
    """Put people into an envelope as they are today; without any it says nothing of them."""
    if not people:
        return contents
    return replace(contents, more={**contents.more, PEOPLE: as_named(people)})


def _taking_bids(tender: Tender, agency: Organization, at: datetime, seen: str | None) -> Tender:
    """
    Return the order if it takes bids, as it was given or else as it is now.

    Nobody who comes too late asks for the lock: the closing waits for all who hold it.

    Raises:
        Refused: it takes none any more.
    """
    if _is_early(tender, at) or tender_takes_bids(tender, at).holds:
        return tender
    now = Tender.objects.get(pk=tender.pk)
    if not tender_takes_bids(now, at).holds:
        require(*_as_seen(now, Bid.objects.own(now, agency), at, seen))
    return now


def _is_early(tender: Tender, at: datetime) -> bool:
    """Tell whether what was read with the order says so already; under the lock all is asked."""
    begins_at, ends_at = tender.published_at, vars(tender).get("known_end")
    if begins_at is None or ends_at is None or tender.status != Tender.Status.ACTIVE:
        return False
    return bool(begins_at <= at < ends_at)


def _as_seen(
    tender: Tender, own: Bid | None, at: datetime, seen: str | None
) -> tuple[Verdict, ...]:
    """Ask whether the order takes bids, and whether it and the own bid are what was shown."""
    return tender_takes_bids(tender, at), *as_seen(version_of_bid(tender, own), seen)


def _hold(known: Tender) -> Tender:
    """
    Lock an order against its closing, and return it freshly read.

    Bidders do not disturb each other, so they hold it together; only an answer that ends the
    sign-up at once needs it alone. What publication fixed may have been read before.
    """
    alone = method_of(known).settles_on_entry
    tender = Tender.objects.lock(known.pk) if alone else Tender.objects.lock_shared(known.pk)
    for name in FIXED:
        field: Any = Tender._meta.get_field(name)
        if field.is_cached(known):
            field.set_cached_value(tender, field.get_cached_value(known))
    return tender


def _enter(tender: Tender, agency: Organization, own: Bid | None, *, by: User, at: datetime) -> Bid:
    """Return the standing bid of `agency`: a new one, the one it has, or the one that lay still."""
    if own is None:
        own = insert(Bid(tender=tender, agency=agency, submitted_by=by, submitted_at=at))
        own.last_offer = None
        return own
    if own.status in {Bid.Status.WITHDRAWN, Bid.Status.LAPSED}:
        own.resubmit(at=at, by=by)
        own.save()
    return own


def _offer(bid: Bid, contents: Contents, *, by: User, at: datetime) -> Offer:
    latest = bid.last_offer
    version = 1 if latest is None else latest.version + 1
    envelope = sealed_offer(bid.tender, bid.agency, version, contents)
    offer = insert(
        Offer(
            bid=bid,
            version=version,
            envelope=envelope,
            sealed=digest(envelope),
            offered_at=at,
            offered_by=by,
        )
    )
    bid.last_offer = offer
    return offer


def _acknowledge(bid: Bid, offer: Offer, at: datetime) -> None:
    """Tell the bidder, without the amount, that its bid has come, in the words of the method."""
    tell(
        organization=bid.agency,
        kind=method_of(bid.tender).receipt,
        at=at,
        url=links.to_bid(bid.tender),
        tender=bid.tender,
        version=offer.version,
    )


@transaction.atomic
def withdraw_bid(*, bid: Bid, by: User, at: datetime, seen: str | None = None) -> Bid:
    """
    Take a bid back; until the deadline it can be submitted again.

    Raises:
        Refused: a guard in `may_withdraw_bid` does not hold.
    """
    known = _taking_bids(bid.tender, bid.agency, at, seen)
    agency = Organization.objects.lock(bid.agency_id)
    tender = _hold(known)
    bid = Bid.objects.lock(bid.pk)
    bid.tender, bid.agency = tender, agency
    require(
        *may_withdraw_bid(bid, at),
        person_still_acts_for(agency, authorities_of(agency, by)),
        *as_seen(version_of_bid(tender, bid), seen),
    )
    before = bid.status
    bid.withdraw(at=at)
    bid.save()
    record(
        by=by,
        verb="bid.withdrawn",
        target=bid,
        at=at,
        organization=agency,
        before=before,
        is_sealed=True,
    )
    tell(
        organization=agency,
        kind="bidding/bid_withdrawn",
        at=at,
        url=links.to_bid(bid.tender),
        tender=bid.tender,
    )
    return bid


@transaction.atomic
def decline_order(
    *, tender: Tender, agency: Organization, by: User, at: datetime, seen: str | None = None
) -> Tender:
    """
    Say no to a direct order as the named agency; it fails at once.

    Raises:
        Refused: a guard in `may_decline_order` does not hold.
    """
    agency = Organization.objects.lock(agency.pk)
    tender = Tender.objects.lock(tender.pk)
    known = Bid.objects.filter(tender=tender, agency=agency).first()
    require(*may_decline_order(tender, agency, at), *as_seen(version_of_bid(tender, known), seen))
    record(by=by, verb="tender.declined", target=tender, at=at, organization=agency)
    end_sign_up(tender, at)
    fail_tender(tender, reasons=named_agency_has_not_declined().refusal, by=by, at=at)
    return tender
