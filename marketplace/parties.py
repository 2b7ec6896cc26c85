"""Who acts: a person, in one organisation, with the roles they hold there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet
from django.http import HttpRequest

from marketplace.kernel import known
from marketplace.kernel.statements import counted, statement
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


@statement
def _held(person: int) -> QuerySet[Membership]:
    held = Membership.objects.active().filter(user=person)
    return held.select_related("user", "organization__division").order_by("pk")


@statement
def _person(key: int) -> QuerySet[User]:
    return User.objects.filter(pk=key)


BUYING = frozenset({Membership.Role.BUYER_MANAGER, Membership.Role.BUYER_AGENT})


@dataclass(frozen=True)
class Capacity:
    """A unit that one may act for, and as what, where it is both owner and agency."""

    organization: Organization
    side: str = ""

    @property
    def key(self) -> str:
        """What names it in the session and in a form."""
        return f"{self.organization.slug}:{self.side}" if self.side else self.organization.slug

    @property
    def name(self) -> str:
        if not self.side:
            return self.organization.name
        return f"{self.organization.name}（{Organization.Kind(self.side).label}）"


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
    chosen_side: str = ""
    """As what one acts for a unit that is both owner and agency; empty where there is no choice."""
    others: tuple[Capacity, ...] = field(default=(), compare=False)
    """As whom else the person may act."""

    @property
    def side(self) -> str:
        """The kind of party that acts: that of the organisation, unless it is two and one chose."""
        return self.chosen_side or self.organization.kind

    @property
    def is_agency(self) -> bool:
        """Tell whether the organisation offers services."""
        return self.side == Organization.Kind.AGENCY

    @property
    def is_buyer(self) -> bool:
        """Tell whether the organisation buys services."""
        return self.side == Organization.Kind.BUYER

    @property
    def buys_nothing(self) -> bool:
        """Tell whether the organisation would have to register as a buyer first."""
        return not self.is_buyer

    @property
    def is_authority(self) -> bool:
        """Tell whether the organisation is a public authority with an area of its own."""
        return self.side == Organization.Kind.AUTHORITY

    def has_role(self, *roles: str) -> bool:
        """Tell whether the person holds one of `roles` there."""
        return not self.roles.isdisjoint(roles)

    @property
    def is_officer(self) -> bool:
        """Tell whether the person holds an office there, and is not drawn into panels alone."""
        return self.is_authority and not self.roles <= {Membership.Role.EXPERT}

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
    capacities = capacities_in(memberships)
    chosen = request.session.get(SESSION_KEY)
    found = next((one for one in capacities if chosen in {one.key, one.organization.slug}), None)
    here = found or capacities[0]
    organization = here.organization
    held = (row.role for row in memberships if row.organization_id == organization.pk)
    roles = frozenset(role for role in held if not here.side or _side_of(role) == here.side)
    organizations = {row.organization_id: row.organization for row in memberships}
    others = tuple(one for one in capacities if one != here)
    return Party(user, organization, roles, tuple(organizations.values()), here.side, others)


def capacities_in(memberships: Iterable[Membership]) -> list[Capacity]:
    """
    Return as whom somebody may act, in the order of their memberships.

    An agency that is an owner too counts once for each side on which they hold a role.
    """
    found: dict[tuple[int, str], Capacity] = {}
    for row in memberships:
        unit = row.organization
        is_agency = unit.kind == Organization.Kind.AGENCY
        side = _side_of(row.role) if is_agency else ""
        found[unit.pk, side] = Capacity(unit, side)
    both = {key for key, side in found if side == Organization.Kind.BUYER}
    return [
        one if key in both else Capacity(one.organization) for (key, _side), one in found.items()
    ]


def _side_of(role: str) -> str:
    return Organization.Kind.BUYER if role in BUYING else Organization.Kind.AGENCY


def unread_of(party: Party) -> int:
    """Return how many messages the person has not opened there; asked once in a reading request."""
    key = party.user.pk, party.organization.pk
    return known.once_here("unread", *key, read=partial(_unread, *key))[0]


@statement
def _unread(person: int, organization: int) -> QuerySet[Message, int]:
    return counted(Message.objects.filter(user=person, organization=organization).unread())
