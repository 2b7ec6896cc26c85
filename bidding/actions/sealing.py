"""Seal what bidders send for their order's own key, and open it when its shares are together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from secrets import token_bytes

from django.conf import settings
from django.db.models import OuterRef, Subquery

from bidding.guards.openings import SCHEDULE, shares_at_hand
from bidding.models import (
    BidList,
    InspectionPlan,
    KeyShare,
    Offer,
    OpenedOffer,
    OpenedPlan,
    OrderKey,
    Seal,
    Tender,
)
from bidding.models.bid import ABSENT
from bidding.rulebook import rules_for
from bidding.rules.openings import OFFICERS_FROM, SEAL_HOLDER, SEAL_THRESHOLD
from bidding.sealing import envelopes, shares
from bidding.sealing.contents import PLAN, Contents, contents_of, plan_in
from bidding.sealing.envelopes import DoesNotOpen, list_hash, words
from bidding.sealing.keyring import KeyMissing, keyring, platform_key
from bidding.sealing.receipts import vouched, vouched_key
from bidding.selection.draw import SEED_BYTES
from bidding.selection.methods import method_of
from marketplace.kernel.canonical import sha256_hex
from marketplace.kernel.declarations import Rules
from marketplace.kernel.inserts import insert, insert_all
from marketplace.models import Organization


class SeedForeseen(ValueError):
    """Somebody wants to choose the seed of a draw; outside the demo nobody may know it."""


def new_seed(demo_seed: bytes | None = None) -> bytes:
    """
    Return a seed that nobody knows; the demo's script alone gives its own.

    Raises:
        SeedForeseen: a seed is given where DEMO is off.
    """
    if demo_seed is not None and not settings.DEMO:
        raise SeedForeseen
    return token_bytes(SEED_BYTES) if demo_seed is None else demo_seed


def make_key(tender: Tender, at: datetime) -> None:
    """
    Give an order that has its code a key of its own; the private half stands nowhere but in shares.

    A round that follows seals for the same key: one who bid in the first is not asked again.
    """
    if tender.sealing_key:
        return
    code = _code(tender)
    private, suite = envelopes.private_key(), settings.SEAL_SUITE
    public = envelopes.public_key(private)
    rules = rules_for(tender, at)
    made = insert(
        OrderKey(
            tender=tender,
            suite=suite,
            public=public.hex(),
            threshold=rules[SEAL_THRESHOLD],
            is_by_officers=is_opened_by_officers(tender, rules),
            made_at=at,
        )
    )
    _split(made, private, _holders(made, rules))
    tender.sealing_key = vouched(public, suite, code, platform_key())


def is_opened_by_officers(tender: Tender, rules: Rules) -> bool:
    """Tell whether officers give shares for an order; one settled by an answer waits for nobody."""
    is_large = tender.ceiling is not None and tender.ceiling >= rules[OFFICERS_FROM]
    return is_large and not method_of(tender).settles_on_entry


def _holders(made: OrderKey, rules: Rules) -> list[str]:
    """Return who holds a share; where the schedule opens by itself, it has one of its own."""
    held = rules.column(SEAL_HOLDER)
    return [one for one in held if held[one] or (one == SCHEDULE and not made.is_by_officers)]


def _split(made: OrderKey, private: bytes, holders: Sequence[str]) -> None:
    """Put the private key into shares, each wrapped with the key of its holder."""
    code = _code(made.tender)
    parts = shares.split(private, made.threshold, len(holders), token_bytes)
    insert_all(
        [
            KeyShare(
                order_key=made,
                number=number,
                holder=holder,
                key=keyring().current(holder),
                wrapped=keyring().wrap(holder, parts[number], _words_of(code, number, holder)),
            )
            for number, holder in enumerate(holders, start=1)
        ]
    )


def rewrapped(share: KeyShare) -> KeyShare:
    """
    Wrap a share with the current key of its holder; the caller stores it.

    Raises:
        KeyMissing: the key that it is wrapped with is not there.
    """
    bound_to = _words_of(_code(share.order_key.tender), share.number, share.holder)
    content = keyring().unwrap(share.holder, share.key, bytes(share.wrapped), bound_to)
    share.key = keyring().current(share.holder)
    share.wrapped = keyring().wrap(share.holder, content, bound_to)
    return share


def keep_seed(plan: InspectionPlan, seed: bytes) -> None:
    """Wrap the seed of a plan of inspections with the key of the schedule, which draws it."""
    plan.seed_key = keyring().current(SCHEDULE)
    plan.sealed_seed = keyring().wrap(SCHEDULE, seed, words("inspection", plan.number))


def kept_seed(plan: InspectionPlan) -> bytes:
    """
    Return the seed of a plan of inspections.

    Raises:
        KeyMissing: the key that it is wrapped with is not there.
    """
    bound_to = words("inspection", plan.number)
    return keyring().unwrap(SCHEDULE, plan.seed_key, bytes(plan.sealed_seed), bound_to)


def sealed_offer(tender: Tender, agency: Organization, version: int, contents: Contents) -> bytes:
    """
    Return the envelope of a bidder's `version`; it opens for this order, bidder and version alone.

    Raises:
        NotSigned: the order's key is not the one that the platform gave it.
    """
    suite, public = vouched_key(tender.sealing_key, _code(tender), platform_key().public_key())
    bound_to = _words_of_offer(tender, agency, version)
    block = method_of(tender).block
    return envelopes.seal(contents.as_bytes(), suite, public, bound_to, block)


def sealed_seed(tender: Tender, seed: bytes) -> bytes:
    """Return the platform's secret of the order's round, sealed like a bid."""
    suite, public = vouched_key(tender.sealing_key, _code(tender), platform_key().public_key())
    return envelopes.seal(seed, suite, public, _words_of_seed(tender))


class Opener:
    """The private key of one order, for as long as its opening takes; `holders` gave its shares."""

    def __init__(self, tender: Tender) -> None:
        """
        Put the shares together.

        Raises:
            KeyMissing: too few of the shares can be unwrapped.
        """
        self.tender, self.key = tender, tender.order_key
        self.holders: list[str] = []
        self._private = self._combined(_code(tender))

    def _combined(self, code: str) -> bytes:
        found: dict[int, bytes] = {}
        for share in shares_at_hand(self.tender):
            if len(found) == self.key.threshold:
                break
            if keyring().has(share.holder, share.key):
                bound_to = _words_of(code, share.number, share.holder)
                found[share.number] = keyring().unwrap(
                    share.holder, share.key, bytes(share.wrapped), bound_to
                )
                self.holders.append(share.holder)
        if len(found) < self.key.threshold:
            raise KeyMissing(code, len(found), self.key.threshold)
        return shares.combine(found)

    def seed_of(self, seal: Seal) -> bytes:
        """
        Return the secret of a seal; nothing when it is not what was sealed.

        A seed that was changed is for the promise to refuse, which tells the operators.
        """
        try:
            return self._unsealed(bytes(seal.sealed_seed), _words_of_seed(self.tender))
        except DoesNotOpen:
            return b""

    def contents_of(self, offer: Offer) -> Contents:
        """
        Return what a bidder sent.

        Raises:
            DoesNotOpen: the row is not what was sealed.
        """
        bound_to = _words_of_offer(self.tender, offer.bid.agency, offer.version)
        return contents_of(self._unsealed(bytes(offer.envelope), bound_to))

    def open(self, offers: Iterable[Offer]) -> None:
        """Open the offers that count and keep what was in them, which is public from now on."""
        found = [(offer, self.contents_of(offer)) for offer in offers]
        insert_all([_opened(offer, contents) for offer, contents in found])
        plans = [(offer, plan) for offer, one in found if (plan := plan_in(one)) is not None]
        OpenedPlan.objects.bulk_create(
            OpenedPlan(
                offer=offer.opened,
                name=plan.name,
                content_type=plan.content_type,
                content=plan.content,
                sha256=plan.sha256,
            )
            for offer, plan in plans
        )

    def _unsealed(self, envelope: bytes, bound_to: bytes) -> bytes:
        return envelopes.unseal(envelope, self.key.suite, self._private, bound_to)


def _opened(offer: Offer, contents: Contents) -> OpenedOffer:
    """Return what of an envelope everybody may know: of a plan its name, size and hash."""
    more, plan = dict(contents.more), plan_in(contents)
    if plan is not None:
        more[PLAN] = {"name": plan.name, "size": len(plan.content), "sha256": plan.sha256}
    return OpenedOffer(offer=offer, amount=contents.amount, part=contents.part.hex(), more=more)


def freeze(tender: Tender, at: datetime) -> BidList:
    """
    Fix which sealed bids the order's round chooses from, and publish their hash alone.

    The sealed seed is in it, which nobody outside knows before the opening: else the hash of no
    bids, or of a bidder's own alone, would tell that there are no others.
    """
    return insert(
        BidList(
            tender=tender,
            round=tender.selection_round,
            sha256=frozen_hash(tender),
            frozen_at=at,
        )
    )


def frozen_hash(tender: Tender) -> str:
    """Return what stands for the sealed bids that the round of an order chooses from."""
    newest = Offer.objects.filter(bid=OuterRef("bid")).order_by("-version")
    offers = Offer.objects.filter(pk=Subquery(newest.values("pk")[:1]), bid__tender=tender)
    of_round = offers.filter(offered_at__gte=tender.seal.committed_at)
    listed = of_round.exclude(bid__status__in=ABSENT).values_list("bid__agency__slug", "sealed")
    return list_hash(_code(tender), digest(bytes(tender.seal.sealed_seed)), listed)


def digest(envelope: bytes) -> str:
    """Return by what a receipt and the evidence name an envelope."""
    return sha256_hex(envelope)


def _code(tender: Tender) -> str:
    assert tender.code is not None  # noqa: S101 - a constraint: published orders have one
    return tender.code


def _words_of(code: str, number: int, holder: str) -> bytes:
    return words("share", code, str(number), holder)


def _words_of_offer(tender: Tender, agency: Organization, version: int) -> bytes:
    return words("offer", _code(tender), agency.slug, str(version))


def _words_of_seed(tender: Tender) -> bytes:
    return words("seed", _code(tender), str(tender.selection_round))
