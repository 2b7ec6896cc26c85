"""The officers' queues: what waits, and in which order."""

from datetime import timedelta

import pytest

from bidding.pages.queues import queue_counts, queue_of
from tests.clock import NOON
from tests.factories.bidding import TenderFactory
from tests.factories.marketplace import AuthorityFactory, Role, division, party

pytestmark = pytest.mark.django_db


def test_a_queue_holds_what_waits_in_the_area_the_longest_first() -> None:
    officer = party(AuthorityFactory(division=division("360700")), Role.OPERATOR)
    later = TenderFactory(submitted=True, submitted_at=NOON)
    sooner = TenderFactory(submitted=True, submitted_at=NOON - timedelta(hours=1))
    reviewed = TenderFactory(reviewed=True)
    active = TenderFactory(active=True)
    TenderFactory(submitted=True, division=division("360102"))
    TenderFactory()

    assert [*queue_of(officer, "review")] == [sooner, later]
    assert [*queue_of(officer, "publish")] == [reviewed]
    assert [*queue_of(officer, "open")] == [active]
    assert {*queue_of(officer, "")} == {sooner, later, reviewed}
    assert queue_counts(officer) == {"review": 2, "publish": 1, "register": 0, "open": 1}
