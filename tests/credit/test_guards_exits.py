"""Whom a restriction keeps out."""

import pytest

from credit.guards.exits import may_come_back
from tests.clock import NOON
from tests.factories.credit import RestrictionFactory, active_agency

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "holds"), [("freeze", False), ("removal", False), ("warning", True)]
)
def test_a_restriction_keeps_an_agency_out_and_a_warning_does_not(kind, holds):
    restriction = RestrictionFactory(
        organization=active_agency(), kind=kind, case__restriction_kind=kind
    )

    [verdict] = may_come_back(organization=restriction.organization, at=NOON)

    assert (verdict.guard, verdict.holds) == ("organization_is_not_restricted", holds)
