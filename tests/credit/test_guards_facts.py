"""A fact is judged once, a finding is looked into once."""

import pytest

from credit.guards.facts import fact_is_not_judged, finding_is_open
from credit.models import Case, Finding, ReportedFact
from tests.clock import NOON


@pytest.mark.parametrize("status", [*ReportedFact.Status])
def test_a_fact_is_judged_once(status):
    assert fact_is_not_judged(ReportedFact(status=status)).holds == (status == "reported")


@pytest.mark.parametrize(
    ("finding", "holds"),
    [
        (Finding(), True),
        (Finding(closed_at=NOON), False),
        (Finding(case=Case(status="found")), True),
        (Finding(case=Case(status="notified")), False),
    ],
)
def test_a_finding_is_looked_into_until_notice_is_given(finding, holds):
    assert finding_is_open(finding).holds == holds
