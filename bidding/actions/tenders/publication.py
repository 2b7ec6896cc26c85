"""The operator's part before the sign-up: return, approve, publish, each by the right person."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from bidding import links
from bidding.actions.deadlines import OPENING, SIGN_UP
from bidding.actions.sealing import make_key, sealed_seed
from bidding.actions.telling import tell
from bidding.guards.seals import fingerprint
from bidding.guards.tenders import may_approve, may_publish, may_return, reasons_are_given
from bidding.guards.versions import order_as_seen
from bidding.models import Seal, Tender
from bidding.rulebook import rules_for
from bidding.selection.draw import SEED_BYTES, commitment
from bidding.selection.methods import method_of
from marketplace.actions.rulebook import pin_rulebook
from marketplace.identifiers import tender_code
from marketplace.kernel import deadlines
from marketplace.kernel.audit import record
from marketplace.kernel.calendar import day_of
from marketplace.kernel.models import Sequence
from marketplace.kernel.verdicts import require
from marketplace.models import Organization, User


class SeedForeseen(ValueError):
    """Somebody wants to choose the seed of a draw; outside the demo nobody may know it."""


@transaction.atomic
def return_tender(
    *, tender: Tender, reasons: str, by: User, at: datetime, seen: str | None = None
) -> Tender:
    """
    Send an order back to the buyer, who may correct and submit it again.

    Raises:
        Refused: a guard in `may_return` does not hold, or no reason is given.
    """
    tender = Tender.objects.lock(tender.pk)
    require(
        *may_return(tender, by, at),
        reasons_are_given(reasons),
        *order_as_seen(tender, seen),
    )
    before = tender.status
    tender.send_back(reasons=reasons.strip())
    tender.save()
    record(
        by=by,
        verb="tender.returned",
        target=tender,
        at=at,
        before=before,
        reasons=tender.return_reasons,
    )
    tell(
        organization=tender.buyer,
        kind="bidding/tender_returned",
        at=at,
        url=links.to_tender(tender),
        tender=tender,
    )
    return tender


@transaction.atomic
def approve_tender(
    *,
    tender: Tender,
    by: User,
    at: datetime,
    seen: str | None = None,
    uscc_confirmed: bool = False,
) -> Tender:
    """
    Pass an order in the review; another officer publishes it.

    `uscc_confirmed` says that the officer compared a credit code of the buyer whose check digit is
    wrong with the certificate.

    Raises:
        Refused: a guard in `may_approve` does not hold.
    """
    buyer = Organization.objects.lock(tender.buyer_id)
    tender = Tender.objects.lock(tender.pk)
    tender.buyer = buyer
    require(
        *may_approve(tender, by, at, uscc_confirmed=uscc_confirmed),
        *order_as_seen(tender, seen),
    )
    before = tender.status
    tender.approve(at=at, by=by)
    tender.save()
    record(by=by, verb="tender.approved", target=tender, at=at, before=before)
    if not buyer.uscc_is_settled:
        _confirm_uscc(buyer, by=by, at=at)
    return tender


def _confirm_uscc(buyer: Organization, *, by: User, at: datetime) -> None:
    buyer.uscc_confirmed_at = at
    buyer.save(update_fields=["uscc_confirmed_at"])
    record(
        by=by,
        verb="buyer.uscc_confirmed",
        target=buyer.buyer,
        at=at,
        organization=buyer,
        uscc=buyer.uscc,
    )


@transaction.atomic
def publish_tender(
    *,
    tender: Tender,
    by: User,
    at: datetime,
    seen: str | None = None,
    demo_seed: bytes | None = None,
) -> Tender:
    """
    Publish an order: from now on its rules are fixed, and the seed of a draw is promised.

    The seed is chosen here, at random. The demo's script alone gives its own, so that its draws
    are the same every time.

    Raises:
        Refused: a guard in `may_publish` does not hold.
        SeedForeseen: a seed is given where DEMO is off.
    """
    tender = lock_with_parties(tender)
    require(*may_publish(tender, by, at), *order_as_seen(tender, seen))
    before = tender.status
    _bind(tender, at)
    make_key(tender, at)
    seal = promise_seed(tender, at, demo_seed)
    _open_sign_up(tender, by=by, at=at)
    record(
        by=by,
        verb="tender.published",
        target=tender,
        at=at,
        before=before,
        code=tender.code,
        rulebook=tender.rulebook and tender.rulebook.sha256,
        **told_of(tender, seal),
        tender_period_end=tender.tender_period_end and tender.tender_period_end.isoformat(),
    )
    _tell(tender, at)
    return tender


def lock_with_parties(tender: Tender) -> Tender:
    """
    Lock an order with its buyer and the agency that it names, and return it freshly read.

    The buyer's code may not change meanwhile, nor the standing of an agency that it names.
    """
    parties = [pk for pk in (tender.buyer_id, tender.named_agency_id) if pk is not None]
    list(Organization.objects.filter(pk__in=parties).lock_all())
    return Tender.objects.lock(tender.pk)


def promise_seed(tender: Tender, at: datetime, demo_seed: bytes | None) -> Seal:
    """
    Choose the seed of a possible draw of the round, promise it, and let the notice say so.

    Raises:
        SeedForeseen: a seed is given where DEMO is off.
    """
    if demo_seed is not None and not settings.DEMO:
        raise SeedForeseen
    seed = secrets.token_bytes(SEED_BYTES) if demo_seed is None else demo_seed
    seal = _seal(tender, at, seed)
    tender.commitment = seal.commitment
    return seal


def told_of(tender: Tender, seal: Seal) -> dict[str, Any]:
    """Return what the trail keeps of a promise, to hold the seal against it at the opening."""
    return {
        "commitment": seal.commitment,
        "seal": fingerprint(tender, seal),
        "round": seal.round,
    }


def _bind(tender: Tender, at: datetime) -> None:
    """Give the order its code and the version of the rules that it keeps for good."""
    division, year = tender.division, day_of(at).year
    serial = Sequence.objects.next_value(f"tender/{division.code}/{year}")
    tender.code = tender_code(division.code, year, serial)
    tender.rulebook = pin_rulebook(division=division, at=at)


def _open_sign_up(tender: Tender, *, by: User, at: datetime) -> None:
    tender.publish(at=at, by=by)
    tender.save()
    for kind in (SIGN_UP, OPENING):
        deadlines.start(kind, tender, at)


def _seal(tender: Tender, at: datetime, seed: bytes) -> Seal:
    """Promise the seed of a possible draw, before anybody can bid."""
    terms = method_of(tender).terms(tender, rules_for(tender, at))
    return Seal.objects.create(
        tender=tender,
        round=tender.selection_round,
        sealed_seed=sealed_seed(tender, seed),
        commitment=commitment(seed, terms),
        terms_version=terms.format,
        committed_at=at,
    )


def _tell(tender: Tender, at: datetime) -> None:
    """Tell the buyer, and the agency that a direct order names."""
    tell(
        organization=tender.buyer,
        kind="bidding/tender_published",
        at=at,
        url=links.to_tender(tender),
        tender=tender,
    )
    if tender.named_agency is not None:
        tell(
            organization=tender.named_agency,
            kind="bidding/agency_named",
            at=at,
            url=links.to_bid(tender),
            tender=tender,
        )
