"""The item's requirement is asked at sign-up, selection and contract, and the answer kept."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from bidding.actions.bids import submit_bid
from bidding.actions.contracts.signature import upload_contract
from bidding.actions.requirements import ask_requirements
from bidding.actions.tenders.opening import evaluate_tender
from bidding.models import Contract, RequirementCheck
from credit.models import StandingCheck
from marketplace.kernel.verdicts import Refused
from marketplace.models import Agency, Qualification, ServiceItem
from marketplace.requirements import Certificate, written
from tests.bidding.refusals import ASKED, refused
from tests.clock import NOON
from tests.factories.bidding import (
    OPENING,
    SIGNED,
    AwardFactory,
    BidFactory,
    TenderFactory,
    bidder,
)
from tests.factories.marketplace import QualificationFactory, ServiceItemFactory, UserFactory
from tests.uploads import upload

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LAW = "《建筑法》第十三条"


def asking_for(level: str) -> ServiceItem:
    item: ServiceItem = ServiceItemFactory(published=True, name="施工图设计")
    item.requirement = written(Certificate(item.service_class.code, LAW, level=level))
    item.save()
    return item


def kept() -> list[tuple[str, bool]]:
    return list(RequirementCheck.objects.order_by("pk").values_list("moment", "is_met"))


def test_what_was_required_and_what_was_lacking_is_kept_for_each_agency(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    item = asking_for("second")
    tender = TenderFactory(active=True, item=item)
    fit, unfit = bidder(item), bidder(item)
    Qualification.objects.filter(agency__organization=fit).update(level="first")

    with django_assert_num_queries(2):
        found = ask_requirements(tender, [fit.pk, unfit.pk], StandingCheck.Moment.SELECTION, NOON)

    assert [found[one.pk].holds for one in (fit, unfit)] == [True, False]
    rows = RequirementCheck.objects.order_by("pk")
    assert [(row.organization_id, row.reference, row.is_met) for row in rows] == [
        (fit.pk, tender.code, True),
        (unfit.pk, tender.code, False),
    ]
    assert [row.lacking for row in rows] == [[], [item.requirement]]
    assert [row.requirement for row in rows] == [item.requirement] * 2


def test_k2_01_an_agency_of_too_low_a_level_signs_up_for_nothing_and_reads_why() -> None:
    item = asking_for("second")
    tender, agency = TenderFactory(active=True, item=item), bidder(item)
    Qualification.objects.filter(agency__organization=agency).update(level="fourth")

    by = UserFactory()

    with refused("agency_is_qualified", keeps=ASKED):
        submit_bid(tender=tender, agency=agency, amount=Decimal(800), by=by, at=NOON)

    assert kept() == [("sign_up", False)]


def test_who_no_longer_has_what_is_required_is_left_out_at_the_opening() -> None:
    item = asking_for("second")
    tender = TenderFactory(closed=True, item=item)
    bids = BidFactory.create_batch(4, tender=tender)
    agencies = [bid.agency_id for bid in bids]
    Qualification.objects.filter(agency__in=agencies).update(level="second")
    Qualification.objects.filter(agency=agencies[0]).update(level="third")

    evaluate_tender(tender=tender, at=OPENING)

    bids[0].refresh_from_db()
    assert (bids[0].status, bids[0].exclusion) == ("excluded", "not_qualified")
    assert sorted(kept()) == [("selection", False)] + [("selection", True)] * 3


def test_a_winner_that_lacks_what_is_required_signs_when_it_has_it_again() -> None:
    award = AwardFactory(active=True)
    item, agency = award.tender.item, award.bid.agency
    item.requirement = written(Certificate(item.service_class.code, LAW, level="first"))
    item.save()
    sign: dict[str, Any] = {
        "award": award,
        "organization": agency,
        "by": UserFactory(),
        "at": SIGNED,
    }

    with pytest.raises(Refused) as caught:
        upload_contract(files=[upload()], **sign)

    [verdict] = caught.value.verdicts
    assert verdict.guard == "agency_is_qualified"
    assert verdict.explained.endswith("（甲级以上）。依据：《建筑法》第十三条。")
    award.refresh_from_db()
    assert (award.status, Contract.objects.count()) == ("active", 0)
    QualificationFactory(agency=agency.agency, service_class=item.service_class, level="first")
    upload_contract(files=[upload()], **sign)
    assert kept() == [("contract", False), ("contract", True)]


def test_k2_04_a_winner_whose_licence_has_run_out_does_not_sign() -> None:
    award = AwardFactory(active=True)
    agency = award.bid.agency
    Agency.objects.filter(organization=agency).update(business_until=SIGNED.date() - DAY)

    with pytest.raises(Refused) as caught:
        upload_contract(
            award=award, organization=agency, files=[upload()], by=UserFactory(), at=SIGNED
        )

    assert [verdict.guard for verdict in caught.value.verdicts] == ["agency_is_licensed"]
    award.refresh_from_db()
    assert (award.status, Contract.objects.count()) == ("active", 0)
