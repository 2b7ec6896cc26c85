import pytest

from marketplace.actions.changes.steps import CHECK, locked
from marketplace.kernel import deadlines
from marketplace.kernel.due import settle_deadlines
from marketplace.models import Message
from tests.clock import NOON
from tests.factories.deadlines import move_deadline
from tests.factories.marketplace import ChangeProposalFactory, MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def test_the_check_ends_as_that_of_an_admission_and_tells_when_it_moves() -> None:
    proposal = ChangeProposalFactory()
    MembershipFactory(organization=proposal.agency.organization)

    row = deadlines.start(CHECK, locked(proposal), NOON)

    assert row.ends_at == NOON.replace(day=27, hour=0)
    assert row.matter == f"admission/{proposal.agency.organization.slug}"
    move_deadline(proposal, CHECK.name, ends_at=NOON, is_provisional=True, starts_at=NOON)
    [settled] = [one for one in settle_deadlines(NOON.replace(hour=1)) if one.has_moved]
    assert settled.reference == proposal.agency.organization.uscc
    assert Message.objects.get().url == f"/admission/changes/{proposal.slug}/"
