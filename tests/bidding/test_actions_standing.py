"""What credit answers about an agency is kept, and only published decisions are named by it."""

import pytest

from bidding.actions.standing import Moment, ask, ask_all, decisions_behind, unpublished
from bidding.models import Tender
from credit.models import StandingCheck
from tests.clock import NOON
from tests.factories.bidding import TenderFactory, bidder
from tests.factories.credit import RestrictionFactory
from tests.factories.marketplace import ServiceClassFactory

pytestmark = pytest.mark.django_db


def test_the_question_names_the_order_and_its_class_and_the_answer_is_kept() -> None:
    tender: Tender = TenderFactory(active=True)
    free, elsewhere, restricted = bidder(), bidder(), bidder()
    RestrictionFactory(organization=elsewhere, service_class=ServiceClassFactory())
    found = RestrictionFactory(organization=restricted, service_class=tender.item.service_class)

    answers = ask_all(tender, [free, elsewhere, restricted], Moment.SIGN_UP, NOON)

    assert {pk: check.is_clear for pk, check in answers.items()} == {
        free.pk: True,
        elsewhere.pk: True,
        restricted.pk: False,
    }
    assert ask(tender, restricted, Moment.SELECTION, NOON).moment == "selection"
    kept = StandingCheck.objects.get(organization=restricted, moment=Moment.SIGN_UP)
    assert (kept.reference, kept.moment, kept.asked_at) == (tender.code, "sign_up", NOON)
    assert kept.restriction_ids == [found.slug]


def test_the_earliest_decision_stands_for_what_was_in_the_way() -> None:
    earlier = RestrictionFactory()
    later = RestrictionFactory(organization=earlier.organization)
    found = StandingCheck(
        organization=earlier.organization, restriction_ids=[later.slug, earlier.slug]
    )
    clear = StandingCheck(organization=bidder(), restriction_ids=[])

    assert decisions_behind([found, clear]) == {
        earlier.organization.pk: earlier.case.decision_number
    }


def test_a_decision_that_not_everybody_may_read_is_unpublished() -> None:
    public, hidden = RestrictionFactory(), RestrictionFactory(is_public=False)
    numbers = [row.case.decision_number for row in (public, hidden)]

    assert unpublished([*numbers, "没有这个文号"]) == {hidden.case.decision_number}
    assert unpublished([]) == frozenset()
