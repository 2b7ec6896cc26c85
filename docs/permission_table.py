"""
Who may do what, for every permission of the code: role by role, and by what one is to it.

Nothing is stored: the parties and what they act on are rows in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from inspect import getmembers, isfunction, signature
from types import ModuleType
from typing import Any

from bidding import permissions as bidding
from bidding.models import (
    Award,
    Bid,
    Contract,
    Dispute,
    Expert,
    Inspection,
    InspectionPlan,
    PanelSeat,
    PushedProject,
    Report,
    Tender,
)
from credit import permissions as credit
from credit.models import Case, Finding, ReportedFact, Restriction
from marketplace import permissions as marketplace
from marketplace.models import (
    Agency,
    AgencyPaper,
    Buyer,
    Division,
    Invitation,
    Membership,
    Organization,
    User,
)
from marketplace.parties import Party

NOW = datetime(2026, 11, 24, tzinfo=UTC)
MODULES = (marketplace, credit, bidding)
Role, Kind = Membership.Role, Organization.Kind
ALL, NOBODY = "all", "–"
SIDES = {
    Kind.AGENCY: (Role.AGENCY_MANAGER, Role.AGENCY_AGENT),
    Kind.BUYER: (Role.BUYER_MANAGER, Role.BUYER_AGENT),
    Kind.AUTHORITY: (Role.OPERATOR, Role.REGULATOR, Role.MANAGER, Role.INSPECTOR, Role.EXPERT),
}
HEAD = ("Permission", "nobody", *(str(role) for roles in SIDES.values() for role in roles))


def permission_rows() -> Iterator[tuple[str, ...]]:
    """Yield a row for each permission: for whom of which role it holds, in words of relation."""
    for module in MODULES:
        for name, may in _permissions_of(module):
            cells = [_cell(may, kind, role) for kind, roles in SIDES.items() for role in roles]
            yield f"`{module.__name__}.{name}`", _for_nobody(may), *cells


def _permissions_of(module: ModuleType) -> Iterator[tuple[str, Callable[..., bool]]]:
    for name, found in getmembers(module, isfunction):
        is_own = found.__module__ == module.__name__ and name.startswith("can_")
        if is_own and next(iter(signature(found).parameters)) == "party":
            yield name, found


def _for_nobody(may: Callable[..., bool]) -> str:
    return "yes" if may(None, *_given(may)) else NOBODY


def _cell(may: Callable[..., bool], kind: str, role: str) -> str:
    """Name the relations in which a person of this role may, or say that it is all or none."""
    found = {
        relation: may(Party(user, unit, frozenset({role})), *_given(may))
        for relation, user, unit in _people(kind)
    }
    if all(found.values()):
        return ALL
    return ", ".join(relation for relation, holds in found.items() if holds) or NOBODY


def _given(may: Callable[..., bool]) -> list[Any]:
    """Return what a permission is asked about, by the names of its parameters."""
    return [_things()[name] for name in list(signature(may).parameters)[1:]]


@cache
def _division(code: str, level: str) -> Division:
    return Division(code=code, name=code, level=level)


@cache
def _unit(key: int, kind: str, code: str = "360700", level: str = "city") -> Organization:
    return Organization(pk=key, kind=kind, name=str(key), division=_division(code, level))


OWN_PERSON, COLLEAGUE = User(pk=1), User(pk=2)


def _people(kind: str) -> list[tuple[str, User, Organization]]:
    """Return what a person of such a unit can be to the things, each with the person."""
    if kind == Kind.AGENCY:
        return [("own", OWN_PERSON, _unit(1, kind)), ("other", COLLEAGUE, _unit(2, kind))]
    if kind == Kind.BUYER:
        return [
            ("own", OWN_PERSON, _unit(3, kind)),
            ("colleague", COLLEAGUE, _unit(3, kind)),
            ("other", COLLEAGUE, _unit(4, kind)),
        ]
    return [
        ("own", OWN_PERSON, _unit(5, kind)),
        ("beside", OWN_PERSON, _unit(6, kind)),
        ("above", OWN_PERSON, _unit(7, kind, "360000", "province")),
        ("below", OWN_PERSON, _unit(8, kind, "360702", "county")),
        ("elsewhere", OWN_PERSON, _unit(9, kind, "360100", "city")),
    ]


@cache
def _things() -> dict[str, Any]:
    """Return what is acted on: all of one agency, one buyer and one office of one place."""
    unit, owner, office = _unit(1, Kind.AGENCY), _unit(3, Kind.BUYER), _unit(5, Kind.AUTHORITY)
    agency, buyer = Agency(organization=unit), Buyer(organization=owner)
    tender = Tender(
        pk=1, buyer=owner, created_by=OWN_PERSON, division=owner.division, submitted_at=NOW
    )
    award = Award(pk=1, tender=tender, bid=Bid(pk=1, tender=tender, agency=unit))
    case = Case(pk=1, organization=unit, authority=office, status=Case.Status.NOTIFIED)
    dispute = Dispute(filer=unit, respondent=owner, authority=office, tender=tender, checked_at=NOW)
    expert = Expert(office=office, user=OWN_PERSON)
    hidden = {"is_public": False, "effective_to": NOW, "published_until": NOW}
    return {
        "agency": agency,
        "at": NOW,
        "authority": office,
        "award": award,
        "bid": award.bid,
        "buyer": buyer,
        "case": case,
        "dispute": dispute,
        "division": office.division,
        "expert": expert,
        "fact": ReportedFact(organization=owner),
        "finding": Finding(organization=unit),
        "invitation": Invitation(organization=office),
        "inspection": Inspection(agency=unit, plan=InspectionPlan(authority=office)),
        "organization": unit,
        "paper": AgencyPaper(agency=agency),
        "pushed": PushedProject(buyer=tender.buyer),
        "report": Report(authority=office),
        "seat": PanelSeat(tender=tender, expert=expert, status=PanelSeat.Status.ACCEPTED),
        "restriction": Restriction(organization=unit, case=case, **hidden),
        "subject": Contract(award=award),
        "tender": tender,
    }
