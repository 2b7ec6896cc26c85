"""A low quote is explained and judged over HTTP; its papers are for its sides alone."""

import pytest
from django.test import Client
from django.urls import reverse

from bidding.models import Explanation
from tests.bidding.costing import GIVEN, TEXT, WHY, low_case
from tests.factories.marketplace import AuthorityFactory, Role, party
from tests.markup import on_one_line
from tests.senders import Sender
from tests.uploads import upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def signed_in(organization, role):
    client = Sender()
    client.force_login(party(organization, role).user)
    return client


def test_it_is_asked_explained_and_judged(time_machine):
    case = low_case()
    time_machine.move_to(GIVEN, tick=False)
    bidder = signed_in(case.agency, Role.AGENCY_MANAGER)
    owner = signed_in(case.tender.buyer, Role.BUYER_MANAGER)
    explain = reverse("bidding:bid_explain", args=[case.tender.code])
    judge = reverse("bidding:explanation_judge", args=[case.tender.slug, case.explanation.slug])
    public = reverse("bidding:tender", args=[case.tender.code])
    own = reverse("bidding:bid", args=[case.tender.code])
    assert explain in bidder.get(own).content.decode()
    assert explain in bidder.get(reverse("marketplace:workbench")).content.decode()
    assert "异常低价：低于平均报价 33.3%" in bidder.get(explain).content.decode()
    assert "须在 " in on_one_line(Client().get(public).content.decode())

    assert bidder.post(explain, {"text": ""}).status_code == 422
    done = bidder.post(explain, {"text": TEXT, "papers": upload()})

    assert (done.status_code, done.url) == (302, own)
    desk = owner.get(reverse("bidding:buyer_tender", args=[case.tender.slug])).content.decode()
    assert judge in desk
    assert TEXT in desk
    assert judge in owner.get(reverse("marketplace:workbench")).content.decode()
    assert TEXT in owner.get(judge).content.decode()
    assert TEXT not in Client().get(public).content.decode()
    assert owner.post(judge, {"verdict": "fails", "reasons": WHY}).status_code == 302
    page = on_one_line(Client().get(public).content.decode())
    assert f"成本说明不成立，报价不计入：{WHY}" in page
    assert (
        "成本说明不成立"
        in Client().get(reverse("bidding:tender_verify", args=[case.tender.code])).content.decode()
    )


def test_papers_are_for_its_sides_and_the_officers_of_the_place(time_machine):
    case = low_case()
    time_machine.move_to(GIVEN, tick=False)
    bidder = signed_in(case.agency, Role.AGENCY_MANAGER)
    bidder.post(
        reverse("bidding:bid_explain", args=[case.tender.code]), {"text": TEXT, "papers": upload()}
    )
    paper = Explanation.objects.get().papers.get()
    url = reverse("bidding:explanation_paper", args=[case.explanation.slug, paper.slug])
    other = Explanation.objects.get().bid.tender.bids.exclude(agency=case.agency).first().agency
    office = AuthorityFactory(division=case.tender.division)

    readers = {
        "bidder": bidder,
        "owner": signed_in(case.tender.buyer, Role.BUYER_MANAGER),
        "officer": signed_in(office, Role.OPERATOR),
        "rival": signed_in(other, Role.AGENCY_MANAGER),
    }

    found = {}
    for name, client in readers.items():
        response = client.get(url)
        b"".join(response)  # to its end, so that the file is closed
        found[name] = response.status_code
    assert found == {"bidder": 200, "owner": 200, "officer": 200, "rival": 404}
    desk = reverse("bidding:operator_tender", args=[case.tender.slug])
    assert TEXT in readers["officer"].get(desk).content.decode()


def test_nobody_explains_or_judges_for_another():
    case = low_case()
    rival = case.tender.bids.exclude(agency=case.agency).first().agency
    client = signed_in(rival, Role.AGENCY_MANAGER)

    assert client.get(reverse("bidding:bid_explain", args=[case.tender.code])).status_code == 404
    judge = reverse("bidding:explanation_judge", args=[case.tender.slug, case.explanation.slug])
    assert client.get(judge).status_code in {403, 404}
