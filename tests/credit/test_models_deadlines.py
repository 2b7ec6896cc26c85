"""The deadlines of credit."""

from datetime import timedelta

import pytest

from credit.models import Restriction
from credit.models.deadlines import CreditDeadline
from tests.clock import NOON
from tests.deadlines import next_act
from tests.factories.credit import (
    GRACE,
    CaseFactory,
    RestrictionFactory,
)

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)


def test_a_lifted_restriction_ends_at_the_instant_it_is_lifted():
    RestrictionFactory(lifted_at=NOON + timedelta(days=2))

    assert Restriction.objects.in_force(NOON + timedelta(days=2) - INSTANT).exists()
    assert not Restriction.objects.in_force(NOON + timedelta(days=2)).exists()
    assert Restriction.objects.over(NOON + timedelta(days=2)).exists()
    assert next_act(CreditDeadline.TERM, NOON) is None


def test_statements_are_over_at_their_deadline():
    case = CaseFactory()
    CaseFactory(stated=True)

    assert next_act(CreditDeadline.STATEMENT, NOON) == case.statement_due_at + GRACE
