"""Who may decide on an owner, and in which state."""

import pytest

from marketplace.guards.owners import may_confirm_owner, may_send_owner_back
from marketplace.models import Buyer, Organization, User

S = Buyer.Status


def failing(status: str, *, ticked: bool, settled: bool, reasons: str) -> tuple[list[str], ...]:
    buyer = Buyer(organization=Organization(has_valid_check_digit=settled), status=status)
    both = (
        may_confirm_owner(buyer, User(pk=1), uscc_confirmed=False, authority_confirmed=ticked),
        may_send_owner_back(buyer, reasons, User(pk=1)),
    )
    return tuple([verdict.guard for verdict in asked if not verdict.holds] for asked in both)


@pytest.mark.django_db
def test_each_guard_names_what_is_missing() -> None:
    decided = ["owner_awaits_check"]
    asked = {"ticked": True, "settled": True, "reasons": "缺授权委托书"}

    assert failing(S.REGISTERED, **asked) == ([], [])
    assert failing(S.CHECKED, **asked) == (decided, decided)
    assert failing(S.RETURNED, **asked) == (decided, decided)
    assert failing(S.REGISTERED, ticked=False, settled=False, reasons=" ") == (
        ["owner_uscc_is_confirmed", "authority_is_confirmed"],
        ["owner_learns_why"],
    )
