"""Which bidders only have a name in common; who bids is nobody's business before the opening."""

import pytest

from bidding.guards.bids import may_submit_bid
from bidding.guards.kin import (
    may_serve_independently,
    namesakes_are_other_people,
    namesakes_of,
    ties_of,
)
from bidding.models import Award, Tender
from bidding.selection.kinship import Ties
from marketplace.models import Organization, OwnershipTie
from marketplace.ties import key_of
from tests.bidding.openings import opened
from tests.clock import NOON
from tests.factories.bidding import (
    AwardFactory,
    BidFactory,
    TenderFactory,
    bidder,
)
from tests.factories.marketplace import ServiceItemFactory, division, party
from tests.factories.parties import TieFactory
from tests.marketplace.test_ties import HALF

pytestmark = pytest.mark.django_db


def test_who_has_one_name_is_no_question_before_the_opening():
    tender = TenderFactory(closed=True)
    for number in range(2):
        agency = bidder(
            tender.item, legal_representative="陈一", address="", contact_phone=f"0797{number}"
        )
        BidFactory(tender=tender, agency=agency)

    assert namesakes_of(tender) == []
    assert len(namesakes_of(opened(tender))) == 1


def test_what_ties_an_agency_are_its_people_its_telephone_its_mail_and_its_address() -> None:
    agency, bare = (
        bidder(
            legal_representative="陈一",
            contact_phone="0797-5550132",
            contact_email="A@example.com",
            address="章江路 1 号",
        ),
        bidder(legal_representative="李二", contact_phone="", contact_email="", address=" "),
    )
    member = party(agency, "agency_manager").user
    left = party(agency, "agency_agent")
    left.user.memberships.update(is_active=False)

    assert ties_of([agency, bare]) == {
        agency.pk: Ties(
            "陈一",
            frozenset(
                {
                    "phone 07975550132",
                    "email aexamplecom",
                    "address 章江路1号",
                    f"person {member.pk}",
                }
            ),
        ),
        bare.pk: Ties("李二", frozenset()),
    }


def test_namesakes_are_named_in_pairs_until_an_officer_has_ruled_them_out() -> None:
    tender = TenderFactory(evaluated=True)
    for number, name in enumerate(["甲公司", "乙公司"]):
        agency = bidder(
            name=name, legal_representative="陈一", address="", contact_phone=f"0797{number}"
        )
        BidFactory(tender=tender, agency=agency)

    verdict = namesakes_are_other_people(tender, ruled_out=False)

    assert "：甲公司与乙公司。同名不等于同一人" in verdict.refusal
    assert namesakes_are_other_people(tender, ruled_out=True).holds


def refused(tender: Tender, agency: Organization) -> list[str]:
    asked = may_serve_independently(tender, agency, HALF)
    return [verdict.guard for verdict in asked if not verdict.holds]


def test_the_owners_own_units_do_not_work_for_it_and_a_name_alone_says_nothing() -> None:
    tender = TenderFactory(active=True)
    agency = bidder(tender.item, legal_representative=tender.buyer.legal_representative)
    assert refused(tender, agency) == []

    TieFactory(holder_key=key_of(tender.buyer), held_key=key_of(agency))

    assert refused(tender, agency) == ["agency_is_not_of_the_owner"]
    verdict = may_serve_independently(tender, agency, HALF)[0]
    assert verdict.refusal == "机构与项目业主有控股关系，不能承接项目业主的这项服务"
    assert "agency_is_not_of_the_owner" in [
        one.guard for one in may_submit_bid(tender, agency, NOON) if not one.holds
    ]


def test_an_agency_of_a_department_does_no_work_for_what_that_department_decides() -> None:
    tender = TenderFactory(active=True, item__department="水行政主管部门")
    agency = bidder(tender.item)
    tie = TieFactory(
        holder_key="org:D",
        held_key=key_of(agency),
        kind="runs",
        share=None,
        department="水行政主管部门",
        division=division("360700"),
    )

    assert refused(tender, agency) == ["agency_is_not_of_the_department"]
    assert may_serve_independently(tender, agency, HALF)[1].explained == (
        "机构由水行政主管部门或者其所属单位举办、出资或者主管，不能承接该部门审批事项的中介服务。"
        "依据：《优化营商环境条例》第四十三条第二款。"
    )
    OwnershipTie.objects.filter(pk=tie.pk).update(department="发展改革部门")
    assert refused(tender, agency) == []


def test_who_drafted_for_a_project_and_who_belongs_to_it_do_not_evaluate_it() -> None:
    code = "2610-360702-04-01-218846"
    drafted = AwardFactory(tender__project_code=code)
    item = ServiceItemFactory(published=True, commissioned_by="department", paid_by="department")
    judging = {"active": True, "item": item, "fund": "fiscal", "is_in_approval": True}
    tender = TenderFactory(**judging, project_code=code)
    drafter, sister, other = drafted.bid.agency, bidder(item), bidder(item)
    TieFactory(holder_key=key_of(drafter), held_key=key_of(sister))

    assert refused(tender, drafter) == ["agency_did_not_draft_what_is_evaluated"]
    assert refused(tender, sister) == ["agency_did_not_draft_what_is_evaluated"]
    assert refused(tender, other) == []
    assert refused(TenderFactory(**judging), drafter) == []
    assert refused(TenderFactory(active=True, project_code=code), drafter) == []
    Award.objects.update(status="cancelled", cancelled_at=NOON, cancel_reasons="放弃。")
    assert refused(tender, drafter) == []
