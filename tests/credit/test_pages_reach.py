"""Whom a decision would touch: branches, what is published, and never a sealed bid."""

import pytest

from credit.pages.reach import reach_of
from tests.clock import NOON
from tests.factories.credit import CaseFactory, active_agency
from tests.factories.marketplace import PractitionerFactory

pytestmark = pytest.mark.django_db


def test_a_measure_on_a_person_names_the_agency_where_the_person_is_now():
    party, other = active_agency(), active_agency()
    PractitionerFactory(agency=other.agency, certificate_number="CS-1")
    case = CaseFactory(
        organization=party, restriction_kind="freeze", person_name="王测试", person_number="CS-1"
    )

    reach = reach_of(case, NOON)

    assert reach.employer == other
    assert (reach.branches, reach.stopped, reach.kept) == ([], [], [])
