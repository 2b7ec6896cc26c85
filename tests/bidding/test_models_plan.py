"""A plan is written at the opening, and for good."""

import pytest

from bidding.models import OpenedPlan
from marketplace.kernel.models.append_only import AppendOnlyError
from tests.bidding.openings import opened
from tests.factories.bidding import PLAN_SENT, WEIGHTS, BidFactory, TenderFactory


@pytest.mark.django_db
def test_what_was_sealed_is_kept_as_it_was_sent():
    tender = TenderFactory(closed=True, method="plan_price", parameters=WEIGHTS)
    bid = BidFactory(tender=tender)
    assert not OpenedPlan.objects.exists()

    opened(tender)

    plan = OpenedPlan.objects.get()
    assert (plan.offer.offer.bid, plan.name, bytes(plan.content)) == (
        bid,
        PLAN_SENT.name,
        PLAN_SENT.content,
    )
    assert (plan.sha256, plan.size) == (PLAN_SENT.sha256, len(PLAN_SENT.content))
    told = {"name": plan.name, "size": plan.size, "sha256": plan.sha256}
    assert plan.offer.more == {"plan": told}
    with pytest.raises(AppendOnlyError):
        plan.save()
