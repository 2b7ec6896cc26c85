"""The pages on which a lost device is asked about, confirmed, and the request taken back."""

import pytest

from marketplace.factors import factors_of
from marketplace.models import FactorReset, Membership
from marketplace.parties import Party
from tests.factories.marketplace import AuthorityFactory, Role, party
from tests.senders import Sender, app_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> tuple[Party, Party, Party]:
    """Who has lost the device, a manager, and another officer, all of one authority."""
    office = AuthorityFactory()
    loser, manager, second = (
        party(office, role) for role in (Role.OPERATOR, Role.MANAGER, Role.REGULATOR)
    )
    app_of(loser.user)
    return loser, manager, second


def asked(client: Sender, loser: Party, manager: Party) -> FactorReset:
    client.force_login(manager.user)
    membership = Membership.objects.get(user=loser.user)
    answer = client.post(f"/members/{membership.pk}/factors/", {"reasons": "手机遗失"})
    assert answer.url == "/members/"
    return FactorReset.objects.get()


def test_a_manager_asks_and_another_officer_confirms(
    client: Sender, people: tuple[Party, Party, Party]
) -> None:
    loser, manager, second = people
    reset = asked(client, loser, manager)
    path = f"/factor-resets/{reset.slug}/"

    assert client.post(path).status_code == 422
    assert factors_of(loser.user).exists()

    client.force_login(second.user)
    assert "手机遗失" in client.get(path).content.decode()
    assert client.post(path).url == "/workbench/"
    assert not factors_of(loser.user).exists()


def test_only_who_has_asked_takes_it_back(
    client: Sender, people: tuple[Party, Party, Party]
) -> None:
    loser, manager, second = people
    path = f"/factor-resets/{asked(client, loser, manager).slug}/withdraw/"

    client.force_login(second.user)
    assert client.post(path).status_code == 403
    assert FactorReset.objects.waiting().exists()

    client.force_login(manager.user)
    assert client.post(path).url == "/workbench/"
    assert not FactorReset.objects.waiting().exists()
    assert factors_of(loser.user).exists()


def test_nobody_of_another_authority_sees_a_request_or_asks(
    client: Sender, people: tuple[Party, Party, Party]
) -> None:
    loser, manager, _second = people
    reset = asked(client, loser, manager)
    stranger = party(AuthorityFactory(), Role.MANAGER)

    client.force_login(stranger.user)
    membership = Membership.objects.get(user=loser.user)

    assert client.get(f"/factor-resets/{reset.slug}/").status_code == 404
    assert client.get(f"/members/{membership.pk}/factors/").status_code == 404
    client.force_login(party(loser.organization, Role.OPERATOR).user)
    assert client.get(f"/members/{membership.pk}/factors/").status_code == 403
