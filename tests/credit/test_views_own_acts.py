"""What the party of a decision asks for, and who may."""

from datetime import timedelta

import pytest

from credit.models import Repair, Review
from tests.clock import NOON
from tests.factories.credit import decision, notice
from tests.factories.marketplace import Role, party
from tests.markup import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def test_an_agent_reads_and_a_manager_asks_once(client, agency, authority):
    case = notice(organization=agency, authority=authority, at=NOON - timedelta(days=20))
    decision(case, at=NOON - timedelta(days=1))
    url = f"/credit/record/cases/{case.slug}/"
    client.force_login(party(agency, Role.AGENCY_AGENT).user)
    assert client.get(f"{url}review/").status_code == 403
    client.force_login(party(agency, Role.AGENCY_MANAGER).user)
    assert "起才可以申请信用修复" in text_of(client.get(f"{url}repair/"))
    early = client.post(f"{url}repair/", {"correction": "x", "commitment": "x"})
    assert (early.status_code, Repair.objects.count()) == (422, 0)

    answer = client.post(f"{url}review/", {"grounds": "事实不清。"})

    assert (answer.status_code, answer.url) == (302, url)
    assert Review.objects.get().grounds == "事实不清。"
    assert client.post(f"{url}review/", {"grounds": "x"}).status_code == 422
