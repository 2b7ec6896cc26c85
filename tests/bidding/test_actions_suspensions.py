"""An admission stands still for an objection, and an order without one goes on."""

from datetime import timedelta

import pytest

from bidding.actions.disputes import file_dispute, refuse_dispute
from bidding.actions.suspensions import settle_suspension
from bidding.guards.disputes import Filing
from bidding.models import Matter, Suspension
from marketplace.kernel.due import run_due
from marketplace.models import Agency
from tests.bidding.disputing import FACTS, FILED, REQUEST, world
from tests.clock import NOON
from tests.factories.marketplace import AgencyFactory
from tests.uploads import upload

pytestmark = pytest.mark.django_db


def test_a_publicity_that_is_objected_to_stands_still_until_the_objection_is_over() -> None:
    it = world()
    agency = AgencyFactory(publicity=True, organization__division=it.operators.division)
    end = agency.publicity_ends_at
    filing = Filing(matter=Matter.ONBOARDING, filer=it.filer, respondent=agency.organization)
    dispute = file_dispute(
        filing=filing, facts=FACTS, request=REQUEST, files=[upload()], by=it.by, at=NOON
    )

    run_due(end + timedelta(days=1))
    assert Agency.objects.get(pk=agency.pk).status == Agency.Status.PUBLICITY
    refuse_dispute(dispute=dispute, reasons="没有依据。", by=it.clerk, at=end)

    agency = Agency.objects.get(pk=agency.pk)
    assert agency.publicity_ends_at > end
    run_due(agency.publicity_ends_at)
    assert Agency.objects.get(pk=agency.pk).status == Agency.Status.ACTIVE


def test_what_does_not_suspend_lets_the_order_run() -> None:
    it = world()
    dispute = it.filed()
    type(dispute).objects.filter(pk=dispute.pk).update(suspends=False)

    settle_suspension(dispute, FILED)

    assert Suspension.objects.get().until == FILED
