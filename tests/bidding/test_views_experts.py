"""The pool over HTTP: its keepers enter and move experts, and nobody else reads a name."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bidding.models import Expert
from tests.factories.bidding import bidder
from tests.factories.experts import ExpertFactory
from tests.factories.marketplace import (
    AuthorityFactory,
    Role,
    ServiceClassFactory,
    division,
    party,
)
from tests.senders import Sender

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def signed_in(client: Sender, office, *roles: str) -> Sender:
    client.force_login(party(office, *roles).user)
    return client


def test_an_officer_enters_an_expert_and_suspends_them(client: Sender) -> None:
    office = AuthorityFactory(division=division())
    person = party(office, Role.EXPERT).user
    signed_in(client, office, Role.OPERATOR)
    page = reverse("bidding:expert_new")
    data = {
        "user": person.pk,
        "name": "王工",
        "title": "高级工程师",
        "specialties": [ServiceClassFactory().pk],
        "division": division().pk,
        "employer": "某某研究院",
        "serves_from": "2026-01-01",
        "serves_until": "2026-12-31",
    }

    short = client.post(page, {**data, "serves_until": "2025-01-01"})
    assert (short.status_code, Expert.objects.count()) == (422, 0)
    done = client.post(page, data)

    expert = Expert.objects.get()
    own = reverse("bidding:expert", args=[expert.slug])
    assert (done.status_code, done.url) == (302, own)
    assert "王工" in client.get(reverse("bidding:expert_list")).content.decode()
    client.post(own, {"status": "suspended", "reasons": "申请休假。"})
    assert Expert.objects.get().status == "suspended"
    assert "申请休假。" in client.get(own).content.decode()


@pytest.mark.parametrize("who", ["agency", "expert", "elsewhere"])
def test_nobody_else_reads_the_pool(client: Sender, who: str) -> None:
    office = AuthorityFactory(division=division())
    expert = ExpertFactory(office=office)
    units = {
        "agency": (bidder(), Role.AGENCY_MANAGER),
        "expert": (office, Role.EXPERT),
        "elsewhere": (AuthorityFactory(division=division("360703")), Role.OPERATOR),
    }
    signed_in(client, *units[who])

    listed = client.get(reverse("bidding:expert_list"))
    shown = client.get(reverse("bidding:expert", args=[expert.slug]))

    assert shown.status_code == 404
    assert listed.status_code == (200 if who == "elsewhere" else 403)
    assert expert.name not in listed.content.decode()
