"""The catalogue changes by a list that two persons make, all of it or nothing."""

from datetime import timedelta

import pytest

from marketplace.actions.catalogue_lists import (
    confirm_list,
    plan_list,
    record_submission,
    withdraw_list,
)
from marketplace.kernel.models import AppendOnlyError, AuditEntry
from marketplace.kernel.verdicts import Refused
from marketplace.models import CatalogueList, ListChange, ListSubmission, ServiceItem
from tests.clock import NOON
from tests.factories.bidding import TenderFactory
from tests.factories.marketplace import (
    AuthorityFactory,
    ServiceItemFactory,
    UserFactory,
    load_laws,
)

pytestmark = pytest.mark.django_db
Kind = ListChange.Kind
BASIS = "《水法》第十九条"


@pytest.fixture(autouse=True)
def _laws():
    load_laws()


def draft(code="S01", version=1, **changed):
    return ServiceItemFactory(code=code, version=version, **({"legal_basis": BASIS} | changed))


def publishing(*items):
    return [ListChange(item=item, kind=Kind.PUBLISH) for item in items]


def plan(changes, number="赣办〔2026〕1号", by=None):
    return plan_list(
        number=number,
        dated_on=NOON.date(),
        reason="",
        changes=changes,
        by=by or UserFactory(),
        at=NOON,
    )


def stands():
    return {(one.code, one.version): one.status for one in ServiceItem.objects.all()}


def guards_of(act):
    """Return the guards that refuse, having checked that nothing happened."""
    before = (stands(), CatalogueList.objects.count(), AuditEntry.objects.count())
    with pytest.raises(Refused) as refused:
        act()
    assert (stands(), CatalogueList.objects.count(), AuditEntry.objects.count()) == before
    return [verdict.guard for verdict in refused.value.verdicts]


def test_a_list_changes_nothing_until_another_person_confirms_it():
    first = UserFactory()
    old = ServiceItemFactory(code="S01", published=True)
    tender = TenderFactory(item=old)
    found = plan(publishing(draft(version=2)), by=first)

    assert stands() == {("S01", 1): "published", ("S01", 2): "draft"}
    assert guards_of(lambda: confirm_list(found=found, by=first, at=NOON)) == [
        "list_confirmed_by_another"
    ]

    confirm_list(found=found, by=UserFactory(), at=NOON)

    assert stands() == {("S01", 1): "abolished", ("S01", 2): "published"}
    tender.refresh_from_db()
    assert tender.item == old
    [change] = found.changes.all()
    assert (change.previous, change.item.published_at) == (old, NOON)
    assert {one.verb for one in AuditEntry.objects.all()} >= {
        *("catalogue.planned", "catalogue.published", "item.published", "item.superseded"),
    }


def test_an_item_is_abolished_with_its_reason_and_what_stands_in_its_place():
    new = ServiceItemFactory(code="S04", published=True)
    old, other = (ServiceItemFactory(code=code, published=True) for code in ("S11", "S12"))
    found = plan(
        [
            ListChange(item=old, kind=Kind.ABOLISH, reason="名称已经取消", replaced_by=new.code),
            ListChange(item=other, kind=Kind.SUSPEND, reason="依据正在修改"),
        ]
    )

    confirm_list(found=found, by=UserFactory(), at=NOON)

    ended = {
        one.code: (one.status, one.end_reason, one.replaced_by, one.ended_at)
        for one in ServiceItem.objects.exclude(code="S04")
    }
    assert ended == {
        "S11": ("abolished", "名称已经取消", "S04", NOON),
        "S12": ("suspended", "依据正在修改", "", NOON),
    }


def test_one_change_that_is_unlawful_refuses_the_whole_list():
    sound, unsound = draft("S01"), draft("S02", legal_basis="《港口工程建设管理规定》")

    assert guards_of(lambda: plan(publishing(sound, unsound))) == ["list_changes_are_lawful"]
    assert guards_of(lambda: plan([])) == ["list_changes_something"]
    assert guards_of(lambda: plan(publishing(sound, sound))) == ["list_names_an_item_once"]


def test_what_became_unlawful_while_the_list_waited_is_refused_at_the_end():
    item = draft()
    found = plan(publishing(item))
    ServiceItem.objects.filter(pk=item.pk).update(part_of="另一个事项")

    act = lambda: confirm_list(found=found, by=UserFactory(), at=NOON)  # noqa: E731 - called once

    assert guards_of(act) == ["list_changes_are_lawful"]


def test_a_list_is_withdrawn_by_who_planned_it_and_its_number_is_free_again():
    first = UserFactory()
    found = plan(publishing(draft()), by=first)
    second = draft("S02")
    assert guards_of(lambda: plan(publishing(second))) == ["list_number_is_new"]
    assert guards_of(lambda: withdraw_list(found=found, by=UserFactory(), at=NOON)) == [
        "list_withdrawn_by_the_proposer"
    ]

    withdraw_list(found=found, by=first, at=NOON)

    assert plan(publishing(draft("S03"))).status == "planned"
    assert guards_of(lambda: withdraw_list(found=found, by=first, at=NOON)) == ["list_is_open"]


def sent(found, **changed):
    told = {
        "authority": "国家发展改革委",
        "document_number": "赣发改文〔2026〕8号",
        "submitted_on": NOON.date(),
    }
    return record_submission(
        found=found, office=AuthorityFactory(), by=UserFactory(), at=NOON, **(told | changed)
    )


def test_that_a_list_was_sent_is_recorded_once_for_each_document_and_authority():
    found = plan(publishing(draft()))
    confirm_list(found=found, by=UserFactory(), at=NOON)

    first = sent(found)
    second = sent(found, authority="国务院办公厅")

    assert [*found.submissions.values_list("authority", "document_number", "submitted_on")] == [
        ("国家发展改革委", "赣发改文〔2026〕8号", NOON.date()),
        ("国务院办公厅", "赣发改文〔2026〕8号", NOON.date()),
    ]
    assert (first.recorded_at, first.office.kind) == (NOON, "authority")
    assert AuditEntry.objects.filter(verb="catalogue.submitted").count() == 2
    with pytest.raises(AppendOnlyError):
        second.delete()
    assert guards_of(lambda: sent(found)) == ["submission_is_new"]
    assert found.submissions.count() == 2


@pytest.mark.parametrize("days", [-1, 1])
def test_a_list_is_sent_neither_before_it_holds_nor_in_the_future(days):
    found = plan(publishing(draft()))
    confirm_list(found=found, by=UserFactory(), at=NOON)
    day = NOON.date() + timedelta(days=days)

    assert guards_of(lambda: sent(found, submitted_on=day)) == ["submission_day_is_possible"]
    assert not ListSubmission.objects.exists()


def test_a_list_that_waits_is_sent_to_nobody():
    found = plan(publishing(draft()))

    assert guards_of(lambda: sent(found)) == ["list_is_in_force"]
    assert not ListSubmission.objects.exists()
