"""What every page shows of the time, of whom one acts for, and of how it looks."""

from datetime import date

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory

from marketplace.context_processors import Display, Imprint, site
from marketplace.models import Membership, Message
from marketplace.parties import Party, party_of
from tests.clock import NOON
from tests.factories.marketplace import BuyerFactory, party

pytestmark = pytest.mark.django_db


def request_of(acting: Party | None, path: str = "/") -> HttpRequest:
    request = RequestFactory().get(path)
    request.party = acting
    return request


def test_a_stranger_is_shown_the_time_and_their_own_choice_of_looks(settings) -> None:
    settings.DEMO, settings.PUBLIC_URL = False, "https://here.test"
    request = request_of(None, "/items/?page=2&sort=name")
    request.COOKIES.update(mode="elder", theme="dark")

    assert site(request) == {
        "platform_now": NOON,
        "platform_day": date(2026, 11, 24),
        "is_demo": False,
        "imprint": Imprint("", "", "", ""),
        "canonical_url": "https://here.test/items/?page=2",
        "party": None,
        "display": Display("elder", "dark", can_be_english=True),
    }


def test_who_acts_for_somebody_is_shown_their_organizations_and_unread_messages() -> None:
    buyer = party(BuyerFactory().organization, Membership.Role.BUYER_MANAGER)
    for read_at in (None, None, NOON):
        Message.objects.create(
            user=buyer.user,
            organization=buyer.organization,
            kind="test/told",
            subject="标题",
            created_at=NOON,
            read_at=read_at,
        )

    request = request_of(None)
    request.user, request.session = buyer.user, {}
    other = party(
        BuyerFactory().organization, Membership.Role.BUYER_AGENT, user=buyer.user
    ).organization
    request.party = party_of(request)
    shown = site(request)

    assert (shown["party"], shown["unread_count"]) == (buyer, 2)
    assert [one.organization for one in shown["other_organizations"]()] == [other]
    assert shown["workbench_nav"]()[0].url == "/workbench/"


def test_the_footer_says_whose_site_it_is_where_an_installation_has_set_it(
    client: Client, settings
) -> None:
    said = ("主办单位：", "网站标识码：", "赣ICP备00000000号", "赣公网安备 00000000000000号")
    assert not any(one in client.get("/accounts/login/").content.decode() for one in said)

    settings.IMPRINT_HOST, settings.IMPRINT_CODE = "江西省测试数据局", "3600000000"
    settings.IMPRINT_ICP, settings.IMPRINT_POLICE = said[2:]

    footer = client.get("/accounts/login/").content.decode().split("<footer", 1)[1]
    assert "主办单位：江西省测试数据局" in footer
    assert "网站标识码：3600000000" in footer
    assert all(one in footer for one in said)
