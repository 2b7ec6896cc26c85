"""A manager puts an authority up on a page, and another officer confirms it on one."""

import pytest

from marketplace.models import AuthorityProposal, Organization
from tests.factories.marketplace import (
    COUNTY,
    AuthorityFactory,
    Role,
    division,
    load_rules,
    party,
)
from tests.markup import text_of
from tests.senders import Sender

pytestmark = pytest.mark.django_db
AREA = "360700"
"""The city that 章贡区 lies in."""
PAGE = "/manager/authorities/"
GIVEN = {"name": "测试区中心", "division": COUNTY, "login": "xin"}


def test_a_manager_puts_up_and_another_officer_confirms(client: Sender) -> None:
    load_rules()
    division()
    office = AuthorityFactory(division=division(AREA))
    client.force_login(party(office, Role.MANAGER).user)
    assert client.post(PAGE, {**GIVEN, "division": AREA}).status_code == 422
    assert client.post(PAGE, GIVEN).url == PAGE
    proposal = AuthorityProposal.objects.get()
    path = f"{PAGE}{proposal.slug}/"
    assert f'<a href="{path}">测试区中心</a>' in text_of(client.get(PAGE))
    assert client.post(path).status_code == 422
    assert Organization.objects.filter(name="测试区中心").count() == 0

    client.force_login(party(office, Role.REGULATOR).user)
    assert client.get(PAGE).status_code == 403
    assert "第一位管理员的账号" in text_of(client.get(path))
    assert client.post(f"{path}withdraw/").status_code == 403
    assert client.post(path).url == "/workbench/"

    assert Organization.objects.get(name="测试区中心").division_id == COUNTY


def test_who_has_put_it_up_takes_it_back(client: Sender) -> None:
    load_rules()
    division()
    client.force_login(party(AuthorityFactory(division=division(AREA)), Role.MANAGER).user)
    client.post(PAGE, GIVEN)
    path = f"{PAGE}{AuthorityProposal.objects.get().slug}/"

    assert client.post(f"{path}withdraw/").url == "/workbench/"
    assert not AuthorityProposal.objects.waiting().exists()


@pytest.mark.parametrize("code", [COUNTY, "360800"])
def test_of_another_office_it_is_not_there_and_a_county_sets_up_nobody(
    client: Sender, code: str
) -> None:
    load_rules()
    division()
    office = AuthorityFactory(division=division(AREA))
    client.force_login(party(office, Role.MANAGER).user)
    client.post(PAGE, GIVEN)
    slug = AuthorityProposal.objects.get().slug

    client.force_login(party(AuthorityFactory(division=division(code)), Role.MANAGER).user)

    assert client.get(f"{PAGE}{slug}/").status_code == 404
    assert client.get(PAGE).status_code == (403 if code == COUNTY else 200)
