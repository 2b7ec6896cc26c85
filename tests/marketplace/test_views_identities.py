"""Before the first act an officer says who it is, and goes on with what was begun."""

import pytest

from marketplace.models import Agency, OfficerIdentity
from marketplace.parties import Party
from tests.factories.marketplace import AgencyFactory, Role, party
from tests.senders import Sender

pytestmark = pytest.mark.django_db
PAGE = "/identity/"
NUMBER = "11010519491231002X"


def test_nobody_acts_for_an_authority_before_it_is_known_who_it_is(
    client: Sender, officer: Party
) -> None:
    client.force_login(officer.user)
    OfficerIdentity.objects.all().delete()
    agency = AgencyFactory(submitted=True)
    queue = f"/operator/admissions/{agency.organization.slug}/"

    asked = client.post(f"{queue}approve/").url
    assert asked.startswith(f"{PAGE}?next=")
    agency.refresh_from_db()
    assert agency.status == Agency.Status.SUBMITTED
    page = client.get(asked)
    assert "须先登记身份" in page.content.decode()
    wrong = client.post(PAGE, {"identity_number": NUMBER[:-1], "next": queue})
    assert (wrong.status_code, NUMBER[:-1] in wrong.content.decode()) == (422, False)
    assert not OfficerIdentity.objects.exists()

    assert client.post(PAGE, {"identity_number": NUMBER, "next": queue}).url == queue
    assert OfficerIdentity.objects.get().user == officer.user
    assert client.post("/manager/rules/new/").status_code == 403  # no manager, but let in
    assert "不用再登记" in client.get(PAGE).content.decode()


def test_it_is_said_after_the_second_factor_and_by_officers_alone(
    client: Sender, officer: Party
) -> None:
    client.without_factor(officer.user)
    OfficerIdentity.objects.all().delete()
    assert client.get(PAGE).url == "/accounts/2fa/"
    assert client.post(PAGE, {"identity_number": NUMBER}).url == "/accounts/2fa/"

    client.force_login(party(AgencyFactory().organization, Role.AGENCY_MANAGER).user)
    assert client.post(PAGE, {"identity_number": NUMBER}).status_code == 403
    assert not OfficerIdentity.objects.exists()


def test_one_goes_on_to_pages_of_ours_alone(client: Sender, officer: Party) -> None:
    client.force_login(officer.user)
    OfficerIdentity.objects.all().delete()

    answer = client.post(PAGE, {"identity_number": NUMBER, "next": "https://example.test/"})

    assert answer.url == "/workbench/"
