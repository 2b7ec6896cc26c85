"""The officer's check of an owner: its kind, its code, and the authority of who acts for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from marketplace.actions.admissions.decisions import Remark
from marketplace.actions.messages import notify
from marketplace.guards.owners import may_confirm_owner, may_send_owner_back
from marketplace.guards.versions import version_of_buyer
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import Buyer, Membership, Organization, User
from marketplace.web.versions import as_seen


@transaction.atomic
def confirm_owner(
    *,
    buyer: Buyer,
    by: User,
    at: datetime,
    seen: str | None = None,
    uscc_confirmed: bool = False,
    authority_confirmed: bool = False,
) -> Buyer:
    """
    Let an owner publish from now on.

    `uscc_confirmed` says that the officer compared a code with a wrong check digit with the
    certificate, `authority_confirmed` that who registered the owner may act for it.

    Raises:
        Refused: a guard in `may_confirm_owner` does not hold.
    """
    buyer = _locked(buyer)
    organization = buyer.organization
    require(
        *may_confirm_owner(
            buyer, by, uscc_confirmed=uscc_confirmed, authority_confirmed=authority_confirmed
        ),
        *as_seen(version_of_buyer(organization), seen),
    )
    before, was_settled = buyer.status, organization.uscc_is_settled
    if not was_settled:
        organization.uscc_confirmed_at = at
        organization.save(update_fields=["uscc_confirmed_at"])
    buyer.approve(at=at, by=by)
    buyer.save()
    _record(buyer, "buyer.checked", by=by, at=at, before=before, uscc_confirmed=not was_settled)
    _tell(buyer, "marketplace/owner_checked", at)
    return buyer


@transaction.atomic
def send_owner_back(
    *,
    buyer: Buyer,
    reasons: str,
    by: User,
    at: datetime,
    seen: str | None = None,
    remarks: Sequence[Remark] = (),
) -> Buyer:
    """
    Ask an owner to correct what it is registered with; saving it asks for the check again.

    Raises:
        Refused: a guard in `may_send_owner_back` does not hold.
    """
    buyer = _locked(buyer)
    require(
        *may_send_owner_back(buyer, reasons, by),
        *as_seen(version_of_buyer(buyer.organization), seen),
    )
    before = buyer.status
    buyer.send_back(at=at, by=by, reasons=reasons.strip(), remarks=remarks)
    buyer.save()
    _record(buyer, "buyer.sent_back", by=by, at=at, before=before, reasons=buyer.return_reasons)
    _tell(buyer, "marketplace/owner_sent_back", at, reasons=buyer.return_reasons)
    return buyer


def _locked(buyer: Buyer) -> Buyer:
    """Lock the organisation, as whoever changes or publishes does, then its row; read it anew."""
    organization = Organization.objects.lock(buyer.pk)
    buyer = Buyer.objects.lock(buyer.pk)
    buyer.organization = organization
    return buyer


def _record(buyer: Buyer, verb: str, *, by: User, at: datetime, **data: Any) -> None:
    record(by=by, verb=verb, target=buyer, at=at, organization=buyer.organization, **data)


def _tell(buyer: Buyer, kind: str, at: datetime, **context: Any) -> None:
    """Tell the managers of an owner: nobody else of it opens what it is registered with."""
    notify(
        organization=buyer.organization,
        kind=kind,
        at=at,
        url=reverse("marketplace:buyer_facts"),
        roles=[Membership.Role.BUYER_MANAGER],
        **context,
    )
