"""Templates are used and removed as they were seen; a project is drafted whole or not at all."""

import pytest

from bidding.actions.tenders.templates import (
    draft_project,
    remove_template,
    save_template,
    use_template,
)
from bidding.models import OrderTemplate, Tender
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.factories.bidding import TenderFactory
from tests.factories.marketplace import ServiceItemFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_a_template_is_used_and_removed_as_it_was_seen():
    order, by = TenderFactory(), UserFactory()
    template = save_template(tender=order, name="监测", by=by, at=NOON)

    for act in (use_template, remove_template):
        with refused("page_says_what_was_seen"):
            act(template=template, by=by, at=NOON, seen="another")

    assert use_template(template=template, by=by, at=NOON).title == order.title
    remove_template(template=template, by=by, at=NOON)
    assert (OrderTemplate.objects.count(), Tender.objects.count()) == (0, 2)


def test_a_project_with_an_item_that_is_not_offered_is_not_drafted():
    order, by = TenderFactory(), UserFactory()
    items = [ServiceItemFactory(published=True), ServiceItemFactory()]

    with refused("items_are_offered"):
        draft_project(
            buyer=order.buyer,
            project_code="2610-360702-04-01-218846",
            title="河道",
            items=items,
            division=order.division,
            by=by,
            at=NOON,
        )
