"""One line of the trail says who did what to which row, and from which state to which."""

import pytest
import structlog

from marketplace.kernel.audit import record
from marketplace.kernel.models import AuditEntry
from tests.clock import NOON
from tests.factories.marketplace import AgencyFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_an_entry_holds_who_did_what_and_the_state_after_it() -> None:
    agency, person = AgencyFactory(active=True), UserFactory()

    record(by=person, verb="agency.activated", target=agency, at=NOON, before="publicity", days=5)

    entry = AuditEntry.objects.get(verb="agency.activated")
    assert (entry.target_type, entry.target_id) == ("marketplace.agency", str(agency.pk))
    assert (entry.by, entry.at, entry.organization) == (person, NOON, None)
    assert (entry.before, entry.after, entry.data) == ("publicity", "active", {"days": 5})
    assert (entry.is_sealed, entry.request_id) == (False, "")


def test_the_schedule_acts_as_nobody_and_a_row_without_states_has_none() -> None:
    person = UserFactory()

    record(by=None, verb="user.seen", target=person, at=NOON, is_sealed=True)

    entry = AuditEntry.objects.get(verb="user.seen")
    assert (entry.by, entry.after, entry.is_sealed) == (None, "", True)


def test_an_entry_made_in_a_request_names_the_request() -> None:
    with structlog.contextvars.bound_contextvars(request_id="r-1"):
        entry = record(by=None, verb="user.seen", target=UserFactory(), at=NOON)

    assert entry.request_id == "r-1"
