"""How many numbers one person may read in a day."""

from datetime import timedelta

import pytest

from bidding.guards.contacts import lookups_are_within_limit, lookups_of
from marketplace.kernel.models import AuditEntry
from tests.clock import NOON
from tests.factories.marketplace import UserFactory

MIDNIGHT = NOON - timedelta(hours=12)


@pytest.mark.django_db
def test_a_day_begins_at_midnight_in_china_and_others_do_not_count(settings) -> None:
    settings.CONTACT_LOOKUPS_PER_DAY = 2
    reader, other = UserFactory(), UserFactory()
    moments = [MIDNIGHT - timedelta(microseconds=1), MIDNIGHT, NOON]
    for by, at in [*((reader, at) for at in moments), (other, NOON)]:
        AuditEntry.objects.create(by=by, verb="contact.shown", at=at)

    assert lookups_of(reader, NOON) == 2
    assert not lookups_are_within_limit(reader, NOON).holds
    assert lookups_are_within_limit(other, NOON).holds
    assert lookups_are_within_limit(None, NOON).holds
