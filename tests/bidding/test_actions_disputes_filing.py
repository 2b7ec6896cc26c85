"""Object: who may, about what, until when, and what stands still from then on."""

from datetime import timedelta

import pytest

from bidding.actions import disputes as actions
from bidding.models import Award, Dispute, Matter, Suspension, Tender
from marketplace.kernel.models import AuditEntry
from tests.bidding.disputing import (
    CHECK_DUE,
    FACTS,
    FILED,
    REQUEST,
    World,
    kinds_told,
    world,
)
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.factories.bidding import PUBLICITY_END, TenderFactory, bidder
from tests.uploads import upload

pytestmark = pytest.mark.django_db
S = Dispute.Status
INSTANT = timedelta(microseconds=1)
WHY = "证书已经查证。"


@pytest.fixture
def it() -> World:
    return world()


def test_a_filed_objection_is_with_the_operators_and_the_order_stands_still(it: World) -> None:
    dispute = it.filed()

    assert (dispute.kind, dispute.status) == (Dispute.Kind.OBJECTION, S.FILED)
    assert (dispute.respondent, dispute.authority) == (it.tender.buyer, it.operators)
    assert dispute.check_due_at == CHECK_DUE
    assert dispute.evidence.count() == 1
    suspension = Suspension.objects.get()
    assert (suspension.tender, suspension.since, suspension.until) == (it.tender, FILED, None)
    assert Award.objects.get().is_suspended
    assert {kind for _name, kind in kinds_told()} == {
        "bidding/dispute_filed",
        "bidding/order_suspended",
    }
    assert (it.tender.buyer.name, "bidding/dispute_filed") not in kinds_told()
    verbs = [entry.verb for entry in AuditEntry.objects.order_by("pk")]
    assert verbs[-2:] == ["dispute.filed", "tender.suspended"]


def test_the_same_matter_is_filed_once_unless_it_was_not_taken_up(it: World) -> None:
    first = it.filed()

    with refused("matter_was_not_filed_before"):
        it.filed()
    actions.refuse_dispute(dispute=first, reasons=WHY, by=it.clerk, at=FILED)
    assert Suspension.objects.get().until == FILED

    again = it.filed()
    assert again.subject == first.subject
    assert Suspension.objects.count() == 2


def test_a_result_is_objected_to_in_its_publicity_by_who_took_part(it: World) -> None:
    filing = it.filing()
    given = {"facts": FACTS, "request": REQUEST, "by": it.by}

    with refused("result_is_public"):
        actions.file_dispute(filing=filing, files=[upload()], at=PUBLICITY_END, **given)
    it.filer = bidder(it.tender.item)
    with refused("filer_took_part"):
        it.filed()
    with refused("filer_took_part", "evidence_is_given"):
        actions.file_dispute(filing=it.filing(), at=FILED, **given)


def test_a_notice_is_objected_to_by_an_agency_and_the_sign_up_stands_still(it: World) -> None:
    tender = TenderFactory(active=True, division=it.operators.division)
    it.award.tender_id = tender.pk

    dispute = actions.file_dispute(
        filing=it.filing(Matter.NOTICE),
        facts=FACTS,
        request=REQUEST,
        files=[upload()],
        by=it.by,
        at=NOON,
    )

    tender = Tender.objects.get(pk=tender.pk)
    assert tender.is_suspended
    assert dispute.subject == tender.code
    actions.withdraw_dispute(dispute=dispute, by=it.by, at=NOON + timedelta(days=1))
    assert not Tender.objects.get(pk=tender.pk).is_suspended
