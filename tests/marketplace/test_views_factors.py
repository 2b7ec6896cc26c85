"""The pages on which a second factor is bound and unbound."""

import pytest
from allauth.mfa.models import Authenticator

from marketplace.accounts import SecondFactorAdapter
from marketplace.factors import code_of
from marketplace.kernel.models import AuditEntry
from marketplace.models import Agency
from marketplace.parties import Party
from tests.factories.marketplace import PASSWORD, AgencyFactory, Role, party
from tests.senders import Sender, app_of

pytestmark = pytest.mark.django_db
QUEUE, FACTORS = "/operator/admissions/", "/accounts/2fa/"
SET_UP = f"{FACTORS}totp/activate/"


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def test_an_app_is_bound_and_counts_at_once(client: Sender, officer: Party) -> None:
    client.without_factor(officer.user)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get(SET_UP)
    secret = page.context["form"].secret
    assert secret in page.content.decode()

    answer = client.post(SET_UP, {"code": code_of(secret)})

    assert answer.url == f"{FACTORS}recovery-codes/"
    codes = client.get(answer.url).context["unused_codes"]
    assert len(codes) == 10
    assert client.get(answer.url).context["unused_codes"] == ["****"] * 10
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored
    assert SecondFactorAdapter().decrypt(stored) == secret
    assert verbs() == ["factor.added"]
    agency = AgencyFactory(submitted=True)
    client.post(f"{QUEUE}{agency.organization.slug}/approve/")
    agency.refresh_from_db()
    assert agency.status == Agency.Status.PUBLICITY


def test_an_officer_keeps_the_last_factor_and_others_need_none(
    client: Sender, officer: Party
) -> None:
    manager = party(AgencyFactory().organization, Role.AGENCY_MANAGER)
    for person, left in ((officer, 1), (manager, 0)):
        client.without_factor(person.user)
        app = app_of(person.user)
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})

        page = client.post(f"{FACTORS}totp/deactivate/")

        assert Authenticator.objects.filter(pk=app.pk).count() == left
        assert ("不能解除最后一种" in page.content.decode()) is bool(left)
    assert verbs() == ["factor.removed"]
