"""What differs between two versions, and what a draft lacks."""

from datetime import timedelta

import pytest

from marketplace.guards.catalogue import grounds_on
from marketplace.models import CatalogueList, ListChange
from marketplace.pages.catalogue import differences, drafts, items_of, list_before, published
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


def a_list(number, hours, *changes):
    at = NOON + timedelta(hours=hours)
    found = CatalogueList.objects.create(
        number=number, status="active", dated_on=at.date(), proposed_at=at, decided_at=at
    )
    for kind, item in changes:
        ListChange.objects.create(catalogue_list=found, item=item, kind=kind)
    return found


def test_a_list_keeps_what_the_catalogue_was_after_it():
    one, other, newer = (
        ServiceItemFactory(code=code, version=version)
        for code, version in (("S01", 1), ("S02", 1), ("S01", 2))
    )
    first = a_list("一", 0, ("publish", one), ("publish", other))
    second = a_list("二", 1, ("suspend", other), ("publish", newer))
    third = a_list("三", 1, ("publish", other))
    fourth = a_list("四", 2, ("abolish", newer))

    held = {found.number: set(items_of(found)) for found in (first, second, third, fourth)}

    assert held == {"一": {one, other}, "二": {newer}, "三": {newer, other}, "四": {other}}
    assert (list_before(third), list_before(second)) == (second, first)
