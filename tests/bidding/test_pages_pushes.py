"""What was sent waits on its owner's pages, the newest first, until there is an order."""

from __future__ import annotations

import pytest

from bidding.pages.pushes import facts_of, waiting_of_project, waiting_projects
from tests.factories.bidding import PushedProjectFactory, TenderFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_the_projects_of_a_unit_wait_for_their_orders() -> None:
    first = PushedProjectFactory()
    second = PushedProjectFactory(buyer=first.buyer)
    PushedProjectFactory()
    PushedProjectFactory(buyer=first.buyer, tender=TenderFactory(buyer=first.buyer))

    assert waiting_projects(first.buyer) == [second, first]
    assert waiting_of_project(first.buyer, first.project_code) == [first]
    values = {str(fact.label): fact.value for fact in facts_of(first).facts}
    assert (values["联系电话"], values["服务事项"]) == ("0797-8123456", None)
