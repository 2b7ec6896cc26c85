"""An owner's code is confirmed before its first order is public, its name fixed after."""

import pytest

from bidding.guards.identities import buyer_uscc_is_confirmed, may_change_identity
from marketplace.models import Organization
from tests.bidding.refusals import failing
from tests.clock import NOON
from tests.factories.bidding import TenderFactory


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
