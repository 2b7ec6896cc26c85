"""
What somebody looked at is compared behind the lock: who waits for a change is refused for it.

Every test has its negative control without locks, as in test_locks. There the officer's approval
writes the order of the page over the change that it has not seen; of the contract a constraint
still keeps a text from being both rejected and confirmed, but the second is not told why.
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from bidding.actions.contracts import confirm_contract, reject_upload, upload_contract
from bidding.actions.tenders import approve_tender, change_tender, return_tender, submit_tender
from bidding.guards.versions import version_of_award, version_of_order
from bidding.models import Contract, ContractUpload, Tender
from bidding.models.deadlines import OrderDeadline
from marketplace.kernel.models import AuditEntry
from marketplace.kernel.verdicts import Refused
from marketplace.models import User
from tests.clock import NOON
from tests.connections import race
from tests.factories.bidding import SIGNED, ContractUploadFactory, TenderFactory, load_reference
from tests.factories.marketplace import UserFactory
from tests.uploads import upload as paper

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
EARLIER = NOON - timedelta(minutes=1)
CHANGE = ["tender.returned", "tender.changed", "tender.submitted"]
REPLACEMENT = ["contract.rejected", "document.stored", "contract.uploaded"]
RENAMED = "项目名称由“原来的名称”改为“改过的名称”"
REPLACED = "改为“换过的合同.pdf，"


def submit_another_order(tender: Tender) -> Tender:
    """Return, change and submit again as one, so that the whole of it can be held."""
    officer, buyer = UserFactory(), UserFactory()
    return_tender(tender=tender, reasons="名称不清楚。", by=officer, at=EARLIER)
    change_tender(tender=tender, by=buyer, at=EARLIER, title="改过的名称")
    return submit_tender(tender=tender, by=buyer, at=EARLIER)


def put_up_another_text(upload: ContractUpload) -> Contract:
    """Reject the text and put up another as one, so that the whole of it can be held."""
    contract, agency = upload.contract, upload.organization
    award, by, at = contract.award, UserFactory(), SIGNED - timedelta(minutes=1)
    buyer = award.tender.buyer
    reject_upload(contract=contract, organization=buyer, reasons="缺页。", by=UserFactory(), at=at)
    return upload_contract(
        award=award, organization=agency, files=[paper(name="换过的合同.pdf")], by=by, at=at
    )


def verbs() -> list[str]:
    return [entry.verb for entry in AuditEntry.objects.order_by("pk")]


def refusals(error: BaseException | None) -> dict[str, str]:
    verdicts = error.verdicts if isinstance(error, Refused) else ()
    return {verdict.guard: verdict.refusal for verdict in verdicts}


def approval(tender: Tender, by: User):
    seen = version_of_order(Tender.objects.get()).token
    return lambda: approve_tender(tender=tender, by=by, at=NOON, seen=seen)


def test_an_order_that_changes_while_its_officer_waits_is_not_approved(is_locked):
    load_reference()
    tender = TenderFactory(submitted=True, title="原来的名称")

    found = race(lambda: submit_another_order(tender), approval(tender, UserFactory()))

    assert found.waited is is_locked
    said = refusals(found.second.error)
    assert [*said] == (["nothing_has_changed_since"] if is_locked else [])
    assert (RENAMED in said.get("nothing_has_changed_since", "")) is is_locked
    stored = Tender.objects.get()
    assert (stored.title, stored.status, stored.reviewed_at) == (
        ("改过的名称", Tender.Status.SUBMITTED, None)
        if is_locked
        else ("原来的名称", Tender.Status.REVIEWED, NOON)
    )
    assert verbs() == (CHANGE if is_locked else [*CHANGE, "tender.approved"])


def test_a_text_that_is_replaced_while_the_other_side_waits_is_not_signed(is_locked):
    load_reference()
    upload, by = ContractUploadFactory(), UserFactory()
    contract, award = upload.contract, upload.contract.award
    seen = version_of_award(award).token

    found = race(
        lambda: put_up_another_text(upload),
        lambda: confirm_contract(
            contract=contract, organization=award.tender.buyer, by=by, at=SIGNED, seen=seen
        ),
    )

    assert found.waited is is_locked
    said = refusals(found.second.error)
    assert [*said] == (["nothing_has_changed_since"] if is_locked else [])
    assert (REPLACED in said.get("nothing_has_changed_since", "")) is is_locked
    assert isinstance(found.second.error, IntegrityError) is not is_locked
    stored = Contract.objects.get()
    assert (stored.status, stored.signed_at) == (Contract.Status.PENDING, None)
    assert not ContractUpload.objects.filter(confirmed_at__isnull=False).exists()
    assert stored.deadline(OrderDeadline.SERVICE) is None
    assert verbs() == REPLACEMENT
