"""Who acts: a person, in one organisation, with the roles they hold there."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet
from django.http import HttpRequest

from marketplace.kernel import known
from marketplace.kernel.statements import counted, prepared, statement
from marketplace.models import Division, Membership, Message, Organization, User

SESSION_KEY = "organization"
HELD = "held"
"""The attribute of a signed-in person with the memberships that were read with them."""


class PersonBackend(ModelBackend):
    """Django's backend for accounts, which reads who is signed in together with what they are."""

    def get_user(self, user_id: int) -> User | None:
        """Return the person if the account is active, in one statement if they are anything."""
        held = _held(user_id)
        user = held[0].user if held else _person.one(user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        setattr(user, HELD, held)
        return user


@prepared
def _held(person: int) -> QuerySet[Membership]:
    held = Membership.objects.active().filter(user=person)
    return held.select_related("user", "organization__division").order_by("pk")


@prepared
def _person(key: int) -> QuerySet[User]:
    return User.objects.filter(pk=key)


@dataclass(frozen=True)
class Party:
    """
    A person acting for an organisation; `roles` are those of that organisation alone.

    `organizations` are all that the person may act for, as far as they were asked for.
    """

    user: User
    organization: Organization
    roles: frozenset[str]
    organizations: tuple[Organization, ...] = field(default=(), compare=False)

    @property
    def is_buyer(self) -> bool:
        """Tell whether the organisation buys services."""
        return self.organization.kind == Organization.Kind.BUYER

    @property
    def buys_nothing(self) -> bool:
        """Tell whether the organisation would have to register as a buyer first."""
        return not self.is_buyer

    @property
    def is_authority(self) -> bool:
        """Tell whether the organisation is a public authority with an area of its own."""
        return self.organization.kind == Organization.Kind.AUTHORITY

    def has_role(self, *roles: str) -> bool:
        """Tell whether the person holds one of `roles` there."""
        return not self.roles.isdisjoint(roles)

    def covers(self, division: Division) -> bool:
        """Tell whether an authority acts for `division`: its own, or one below."""
        return self.is_authority and self.organization.division.covers(division)


def person(username: str) -> User | None:
    """Return the active person who logs in as `username`, or None."""
    return User.objects.filter(username=username, is_active=True).first()


def organizations_of(user: User) -> list[Organization]:
    """Return the organisations that `user` may act for, oldest membership first."""
    memberships = Membership.objects.held_by(user)
    return list({row.organization_id: row.organization for row in memberships}.values())


def acting(request: HttpRequest) -> Party | None:
    """Return `request.party` as a plain value: None when nobody acts."""
    return getattr(request, "party", None) or None


def party_of(request: HttpRequest) -> Party | None:
    """Return whom the signed-in person acts as: the chosen organisation, else the first one."""
    user = request.user
    if not isinstance(user, User):
        return None
    memberships = getattr(user, HELD, None)
    if memberships is None:
        memberships = list(Membership.objects.held_by(user))
    if not memberships:
        return None
    chosen = request.session.get(SESSION_KEY)
    organization = next(
        (row.organization for row in memberships if row.organization.slug == chosen),
        memberships[0].organization,
    )
    roles = frozenset(row.role for row in memberships if row.organization_id == organization.pk)
    organizations = {row.organization_id: row.organization for row in memberships}
    return Party(user, organization, roles, tuple(organizations.values()))


def unread_of(party: Party) -> int:
    """Return how many messages the person has not opened there; asked once in a reading request."""
    key = party.user.pk, party.organization.pk
    return known.once_here("unread", *key, read=partial(_unread, *key))[0]


@statement
def _unread(person: int, organization: int) -> QuerySet[Message, int]:
    return counted(Message.objects.filter(user=person, organization=organization).unread())
