"""A project has an order or waits; without one it is called by its title."""

import pytest

from bidding.models import PushedProject
from tests.factories.bidding import PushedProjectFactory, TenderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_a_project_whose_draft_is_deleted_waits_again() -> None:
    pushed = PushedProjectFactory(tender=(tender := TenderFactory()))
    assert not PushedProject.objects.waiting().exists()

    tender.delete()

    assert PushedProject.objects.waiting().get() == pushed
    assert str(pushed) == "章江河道整治"
