"""A contract from its first text to the acceptance of its result."""

from datetime import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from bidding.actions.contracts import (
    confirm_contract,
    reject_upload,
    upload_contract,
)
from bidding.models import Award, Contract, ContractUpload, Tender
from credit.actions.schemes import load_scheme
from credit.models import Entry, ReportedFact, StandingCheck
from marketplace.kernel.calendar import CHINA
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.verdicts import Refused
from marketplace.models import Document, Message
from tests.bidding.refusals import REASONS_BY_PUBLICATION, refused
from tests.clock import NOON
from tests.credit.vectors import SHIPPED
from tests.factories.bidding import (
    LATE_FROM,
    SERVICE_DUE,
    SIGN_DUE,
    SIGNED,
    AwardFactory,
    ContractFactory,
    ContractUploadFactory,
    bidder,
)
from tests.factories.credit import RestrictionFactory
from tests.factories.marketplace import UserFactory, load_laws, party
from tests.uploads import EXE_BYTES, stored_files
from tests.uploads import upload as paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
Status = Contract.Status


def facts() -> list[tuple[str, int, object, object]]:
    rows = Entry.objects.order_by("pk")
    return [(row.kind, int(row.points), row.occurred_at, row.recorded_at) for row in rows]


def with_readers(award: Award) -> Award:
    party(award.bid.agency, "agency_manager")
    party(award.tender.buyer, "buyer_manager")
    return award


def told() -> list[tuple[str, str]]:
    rows = Message.objects.order_by("kind", "organization__kind")
    return list(rows.values_list("kind", "organization__kind"))


@pytest.mark.parametrize("side", ["agency", "buyer"])
def test_either_side_puts_up_the_first_text(side):
    award = with_readers(AwardFactory(active=True))
    sides = {"agency": award.bid.agency, "buyer": award.tender.buyer}

    contract = upload_contract(
        award=award, organization=sides[side], files=[paper()], by=UserFactory(), at=SIGNED
    )

    assert (contract.status, contract.number) == (Status.PENDING, "JX360702-2026-C00001")
    assert contract.amount == award.amount == Decimal("90000.00")
    upload = ContractUpload.objects.get()
    assert (upload.contract, upload.organization, upload.uploaded_at) == (
        contract,
        sides[side],
        SIGNED,
    )
    other = "buyer" if side == "agency" else "agency"
    assert told() == [("bidding/contract_uploaded", other)]
    check = StandingCheck.objects.get()
    assert (check.organization, check.moment, check.is_clear) == (
        award.bid.agency,
        "contract",
        True,
    )


def test_a_second_text_waits_for_the_answer_to_the_first():
    upload = ContractUploadFactory()
    award, buyer = upload.contract.award, upload.contract.award.tender.buyer
    by = UserFactory()

    with refused("no_text_awaits_an_answer"):
        upload_contract(award=award, organization=buyer, files=[paper()], by=by, at=SIGNED)


def test_a_stranger_puts_up_nothing():
    award, stranger, by = AwardFactory(active=True), bidder(), UserFactory()

    with refused("organization_is_a_party"):
        upload_contract(award=award, organization=stranger, files=[paper()], by=by, at=SIGNED)


@pytest.mark.parametrize("state", ["pending", "complete", "cancelled"])
def test_a_contract_needs_an_award_by_letter(state):
    award = AwardFactory(**({} if state == "pending" else {state: True}))
    by = UserFactory()

    with refused("award_is_active"):
        upload_contract(
            award=award, organization=award.bid.agency, files=[paper()], by=by, at=SIGNED
        )


@pytest.mark.parametrize(("is_public", "guard", "reasons"), REASONS_BY_PUBLICATION)
def test_a_restricted_winner_puts_up_nothing_and_loses_the_award(is_public, guard, reasons):
    award, by = with_readers(AwardFactory(active=True)), UserFactory()
    RestrictionFactory(organization=award.bid.agency, is_public=is_public)
    before = stored_files()

    with pytest.raises(Refused, match=guard):
        upload_contract(
            award=award, organization=award.bid.agency, files=[paper()], by=by, at=SIGNED
        )

    award.refresh_from_db()
    assert (award.status, award.cancelled_at) == (Award.Status.CANCELLED, SIGNED)
    assert award.cancel_reasons == reasons
    assert not Contract.objects.exists()
    assert not ContractUpload.objects.exists()
    assert not Document.objects.exists()
    assert stored_files() == before
    assert [entry.verb for entry in AuditEntry.objects.all()] == ["award.cancelled"]
    assert not StandingCheck.objects.get().is_clear
    assert told() == [("bidding/award_cancelled", "agency"), ("bidding/award_cancelled", "buyer")]


@pytest.mark.parametrize(
    ("file", "guard"),
    [(paper(EXE_BYTES), "file_has_known_type"), (paper(b""), "file_is_not_empty")],
    ids=["a program", "nothing"],
)
def test_what_is_no_paper_is_not_put_up(file, guard):
    award, by, before = AwardFactory(active=True), UserFactory(), stored_files()

    with refused(guard):
        upload_contract(award=award, organization=award.bid.agency, files=[file], by=by, at=SIGNED)

    assert stored_files() == before


@pytest.fixture
def upload() -> ContractUpload:
    """A text of the agency that waits for the buyer."""
    upload = ContractUploadFactory()
    with_readers(upload.contract.award)
    return upload


def test_the_confirmation_signs_files_and_starts_the_clock(upload):
    contract, by = upload.contract, UserFactory()

    confirm_contract(contract=contract, organization=contract.award.tender.buyer, by=by, at=SIGNED)

    contract.refresh_from_db()
    upload.refresh_from_db()
    award = Award.objects.get()
    assert (contract.status, contract.signed_at, contract.filed_at) == (
        Status.ACTIVE,
        SIGNED,
        SIGNED,
    )
    assert (contract.service_due_at, contract.late_from) == (SERVICE_DUE, LATE_FROM)
    assert contract.filed_at == contract.signed_at
    assert contract.is_due_provisional
    assert (upload.confirmed_at, upload.confirmed_by) == (SIGNED, by)
    assert (award.status, award.completed_at) == (Award.Status.COMPLETE, SIGNED)
    assert told() == [("bidding/contract_signed", "agency"), ("bidding/contract_signed", "buyer")]
    assert [entry.verb for entry in AuditEntry.objects.order_by("pk")] == [
        "award.completed",
        "contract.signed",
    ]
    assert Contract.objects.get().payer == "public"


@pytest.mark.parametrize(
    ("time", "unit", "due"),
    [
        (30, "calendar_day", datetime(2027, 1, 8, tzinfo=CHINA)),
        (3, "month", datetime(2027, 3, 9, tzinfo=CHINA)),
        (None, "agreed", None),
        (None, "completion", None),
    ],
)
def test_the_clock_of_a_service_counts_its_own_unit_or_does_not_run(upload, time, unit, due):
    contract = upload.contract
    tender = contract.award.tender
    Tender.objects.filter(pk=tender.pk).update(service_time=time, service_unit=unit)

    message = contract_signed()
    contract = Contract.objects.get()

    assert (contract.status, contract.service_due_at) == (Status.ACTIVE, due)
    assert (contract.late_from is None) is (due is None)
    assert ("服务期限到" in message) is (due is not None)


def contract_signed() -> str:
    """Sign by confirming the text that waits, and return what the buyer is told."""
    contract = Contract.objects.get()
    buyer = contract.award.tender.buyer
    confirm_contract(contract=contract, organization=buyer, by=UserFactory(), at=SIGNED)
    return Message.objects.get(organization=buyer).body


def test_nobody_confirms_their_own_text(upload):
    contract, by = upload.contract, UserFactory()

    with refused("other_side_answers"):
        confirm_contract(contract=contract, organization=upload.organization, by=by, at=SIGNED)
    with refused("other_side_answers"):
        reject_upload(
            contract=contract, organization=upload.organization, reasons="不符。", by=by, at=SIGNED
        )


def test_one_person_in_both_organisations_does_not_sign_for_both(upload):
    contract, buyer = upload.contract, upload.contract.award.tender.buyer

    with refused("another_person_confirms"):
        confirm_contract(
            contract=contract, organization=buyer, by=upload.document.uploaded_by, at=SIGNED
        )


def test_a_stranger_confirms_nothing(upload):
    contract, stranger, by = upload.contract, bidder(), UserFactory()

    with refused("organization_is_a_party"):
        confirm_contract(contract=contract, organization=stranger, by=by, at=SIGNED)


def test_without_a_text_there_is_nothing_to_confirm():
    contract, by = ContractFactory(), UserFactory()
    buyer = contract.award.tender.buyer

    with refused("a_text_awaits_an_answer"):
        confirm_contract(contract=contract, organization=buyer, by=by, at=SIGNED)


def test_a_rejected_text_makes_room_for_another(upload):
    contract, buyer = upload.contract, upload.contract.award.tender.buyer

    reject_upload(
        contract=contract, organization=buyer, reasons=" 附件缺页。 ", by=UserFactory(), at=SIGNED
    )

    upload.refresh_from_db()
    assert (upload.rejected_at, upload.reject_reasons) == (SIGNED, "附件缺页。")
    assert told() == [("bidding/contract_rejected", "agency")]
    again = upload_contract(
        award=contract.award,
        organization=buyer,
        files=[paper()],
        by=UserFactory(),
        at=SIGNED,
    )
    assert again == contract
    assert contract.uploads.count() == 2


@pytest.mark.parametrize(
    ("by_buyer", "changes", "kinds"),
    [
        (True, True, ["buyer_changed_terms"]),
        (True, False, []),
        (False, True, []),
    ],
)
def test_a_text_of_the_buyer_that_changes_the_award_becomes_a_fact_to_be_judged(
    by_buyer, changes, kinds
):
    load_laws()
    load_scheme(text=SHIPPED, file="a.json", at=NOON)
    award = ContractFactory().award
    buyer, agency = award.tender.buyer, award.bid.agency
    side, other = (buyer, agency) if by_buyer else (agency, buyer)
    ContractUploadFactory(contract=award.contract, organization=side)

    for _time in range(2):
        reject_upload(
            contract=award.contract,
            organization=other,
            reasons=" 期限改为 40 日。 ",
            changes_the_award=changes,
            by=UserFactory(),
            at=SIGNED,
        )
        ContractUploadFactory(contract=award.contract, organization=side)

    facts_told = ReportedFact.objects.filter(organization=buyer, reporter=agency)
    assert [fact.kind for fact in facts_told] == kinds
    assert all(fact.given_reasons == "期限改为 40 日。" for fact in facts_told)
    assert ReportedFact.objects.count() == len(kinds)
    assert not Entry.objects.exists()


def test_a_text_is_not_rejected_without_reasons(upload):
    contract, buyer = upload.contract, upload.contract.award.tender.buyer
    by = UserFactory()

    with refused("reasons_are_given"):
        reject_upload(contract=contract, organization=buyer, reasons="", by=by, at=SIGNED)


@pytest.mark.parametrize(("is_public", "guard", "reasons"), REASONS_BY_PUBLICATION)
def test_a_winner_restricted_before_the_signature_loses_award_and_contract(
    upload, is_public, guard, reasons
):
    contract, buyer = upload.contract, upload.contract.award.tender.buyer
    RestrictionFactory(organization=upload.organization, is_public=is_public)

    with pytest.raises(Refused, match=guard):
        confirm_contract(contract=contract, organization=buyer, by=UserFactory(), at=SIGNED)

    contract.refresh_from_db()
    upload.refresh_from_db()
    assert (contract.status, contract.signed_at) == (Status.TERMINATED, None)
    assert contract.terminate_reasons == Award.objects.get().cancel_reasons == reasons
    assert (Award.objects.get().status, upload.confirmed_at) == (Award.Status.CANCELLED, None)


def test_a_late_signature_is_recorded_even_if_the_schedule_is_off(upload):
    contract, buyer = upload.contract, upload.contract.award.tender.buyer
    reject_upload(
        contract=contract, organization=buyer, reasons="缺页。", by=UserFactory(), at=SIGNED
    )
    upload_contract(
        award=contract.award,
        organization=upload.organization,
        files=[paper()],
        by=UserFactory(),
        at=SIGN_DUE,
    )

    confirm_contract(contract=contract, organization=buyer, by=UserFactory(), at=SIGN_DUE)

    award = Award.objects.get()
    assert (award.status, award.overdue_recorded_at) == (Award.Status.COMPLETE, SIGN_DUE)
    assert facts() == [("late_contract", -5, SIGN_DUE, SIGN_DUE)]


def test_the_database_takes_one_open_and_one_confirmed_text(upload):
    with pytest.raises(IntegrityError), transaction.atomic():
        ContractUploadFactory(contract=upload.contract)
