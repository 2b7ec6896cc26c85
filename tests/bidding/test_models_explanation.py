"""What the database keeps of an explanation."""

import pytest
from django.db import IntegrityError, transaction

from bidding.models import Explanation
from tests.bidding.costing import GIVEN, LOW, NEXT, low_case

pytestmark = pytest.mark.django_db
Status = Explanation.Status


@pytest.mark.parametrize(
    "changed",
    [
        {"is_set_aside": True},
        {"text": "说明"},
        {"status": Status.GIVEN},
        {"status": Status.REFUSED, "is_set_aside": True},
        {"status": Status.REFUSED, "is_set_aside": False},
    ],
)
def test_a_state_has_what_it_implies(changed):
    case = low_case()

    with pytest.raises(IntegrityError), transaction.atomic():
        Explanation.objects.filter(pk=case.explanation.pk).update(**changed)


def test_a_bid_is_asked_once():
    case = low_case()

    with pytest.raises(IntegrityError), transaction.atomic():
        Explanation.objects.create(tender=case.tender, bid=case.bid_at(LOW), asked_at=GIVEN)


def test_who_is_set_aside_is_named_by_its_code():
    case = low_case()
    assert Explanation.objects.set_aside(case.tender) == frozenset()
    assert list(Explanation.objects.open()) == [case.explanation]
    case.given()

    case.judged(is_accepted=False)

    assert Explanation.objects.set_aside(case.tender) == {case.agency.uscc}
    assert list(Explanation.objects.open()) == []
    assert list(Explanation.objects.of(case.tender)) == [case.explanation]
    assert case.bid_at(NEXT).agency.uscc not in Explanation.objects.set_aside(case.tender)
    assert Explanation.objects.with_order().get().tender.buyer == case.tender.buyer
