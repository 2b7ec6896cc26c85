"""Which changes an officer finds, in which order, and that a stale page decides nothing."""

from datetime import timedelta

import pytest
from django.test import Client

from marketplace.models import ChangeProposal, Membership
from tests.clock import NOON
from tests.factories.marketplace import (
    AuthorityFactory,
    ChangeProposalFactory,
    division,
    party,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
S = ChangeProposal.Status


def test_the_queue_holds_the_area_s_changes_by_deadline_or_as_asked(client: Client) -> None:
    late = ChangeProposalFactory(submitted_at=NOON - timedelta(days=3), check_due_at=NOON)
    early = ChangeProposalFactory(
        submitted_at=NOON - timedelta(days=5), check_due_at=NOON + timedelta(days=1)
    )
    done = ChangeProposalFactory(effective=True)
    ChangeProposalFactory(agency__organization__division=division("360102"))
    client.force_login(party(AuthorityFactory(), Membership.Role.OPERATOR).user)

    def found(query: str = "") -> list[ChangeProposal]:
        page = client.get(f"/operator/changes/{query}")
        return [row.proposal for row in page.context["rows"]]

    assert found() == [late, early]
    assert found("?sort=oldest") == [early, late]
    assert found("?status=effective") == [done]
    assert "没有这样的变更" in client.get("/operator/changes/?status=returned").content.decode()


def test_a_page_of_what_is_decided_confirms_nothing(client: Client) -> None:
    proposal = ChangeProposalFactory()
    client.force_login(party(AuthorityFactory(), Membership.Role.OPERATOR).user)
    seen = client.get(f"/operator/changes/{proposal.slug}/").context["seen"]
    client.post(f"/operator/changes/{proposal.slug}/return/", {"reasons": "材料不清"})

    answer = client.post(f"/operator/changes/{proposal.slug}/confirm/", {"seen": seen})

    assert answer.status_code == 409
    proposal.refresh_from_db()
    assert proposal.status == S.RETURNED
