"""From the review to the published order."""

from datetime import datetime, timedelta

import pytest

from bidding.actions.sealing import Opener
from bidding.actions.tenders import (
    approve_tender,
    publish_tender,
    return_tender,
    submit_tender,
)
from bidding.models import Seal, Tender
from bidding.rulebook import rules_for
from bidding.rules.outcomes import MIN_SIGNUPS
from bidding.selection.draw import commitment
from bidding.selection.methods import method_of
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.models import AuditEntry, Parameter
from marketplace.models import Message, Organization, ServiceItem
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.factories.bidding import (
    TenderFactory,
    bidder,
)
from tests.factories.marketplace import (
    MembershipFactory,
    ServiceItemFactory,
    UserFactory,
    division,
    party,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
Status = Tender.Status


def last_entry() -> tuple[str, str, str]:
    entry = AuditEntry.objects.order_by("pk").last()
    assert entry is not None
    return entry.verb, entry.before, entry.after


def inbox() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("kind", "organization__name"))


def test_an_order_is_returned_with_reasons_that_the_buyer_reads():
    tender = TenderFactory(submitted=True)
    reader = party(tender.buyer, "buyer_manager").user

    return_tender(tender=tender, reasons=" 限价没有依据。 ", by=UserFactory(), at=NOON)

    tender.refresh_from_db()
    assert (tender.status, tender.return_reasons) == (Status.RETURNED, "限价没有依据。")
    assert last_entry() == ("tender.returned", "submitted", "returned")
    message = Message.objects.get()
    assert (message.user, message.kind) == (reader, "bidding/tender_returned")
    assert message.subject == f"采购“{tender.title}”被退回修改"
    assert message.body == "请按退回理由修改后重新提交。\n\n理由：限价没有依据。"
    assert message.url == f"/buyer/tenders/{tender.slug}/"


def test_an_order_is_not_returned_without_reasons():
    tender, by = TenderFactory(submitted=True), UserFactory()

    with refused("reasons_are_given"):
        return_tender(tender=tender, reasons=" ", by=by, at=NOON)


def test_an_order_passes_the_review():
    tender, by = TenderFactory(returned=True), UserFactory()
    submit_tender(tender=tender, by=tender.created_by, at=NOON)

    approve_tender(tender=tender, by=by, at=NOON)

    tender.refresh_from_db()
    assert (tender.status, tender.reviewed_by, tender.reviewed_at) == (Status.REVIEWED, by, NOON)
    assert tender.return_reasons == ""
    assert last_entry() == ("tender.approved", "submitted", "reviewed")


def test_a_buyers_wrong_check_digit_is_confirmed_with_the_review_and_not_without():
    tender, by = TenderFactory(submitted=True), UserFactory()
    Organization.objects.filter(pk=tender.buyer_id).update(has_valid_check_digit=False)

    with refused("buyer_uscc_is_confirmed"):
        approve_tender(tender=tender, by=by, at=NOON)
    tender.refresh_from_db()
    assert tender.status == Status.SUBMITTED
    assert Organization.objects.get(pk=tender.buyer_id).uscc_confirmed_at is None
    assert not AuditEntry.objects.filter(verb="buyer.uscc_confirmed").exists()

    approve_tender(tender=tender, by=by, at=NOON, uscc_confirmed=True)
    buyer = Organization.objects.get(pk=tender.buyer_id)
    assert (buyer.uscc_confirmed_at, buyer.uscc_is_settled) == (NOON, True)
    entry = AuditEntry.objects.get(verb="buyer.uscc_confirmed")
    assert (entry.by, entry.at, entry.organization, entry.data) == (
        by,
        NOON,
        buyer,
        {"uscc": buyer.uscc},
    )


def test_a_confirmed_code_is_not_asked_for_again():
    tender = TenderFactory(submitted=True)
    earlier = NOON - timedelta(days=1)
    Organization.objects.filter(pk=tender.buyer_id).update(
        has_valid_check_digit=False, uscc_confirmed_at=earlier
    )

    approve_tender(tender=tender, by=UserFactory(), at=NOON)

    assert Organization.objects.get(pk=tender.buyer_id).uscc_confirmed_at == earlier


def test_a_tick_confirms_nothing_where_the_check_digit_is_right():
    tender = TenderFactory(submitted=True)

    approve_tender(tender=tender, by=UserFactory(), at=NOON, uscc_confirmed=True)

    assert Organization.objects.get(pk=tender.buyer_id).uscc_confirmed_at is None


def test_a_code_that_was_changed_after_the_review_is_not_published_unconfirmed():
    tender, by = TenderFactory(reviewed=True), UserFactory()
    Organization.objects.filter(pk=tender.buyer_id).update(has_valid_check_digit=False)

    with refused("buyer_uscc_is_confirmed"):
        publish_tender(tender=tender, by=by, at=NOON)

    tender.refresh_from_db()
    assert (tender.status, tender.published_at) == (Status.REVIEWED, None)


def test_the_reviewer_is_not_of_the_buyer():
    tender = TenderFactory(submitted=True)
    by = MembershipFactory(organization=tender.buyer).user

    with refused("officer_is_not_of_the_buyer"):
        approve_tender(tender=tender, by=by, at=NOON)
    with refused("officer_is_not_of_the_buyer"):
        return_tender(tender=tender, reasons="理由", by=by, at=NOON)


@pytest.mark.parametrize("state", ["reviewed", "active", "returned", "cancelled"])
def test_only_a_submitted_order_is_reviewed(state):
    tender, by = TenderFactory(**{state: True}), UserFactory()

    with refused("tender_awaits_review"):
        approve_tender(tender=tender, by=by, at=NOON)


@pytest.mark.parametrize("state", ["active", "returned", "cancelled"])
def test_only_an_order_that_is_with_the_operator_is_returned(state):
    tender, by = TenderFactory(**{state: True}), UserFactory()

    with refused("tender_is_with_the_operator"):
        return_tender(tender=tender, reasons="理由", by=by, at=NOON)


def test_an_order_that_passed_the_review_goes_back_and_is_reviewed_anew():
    tender, first = TenderFactory(reviewed=True), UserFactory()

    return_tender(tender=tender, reasons="事项已停用。", by=first, at=NOON)

    tender.refresh_from_db()
    assert (tender.status, tender.return_reasons) == (Status.RETURNED, "事项已停用。")
    assert (tender.reviewed_at, tender.reviewed_by) == (None, None)
    assert last_entry() == ("tender.returned", "reviewed", "returned")
    submit_tender(tender=tender, by=tender.created_by, at=NOON)
    approve_tender(tender=tender, by=first, at=NOON)
    with refused("officer_did_not_review"):
        publish_tender(tender=tender, by=first, at=NOON)


def test_publication_fixes_code_rules_deadline_and_seed():
    tender, by = TenderFactory(reviewed=True), UserFactory()
    party(tender.buyer, "buyer_manager")

    publish_tender(tender=tender, by=by, at=NOON)

    tender.refresh_from_db()
    assert (tender.status, tender.published_at, tender.published_by) == (Status.ACTIVE, NOON, by)
    assert tender.code == "JX360702-2026-00001"
    assert tender.tender_period_end == datetime(2026, 11, 28, tzinfo=CHINA)
    assert tender.opening_at == datetime(2026, 11, 28, 0, 1, tzinfo=CHINA)
    assert not tender.is_end_provisional
    seal = Seal.objects.get(tender=tender)
    assert (seal.committed_at, seal.revealed_at) == (NOON, None)
    terms = method_of(tender).terms(tender, rules_for(tender, NOON))
    assert seal.commitment == commitment(Opener(tender).seed_of(seal), terms)
    assert seal.terms_version == "wszj-evidence/3"
    assert last_entry() == ("tender.published", "reviewed", "active")
    assert inbox() == [("bidding/tender_published", tender.buyer.name)]


def test_orders_of_one_place_and_year_are_numbered_on():
    first, second = TenderFactory(reviewed=True), TenderFactory(reviewed=True)
    elsewhere = TenderFactory(reviewed=True, division=division("360100"))

    for tender in (first, second, elsewhere):
        publish_tender(tender=tender, by=UserFactory(), at=NOON)

    assert [Tender.objects.get(pk=tender.pk).code for tender in (first, second, elsewhere)] == [
        "JX360702-2026-00001",
        "JX360702-2026-00002",
        "JX360100-2026-00001",
    ]


def test_every_order_has_a_seed_of_its_own():
    seeds = set()
    for _ in range(3):
        tender = publish_tender(tender=TenderFactory(reviewed=True), by=UserFactory(), at=NOON)
        seeds.add(Opener(tender).seed_of(tender.seal))

    assert len(seeds) == 3


def test_a_longer_sign_up_period_is_kept():
    tender = TenderFactory(reviewed=True, signup_days=5)

    tender = publish_tender(tender=tender, by=UserFactory(), at=NOON)

    assert tender.tender_period_end == datetime(2026, 12, 2, tzinfo=CHINA)


def test_k4_07_a_deadline_and_a_selection_by_the_clock_are_kept():
    until = datetime(2026, 12, 3, 16, 30, tzinfo=CHINA)
    selection = datetime(2026, 12, 4, 9, 30, tzinfo=CHINA)
    tender = TenderFactory(reviewed=True, signup_until=until, selection_at=selection)

    tender = publish_tender(tender=tender, by=UserFactory(), at=NOON)

    assert (tender.tender_period_end, tender.is_end_provisional) == (until, False)
    assert tender.opening_at == selection


def test_a_deadline_by_the_clock_that_came_too_near_is_refused_at_the_publication():
    until = datetime(2026, 11, 27, 16, 30, tzinfo=CHINA)
    tender, by = TenderFactory(reviewed=True, signup_until=until), UserFactory()

    with refused("sign_up_period_is_long_enough"):
        publish_tender(tender=tender, by=by, at=NOON)

    assert not Seal.objects.exists()


def test_a_deadline_past_the_published_calendar_is_provisional():
    at = datetime(2026, 12, 30, 12, tzinfo=CHINA)

    tender = publish_tender(tender=TenderFactory(reviewed=True), by=UserFactory(), at=at)

    assert tender.is_end_provisional


def test_later_rules_do_not_change_a_published_order():
    tender = publish_tender(tender=TenderFactory(reviewed=True), by=UserFactory(), at=NOON)
    Parameter.objects.filter(key="order.min_signups.lowest.private").update(value=9)

    rules = rules_for(Tender.objects.get(pk=tender.pk), NOON)

    assert rules.cell(MIN_SIGNUPS, "lowest", "private") == 1


def test_a_direct_order_tells_the_named_agency():
    item = ServiceItemFactory(published=True)
    agency = bidder(item)
    party(agency, "agency_manager")
    tender = TenderFactory(reviewed=True, item=item, direct=agency)

    tender = publish_tender(tender=tender, by=UserFactory(), at=NOON)

    assert tender.tender_period_end == datetime(2026, 11, 27, tzinfo=CHINA)
    assert inbox() == [("bidding/agency_named", agency.name)]
    assert Message.objects.get().url == f"/tenders/{tender.code}/bid/"


def test_the_reviewer_does_not_publish():
    tender = TenderFactory(reviewed=True)

    with refused("officer_did_not_review"):
        publish_tender(tender=tender, by=tender.reviewed_by, at=NOON)


def test_the_reviewer_does_not_publish_in_another_office_either():
    tender = TenderFactory(reviewed=True)
    MembershipFactory(user=tender.reviewed_by, role="operator")

    with refused("officer_did_not_review"):
        publish_tender(tender=tender, by=tender.reviewed_by, at=NOON)


def test_publication_asks_the_order_again():
    tender, by = TenderFactory(reviewed=True), UserFactory()
    ServiceItem.objects.filter(pk=tender.item.pk).update(status="suspended")
    Tender.objects.filter(pk=tender.pk).update(fund="fiscal", ceiling=None, signup_days=2)

    with refused("item_is_offered", "price_is_explained", "sign_up_period_is_long_enough"):
        publish_tender(tender=tender, by=by, at=NOON)


@pytest.mark.parametrize("state", ["submitted", "returned", "active", "closed", "cancelled"])
def test_only_a_reviewed_order_is_published(state):
    tender, by = TenderFactory(**{state: True}), UserFactory()

    with refused("tender_awaits_publication"):
        publish_tender(tender=tender, by=by, at=NOON)


def test_messages_leave_after_the_commit_only(django_capture_on_commit_callbacks, mailoutbox):
    tender = TenderFactory(reviewed=True)
    party(tender.buyer, "buyer_manager")

    with django_capture_on_commit_callbacks() as callbacks:
        publish_tender(tender=tender, by=UserFactory(), at=NOON)

    assert len(callbacks) >= 1
    assert mailoutbox == []
