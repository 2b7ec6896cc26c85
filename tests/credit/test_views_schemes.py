"""Managers of the province put up the next version of the scheme and look at it twice."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from credit.actions.schemes import load_scheme
from credit.models import CreditScheme, SchemeProposal
from marketplace.models import Membership, Organization
from tests.clock import NOON
from tests.credit.vectors import SHIPPED, next_version
from tests.factories.marketplace import AuthorityFactory, division, load_laws, party

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
Role = Membership.Role
PAGE = "/manager/credit-scheme/"


@pytest.fixture
def office() -> Organization:
    load_laws()
    load_scheme(text=SHIPPED, file="a.json", at=NOON)
    made: Organization = AuthorityFactory(division=division("360000"))
    return made


def put_up(client: Client, text: str | bytes) -> HttpResponse:
    content = text.encode() if isinstance(text, str) else text
    sent: dict[str, Any] = {"file": SimpleUploadedFile("next.json", content), "reason": "修订。"}
    answer: HttpResponse = client.post(PAGE, sent)
    return answer


def test_one_manager_puts_a_version_up_and_another_reads_what_it_changes_and_confirms(
    client: Client, office: Organization
) -> None:
    first, second = (party(office, Role.MANAGER).user for _person in range(2))
    client.force_login(first)
    page = client.get(PAGE).content.decode()
    assert "提出，送另一人复核" in page
    file = client.get(f"{PAGE}current.json")
    assert (file.content.decode(), file["Content-Type"]) == (SHIPPED, "application/json")

    put_up(client, next_version(base="90"))
    proposal = SchemeProposal.objects.get()
    address = f"{PAGE}{proposal.slug}/"
    own = client.get(address).content.decode()
    refused = client.post(address)
    waiting = client.get(PAGE).content.decode()

    assert "基础分：100 → 90" in own
    assert "江西省网上中介服务超市信用评价，第 2 版" in own
    assert 'data-guard="second_manager_looks"' in own
    assert refused.status_code == 422
    assert CreditScheme.objects.count() == 1
    assert "已有一个方案等待复核" in waiting
    assert "提出，送另一人复核" not in waiting
    client.force_login(second)
    said = client.post(address, follow=True).content.decode()
    assert "方案已采用，从施行日期起计分。" in said
    assert CreditScheme.objects.count() == 2
    assert "尚未施行" in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "JSON"),
        (b"\xff\xfe{", "编码无法识别"),
        (next_version(scope="360429"), "信用评价方案全省统一"),
    ],
    ids=["no json", "no text", "another scope"],
)
def test_what_is_no_scheme_is_refused_beside_the_file(
    client: Client, office: Organization, text: str | bytes, said: str
) -> None:
    client.force_login(party(office, Role.MANAGER).user)

    answer = put_up(client, text)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not SchemeProposal.objects.exists()


def test_it_is_no_business_of_regulators_or_of_a_city(client: Client, office: Organization) -> None:
    city = AuthorityFactory(division=division("360700"))
    for one in (party(office, Role.REGULATOR), party(city, Role.MANAGER)):
        client.force_login(one.user)
        assert client.get(PAGE).status_code == 403
        assert client.get(f"{PAGE}current.json").status_code == 403
        assert put_up(client, next_version()).status_code == 403
    assert not SchemeProposal.objects.exists()


def test_without_a_loaded_scheme_there_is_no_file(client: Client) -> None:
    client.force_login(party(AuthorityFactory(division=division("360000")), Role.MANAGER).user)

    assert client.get(f"{PAGE}current.json").status_code == 404
