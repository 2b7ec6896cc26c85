"""What is asked of an officer before an act: a second factor, as of editors, and who one is."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from marketplace.models import Membership, OfficerIdentity, Organization, User

Type = Authenticator.Type
DEMO_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - known to everybody, in the demo alone
OF_THE_DEMO = "demo"
"""What is stored in place of a secret: it stands for the known one, and for none without DEMO."""


def factors_of(user: User) -> QuerySet[Authenticator]:
    """Return the apps and keys of `user`; the recovery codes only stand in for them."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=user)
    return found.exclude(type=Type.RECOVERY_CODES)


def needs_factor(user: User) -> bool:
    """Tell whether the person acts for an authority, or edits the platform's pages."""
    held = Membership.objects.active().filter(user=user)
    is_officer = held.filter(organization__kind=Organization.Kind.AUTHORITY).exists()
    return is_officer or user.has_perm("wagtailadmin.access_admin")


def has_given_factor(request: HttpRequest, user: User) -> bool:
    """Tell whether a factor that the person still has was given in this session."""
    records = get_authentication_records(request, user)
    given = [record.get("id") for record in records if record["method"] == "mfa"]
    return bool(given) and Authenticator.objects.filter(user=user, pk__in=given).exists()


def has_stated_identity(user: User) -> bool:
    """Tell whether it is known which person the account is of."""
    return OfficerIdentity.objects.filter(user=user).exists()


def missing_step(request: HttpRequest, user: User, back: str) -> str:
    """
    Return where the person has to go before acting in this session, or an empty text.

    That is where a factor is set up, or given: a session that is older than the app has seen none.
    `back` is the page to return to.
    """
    if has_given_factor(request, user):
        return ""
    held = set(factors_of(user).values_list("type", flat=True))
    if not held:
        return reverse("mfa_index")
    name = "mfa_reauthenticate" if Type.TOTP in held else "mfa_reauthenticate_webauthn"
    return f"{reverse(name)}?{urlencode({'next': back})}"


def code_of(secret: str) -> str:
    """Return the code that an app with `secret` shows now."""
    counters = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counters[len(counters) // 2])))


def demo_code() -> str:
    """Return the code of the demo's officers, which its pages fill in; empty without DEMO."""
    return code_of(DEMO_SECRET) if settings.DEMO else ""
