"""An owner's code is confirmed before its first order is public, its name fixed after."""

import pytest

from bidding.guards.identities import buyer_uscc_is_confirmed, may_change_identity, owner_is_checked
from bidding.guards.tenders import may_approve, may_publish, may_submit_tender
from marketplace.models import Organization
from tests.bidding.refusals import failing
from tests.clock import NOON
from tests.factories.bidding import TenderFactory
from tests.factories.marketplace import BuyerFactory, UserFactory


def test_a_wrong_check_digit_needs_the_tick_unless_it_was_confirmed() -> None:
    right = Organization(has_valid_check_digit=True)
    wrong = Organization(has_valid_check_digit=False)
    confirmed = Organization(has_valid_check_digit=False, uscc_confirmed_at=NOON)

    assert buyer_uscc_is_confirmed(right, confirmed=False).holds
    assert buyer_uscc_is_confirmed(confirmed, confirmed=False).holds
    assert buyer_uscc_is_confirmed(wrong, confirmed=True).holds
    verdict = buyer_uscc_is_confirmed(wrong, confirmed=False)
    assert (verdict.holds, str(verdict.source)) == (False, "GB 32100")


@pytest.mark.django_db
def test_an_owner_can_be_called_otherwise_until_the_first_order_is_public() -> None:
    drafted, published = TenderFactory(reviewed=True).buyer, TenderFactory(cancelled=True).buyer

    assert failing(*may_change_identity(organization=drafted)) == []
    assert failing(*may_change_identity(organization=published)) == ["owner_has_published_nothing"]


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
def test_an_owner_submits_and_publishes_nothing_before_it_is_checked() -> None:
    checked = TenderFactory()
    waiting = TenderFactory(buyer=BuyerFactory(registered=True).organization)
    officer = UserFactory()
    asked = (
        may_submit_tender(waiting, NOON),
        may_approve(waiting, officer, NOON, uscc_confirmed=False),
        may_publish(waiting, officer, NOON),
    )

    assert owner_is_checked(checked).holds
    assert all("owner_is_checked" in failing(*verdicts) for verdicts in asked)
    assert "核验状态是“待核验”" in owner_is_checked(waiting).refusal
