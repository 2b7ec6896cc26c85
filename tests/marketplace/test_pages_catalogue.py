"""What differs between two versions, and what a draft lacks."""

import pytest

from marketplace.guards.catalogue import grounds_on
from marketplace.models import CatalogueList
from marketplace.pages.catalogue import differences, drafts, list_before, published
from tests.clock import NOON
from tests.factories.marketplace import ServiceItemFactory, load_laws

pytestmark = pytest.mark.django_db


def test_only_the_fields_that_differ_are_told_in_words():
    before = ServiceItemFactory.build(paid_by="applicant", service_class=None)
    after = ServiceItemFactory.build(
        name=before.name, paid_by="department", service_class=None, applicant_may_do_alone=True
    )

    told = [(str(one.label), one.before, one.after) for one in differences(before, after, str)]

    assert told == [("付费主体", "申请人", "审批部门"), ("申请人可自行完成", "", "可以")]


def test_drafts_that_may_be_published_stand_first():
    load_laws()
    lacking = ServiceItemFactory(code="S01")
    ready = ServiceItemFactory(code="S02", legal_basis="《水法》第十九条")
    public = ServiceItemFactory(code="S03", published=True)

    rows = drafts(grounds_on(NOON.date()))

    assert [(row.item, row.is_ready) for row in rows] == [(ready, True), (lacking, False)]
    assert [*published("s03")] == [public]


def test_the_list_before_is_the_last_that_held():
    given = {"dated_on": NOON.date(), "proposed_at": NOON}
    first = CatalogueList.objects.create(number="一", status="active", decided_at=NOON, **given)
    waiting = CatalogueList.objects.create(number="二", **given)

    assert (list_before(waiting), list_before(first)) == (first, None)
