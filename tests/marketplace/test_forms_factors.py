"""The demo's pages fill the code in; nobody else's do."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from marketplace.factors import DEMO_SECRET, OF_THE_DEMO, code_of
from marketplace.parties import Party
from tests.factories.marketplace import PASSWORD
from tests.senders import Sender

pytestmark = pytest.mark.django_db
QUEUE, ASKED = "/operator/admissions/", "/accounts/2fa/authenticate/"


def log_in(client: Client, officer: Party, **more: str) -> str:
    data = {"login": officer.user.username, "password": PASSWORD, **more}
    return client.post("/accounts/login/", data).url


def test_in_the_demo_the_log_in_fills_the_code_in(
    client: Sender, officer: Party, settings: pytest.FixtureRequest
) -> None:
    settings.DEMO = True
    Authenticator.objects.create(user=officer.user, type="totp", data={"secret": OF_THE_DEMO})
    page = client.get("/accounts/login/").content.decode()
    assert f'name="code" value="{code_of(DEMO_SECRET)}"' in page

    for _time in range(2):  # the same code is good for whoever tries the demo next
        assert log_in(client, officer, code=code_of(DEMO_SECRET)) == "/workbench/"
        client.post("/accounts/logout/")
    assert log_in(client, officer, code="000000") == ASKED


def test_the_known_secret_is_good_in_the_demo_alone(
    client: Sender, officer: Party, settings: pytest.FixtureRequest
) -> None:
    Authenticator.objects.create(user=officer.user, type="totp", data={"secret": OF_THE_DEMO})
    assert 'name="code"' not in client.get("/accounts/login/").content.decode()

    assert log_in(client, officer, code=code_of(DEMO_SECRET)) == ASKED
    page = client.post(ASKED, {"code": code_of(DEMO_SECRET)})

    assert "验证码不对" in page.content.decode()
    assert client.get(QUEUE).status_code == 302
