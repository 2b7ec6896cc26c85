"""Facts of an order on the record of its winner, each once."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bidding.actions.awards import abandon_award
from credit.actions import judge_fact
from credit.models import Conduct, Entry, ReportedFact
from credit.standing import standing_of
from tests.clock import NOON
from tests.factories.bidding import AwardFactory, load_reference
from tests.factories.credit import EntryFactory
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db


def given_up_before(award, *days):
    for ago in days:
        EntryFactory(
            organization=award.bid.agency,
            kind=Conduct.ABANDONMENT,
            points=Decimal(-10),
            occurred_at=NOON - timedelta(days=ago),
        )


def kinds(award):
    entries = Entry.objects.filter(organization=award.bid.agency).order_by("pk")
    return list(entries.values_list("kind", flat=True))


def give_up(award):
    load_reference()
    abandon_award(award=award, reasons="人员不足。", by=UserFactory(), at=NOON)
    fact = ReportedFact.objects.get()
    judge_fact(fact=fact, is_excused=False, reasons="没有证明。", by=UserFactory(), at=NOON)


def test_k1_08_the_third_abandonment_in_a_year_is_an_event_of_its_own():
    """K1-08: three abandonments by one agency in 12 months."""
    award = AwardFactory()
    given_up_before(award, 300, 100)

    give_up(award)

    assert kinds(award) == [*[Conduct.ABANDONMENT] * 3, Conduct.THREE_ABANDONMENTS]
    assert standing_of(award.bid.agency, NOON).score == 100 - 3 * 10 - 30


@pytest.mark.parametrize("days", [(100,), (366, 100)])
def test_two_in_a_year_are_no_third(days):
    award = AwardFactory()
    given_up_before(award, *days)

    give_up(award)

    assert Conduct.THREE_ABANDONMENTS not in kinds(award)


def test_one_that_was_corrected_to_nothing_does_not_count():
    award = AwardFactory()
    given_up_before(award, 100)
    given_up_before(award, 50)
    wrong = Entry.objects.latest("pk")
    EntryFactory(
        organization=award.bid.agency,
        kind=wrong.kind,
        reference=wrong.reference,
        points=Decimal(0),
        occurred_at=wrong.occurred_at,
        corrects=wrong,
    )

    give_up(award)

    assert Conduct.THREE_ABANDONMENTS not in kinds(award)


def test_those_that_were_counted_are_not_counted_again():
    award = AwardFactory()
    given_up_before(award, 300, 200, 100)
    EntryFactory(
        organization=award.bid.agency,
        kind=Conduct.THREE_ABANDONMENTS,
        points=Decimal(-30),
        occurred_at=NOON - timedelta(days=100),
    )

    give_up(award)

    assert kinds(award).count(Conduct.THREE_ABANDONMENTS) == 1
