"""Who reads a masked number is on the trail, with the reason and no more."""

import pytest

from bidding.actions.contacts import note_contact_shown
from marketplace.kernel.models import AuditEntry
from tests.clock import NOON
from tests.factories.credit import active_agency
from tests.factories.marketplace import UserFactory

pytestmark = pytest.mark.django_db


def test_the_trail_says_who_has_read_a_number_and_why() -> None:
    agency, by = active_agency(), UserFactory()

    note_contact_shown(target=agency, reason="business", by=by, at=NOON, count=2)

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.by, entry.at) == ("contact.shown", by, NOON)
    assert (entry.target_id, entry.data) == (str(agency.pk), {"reason": "business", "count": 2})
