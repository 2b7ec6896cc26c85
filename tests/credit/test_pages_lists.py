"""The lists that are open to many."""

from datetime import timedelta

import pytest

from credit.pages.lists import public_restrictions, restriction_counts
from tests.clock import NOON
from tests.factories.credit import RestrictionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
DAY = timedelta(days=1)


def test_published_restrictions_run_or_are_over():
    running = RestrictionFactory()
    over = RestrictionFactory(effective_from=NOON - 2 * DAY, effective_to=NOON)
    RestrictionFactory(is_public=False)

    assert [*public_restrictions(NOON, is_over=False)] == [running]
    assert [*public_restrictions(NOON, is_over=True)] == [over]
    assert restriction_counts(NOON) == {"running": 1, "over": 1}
    assert restriction_counts(NOON, running=7) == {"running": 7, "over": 1}


def test_what_is_over_is_listed_while_it_is_published():
    lifted = RestrictionFactory(lifted_at=NOON, published_until=NOON + DAY)

    assert [*public_restrictions(NOON, is_over=True)] == [lifted]
    assert [*public_restrictions(NOON + DAY, is_over=True)] == []
    assert [*public_restrictions(NOON, is_over=False)] == []
