"""An officer says once which person the account is of, so that four eyes are two people."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from marketplace.guards.identities import may_state_identity
from marketplace.identifiers import person_key
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import OfficerIdentity, User


@transaction.atomic
def state_identity(*, identity_number: str, by: User, at: datetime) -> OfficerIdentity:
    """
    Let the account of `by` be that of one person, and of nobody else's account.

    The number becomes a key here and is in no row, log or error.

    Raises:
        Refused: a guard in `may_state_identity` does not hold.
    """
    key = person_key(identity_number, settings.IDENTITY_KEY)
    require(*may_state_identity(identity_number, key, by))
    identity = OfficerIdentity(user=by, key=key, stated_at=at)
    try:
        with transaction.atomic():
            identity.save()
    except IntegrityError:  # it was stated at the same time in another window
        require(*may_state_identity(identity_number, key, by))
        raise
    record(by=by, verb="identity.registered", target=by, at=at)
    return identity
