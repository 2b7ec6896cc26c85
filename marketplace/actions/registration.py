"""Register agencies and buyers; the person who registers becomes their first manager."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from marketplace.actions.documents import store_document, stores_files
from marketplace.guards import registration as guards
from marketplace.guards.registration import (
    BUYER_IDENTITY,
    may_change_buyer,
    may_register_in,
    may_use_uscc,
)
from marketplace.guards.versions import version_of_buyer
from marketplace.identifiers import UsccCheck, check_uscc, person_key
from marketplace.kernel.audit import record
from marketplace.kernel.verdicts import require
from marketplace.models import Agency, Buyer, Division, Membership, Organization, PlaceCode, User
from marketplace.web.versions import as_seen

Kind, Role = Organization.Kind, Membership.Role
BUYER_FACTS = frozenset(
    {*BUYER_IDENTITY - {"uscc"}, "size", "contact_name", "contact_phone", "contact_email"}
)
CHECKED_FACTS = BUYER_IDENTITY | {"authority_letter"}


class UnknownFact(TypeError):
    """A fact that a party cannot have."""


@transaction.atomic
def register_agency(*, by: User, at: datetime, **facts: Any) -> Organization:
    """
    Register an agency whose admission begins as a draft; `facts` are those of `_register`.

    A wrong check digit is stored as such; the officer has to confirm it at the formal check.

    Raises:
        Refused: a guard in `may_use_uscc` or `may_register_in` does not hold.
    """
    organization = _register(Kind.AGENCY, at=at, **facts)
    agency = Agency.objects.create(organization=organization)
    _appoint(organization, Role.AGENCY_MANAGER, by=by)
    record(by=by, verb="agency.registered", target=agency, at=at, organization=organization)
    return organization


@transaction.atomic
def register_buyer(*, nature: str, by: User, at: datetime, **facts: Any) -> Organization:
    """
    Register a buyer, which may draft orders at once and publish when an officer has checked it.

    Raises:
        Refused: a guard in `may_use_uscc` or `may_register_in` does not hold.
    """
    organization = _register(Kind.BUYER, at=at, **facts)
    buyer = Buyer.objects.create(organization=organization, nature=nature)
    _appoint(organization, Role.BUYER_MANAGER, by=by)
    record(by=by, verb="buyer.registered", target=buyer, at=at, organization=organization)
    return organization


@transaction.atomic
def register_person(
    *, person_name: str, identity_number: str, division: Division, by: User, at: datetime
) -> Organization:
    """
    Register an owner who is a natural person, known to the public by a name that names nobody.

    The number becomes a key here and is in no row, log or error; the name is for the officer who
    checks, and for the other side of a contract.

    Raises:
        Refused: the number is not right, or the person is registered already.
    """
    require(guards.identity_number_is_right(identity_number))
    key = person_key(identity_number, settings.IDENTITY_KEY)
    require(guards.person_is_new(key))
    organization = Organization(
        kind=Kind.BUYER, division=division, identity_key=key, registered_at=at
    )
    organization.name = Organization.name_of_a_person(organization.slug)
    try:
        with transaction.atomic():
            organization.save()
    except IntegrityError:  # they registered at the same time in another window
        require(guards.person_is_new(key))
        raise
    buyer = Buyer.objects.create(
        organization=organization, nature=Buyer.Nature.PERSON, person_name=person_name
    )
    _appoint(organization, Role.BUYER_MANAGER, by=by)
    record(by=by, verb="buyer.registered", target=buyer, at=at, organization=organization)
    return organization


@transaction.atomic
def buy_too(*, organization: Organization, nature: str, by: User, at: datetime) -> Organization:
    """
    Let an agency be an owner as well: one unit, one code; it never serves itself.

    Raises:
        Refused: it is one already.
    """
    organization = Organization.objects.lock(organization.pk)
    require(guards.unit_is_no_owner_yet(organization))
    buyer = Buyer.objects.create(organization=organization, nature=nature)
    _appoint(organization, Role.BUYER_MANAGER, by=by)
    record(by=by, verb="buyer.registered", target=buyer, at=at, organization=organization)
    return organization


@transaction.atomic
def serve_too(*, organization: Organization, by: User, at: datetime) -> Organization:
    """
    Let an owner be an agency as well; its admission begins as a draft, as everybody's does.

    Raises:
        Refused: it is one already, or a natural person.
    """
    organization = Organization.objects.lock(organization.pk)
    require(guards.unit_is_no_agency_yet(organization), guards.unit_is_no_person(organization))
    organization.kind = Kind.AGENCY
    organization.save(update_fields=["kind"])
    agency = Agency.objects.create(organization=organization)
    _appoint(organization, Role.AGENCY_MANAGER, by=by)
    record(by=by, verb="agency.registered", target=agency, at=at, organization=organization)
    return organization


@stores_files
@transaction.atomic
def change_buyer(
    *,
    organization: Organization,
    by: User,
    at: datetime,
    seen: str | None = None,
    uscc: str | None = None,
    letter: UploadedFile | None = None,
    **facts: Any,
) -> Organization:
    """
    Store facts of a buyer; its name, code, nature and place only until its first order is public.

    What an officer checks (those, and the letter of authority) is checked anew once it differs, or
    once the officer asked for a correction.

    Raises:
        Refused: a guard in `may_change_buyer` or `may_use_uscc` does not hold.
        UnknownFact: a keyword names no fact.
    """
    if unknown := facts.keys() - BUYER_FACTS:
        raise UnknownFact(*sorted(unknown))
    organization = Organization.objects.lock(organization.pk)
    require(*as_seen(version_of_buyer(organization), seen))
    buyer = Buyer.objects.get(pk=organization.pk)
    if uscc is not None and (code := check_uscc(uscc)).value != organization.uscc:
        require(*may_use_uscc(code, organization))
        facts |= uscc_fields(code)
    changed = sorted(
        name for name, value in facts.items() if _differs(organization, buyer, name, value)
    )
    require(
        *may_change_buyer(organization, changed),
        *may_register_in(organization.division, organization.registered_in),
    )
    save_with_code(organization)
    if letter is not None:
        buyer.authority_letter = store_document(
            upload=letter, organization=organization, by=by, at=at
        )
        changed.append("authority_letter")
    _ask_for_check(buyer, changed)
    buyer.save()
    record(
        by=by,
        verb="buyer.changed",
        target=buyer,
        at=at,
        organization=organization,
        fields=changed,
    )
    return organization


def _ask_for_check(buyer: Buyer, changed: list[str]) -> None:
    is_other = not CHECKED_FACTS.isdisjoint(changed)
    if buyer.status == Buyer.Status.RETURNED or (is_other and buyer.status == Buyer.Status.CHECKED):
        buyer.ask_again()


def _differs(organization: Organization, buyer: Buyer, name: str, value: Any) -> bool:
    row = buyer if name == "nature" else organization
    is_other = bool(getattr(row, name) != value)
    setattr(row, name, value)
    return is_other


def _register(
    kind: str,
    *,
    name: str,
    uscc: str,
    division: Division,
    at: datetime,
    registered_in: PlaceCode | None = None,
) -> Organization:
    check = check_uscc(uscc)
    require(*may_use_uscc(check), *may_register_in(division, registered_in))
    organization = Organization(
        kind=kind,
        name=name,
        division=division,
        registered_in=registered_in,
        registered_at=at,
        **uscc_fields(check),
    )
    save_with_code(organization)
    return organization


def save_with_code(organization: Organization) -> None:
    """
    Store an organisation whose code was asked about.

    Raises:
        Refused: somebody stored the same code between question and answer.
    """
    try:
        with transaction.atomic():
            organization.save()
    except IntegrityError:
        others = organization if organization.pk else None
        require(*may_use_uscc(check_uscc(organization.uscc or ""), others))
        raise


def uscc_fields(check: UsccCheck) -> dict[str, Any]:
    """Return what is stored of a checked code; a new code waits for confirmation again."""
    return {
        "uscc": check.value,
        "has_valid_check_digit": not check.wrong_check_digit,
        "uscc_confirmed_at": None,
    }


def _appoint(organization: Organization, role: str, *, by: User) -> None:
    Membership.objects.create(user=by, organization=organization, role=role)
