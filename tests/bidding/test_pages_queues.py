"""The officers' queues: what waits, and in which order."""

from datetime import timedelta

import pytest

from bidding.pages.queues import queue_counts, queue_of, queue_tabs
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


def test_the_queues_are_tabs_and_the_first_counts_what_waits() -> None:
    counts = {"review": 2, "publish": 3, "register": 4, "open": 5}

    tabs = queue_tabs(counts, "publish")

    assert [(str(tab.label), tab.url, tab.count) for tab in tabs] == [
        ("全部待办", "?queue=", 9),
        ("待审核", "?queue=review", 2),
        ("待发布", "?queue=publish", 3),
        ("待登记", "?queue=register", 4),
        ("进行中", "?queue=open", 5),
    ]
    assert [tab.is_on for tab in tabs] == [False, False, True, False, False]
