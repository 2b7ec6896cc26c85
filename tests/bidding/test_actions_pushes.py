"""An order is begun of a project as it was seen, once, and for what is offered."""

from __future__ import annotations

import pytest

from bidding.actions.pushes import take_up_project
from bidding.models import PushedProject, Tender
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.factories.bidding import PushedProjectFactory
from tests.factories.marketplace import ServiceItemFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_an_item_that_is_not_offered_and_a_project_seen_otherwise_draft_nothing() -> None:
    pushed, hidden, item = (
        PushedProjectFactory(),
        ServiceItemFactory(),
        ServiceItemFactory(published=True),
    )
    where = {"pushed": pushed, "division": pushed.division, "by": UserFactory(), "at": NOON}

    with refused("item_is_offered"):
        take_up_project(item=hidden, **where)
    with refused("page_says_what_was_seen"):
        take_up_project(item=item, seen="another", **where)

    assert not Tender.objects.exists()
    assert PushedProject.objects.waiting().get() == pushed
