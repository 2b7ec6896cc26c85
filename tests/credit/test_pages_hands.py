"""Who can take a case over, and how much each has to do."""

import pytest

from credit.pages.hands import colleagues_for, loads_of
from tests.credit.remedies import regulator
from tests.factories.credit import CaseFactory
from tests.factories.marketplace import AuthorityFactory, Role, party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def test_every_regulator_there_but_who_has_it_can_take_a_case(authority):
    one, other = regulator(authority), regulator(authority)
    regulator(AuthorityFactory())
    case = CaseFactory(authority=authority, handled_by=one)

    assert other in colleagues_for(case)
    assert one not in colleagues_for(case)
    case.handled_by = None
    assert {one, other} <= {*colleagues_for(case)}


def test_the_heaviest_load_comes_first_and_missed_deadlines_are_counted(authority):
    busy, idle = regulator(authority), regulator(authority)
    late = CaseFactory(authority=authority, handled_by=busy)
    CaseFactory(authority=authority, handled_by=busy, stated=True)
    CaseFactory(authority=authority, handled_by=idle)
    CaseFactory(authority=authority, handled_by=idle, dismissed=True)

    loads = loads_of(party(authority, Role.REGULATOR), frozenset([late.pk]))

    assert [(it.person, it.open_count, it.late_count) for it in loads] == [
        (busy, 2, 1),
        (idle, 1, 0),
    ]
