"""What a buyer's own orders wait for."""

from datetime import timedelta

import pytest

from bidding.pages.own_orders import come_to_nothing, drafts_of
from tests.clock import NOON
from tests.factories.bidding import OPENING, AwardFactory, TenderFactory
from tests.factories.marketplace import Role, UserFactory, party

pytestmark = pytest.mark.django_db


def test_a_manager_goes_on_with_every_draft_and_an_agent_with_the_own_ones() -> None:
    agent = UserFactory()
    own = TenderFactory(created_by=agent)
    other = TenderFactory(buyer=own.buyer)
    TenderFactory(buyer=own.buyer, submitted=True)

    manager = party(own.buyer, Role.BUYER_MANAGER)
    assert [row.pk for row in drafts_of(manager)] == [other.pk, own.pk]
    by = party(own.buyer, Role.BUYER_AGENT, user=agent)
    assert [row.pk for row in drafts_of(by)] == [own.pk]


def test_what_came_to_nothing_is_named_until_it_is_run_again() -> None:
    failed = TenderFactory(unsuccessful=True)
    lost = AwardFactory(cancelled=True, tender__buyer=failed.buyer, tender__complete=True).tender
    manager = party(failed.buyer, Role.BUYER_MANAGER)

    def found(since: object = NOON - timedelta(days=60)) -> set[int]:
        return {row.pk for row in come_to_nothing(manager, since)}

    assert found() == {failed.pk, lost.pk}
    assert failed.pk not in found(OPENING + timedelta(days=1))
    TenderFactory(buyer=failed.buyer, previous=failed, round=2)
    assert found() == {lost.pk}
