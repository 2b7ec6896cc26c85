"""What every step of an objection or a complaint does alike."""

import pytest

from bidding.actions.disputes import answer_dispute, common
from bidding.models import Dispute
from marketplace.kernel.models import AuditEntry, Deadline
from tests.bidding.disputing import ANSWER, ANSWERED, COMPLAINED, World, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def it() -> World:
    return world()


def test_an_end_leaves_no_deadline_another_version_and_an_entry_in_the_trail(it: World) -> None:
    dispute = answer_dispute(dispute=it.accepted(), answer=ANSWER, by=it.clerk, at=ANSWERED)
    before = common.version_of_dispute(dispute).token
    running = Deadline.objects.filter(kind__startswith="dispute.", stopped_at=None)
    assert running.count() == 1

    common.end_dispute(common.lock_dispute(dispute), by=it.clerk, at=COMPLAINED, note="settled")

    dispute.refresh_from_db()
    assert (dispute.status, dispute.closing_note) == (Dispute.Status.CLOSED, "settled")
    assert common.version_of_dispute(dispute).token != before
    assert not running.exists()
    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, entry.organization, entry.data["note"]) == (
        "dispute.closed",
        it.operators,
        "settled",
    )
