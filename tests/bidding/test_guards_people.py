"""A bid names people where its item asks for them; they are shown masked, and serve at signing."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bidding.actions.bids import submit_bid
from bidding.actions.contracts.signature import upload_contract
from bidding.actions.sealing import sealed_offer
from bidding.actions.tenders.opening import close_tender, evaluate_tender
from bidding.guards import people as guards
from bidding.models import Award, Contract, OpenedOffer, Tender
from bidding.pages.bids import quotes
from bidding.pages.contract_page import contract_page
from bidding.pages.contract_texts import fields_of
from bidding.pages.contracts import Desk
from bidding.sealing.contents import Contents
from marketplace.identifiers import masked
from marketplace.kernel.verdicts import Refused
from marketplace.models import Agency, Organization, Practitioner, ServiceItem
from marketplace.requirements import AnyOf, Certificate, Practitioners, written
from tests.bidding.refusals import ASKED, failing, refused
from tests.clock import NOON
from tests.factories.bidding import (
    DEADLINE,
    OPENING,
    SIGNED,
    AwardFactory,
    OfferFactory,
    TenderFactory,
    bidder,
)
from tests.factories.marketplace import (
    AgencyFactory,
    PractitionerFactory,
    QualificationFactory,
    ServiceItemFactory,
    UserFactory,
    party,
)
from tests.uploads import upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
PROFESSION = "注册测试工程师"


def asking(count: int = 2) -> ServiceItem:
    item: ServiceItem = ServiceItemFactory(published=True)
    item.requirement = written(Practitioners(PROFESSION, count))
    item.save()
    return item


def with_people(item: ServiceItem, count: int) -> tuple[Organization, list[Practitioner]]:
    agency = bidder(item)
    own = Agency.objects.get(organization=agency)
    people = [PractitionerFactory(agency=own, name=f"王{number}") for number in range(count)]
    PractitionerFactory(agency=own, certificate_name="其他专业")
    return agency, people


def numbers(people: list[Practitioner]) -> list[str]:
    return [one.certificate_number for one in people]


def bid(tender: Tender, agency: Organization, people: list[str]) -> Any:
    sent = {"amount": Decimal(80_000), "by": tender.created_by, "at": NOON}
    return submit_bid(tender=tender, agency=agency, people=people, **sent)


def test_a_bid_names_as_many_of_its_own_people_as_the_item_asks_for() -> None:
    item = asking()
    tender, (agency, people) = TenderFactory(active=True, item=item), with_people(item, 3)
    strangers = numbers(with_people(item, 2)[1])

    assert guards.people_for(item, agency) == people
    for wrong, guard in (
        ([], ["named_people_are_enough"]),
        (numbers(people[:1]), ["named_people_are_enough"]),
        (strangers, ["named_people_are_of_the_agency", "named_people_are_enough"]),
    ):
        asked = guards.may_name(item, agency, wrong, people, NOON)
        assert failing(*asked) == guard
    with refused("named_people_are_enough", keeps=ASKED):
        bid(tender, agency, [])
    assert not tender.bids.exists()


def test_whom_an_opened_bid_named_is_shown_with_a_masked_number() -> None:
    item = asking()
    tender = TenderFactory(active=True, item=item, fund="private")
    agency, people = with_people(item, 3)
    entered = bid(tender, agency, numbers(people[:2]))
    envelope = bytes(entered.last_offer.envelope)
    assert people[0].certificate_number.encode() not in envelope

    close_tender(tender=tender, at=DEADLINE)
    evaluate_tender(tender=tender, at=OPENING)

    kept = OpenedOffer.objects.get().more["people"]
    assert [one["number"] for one in kept] == numbers(people[:2])
    [row] = quotes(Tender.objects.get(), OPENING)
    assert len(row.people) == 2
    assert row.people[0].startswith("王0（注册测试工程师 C")
    assert people[0].certificate_number not in row.people[0]


def test_an_item_that_asks_for_nobody_names_nobody(django_assert_num_queries: Any) -> None:
    item = ServiceItemFactory(published=True)
    agency = bidder(item)

    with django_assert_num_queries(0):
        assert guards.people_for(item, agency) == []
        assert guards.may_name(item, agency, ["CS1"], [], NOON) == ()


def test_a_certificate_that_does_instead_of_people_needs_none_named() -> None:
    item = asking()
    law = Certificate(item.service_class.code, "《建筑法》第十三条")
    item.requirement = written(AnyOf((law, Practitioners(PROFESSION, 2))))
    item.save()
    (agency, people), other = with_people(item, 1), AgencyFactory(active=True)
    QualificationFactory(agency=other, service_class=item.service_class)

    assert failing(*guards.may_name(item, other.organization, [], [], NOON)) == []
    assert failing(*guards.may_name(item, agency, [], people, NOON)) == []


def won_naming_one() -> tuple[Award, Practitioner]:
    """Return an award whose bid named one of two people."""
    award: Award = AwardFactory(active=True, tender__item=asking(1))
    own = Agency.objects.get(organization=award.bid.agency)
    person = PractitionerFactory(agency=own, name="王工")
    PractitionerFactory(agency=own)
    contents = Contents(award.amount, bytes(32), {"people": guards.as_named([person])})
    envelope = sealed_offer(award.tender, own.organization, 2, contents)
    OfferFactory(bid=award.bid, version=2, envelope=envelope)
    return award, person


def test_the_letter_and_both_sides_of_the_contract_read_whom_the_winner_named(
    client: Client,
) -> None:
    award, person = won_naming_one()
    said = f"王工（注册测试工程师 {masked(person.certificate_number)}）"

    letter = client.get(reverse("bidding:award_letter", args=[award.tender.code]))

    assert said in letter.content.decode()
    assert fields_of(award).people == said
    for unit, role in ((award.bid.agency, "agency_manager"), (award.tender.buyer, "buyer_manager")):
        facts = contract_page(Desk(award, party(unit, role), SIGNED)).facts
        assert [one.value for one in facts if str(one.label) == "执业人员"] == [said]
    other = AwardFactory(active=True)
    facts = contract_page(Desk(other, party(other.bid.agency, "agency_manager"), SIGNED)).facts
    assert "执业人员" not in [str(one.label) for one in facts]


def test_a_winner_signs_while_those_whom_it_named_still_serve() -> None:
    award, person = won_naming_one()
    own = person.agency
    assert guards.named_people_still_serve(award, SIGNED).holds
    sign: dict[str, Any] = {"award": award, "organization": own.organization, "at": SIGNED}

    Practitioner.objects.filter(pk=person.pk).update(agency=AgencyFactory())
    with pytest.raises(Refused) as caught:
        upload_contract(files=[upload()], by=UserFactory(), **sign)

    [verdict] = caught.value.verdicts
    assert verdict.refusal == "报名时列明的王工已不在贵单位执业或者暂停执业，恢复以后才能签约"
    assert not Contract.objects.exists()
    Practitioner.objects.filter(pk=person.pk).update(agency=own)
    upload_contract(files=[upload()], by=UserFactory(), **sign)
    assert Contract.objects.count() == 1


def test_an_agency_ticks_whom_it_names_on_the_page_of_its_bid(client: Client) -> None:
    item = asking(1)
    tender, (agency, people) = TenderFactory(active=True, item=item), with_people(item, 1)
    client.force_login(party(agency, "agency_manager").user)
    page = reverse("bidding:bid", args=[tender.code])

    shown = client.get(page).content.decode()
    refused = client.post(page, {"amount": "80000"})
    client.post(page, {"amount": "80000", "people": numbers(people)})

    assert f'value="{people[0].certificate_number}"' in shown
    assert "其他专业" not in shown
    assert refused.status_code == 422
    assert "列明的执业人员不足" in refused.content.decode()
    assert tender.bids.get().offers.count() == 1
