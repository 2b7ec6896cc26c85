"""Who is told of a dispute: its sides, and the officers whose business it is."""

import pytest

from bidding.actions.disputes.telling import tell_authority, tell_filer, tell_respondent
from marketplace.models import Message
from tests.bidding.disputing import CHECKED, world
from tests.factories.marketplace import Role, party

pytestmark = pytest.mark.django_db


def test_each_side_is_told_where_it_can_read_on() -> None:
    it = world()
    dispute = it.accepted()
    other = party(it.tender.buyer, Role.BUYER_AGENT).user  # runs no order of this kind
    regulator = party(it.operators, Role.REGULATOR).user
    Message.objects.all().delete()

    tell_filer(dispute, "bidding/dispute_accepted", CHECKED)
    tell_respondent(dispute, "bidding/dispute_to_answer", CHECKED)
    tell_authority(dispute, "bidding/dispute_filed", CHECKED)

    own, officers = f"/disputes/{dispute.slug}/", f"/operator/disputes/{dispute.slug}/"
    told = {(one.organization.pk, one.kind, one.url) for one in Message.objects.all()}
    assert told == {
        (it.filer.pk, "bidding/dispute_accepted", own),
        (it.tender.buyer_id, "bidding/dispute_to_answer", own),
        (it.operators.pk, "bidding/dispute_filed", officers),
    }
    assert not Message.objects.filter(user__in=[other, regulator]).exists()
