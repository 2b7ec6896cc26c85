"""Which bidders only have a name in common; who bids is nobody's business before the opening."""

import pytest

from bidding.guards.kin import namesakes_are_other_people, namesakes_of, ties_of
from bidding.selection.kinship import Ties
from tests.bidding.openings import opened
from tests.factories.bidding import (
    BidFactory,
    TenderFactory,
    bidder,
)
from tests.factories.marketplace import party

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
