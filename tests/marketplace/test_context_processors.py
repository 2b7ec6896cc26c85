"""What every page shows of the time, of whom one acts for, and of how it looks."""

from datetime import date

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from marketplace.context_processors import Display, site
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
        "canonical_url": "https://here.test/items/?page=2",
        "party": None,
        "display": Display("elder", "dark"),
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
    assert shown["other_organizations"]() == [other]
    assert shown["workbench_nav"]()[0].url == "/workbench/"
