"""The deadlines of an explanation: whom a move of them tells, and that they stand still as well."""

import pytest

from bidding.actions.deadlines.explanations import EXPLANATION, JUDGEMENT, lock_explanation
from bidding.models.deadlines import OrderDeadline as D
from marketplace.kernel import deadlines
from marketplace.kernel.deadlines import Settled
from marketplace.kernel.models.deadlines import MATTER
from tests.bidding.costing import GIVEN, low_case
from tests.bidding.openings import told
from tests.factories.bidding import OPENING

pytestmark = pytest.mark.django_db


def test_a_move_is_told_to_who_explains_and_to_who_judges():
    case = low_case()
    moved = Settled(case.tender.reference, D.EXPLANATION, OPENING, GIVEN, is_provisional=False)

    EXPLANATION.tell(case.explanation, moved, GIVEN)

    found = sorted(name for kind, name in told() if kind == "bidding/deadline_settled")
    assert found == sorted([case.agency.name, case.tender.buyer.name])


def test_they_belong_to_the_order_and_wait_for_what_arrived_in_time():
    case = low_case()

    assert EXPLANATION.reference(case.explanation) == case.tender.reference
    assert EXPLANATION.matter(case.explanation) == f"tender/{case.tender.slug}"
    row = case.explanation.deadlines.get(kind=D.EXPLANATION)
    assert (row.acts_at - row.ends_at).total_seconds() == 60
    assert JUDGEMENT.label == "成本说明审核期限"


def test_it_stands_still_with_the_order():
    case = low_case()

    found = lock_explanation(case.explanation)
    deadlines.suspend((EXPLANATION,), found, GIVEN, why=MATTER, also_ended=True)

    assert found.tender == case.tender
    assert found.deadlines.get(kind=D.EXPLANATION).suspended_by == MATTER
