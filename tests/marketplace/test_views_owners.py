"""The officers' desk for owners, its queue and its to-dos, and who may read the letter."""

import pytest
from django.test import Client

from marketplace.actions.registration import change_buyer
from marketplace.models import Buyer
from tests.clock import NOON
from tests.factories.marketplace import (
    AuthorityFactory,
    BuyerFactory,
    Role,
    UserFactory,
    division,
    party,
)
from tests.uploads import PDF_BYTES, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
QUEUE = "/operator/owners/"


def text(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200, path
    return page.content.decode()


def test_an_owner_goes_to_and_fro_between_both_sides(client: Client) -> None:
    owner = BuyerFactory(registered=True)
    BuyerFactory(registered=True, organization__division=division("360102"))
    manager = party(owner.organization, Role.BUYER_MANAGER).user
    officer = party(AuthorityFactory(), Role.OPERATOR).user
    page = f"{QUEUE}{owner.organization.slug}/"
    client.force_login(officer)

    assert "没有这样的业主" in text(client, f"{QUEUE}?status=checked")
    assert [row.buyer for row in client.get(QUEUE).context["rows"]] == [owner]
    assert page in text(client, "/workbench/")
    assert "业主没有上传授权委托书。" in text(client, page)
    assert client.post(f"{page}confirm/", {}).status_code == 422
    client.post(f"{page}return/", {"reasons": "请上传授权委托书"})

    client.force_login(manager)
    assert "请上传授权委托书" in text(client, "/workbench/")
    assert "请上传授权委托书" in text(client, "/buyer/facts/")
    known = {"name": owner, "uscc": owner.organization.uscc, "nature": owner.nature}
    known |= {"division": owner.organization.division.code, "letter": upload()}
    client.post("/buyer/facts/", known)
    assert "待核验" in text(client, "/buyer/facts/")

    client.force_login(officer)
    assert "合同.pdf" in text(client, page)
    client.post(f"{page}confirm/", {"authority_confirmed": "on"})
    owner.refresh_from_db()
    assert owner.status == Buyer.Status.CHECKED
    assert page not in text(client, "/workbench/")


def test_only_the_officers_of_the_place_decide_and_read_the_letter(client: Client) -> None:
    owner = BuyerFactory(registered=True)
    unit = owner.organization
    change_buyer(organization=unit, by=UserFactory(), at=NOON, letter=upload())
    letter, page = f"/buyer/{unit.slug}/letter/", f"{QUEUE}{unit.slug}/"
    readers = [party(unit, Role.BUYER_MANAGER), party(AuthorityFactory(), Role.OPERATOR)]
    others = [
        party(unit, Role.BUYER_AGENT),
        party(BuyerFactory().organization, Role.BUYER_MANAGER),
        party(AuthorityFactory(division=division("360102")), Role.OPERATOR),
    ]

    for reader in readers:
        client.force_login(reader.user)
        assert client.get(letter).getvalue() == PDF_BYTES
    for other in others:
        client.force_login(other.user)
        assert client.get(letter).status_code == 404
        assert client.get(page).status_code == 404
        assert client.post(f"{page}confirm/", {"authority_confirmed": "on"}).status_code == 404
    owner.refresh_from_db()
    assert owner.status == Buyer.Status.REGISTERED
    assert client.get(f"{QUEUE}?status=nothing").status_code == 404
