"""What becomes of the second factors of people, and of those that were lost."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse

from marketplace.actions.messages import notify_person
from marketplace.factors import OF_THE_DEMO
from marketplace.guards.factors import may_ask_for_reset, may_confirm_reset, reset_waits
from marketplace.guards.versions import version_of_members, version_of_reset
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import FactorReset, Membership, OfficerIdentity, Organization, User
from marketplace.web.versions import as_seen


@transaction.atomic
def note_factor_added(*, factor: Authenticator, by: User, at: datetime) -> None:
    """Record that a person has bound an app or a key."""
    record(by=by, verb="factor.added", target=by, at=at, type=factor.type, factor=factor.pk)


@transaction.atomic
def note_factor_removed(*, kind: str, factor: int, by: User, at: datetime) -> None:
    """Record that a person has unbound the app or key that had the primary key `factor`."""
    record(by=by, verb="factor.removed", target=by, at=at, type=kind, factor=factor)


@transaction.atomic
def give_demo_factor(*, user: User, at: datetime) -> None:
    """Give an officer of the demo the app whose codes its pages fill in; it is good there alone."""
    kind = Authenticator.Type.TOTP
    data = {"secret": OF_THE_DEMO}
    factor = Authenticator.objects.create(user=user, type=kind, data=data, created_at=at)
    note_factor_added(factor=factor, by=user, at=at)


@transaction.atomic
def ask_for_reset(
    *, membership: Membership, reasons: str, by: User, at: datetime, seen: str | None = None
) -> FactorReset:
    """
    Ask as a manager to unbind what a member has lost; the person learns of it at once.

    Raises:
        Refused: a guard in `may_ask_for_reset` does not hold.
    """
    organization = Organization.objects.lock(membership.organization_id)
    require(*may_ask_for_reset(membership, by), *as_seen(version_of_members(organization), seen))
    reset = FactorReset.objects.create(
        organization=organization, user=membership.user, reasons=reasons, asked_by=by, asked_at=at
    )
    record(by=by, verb="factor_reset.asked", target=reset, at=at, organization=organization)
    _tell(reset, "marketplace/reset_asked", at)
    return reset


@transaction.atomic
def confirm_reset(
    *, reset: FactorReset, by: User, at: datetime, seen: str | None = None
) -> FactorReset:
    """
    Confirm as another officer, and unbind apps, keys and recovery codes; they count no more.

    The person says anew which one the account is of.

    Raises:
        Refused: a guard in `may_confirm_reset` does not hold.
    """
    organization = Organization.objects.lock(reset.organization_id)
    reset = FactorReset.objects.lock(reset.pk)
    require(*may_confirm_reset(reset, by), *as_seen(version_of_reset(reset), seen))
    reset.confirmed_by, reset.confirmed_at = by, at
    reset.save(update_fields=["confirmed_by", "confirmed_at"])
    Authenticator.objects.filter(user_id=reset.user_id).delete()
    OfficerIdentity.objects.filter(user_id=reset.user_id).delete()
    record(by=by, verb="factor_reset.confirmed", target=reset, at=at, organization=organization)
    _tell(reset, "marketplace/reset_confirmed", at)
    return reset


@transaction.atomic
def withdraw_reset(
    *, reset: FactorReset, by: User, at: datetime, seen: str | None = None
) -> FactorReset:
    """
    Take a request back.

    Raises:
        Refused: it was confirmed or withdrawn before.
    """
    organization = Organization.objects.lock(reset.organization_id)
    reset = FactorReset.objects.lock(reset.pk)
    require(reset_waits(reset), *as_seen(version_of_reset(reset), seen))
    reset.withdrawn_at = at
    reset.save(update_fields=["withdrawn_at"])
    record(by=by, verb="factor_reset.withdrawn", target=reset, at=at, organization=organization)
    return reset


def _tell(reset: FactorReset, kind: str, at: datetime) -> None:
    notify_person(
        user=reset.user,
        organization=reset.organization,
        kind=kind,
        at=at,
        url=reverse("mfa_index"),
        reset=reset,
    )
