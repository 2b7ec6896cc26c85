"""An order up to its publication, its end by the buyer, and its next round."""

import pytest
from django.db import IntegrityError, transaction

from bidding.actions.tenders import (
    UnknownField,
    cancel_tender,
    change_tender,
    draft_tender,
    rerun_tender,
    submit_tender,
)
from bidding.guards.rounds import failed_rounds_before
from bidding.models import Tender
from marketplace.kernel.models import AuditEntry
from marketplace.models import ServiceItem
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.factories.bidding import (
    TenderFactory,
    bidder,
)
from tests.factories.marketplace import (
    BuyerFactory,
    ServiceItemFactory,
    UserFactory,
    division,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
Status = Tender.Status


def last_entry() -> tuple[str, str, str]:
    entry = AuditEntry.objects.order_by("pk").last()
    assert entry is not None
    return entry.verb, entry.before, entry.after


def test_a_draft_starts_from_item_place_and_the_buyers_contact():
    buyer, by = BuyerFactory().organization, UserFactory()
    item = ServiceItemFactory(published=True, service_days=15)

    tender = draft_tender(buyer=buyer, item=item, division=division(), by=by, at=NOON)

    tender.refresh_from_db()
    assert (tender.status, tender.code, tender.created_by, tender.created_at) == (
        Status.DRAFT,
        None,
        by,
        NOON,
    )
    assert (tender.contact_name, tender.contact_phone) == (buyer.contact_name, buyer.contact_phone)
    assert tender.service_time == 15
    assert last_entry() == ("tender.drafted", "", "draft")


def test_a_draft_needs_an_item_that_is_offered():
    buyer, by = BuyerFactory().organization, UserFactory()
    item, place = ServiceItemFactory(), division()

    with refused("item_is_offered"):
        draft_tender(buyer=buyer, item=item, division=place, by=by, at=NOON)


def test_a_change_keeps_what_is_not_named():
    tender = TenderFactory()

    change_tender(tender=tender, by=tender.created_by, at=NOON, title="新名称", signup_days=5)

    tender.refresh_from_db()
    assert (tender.title, tender.signup_days, tender.content) == ("新名称", 5, "编制测试报告一份。")
    assert last_entry() == ("tender.changed", "draft", "draft")


def test_leaving_the_direct_method_forgets_the_named_agency():
    tender = TenderFactory(direct=bidder())

    change_tender(tender=tender, by=tender.created_by, at=NOON, method="lowest")

    tender.refresh_from_db()
    assert (tender.named_agency, tender.naming_reasons) == (None, "")


@pytest.mark.parametrize("field", ["status", "buyer", "code", "rulebook", "tender_period_end"])
def test_a_buyer_cannot_change_what_is_not_theirs(field):
    tender = TenderFactory()

    with pytest.raises(UnknownField, match=field):
        change_tender(tender=tender, by=tender.created_by, at=NOON, **{field: None})


@pytest.mark.parametrize("state", ["submitted", "reviewed", "active", "closed", "cancelled"])
def test_an_order_that_was_sent_in_is_not_changed(state):
    tender = TenderFactory(**{state: True})

    with refused("tender_is_editable"):
        change_tender(tender=tender, by=tender.created_by, at=NOON, title="新名称")


def test_a_draft_cannot_become_a_direct_order_of_fiscal_money_in_an_approval():
    tender = TenderFactory(fund="fiscal", is_in_approval=True)

    with refused("fiscal_order_in_approval_competes", "method_is_enabled"):
        change_tender(tender=tender, by=tender.created_by, at=NOON, method="direct")


def test_the_database_lets_nobody_be_named_for_such_an_order():
    tender, named = TenderFactory(fund="fiscal", is_in_approval=True), bidder()

    with pytest.raises(IntegrityError), transaction.atomic():
        Tender.objects.filter(pk=tender.pk).update(named_agency=named)


@pytest.mark.parametrize("state", [{}, {"returned": True}])
def test_a_draft_or_a_returned_order_is_submitted(state):
    tender = TenderFactory(**state)

    submit_tender(tender=tender, by=tender.created_by, at=NOON)

    tender.refresh_from_db()
    assert (tender.status, tender.submitted_at) == (Status.SUBMITTED, NOON)
    assert last_entry() == ("tender.submitted", "returned" if state else "draft", "submitted")


def test_an_incomplete_order_is_not_submitted():
    tender = TenderFactory(title="")

    with refused("order_is_complete"):
        submit_tender(tender=tender, by=tender.created_by, at=NOON)


def test_an_order_for_an_item_that_was_suspended_meanwhile_is_not_submitted():
    tender = TenderFactory()
    ServiceItem.objects.filter(pk=tender.item.pk).update(status="suspended")

    with refused("item_is_offered"):
        submit_tender(tender=tender, by=tender.created_by, at=NOON)


def test_the_database_refuses_one_person_in_two_steps():
    tender = TenderFactory(complete=True)
    rows = Tender.objects.filter(pk=tender.pk)

    for same in (
        {"published_by": tender.reviewed_by},
        {"registered_by": tender.reviewed_by},
        {"registered_by": tender.published_by},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**same)


def test_a_failed_order_is_drafted_anew_with_all_it_said():
    tender, by = TenderFactory(unsuccessful=True, signup_days=5), UserFactory()

    draft = rerun_tender(tender=tender, by=by, at=NOON)

    draft.refresh_from_db()
    assert (draft.status, draft.previous, draft.round) == (Status.DRAFT, tender, 2)
    assert (draft.created_by, draft.created_at, draft.code) == (by, NOON, None)
    for name in ("buyer", "item", "title", "content", "fund", "ceiling", "method", "signup_days"):
        assert getattr(draft, name) == getattr(tender, name)
    assert draft.submitted_at is draft.reviewed_by is draft.rulebook is draft.opening_at is None
    assert last_entry() == ("tender.rerun", "", "draft")


def test_an_order_is_run_again_once():
    tender, by = TenderFactory(unsuccessful=True), UserFactory()
    rerun_tender(tender=tender, by=by, at=NOON)

    with refused("tender_is_not_run_again_yet"):
        rerun_tender(tender=tender, by=by, at=NOON)


def test_an_order_is_run_again_when_the_draft_of_its_next_round_was_given_up():
    first, by = TenderFactory(unsuccessful=True), UserFactory()
    second = rerun_tender(tender=first, by=by, at=NOON)
    _fail(second)
    given_up = rerun_tender(tender=second, by=by, at=NOON)
    cancel_tender(tender=given_up, reasons="先补充材料。", by=by, at=NOON)

    with refused("tender_has_come_to_nothing"):
        rerun_tender(tender=given_up, by=by, at=NOON)
    third = rerun_tender(tender=second, by=by, at=NOON)

    assert (third.previous, third.round, failed_rounds_before(third)) == (second, 3, 2)
    with refused("tender_is_not_run_again_yet"):
        rerun_tender(tender=second, by=by, at=NOON)


def test_the_second_round_keeps_its_method_and_the_third_may_change_it():
    item = ServiceItemFactory(published=True)
    fields = {"method": "direct", "named_agency": bidder(item), "naming_reasons": "两轮流标。"}
    first, by = TenderFactory(unsuccessful=True, item=item), UserFactory()
    second = rerun_tender(tender=first, by=by, at=NOON)
    with refused("method_may_change_by_now"):
        change_tender(tender=second, by=by, at=NOON, **fields)
    _fail(second)

    third = rerun_tender(tender=second, by=by, at=NOON)
    change_tender(tender=third, by=by, at=NOON, **fields)
    submit_tender(tender=third, by=by, at=NOON)

    third.refresh_from_db()
    assert (third.status, third.method, third.round) == (Status.SUBMITTED, "direct", 3)


def _fail(tender: Tender) -> None:
    donor = TenderFactory(unsuccessful=True)
    names = [field.attname for field in Tender._meta.fields]
    later = [name for name in names if name.endswith(("_at", "_by_id")) or name == "status"]
    changes = {name: getattr(donor, name) for name in [*later, "end_reasons", "rulebook_id"]}
    changes["code"] = "JX360702-2026-90000"
    Tender.objects.filter(pk=tender.pk).update(**changes)
