"""Give a share of an order's key: the opening ceremony, which ends in the opening itself."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction

from bidding.actions.tenders.opening import evaluate_tender
from bidding.guards.openings import may_give_share, share_to_give
from bidding.guards.public_values import may_enter_value, value_is_signed
from bidding.guards.versions import order_as_seen
from bidding.models import PublicValue, ShareGiven, Tender
from bidding.sealing.keyring import KeyMissing
from bidding.selection.evidence import EvidenceDoesNotHold
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import Refused, require
from marketplace.parties import Party

log = structlog.get_logger(__name__)


def give_share(
    *, tender: Tender, giver: Party, at: datetime, seen: str | None = None
) -> ShareGiven:
    """
    Give the share that the giver's office holds; with the last one the bids are opened at once.

    Where the opening has not come, or something stands in its way, the schedule opens later.

    Raises:
        Refused: a guard in `may_give_share` does not hold.
    """
    given = _give(tender, giver, at, seen)
    _open_if_all_is_there(tender, at)
    return given


def enter_public_value(
    *, tender: Tender, officer: Party, value: str, at: datetime, seen: str | None = None
) -> PublicValue:
    """
    Enter what the announced public source said; the second officer who says the same settles it.

    Nobody is shown what another entered. A signed round of a beacon is checked and settles it at
    once. With it, if nothing else is missing, the bids are opened.

    Raises:
        Refused: a guard in `may_enter_value` does not hold, or `value_is_signed` does not.
    """
    entered = _enter(tender, officer, value, at, seen)
    _open_if_all_is_there(tender, at)
    return entered


def _open_if_all_is_there(tender: Tender, at: datetime) -> None:
    try:
        evaluate_tender(tender=tender, at=at)
    except Refused:
        log.info("opening_waits")
    except (KeyMissing, EvidenceDoesNotHold) as error:
        log.error("opening_failed", error=type(error).__name__)  # noqa: TRY400 - a trace quotes offers


@transaction.atomic
def _enter(
    tender: Tender, officer: Party, value: str, at: datetime, seen: str | None
) -> PublicValue:
    tender = Tender.objects.lock(tender.pk)
    require(
        *may_enter_value(tender, officer, at),
        value_is_signed(tender, value),
        *order_as_seen(tender, seen),
    )
    entered = PublicValue.objects.create(
        tender=tender,
        round=tender.selection_round,
        value=value,
        entered_by=officer.user,
        office=officer.organization,
        entered_at=at,
    )
    record(
        by=officer.user,
        verb="tender.public_value_entered",
        target=tender,
        at=at,
        organization=officer.organization,
        round=entered.round,
    )
    return entered


@transaction.atomic
def _give(tender: Tender, giver: Party, at: datetime, seen: str | None) -> ShareGiven:
    tender = Tender.objects.lock(tender.pk)
    share = share_to_give(tender, giver)
    require(*may_give_share(tender, giver, at), *order_as_seen(tender, seen))
    assert share is not None  # noqa: S101 - `office_holds_a_share`
    given = ShareGiven.objects.create(
        share=share,
        round=tender.selection_round,
        given_by=giver.user,
        office=giver.organization,
        given_at=at,
    )
    record(
        by=giver.user,
        verb="tender.share_given",
        target=tender,
        at=at,
        organization=giver.organization,
        holder=share.holder,
        round=given.round,
    )
    return given
