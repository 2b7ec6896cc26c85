"""No officer acts by a password alone."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from marketplace.factors import code_of
from marketplace.models import Agency
from marketplace.parties import Party
from tests.factories.marketplace import PASSWORD, AgencyFactory, Role, party
from tests.senders import SECRET, Sender, app_of

pytestmark = pytest.mark.django_db
QUEUE, FACTORS = "/operator/admissions/", "/accounts/2fa/"
SET_UP, ASKED = f"{FACTORS}totp/activate/", f"{FACTORS}authenticate/"


def log_in(client: Client, officer: Party, **more: str) -> str:
    data = {"login": officer.user.username, "password": PASSWORD, **more}
    return client.post("/accounts/login/", data).url


def approve(client: Client) -> str:
    """Try to approve an application, and return where that leads; nothing may come of it."""
    agency = AgencyFactory(submitted=True)
    answer = client.post(f"{QUEUE}{agency.organization.slug}/approve/")
    agency.refresh_from_db()
    assert agency.status == Agency.Status.SUBMITTED
    return answer.url


def test_an_officer_without_a_factor_reads_and_is_asked_to_bind_one(
    client: Sender, officer: Party
) -> None:
    client.without_factor(officer.user)

    assert client.get(QUEUE).status_code == 200
    assert approve(client) == FACTORS

    assert "先完成二次验证" in client.get(FACTORS).content.decode()


def test_the_log_in_of_an_officer_asks_for_the_code(client: Sender, officer: Party) -> None:
    app_of(officer.user)

    assert log_in(client, officer) == ASKED
    assert client.get(QUEUE).status_code == 302
    wrong = client.post(ASKED, {"code": "000000"})
    assert "验证码不对" in wrong.content.decode()
    assert client.get(QUEUE).status_code == 302
    client.post(ASKED, {"code": code_of(SECRET)})

    assert client.get(QUEUE).status_code == 200


def test_a_session_older_than_the_app_is_asked_for_the_code(client: Sender, officer: Party) -> None:
    client.without_factor(officer.user)
    app_of(officer.user)

    asked = approve(client)
    assert asked.startswith(f"{FACTORS}reauthenticate/?next=")
    client.post(asked, {"code": code_of(SECRET)})

    assert client.post("/manager/rules/new/").status_code == 403  # no manager, but let in


def test_a_factor_that_is_gone_counts_no_more(client: Sender, officer: Party) -> None:
    client.force_login(officer.user)
    Authenticator.objects.all().delete()

    assert approve(client) == FACTORS


def test_nobody_else_is_asked(client: Sender, rules: None) -> None:
    client.force_login(party(AgencyFactory().organization, Role.AGENCY_MANAGER).user)

    assert not Authenticator.objects.exists()
    assert client.post("/admission/commitment/").status_code != 302
