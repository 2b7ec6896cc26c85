"""The province of the demo changes its catalogue as two managers would."""

from __future__ import annotations

import pytest

from cms.demo.stories.catalogue import OFFICE, PROVINCE, catalogue_is_changed
from marketplace.models import CatalogueList, ServiceItem
from tests.cms.stage import act, stage
from tests.factories.marketplace import (
    AuthorityFactory,
    ServiceItemFactory,
    UserFactory,
    load_laws,
)

pytestmark = pytest.mark.django_db


def test_what_may_be_published_by_then_is_and_the_rest_waits() -> None:
    load_laws()
    ready = ServiceItemFactory(legal_basis="《水法》第十九条")
    lacking = ServiceItemFactory()
    office = AuthorityFactory()
    world = stage(**{OFFICE: office})
    world.users.update(one=UserFactory(), two=UserFactory())
    world.officers["manager", PROVINCE] = ["one", "two"]

    act(catalogue_is_changed(world))

    found = CatalogueList.objects.get()
    assert (found.status, found.proposed_by, found.decided_by) == (
        *("active", world.users["one"], world.users["two"]),
    )
    assert [*ServiceItem.objects.published()] == [ready]
    [sent] = found.submissions.all()
    assert (sent.office, sent.document_number, sent.recorded_by) == (
        *(office, "演示报送第2号", world.users["one"]),
    )
    lacking.refresh_from_db()
    assert lacking.status == "draft"


def test_nothing_is_planned_where_no_draft_may_be_published() -> None:
    load_laws()
    ServiceItemFactory()

    act(catalogue_is_changed(stage()))

    assert not CatalogueList.objects.exists()
