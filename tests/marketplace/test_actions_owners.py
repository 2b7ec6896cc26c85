"""The check of an owner: confirmed, sent back, corrected, and checked anew when it changes."""

import pytest

from marketplace.actions.owners import confirm_owner, send_owner_back
from marketplace.actions.registration import change_buyer
from marketplace.kernel.models import AuditEntry
from marketplace.models import Buyer, Message, Organization, User
from tests.bidding.refusals import refused
from tests.clock import NOON
from tests.factories.marketplace import BuyerFactory, Role, UserFactory, party
from tests.uploads import upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
S = Buyer.Status
TICKED = {"authority_confirmed": True}


@pytest.fixture
def officer() -> User:
    made: User = UserFactory()
    return made


@pytest.fixture
def owner() -> Buyer:
    """Return an owner with a manager, who opens its data, and an agent, who does not."""
    made: Buyer = BuyerFactory(registered=True)
    for role in (Role.BUYER_MANAGER, Role.BUYER_AGENT):
        party(made.organization, role)
    return made


def test_a_confirmed_owner_is_told_and_the_trail_says_by_whom(owner: Buyer, officer: User) -> None:
    confirm_owner(buyer=owner, by=officer, at=NOON, **TICKED)

    owner.refresh_from_db()
    assert (owner.status, owner.checked_at, owner.checked_by) == (S.CHECKED, NOON, officer)
    entry = AuditEntry.objects.get(verb="buyer.checked")
    assert (entry.by, entry.organization) == (officer, owner.organization)
    assert (entry.before, entry.data) == ("registered", {"uscc_confirmed": False})
    told = Message.objects.get()
    assert (told.kind, told.url) == ("marketplace/owner_checked", "/buyer/facts/")


def test_a_wrong_check_digit_is_confirmed_with_the_owner(owner: Buyer, officer: User) -> None:
    Organization.objects.filter(pk=owner.pk).update(has_valid_check_digit=False)

    with refused("owner_uscc_is_confirmed"):
        confirm_owner(buyer=owner, by=officer, at=NOON, **TICKED)
    confirm_owner(buyer=owner, by=officer, at=NOON, uscc_confirmed=True, **TICKED)

    assert Organization.objects.get(pk=owner.pk).uscc_confirmed_at == NOON
    assert AuditEntry.objects.get(verb="buyer.checked").data["uscc_confirmed"] is True


def test_an_officer_confirms_the_authority_and_never_the_own_unit(
    owner: Buyer, officer: User
) -> None:
    checked = BuyerFactory()
    member = party(owner.organization, Role.BUYER_AGENT).user

    with refused("authority_is_confirmed"):
        confirm_owner(buyer=owner, by=officer, at=NOON)
    with refused("officer_is_not_of_the_owner"):
        confirm_owner(buyer=owner, by=member, at=NOON, **TICKED)
    with refused("owner_learns_why"):
        send_owner_back(buyer=owner, reasons=" ", by=officer, at=NOON)
    with refused("owner_awaits_check"):
        send_owner_back(buyer=checked, reasons="缺授权委托书", by=officer, at=NOON)


def test_an_owner_sent_back_corrects_and_waits_again(owner: Buyer, officer: User) -> None:
    send_owner_back(buyer=owner, reasons=" 缺授权委托书 ", by=officer, at=NOON)

    owner.refresh_from_db()
    assert (owner.status, owner.return_reasons) == (S.RETURNED, "缺授权委托书")
    assert AuditEntry.objects.get(verb="buyer.sent_back").data["reasons"] == "缺授权委托书"
    assert "缺授权委托书" in Message.objects.get().body

    change_buyer(organization=owner.organization, by=officer, at=NOON, letter=upload())

    owner.refresh_from_db()
    assert owner.status == S.REGISTERED
    assert owner.authority_letter is not None
    assert AuditEntry.objects.get(verb="buyer.changed").data == {"fields": ["authority_letter"]}


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"contact_name": "新联系人"}, S.CHECKED),
        ({"nature": "social"}, S.REGISTERED),
        ({"name": "改正的名称"}, S.REGISTERED),
    ],
    ids=["contact", "nature", "name"],
)
def test_what_was_checked_is_checked_anew_when_it_changes(
    changed: dict[str, str], status: str, officer: User
) -> None:
    owner = BuyerFactory()

    change_buyer(organization=owner.organization, by=officer, at=NOON, **changed)

    owner.refresh_from_db()
    assert owner.status == status
