"""An owner adds papers and avoids agencies; bidders read what is public, officers all."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from bidding.models import AvoidedAgency, Exemption, Tender, TenderPaper, Witness
from marketplace.parties import Party
from tests.clock import NOON
from tests.factories.bidding import DocumentFactory, TenderFactory, bidder
from tests.factories.marketplace import AuthorityFactory, Role, party
from tests.uploads import upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
WHY = "与本项目设计单位有控股关系。"


def url(name: str, *args: str) -> str:
    return reverse(f"bidding:{name}", args=args)


@pytest.fixture
def draft() -> Tender:
    made: Tender = TenderFactory()
    return made


@pytest.fixture
def owner(draft: Tender) -> Party:
    return party(draft.buyer, Role.BUYER_MANAGER)


def test_an_owner_adds_and_takes_away_papers_and_avoided_agencies(
    client: Client, draft: Tender, owner: Party
) -> None:
    agency, page = bidder(draft.item), url("tender_parts", draft.slug)
    client.force_login(owner.user)

    client.post(url("tender_papers_add", draft.slug), {"kind": "requirement", "file": [upload()]})
    refused = client.post(url("tender_avoid", draft.slug), {"agency": agency.uscc, "reasons": " "})
    client.post(url("tender_avoid", draft.slug), {"agency": agency.uscc, "reasons": WHY})

    paper, avoided = TenderPaper.objects.get(), AvoidedAgency.objects.get()
    assert refused.status_code == 422
    assert (paper.kind, avoided.agency, avoided.reasons) == ("requirement", agency, WHY)
    shown = client.get(page).content.decode()
    assert WHY in shown
    assert url("tender_paper", draft.slug, paper.slug) in shown
    again = client.post(url("tender_avoid", draft.slug), {"agency": agency.uscc, "reasons": WHY})
    assert "已经列为回避机构" in again.content.decode()

    client.post(url("tender_paper_remove", draft.slug, paper.slug))
    client.post(url("tender_avoided_remove", draft.slug, avoided.slug))

    assert not TenderPaper.objects.exists()
    assert not AvoidedAgency.objects.exists()


def test_an_owner_exempts_and_invites_and_takes_it_back(
    client: Client, draft: Tender, owner: Party
) -> None:
    client.force_login(owner.user)
    exempt = {"check_name": "order_is_not_split", "reasons": "抢险救灾", "file": [upload()]}
    invited = {"unit": "赣州市公证处", "name": "王公证"}

    client.post(url("tender_exempt", draft.slug), exempt)
    again = client.post(url("tender_exempt", draft.slug), {**exempt, "file": [upload()]})
    client.post(url("tender_invite", draft.slug), invited)
    own = client.post(url("tender_invite", draft.slug), {**invited, "unit": draft.buyer.name})

    exemption, witness = Exemption.objects.get(), Witness.objects.get()
    assert "这项核对已经写明豁免理由" in again.content.decode()
    assert "见证人须来自项目业主以外的单位" in own.content.decode()
    address = url("tender_exemption", draft.slug, exemption.slug)
    assert read(client, address) == 200
    assert read(Client(), address) == 404
    assert address in client.get(url("tender_parts", draft.slug)).content.decode()

    client.post(url("tender_exemption_remove", draft.slug, exemption.slug))
    client.post(url("tender_witness_remove", draft.slug, witness.slug))

    assert not Exemption.objects.exists()
    assert not Witness.objects.exists()


@pytest.mark.parametrize(
    ("kind", "is_published", "statuses"),
    [
        ("requirement", True, {"public": 200, "owner": 200, "officer": 200}),
        ("approval", True, {"public": 404, "owner": 200, "officer": 200}),
        ("requirement", False, {"public": 404, "owner": 200, "officer": 404}),
    ],
)
def test_everybody_reads_a_requirement_and_the_officer_what_is_for_review(
    client: Client,
    draft: Tender,
    owner: Party,
    kind: str,
    is_published: bool,
    statuses: dict[str, int],
) -> None:
    officer = party(AuthorityFactory(division=draft.division), Role.OPERATOR)
    paper = TenderPaper.objects.create(
        tender=draft, kind=kind, document=DocumentFactory(), added_at=NOON
    )
    if is_published:
        draft = publish(draft)
    address = url("tender_paper", draft.slug, paper.slug)

    found = {"public": read(client, address)}
    for name, one in (("owner", owner), ("officer", officer)):
        client.force_login(one.user)
        found[name] = read(client, address)

    assert found == statuses
    if is_published:
        page = Client().get(url("tender", draft.code), follow=True).content.decode()
        assert (address in page) is (kind == "requirement")


def read(client: Client, address: str) -> int:
    """Read a file to its end, and return how the answer began."""
    response = client.get(address)
    assert b"".join(response)
    status: int = response.status_code
    return status


def publish(draft: Tender) -> Tender:
    """Return an order of the same owner, public, with the papers of the draft."""
    public = TenderFactory(
        active=True, buyer=draft.buyer, created_by=draft.created_by, division=draft.division
    )
    draft.papers.update(tender=public)
    return public


def test_nobody_else_opens_the_page(client: Client, draft: Tender) -> None:
    client.force_login(party(bidder(draft.item), Role.AGENCY_MANAGER).user)

    assert client.get(url("tender_parts", draft.slug)).status_code in {403, 404}
