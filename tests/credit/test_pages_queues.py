"""The officers' queues: what stands in each, in which order, and how many."""

from datetime import timedelta

import pytest

from credit.pages.queues import (
    CLOSED,
    DUE,
    FOUND,
    HEARING,
    QUEUES,
    REMEDY,
    WAITING,
    case_orders,
    late_cases,
    queue_counts,
    queue_of,
    queue_tabs,
)
from tests.clock import NOON
from tests.factories.credit import CaseFactory, RestrictionFactory, ReviewFactory
from tests.factories.marketplace import AuthorityFactory, Role, division, party

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_queue_holds_the_cases_of_the_area_the_nearest_deadline_first():
    officer = party(AuthorityFactory(division=division("360700")), Role.REGULATOR)
    below = AuthorityFactory(division=division("360702"))
    later = CaseFactory(authority=below, statement_due_at=NOON + 2 * DAY)
    sooner = CaseFactory(authority=officer.organization, statement_due_at=NOON + DAY)
    stated = CaseFactory(authority=below, stated=True)
    ended = CaseFactory(authority=below, ended=True)
    found = CaseFactory(authority=below, found=True)
    reviewed = RestrictionFactory(case=CaseFactory(authority=below, decided=True)).case
    ReviewFactory(case=reviewed)
    CaseFactory(authority=AuthorityFactory(division=division("360103")))

    assert [*queue_of(officer, WAITING)] == [sooner, later]
    assert [*queue_of(officer, DUE)] == [stated]
    assert [*queue_of(officer, FOUND)] == [found]
    assert [*queue_of(officer, REMEDY)] == [reviewed]
    assert {*queue_of(officer, CLOSED)} == {ended, reviewed}
    counts = {FOUND: 1, WAITING: 2, HEARING: 0, DUE: 1, REMEDY: 1, CLOSED: 2}
    assert queue_counts(officer) == counts
    assert late_cases(officer, NOON + DAY) == {sooner.pk}


def test_the_tabs_begin_with_what_is_to_be_decided():
    tabs = queue_tabs({**dict.fromkeys(QUEUES, 0), WAITING: 2, DUE: 1}, WAITING)

    assert [(tab.label, tab.count, tab.is_on) for tab in tabs] == [
        ("待决定", 1, False),
        ("待核查", 0, False),
        ("陈述申辩期", 2, True),
        ("待听证", 0, False),
        ("复核和修复", 0, False),
        ("已办结", 0, False),
    ]


def test_every_queue_says_its_order_and_offers_the_latest_notice_first():
    found = {queue: [order.name for order in case_orders(queue)] for queue in QUEUES}

    assert found == {
        FOUND: ["due", "newest"],
        WAITING: ["due", "newest"],
        HEARING: ["due", "newest"],
        REMEDY: ["decided", "newest"],
        DUE: ["due", "newest"],
        CLOSED: ["decided", "newest"],
    }
